"""Who somebody is, as VK's API told us, read from notes the connector makes. Pure.

VK's events name people by number alone. The connector asks who they are and notes the answer as a raw event, so that it
is read here like everything else.
"""

from collections.abc import Sequence
from dataclasses import replace

from connectors._lib.loose_json import Json, text
from connectors.vk.ids import address_of, integer
from hub.contract import ContactPointLearned, InboundEvent, UnparseableEvent


def note_of(profile: Json) -> dict[str, object]:
    """Return what to note of a person's profile; empty if it names nobody."""
    name = " ".join(part for part in (text(profile, "first_name"), text(profile, "last_name")) if part)[:200]
    if not name or integer(profile, "id") <= 0:
        return {}
    # without a picture of their own everybody has VK's camera
    portrait = text(profile, "photo_200") if integer(profile, "has_photo") else ""
    return {"id": integer(profile, "id"), "name": name, "portrait": portrait}


def chat_note_of(peer: int, title: str) -> dict[str, object]:
    """Return what to note of a chat of many; empty without a title."""
    return {"id": peer, "name": title[:200]} if title else {}


def read_note(note: Json) -> Sequence[InboundEvent]:
    """Read a note. Raises UnparseableEvent."""
    ident, name = integer(note, "id"), text(note, "name")
    if not ident or not name:
        raise UnparseableEvent("A note about somebody on VK does not say who they are.")
    portrait = text(note, "portrait") if "portrait" in note else None
    return (ContactPointLearned(known=replace(address_of(ident, name), portrait=portrait)),)
