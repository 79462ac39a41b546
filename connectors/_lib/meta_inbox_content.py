"""What one message of Messenger or Instagram consists of: text, files, shared posts, stories, pressed answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from connectors._lib.meta_hosts import at_meta
from connectors._lib.meta_inbox_wire import Attached, Message, Referral
from hub.contract import InboundAttachment
from hub.domain.ids import EXTERNAL_ID_LIMIT, ExternalId, bounded
from hub.domain.interaction import ContentKind

BY_MESSAGE = "mid:"
"""Begins the source of a file whose address is too long to keep: message id, "#", and its place in the message."""

_FILES: Mapping[str, tuple[str, str]] = {
    "image": ("photo.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("audio.mp4", "audio/mp4"),
    "file": ("document", "application/octet-stream"),
    "sticker": ("sticker.png", "image/png"),
    "animated_image": ("animation.gif", "image/gif"),
    "story_mention": ("story", "application/octet-stream"),
    "ephemeral": ("photo.jpg", "image/jpeg"),
    "ig_reel": ("reel.mp4", "video/mp4"),
    "reel": ("reel.mp4", "video/mp4"),
    "ig_post": ("post.jpg", "image/jpeg"),
    "ig_story": ("story", "application/octet-stream"),
    "share": ("post.jpg", "image/jpeg"),
}
_SHARED: Mapping[str, str] = {
    "share": "Shared a post",
    "ig_post": "Shared a post",
    "ig_reel": "Shared a reel",
    "reel": "Shared a reel",
    "ig_story": "Shared a story",
    "story_mention": "Mention in a story",
}
_HEARTS = frozenset({"like_heart"})
_LINKS = frozenset({"fallback", "template"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Message, media_hosts: Sequence[str]) -> Content:
    """Say what a message consists of. What nobody can show is `unsupported` under its own name."""
    files = tuple(_files(message, media_hosts))
    lines = [_line(one, message.text, media_hosts) for one in message.attachments]
    text = "\n".join(dict.fromkeys(line for line in (message.text, *lines) if line))
    data: dict[str, object] = {}
    story = message.reply_to.story if message.reply_to else None
    if story is not None:
        data["story"] = {"id": story.id, "url": story.url}
    place = next((a.payload.coordinates for a in message.attachments if a.payload and a.payload.coordinates), None)
    if place is not None:
        where = {"latitude": place.lat, "longitude": place.long}
        return Content(kind=ContentKind.location, text=text, data={**data, **where}, attachments=files)
    if message.quick_reply is not None:
        pressed = {"label": text, "data": message.quick_reply.payload}
        return Content(kind=ContentKind.button, text=text, data={**data, **pressed}, attachments=files)
    sticker = message.sticker_id or any(a.type == "sticker" or _sticker(a) for a in message.attachments)
    if sticker and not message.text:
        return Content(kind=ContentKind.sticker, data=data, attachments=files)
    if not text and not files:
        what = next((a.type for a in message.attachments if a.type), "message")
        named = {"what": what.replace("_", " ")[:60]}
        return Content(kind=ContentKind.unsupported, data={**data, **named})
    return Content(text=text, data=data, attachments=files)


def source_of(referral: Referral | None) -> str:
    """Say where the person came from: `ad: Summer sale`, `link: flyer`."""
    if referral is None:
        return ""
    title = referral.ads_context_data.get("ad_title")
    named = (title if isinstance(title, str) else "") or referral.ref or referral.ad_id
    kind = {"ADS": "ad", "SHORTLINK": "link"}.get(referral.source.upper(), referral.source.replace("_", " ").lower())
    return ": ".join(part for part in (kind, named) if part)[:200]


def _line(attached: Attached, written: str, media_hosts: Sequence[str]) -> str:
    """Say in a line what is no file: a shared post, a link that is not `written` already, a place's name."""
    if attached.type in _HEARTS:
        return "❤️"
    url = attached.url or (attached.payload.url if attached.payload else "")
    title = attached.title or (attached.payload.title if attached.payload else "")
    if attached.type in _LINKS or (url and not at_meta(url, media_hosts)):
        link = url if url.startswith(("http://", "https://")) and url not in written else ""
        return " ".join(part for part in (title, link) if part)
    return _SHARED.get(attached.type, title if attached.type == "location" else "")


def _files(message: Message, media_hosts: Sequence[str]) -> Iterator[InboundAttachment]:
    for place, attached in enumerate(message.attachments):
        url = attached.payload.url if attached.payload else ""
        if attached.type in _FILES and at_meta(url, media_hosts):
            name, media_type = _FILES[attached.type]
            source = _source(url, message.mid, place)
            given = attached.name or (_named(url) if attached.type == "file" else "")
            yield InboundAttachment(
                name=given or name,
                media_type=attached.mime_type or media_type,
                source=source,
                voice=attached.type == "audio",
            )
    story = message.reply_to.story if message.reply_to else None
    if story is not None and at_meta(story.url, media_hosts) and len(story.url) <= EXTERNAL_ID_LIMIT:
        yield InboundAttachment(name="story", media_type="application/octet-stream", source=ExternalId(story.url))


def _source(url: str, mid: str, place: int) -> ExternalId:
    return ExternalId(url) if len(url) <= EXTERNAL_ID_LIMIT else bounded(f"{BY_MESSAGE}{mid}#{place}")


def _sticker(attached: Attached) -> bool:
    return attached.payload is not None and bool(attached.payload.sticker_id)


def _named(url: str) -> str:
    """A file's name, which Meta tells only in its address."""
    base = unquote(urlsplit(url).path.rpartition("/")[2])
    return "".join(c for c in base if c.isprintable() and c not in "/\\").strip(". ")[-150:]
