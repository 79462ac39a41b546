"""What one LINE message consists of: text, files, places, stickers, pressed buttons. Pure.

https://developers.line.biz/en/reference/messaging-api/#message-event
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors._lib.loose_json import Json, flag, inner, number, objects, text, texts, whole
from connectors.line.ids import address_of
from hub.contract import Address, InboundAttachment
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind

CONTENT = "content:"
"""Source of a file that LINE keeps: this and the message's id."""
STICKER = "sticker:"
"""Source of a sticker's picture: this and the sticker's id."""
ELSEWHERE = "url:"
"""Source of a file that lies at somebody else's address, which the customer's side gave."""
QUOTE_TOKEN = "quote_token"  # noqa: S105 - the name of a field
READ_TOKEN = "read_token"  # noqa: S105 - the name of a field

_LONGEST_ADDRESS = 2000
_MEDIA = {
    "image": ("photo.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("voice.m4a", "audio/mp4"),
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
    kind = text(message, "type")
    content = _READERS[kind](message) if kind in _READERS else _unsupported(kind)
    tokens = {QUOTE_TOKEN: text(message, "quoteToken"), READ_TOKEN: text(message, "markAsReadToken")}
    data = {**content.data, **{name: token for name, token in tokens.items() if token}}
    return Content(kind=content.kind, text=content.text, data=data, attachments=content.attachments)


def mentioned(message: Json) -> tuple[Address, ...]:
    """Return the people a text names, without ourselves."""
    found = objects(inner(message, "mention"), "mentionees")
    ids = dict.fromkeys(text(one, "userId") for one in found if not flag(one, "isSelf"))
    return tuple(address_of(user) for user in ids if user)


def read_postback(postback: Json) -> Content:
    """Return what a pressed button said: its data, and a date the customer chose."""
    # A button of ours carries its label behind its data (`render`).
    data, _, named = text(postback, "data").partition("\n")
    chosen = [value for value in inner(postback, "params").values() if isinstance(value, str)]
    label = " ".join(dict.fromkeys(part for part in (named or data, *chosen) if part)) or "Button"
    return Content(kind=ContentKind.button, text=label, data={"label": label, "data": data})


def _text(message: Json) -> Content:
    return Content(text=text(message, "text"))


def _media(message: Json) -> Content:
    kind = text(message, "type")
    name, media_type = _MEDIA[kind]
    provider = inner(message, "contentProvider")
    source = _source(message, provider)
    if source is None:
        return _unsupported(f"{kind} kept at another service")
    duration = number(message, "duration")
    file = InboundAttachment(
        name=name,
        media_type=media_type,
        source=source,
        voice=kind == "audio",
        duration=duration / 1000 if duration else None,
    )
    return Content(attachments=(file,))


def _source(message: Json, provider: Json) -> ExternalId | None:
    if text(provider, "type") != "external":
        return ExternalId(f"{CONTENT}{text(message, 'id')}")
    address = text(provider, "originalContentUrl")
    fits = address and len(address) <= _LONGEST_ADDRESS
    return ExternalId(f"{ELSEWHERE}{address}") if fits else None


def _file(message: Json) -> Content:
    name = text(message, "fileName") or "file"
    file = InboundAttachment(
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=whole(message, "fileSize"),
        source=ExternalId(f"{CONTENT}{text(message, 'id')}"),
    )
    return Content(attachments=(file,))


def _location(message: Json) -> Content:
    latitude, longitude = _degrees(message, "latitude", 90), _degrees(message, "longitude", 180)
    title, address = text(message, "title"), text(message, "address")
    words = "\n".join(part for part in (title, address) if part)
    if latitude is None or longitude is None:
        return Content(text=words) if words else _unsupported("location")
    named = {key: value for key, value in (("name", title), ("address", address)) if value}
    return Content(kind=ContentKind.location, text=words, data={"latitude": latitude, "longitude": longitude, **named})


def _degrees(of: Json, name: str, most: float) -> float | None:
    value = of.get(name)
    right = isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most
    return float(value) if right and value is not None else None


def _sticker(message: Json) -> Content:
    sticker, words = text(message, "stickerId"), text(message, "text") or ", ".join(texts(message, "keywords")[:3])
    if not sticker.isdecimal():
        return Content(kind=ContentKind.sticker, text=words)
    source = ExternalId(f"{STICKER}{sticker[:40]}")
    file = InboundAttachment(name="sticker.png", media_type="image/png", source=source)
    return Content(kind=ContentKind.sticker, text=words, attachments=(file,))


def _unsupported(what: str) -> Content:
    return Content(kind=ContentKind.unsupported, data={"what": what[:60] or "message"})


_READERS = {
    "text": _text,
    "image": _media,
    "video": _media,
    "audio": _media,
    "file": _file,
    "location": _location,
    "sticker": _sticker,
}
