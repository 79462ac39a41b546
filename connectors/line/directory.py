"""Who somebody is, as LINE's API told us, read from notes the connector makes. Pure.

LINE's events name people and groups by id alone. The connector asks who they are and notes the answer as a raw event,
so that it is read here like everything else.
"""

from collections.abc import Sequence
from dataclasses import replace

from connectors._lib.loose_json import Json, text
from connectors.line.ids import address_of, kind_of
from hub.contract import ContactPointLearned, InboundEvent, UnparseableEvent


def note_of(ident: str, answer: Json) -> dict[str, str]:
    """Return what to note of an answer; empty if it names nobody."""
    name = text(answer, "displayName", "groupName")[:200]
    kept = {"id": ident, "name": name, "language": text(answer, "language")[:20]}
    found = {key: value for key, value in kept.items() if value}
    # LINE leaves the field out for who has no picture
    return {**found, "portrait": text(answer, "pictureUrl")} if name else {}


def read_note(note: Json) -> Sequence[InboundEvent]:
    """Read a note. Raises UnparseableEvent."""
    ident, name = text(note, "id"), text(note, "name")
    if not ident or not name:
        raise UnparseableEvent("A note about somebody on LINE does not say who they are.")
    portrait = text(note, "portrait") if "portrait" in note else None
    known = replace(address_of(ident, kind_of(ident), name), language=text(note, "language"), portrait=portrait)
    return (ContactPointLearned(known=known),)
