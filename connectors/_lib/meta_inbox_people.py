"""Who somebody is, as Meta's user profile told us, read from notes the connector makes. Pure.

https://developers.facebook.com/docs/messenger-platform/identity/user-profile and, for Instagram,
https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api/user-profile.
Webhooks name people by id alone. The connector asks who they are and notes the answer as a raw event, so that it is
read here like everything else.
"""

import json
from collections.abc import Mapping, Sequence

from connectors._lib.meta_json import read_object
from hub.contract import Address, ContactPointLearned, InboundEvent, UnparseableEvent

PROFILE = "profile"
"""Kind of a raw event that is such a note."""
_NAME_LIMIT = 200


def note_of(ident: str, profile: Mapping[str, object]) -> bytes:
    """Return what to note of a profile; empty if it names nobody."""
    username = _text(profile, "username")
    parts = (_text(profile, "first_name"), _text(profile, "last_name"))
    name = _text(profile, "name") or " ".join(part for part in parts if part) or (f"@{username}" if username else "")
    note = {
        "id": ident,
        "name": name[:_NAME_LIMIT],
        "username": username[:_NAME_LIMIT],
        "portrait": _text(profile, "profile_pic"),
    }
    return json.dumps({key: value for key, value in note.items() if value}).encode() if name else b""


def read_note(body: bytes, *, title: str, namespace: str) -> Sequence[InboundEvent]:
    """Read a note. Raises UnparseableEvent."""
    note = read_object(body)
    ident, name, username = _text(note, "id"), _text(note, "name"), _text(note, "username")
    if not ident or not name:
        raise UnparseableEvent(f"A note about somebody on {title} does not say who they are.")
    known = Address(
        namespace=namespace,
        value=ident,
        name=name,
        stand_in=f"{title} customer",
        verified=True,
        portrait=_text(note, "portrait") or None,
        fields={"username": f"@{username}"} if username else {},
    )
    return (ContactPointLearned(known=known),)


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
