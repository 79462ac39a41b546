"""Telegram's pictures of people: asked for when somebody first writes, noted, read like the rest. Pure."""

import json
from collections.abc import Sequence

from pydantic import BaseModel, ValidationError

from connectors.telegram.people import NAMESPACE
from hub.contract import Address, ContactPointLearned, InboundEvent, UnparseableEvent

PORTRAIT = "portrait"
"""Kind of a raw event that notes what `getUserProfilePhotos` said of one person."""
_WIDE_ENOUGH = 160
"""Pixels: Telegram's smallest size, and as large as a screen shows a person's picture."""


class _Size(BaseModel):
    file_id: str
    width: int = 0


class _Photos(BaseModel):
    """Newest first; see https://core.telegram.org/bots/api#userprofilephotos."""

    photos: tuple[tuple[_Size, ...], ...] = ()


class _Note(BaseModel):
    id: str
    file: str


def note_of(user_id: str, answer: object) -> bytes:
    """Return what to note of an answer: the file of the newest picture, "" for who shows none."""
    try:
        photos = _Photos.model_validate(answer).photos
    except ValidationError:
        return b""
    sizes = sorted(photos[0], key=lambda size: size.width) if photos else []
    fitting = [size for size in sizes if size.width >= _WIDE_ENOUGH] or sizes[-1:]
    return json.dumps({"id": user_id, "file": fitting[0].file_id if fitting else ""}).encode()


def read_note(body: bytes) -> Sequence[InboundEvent]:
    """Read a note. Raises UnparseableEvent."""
    try:
        note = _Note.model_validate_json(body)
    except ValidationError:
        raise UnparseableEvent("A note about a picture on Telegram does not say whose.") from None
    known = Address(namespace=NAMESPACE, value=note.id, verified=True, portrait=note.file)
    return (ContactPointLearned(known=known),)


def is_person(address: str) -> bool:
    """Tell whether an address is a person's: groups have negative numbers."""
    return address.isascii() and address.isdecimal()
