"""What one Viber message consists of: text, files, places, contacts, stickers. Pure.

https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from connectors._lib.loose_json import Json, inner, number, text, whole
from hub.contract import InboundAttachment
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind

_LONGEST_ADDRESS = 2000
_MEDIA = {
    "picture": ("photo.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("audio.m4a", "audio/mp4"),
    "file": ("file", "application/octet-stream"),
    "sticker": ("sticker.png", "image/png"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Json) -> Content:
    """Say what a message consists of. What nobody can show is `unsupported` under its own name."""
    match text(message, "type"):
        case "text":
            return Content(text=text(message, "text"))
        case "url":
            shared = dict.fromkeys(part for part in (text(message, "text"), text(message, "media")) if part)
            return Content(text="\n".join(shared))
        case "location":
            return _location(message)
        case "contact":
            return _contact(message)
        case kind if kind in _MEDIA:
            return _media(message, kind)
        case kind:
            return Content(
                kind=ContentKind.unsupported, text=text(message, "text"), data={"what": kind[:60] or "message"}
            )


def _media(message: Json, kind: str) -> Content:
    """Viber's addresses of files end after a while: the hub fetches at once."""
    address, words = text(message, "media"), text(message, "text")
    shown = ContentKind.sticker if kind == "sticker" else ContentKind.text
    if _scheme(address) not in {"http", "https"} or len(address) > _LONGEST_ADDRESS:
        if kind == "sticker":
            return Content(kind=shown, text=words)
        return Content(kind=ContentKind.unsupported, text=words, data={"what": f"{kind} without an address"})
    name, media_type = _MEDIA[kind]
    if given := text(message, "file_name"):
        name, media_type = given, mimetypes.guess_type(given)[0] or media_type
    duration = number(message, "duration")
    file = InboundAttachment(
        name=name,
        media_type=media_type,
        size=whole(message, "file_size") or whole(message, "size"),
        source=ExternalId(address),
        voice=kind == "audio",
        duration=duration or None,
    )
    return Content(kind=shown, text=words, attachments=(file,))


def _scheme(address: str) -> str:
    """Return an address's scheme; empty if it is none."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def _location(message: Json) -> Content:
    place = inner(message, "location")
    latitude, longitude = _degrees(place, "lat", 90), _degrees(place, "lon", 180)
    if latitude is None or longitude is None:
        return Content(kind=ContentKind.unsupported, text=text(message, "text"), data={"what": "location"})
    words = text(place, "address")
    named = {"address": words} if words else {}
    return Content(kind=ContentKind.location, text=words, data={"latitude": latitude, "longitude": longitude, **named})


def _degrees(of: Json, name: str, most: float) -> float | None:
    """Viber writes coordinates as numbers, older clients as text."""
    value = of.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        degrees = float(value)
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


def _contact(message: Json) -> Content:
    card = inner(message, "contact")
    name, phone = text(card, "name"), text(card, "phone_number")
    data = {key: value for key, value in (("name", name), ("phone", phone)) if value}
    return Content(kind=ContentKind.contact_card, text=" ".join(data.values()), data=data)
