"""What one VK message consists of: text, files, places, stickers, posts, polls, forwarded messages. Pure.

https://dev.vk.com/en/reference/objects/attachments-message
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from connectors._lib.loose_json import Json, inner, objects, text
from connectors.vk.files import audio_message, document, graffiti, photo, sticker
from connectors.vk.ids import integer
from connectors.vk.render import PRESSED
from hub.contract import InboundAttachment
from hub.domain.interaction import ContentKind

_MENTION = re.compile(r"\[(?:id|club|public|event)\d{1,15}(?::[^|\]]{0,100})?\|([^\]]{1,300})\]")
"""https://dev.vk.com/en/reference/objects/message (text): [id1|Name]."""
_DEEPEST = 3
_FILES = {
    "photo": photo, "doc": document, "audio_message": audio_message, "sticker": sticker, "graffiti": graffiti,
}  # fmt: skip
_LINKED = {
    "wall": "wall", "wall_reply": "wall", "video": "video", "market": "product", "audio": "audio", "story": "story",
    "article": "", "link": "", "podcast": "podcast", "album": "album", "narrative": "narrative", "clip": "clip",
}  # fmt: skip
"""What lies on a page at VK, and how the page's address begins; what carries its own address has none here."""
_NAMED = {"gift": "🎁 Gift", "call": "Call", "group_call_in_progress": "Group call"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Json) -> Content:
    """Say what a message consists of. What nobody can show is `unsupported` under its own name."""
    parts = [Part.of(one) for one in objects(message, "attachments")]
    files = tuple(part.file for part in parts if part.file is not None)
    lines = [plain(text(message, "text")), *(part.words for part in parts), *_forwarded(message, 1)]
    words = "\n".join(line for line in lines if line)
    data: dict[str, object] = {}
    for part in parts:
        data |= part.data
    kind = next((part.kind for part in parts if part.kind is not ContentKind.text), ContentKind.text)
    if (place := _place(inner(message, "geo"))) is not None:
        kind, data = ContentKind.location, data | place
    elif payload := text(message, "payload"):
        kind, data = ContentKind.button, data | {"label": words or "Button", "data": _carried(payload)[:1000]}
    if kind is ContentKind.sticker and text(message, "text"):
        kind = ContentKind.text
    if not words and not files and kind is ContentKind.text:
        kind, data = ContentKind.unsupported, {"what": "empty message"}
    return Content(kind=kind, text=words, data=data, attachments=files)


def _carried(payload: str) -> str:
    """Return what a button of ours carries; the payload itself of any other."""
    try:
        told = json.loads(payload)
    except ValueError:
        return payload
    ours = told.get(PRESSED) if isinstance(told, dict) else None
    return ours if isinstance(ours, str) and len(told) == 1 else payload


def plain(words: str) -> str:
    """Return a text with mentions as their names."""
    return _MENTION.sub(r"\1", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one attachment adds to a message."""

    kind: ContentKind = ContentKind.text
    words: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    file: InboundAttachment | None = None

    @classmethod
    def of(cls, attachment: Json) -> "Part":
        """Read an attachment."""
        kind = text(attachment, "type")
        thing = inner(attachment, kind)
        if kind in _FILES:
            file = _FILES[kind](thing)
            shown = ContentKind.sticker if kind in ("sticker", "graffiti") else ContentKind.text
            said = text(thing, "transcript", "text")
            return cls(kind=shown, words=said, file=file) if file or said else _unsupported(kind)
        if kind in _LINKED:
            return cls(words=_linked(kind, thing))
        if kind == "poll":
            return _poll(thing)
        return cls(words=_NAMED[kind]) if kind in _NAMED else _unsupported(kind)


def _unsupported(what: str) -> Part:
    return Part(kind=ContentKind.unsupported, data={"what": (what or "attachment").replace("_", " ")[:60]})


def _linked(kind: str, thing: Json) -> str:
    """Return a title, a text, and where it can be looked at."""
    owner, ident = (
        integer(thing, "owner_id") or integer(thing, "to_id") or integer(thing, "from_id"),
        integer(thing, "id"),
    )
    address = text(thing, "url", "view_url") if not _LINKED[kind] or kind == "audio" else ""
    if not address and _LINKED[kind] and owner and ident:
        address = f"https://vk.com/{_LINKED[kind]}{owner}_{ident}"
    title = " – ".join(part for part in (text(thing, "artist"), text(thing, "title")) if part)
    price = text(inner(thing, "price"), "text")
    said = plain(text(thing, "text"))
    lines = (f"{title} ({price})" if title and price else title, said, address)
    return "\n".join(dict.fromkeys(line for line in lines if line)) or kind.replace("_", " ").capitalize()


def _poll(thing: Json) -> Part:
    question = text(thing, "question")
    options = [text(answer, "text") for answer in objects(thing, "answers")][:100]
    words = "\n".join([question, *(f"• {option}" for option in options)]).strip()
    return Part(kind=ContentKind.poll, words=words, data={"question": question, "options": options})


def _place(geo: Json) -> dict[str, object] | None:
    coordinates, place = inner(geo, "coordinates"), inner(geo, "place")
    latitude, longitude = _degrees(coordinates, "latitude", 90), _degrees(coordinates, "longitude", 180)
    if latitude is None or longitude is None:
        return None
    name = text(place, "title")
    return {"latitude": latitude, "longitude": longitude, **({"name": name} if name else {})}


def _degrees(of: Json, name: str, most: float) -> float | None:
    value = of.get(name)
    right = isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most
    return float(value) if right and value is not None else None


def _forwarded(message: Json, depth: int) -> Iterator[str]:
    """Yield forwarded messages as quoted lines. Their files are at VK, one click away in the raw event."""
    if depth > _DEEPEST:
        return
    for forwarded in objects(message, "fwd_messages")[:50]:
        said = plain(text(forwarded, "text"))
        what = ", ".join(text(one, "type").replace("_", " ") for one in objects(forwarded, "attachments")[:10])
        words = "\n".join(part for part in (said, f"[{what}]" if what else "") if part) or "…"
        yield "\n".join(f"{'> ' * depth}{line}" for line in words.splitlines())
        yield from _forwarded(forwarded, depth + 1)
