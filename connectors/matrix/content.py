"""What one room message consists of: text, files, places, polls, and kinds we cannot show. Pure.

Kinds: https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from connectors.matrix.ids import media_parts
from connectors.matrix.wire import objects, size, text, under
from hub.contract import InboundAttachment
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind

ENCRYPTED = "The hub cannot read end-to-end encrypted rooms. Ask for a room without encryption."
"""What is shown in place of a message in an encrypted room."""

_FILES = {
    "m.image": ("image.jpg", "image/jpeg"),
    "m.video": ("video.mp4", "video/mp4"),
    "m.audio": ("audio.ogg", "audio/ogg"),
    "m.file": ("file", "application/octet-stream"),
}
_HTML = "org.matrix.custom.html"
_QUOTED = re.compile(r"<mx-reply>.*?</mx-reply>", re.DOTALL | re.IGNORECASE)
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)(?:,[^;]*)?(?:;.*?u=(\d+(?:\.\d+)?))?.*")
_VOICE = ("org.matrix.msc3245.voice", "m.voice", "org.matrix.msc2516.voice")
_POLL_START = ("m.poll.start", "m.poll", "org.matrix.msc3381.poll.start")
_TEXT_LIMIT = 70_000
"""Characters; an event has at most 65,536 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    html: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(content: Mapping[str, Any], *, sender: str) -> Content | None:
    """Say what the content of an `m.room.message` is; None for what is no message to a person. `sender` is a name."""
    kind = text(content, "msgtype")
    match kind:
        case "m.text" | "m.notice" | "m.server_notice":
            return Content(text=_words(content), html=_html(content))
        case "m.emote":
            return Content(text=f"* {sender} {_words(content)}")
        case "m.image" | "m.video" | "m.audio" | "m.file":
            return _file(content, kind)
        case "m.location":
            return _location(content)
        case "m.key.verification.request":
            return None
        case _:
            what = kind.removeprefix("m.").replace(".", " ")[:60] or "message without a kind"
            return Content(kind=ContentKind.unsupported, text=_words(content), data={"what": what})


def read_sticker(content: Mapping[str, Any]) -> Content:
    """Return a sticker: https://spec.matrix.org/latest/client-server-api/#sticker-messages."""
    words = text(content, "body")[:200]
    return Content(kind=ContentKind.sticker, text=words, attachments=_attachment(content, "sticker.png", "image/png"))


def read_poll(content: Mapping[str, Any]) -> Content:
    """Return a poll somebody began: https://github.com/matrix-org/matrix-spec-proposals/pull/3381."""
    poll = next((under(content, key) for key in _POLL_START if under(content, key)), {})
    question = _extensible(under(poll, "question")) or _extensible(content)
    options = [_extensible(answer) for answer in objects(poll.get("answers"))][:50]
    return Content(kind=ContentKind.poll, text=question, data={"question": question, "options": options})


def read_unknown(kind: str, content: Mapping[str, Any]) -> Content | None:
    """Return what can be shown of an event of a kind we have never heard of; None if nothing can be read of it."""
    words = _extensible(content)
    return Content(kind=ContentKind.unsupported, text=words, data={"what": kind[:60]}) if words else None


def _file(content: Mapping[str, Any], kind: str) -> Content:
    fallback, media_type = _FILES[kind]
    files = _attachment(content, fallback, media_type)
    named, body = text(content, "filename"), text(content, "body")
    # since 1.10 the body beside a file name is the sender's caption
    caption = _words(content) if named and named != body else ""
    if not files:
        return Content(kind=ContentKind.unsupported, text=caption or body[:200], data={"what": kind.removeprefix("m.")})
    return Content(text=caption, html=_html(content) if caption else "", attachments=files)


def _attachment(content: Mapping[str, Any], fallback: str, media_type: str) -> tuple[InboundAttachment, ...]:
    """Return the file an event names, if it is one we can fetch from our own homeserver."""
    address, info = text(content, "url"), under(content, "info")
    if media_parts(address) is None:
        return ()
    claimed = text(info, "mimetype").partition(";")[0].strip().lower()
    voice = any(key in content for key in _VOICE)
    milliseconds = size(info, "duration", 7 * 24 * 3600 * 1000)
    return (
        InboundAttachment(
            name=_safe_name(text(content, "filename") or text(content, "body")) or fallback,
            media_type=claimed if re.fullmatch(r"[a-z]+/[a-z0-9.+-]{1,80}", claimed) else media_type,
            size=size(info, "size"),
            source=ExternalId(address),
            voice=voice,
            width=size(info, "w", 100_000),
            height=size(info, "h", 100_000),
            duration=milliseconds / 1000 if milliseconds is not None else None,
        ),
    )


def _location(content: Mapping[str, Any]) -> Content:
    """https://spec.matrix.org/latest/client-server-api/#mlocation and RFC 5870 for the address."""
    shared = under(content, "m.location") or under(content, "org.matrix.msc3488.location")
    found = _GEO.fullmatch(text(content, "geo_uri") or text(shared, "uri"))
    name = text(shared, "description")[:300]
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return Content(kind=ContentKind.unsupported, text=_words(content), data={"what": "location"})
    data: dict[str, object] = {"latitude": float(found[1]), "longitude": float(found[2])}
    if found[3]:
        data["accuracy"] = float(found[3])
    return Content(kind=ContentKind.location, text=name, data={**data, **({"name": name} if name else {})})


def _words(content: Mapping[str, Any]) -> str:
    """Return the plain text without the quotation older clients put in front of a reply.

    https://spec.matrix.org/v1.12/client-server-api/#fallbacks-for-rich-replies
    """
    body = text(content, "body")[:_TEXT_LIMIT]
    if not is_reply(content) or not body.startswith("> "):
        return body
    lines = body.split("\n")
    first = next((index for index, line in enumerate(lines) if not line.startswith(">")), len(lines))
    return "\n".join(lines[first:]).lstrip("\n")


def _html(content: Mapping[str, Any]) -> str:
    if content.get("format") != _HTML:
        return ""
    # loads lxml: not before the first markup comes
    from connectors._lib.html import sanitised

    html = text(content, "formatted_body")[:_TEXT_LIMIT]
    return sanitised(_QUOTED.sub("", html, count=1) if is_reply(content) else html)


def is_reply(content: Mapping[str, Any]) -> str:
    """Return the id of the event a message answers; "" if none. In a thread the formal chain is no answer."""
    relation = under(content, "m.relates_to")
    if relation.get("rel_type") == "m.thread" and relation.get("is_falling_back") is True:
        return ""
    return text(under(relation, "m.in_reply_to"), "event_id")


def _extensible(content: Mapping[str, Any]) -> str:
    """Return the text of an extensible event, in any of the forms in use: a string, or a list of representations."""
    for key in ("m.text", "org.matrix.msc1767.text", "body"):
        found = content.get(key)
        if isinstance(found, str) and found:
            return found[:_TEXT_LIMIT]
        for form in objects(found):
            if text(form, "mimetype") in ("", "text/plain") and text(form, "body"):
                return text(form, "body")[:_TEXT_LIMIT]
    return ""


def _safe_name(name: str) -> str:
    """Return a sender's file name without path, control characters and direction marks, at most 150 characters."""
    base = re.split(r"[\\/]", unquote(name) if "%2F" in name.upper() else name)[-1]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]
