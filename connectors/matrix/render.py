"""What to send into a room for one message: an event for the text and one for each file. Pure.

https://spec.matrix.org/latest/client-server-api/#mroommessage
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.contract import OutboundAttachment, OutboundMessage

HTML_LIMIT = 36_000
"""Bytes of UTF-8: an event may have 65,536 with text and markup together; longer markup goes as plain text."""

_TAGS = {
    *("a", "b", "blockquote", "br", "caption", "code", "del", "details", "div", "em", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "i", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td"),
    *("th", "thead", "tr", "u", "ul"),
}
"""https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes (org.matrix.custom.html)"""
_KINDS = {"image": "m.image", "video": "m.video", "audio": "m.audio"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One event: its content without the address of its file, which is known after the upload."""

    content: Mapping[str, Any]
    file: OutboundAttachment | None = None


def render(message: OutboundMessage) -> Sequence[Part]:
    """Return a message's events in the order a reader should see them; empty for an empty message.

    Text and files are events of their own: older clients show a caption as the file's name.
    """
    parts = [Part(content=_text(message))] if message.text.strip() else []
    parts += [Part(content=_file(file), file=file) for file in message.attachments]
    if parts and message.reply_to is not None and message.reply_to.startswith("$"):
        answered = {"m.relates_to": {"m.in_reply_to": {"event_id": message.reply_to}}}
        parts[0] = Part(content={**parts[0].content, **answered}, file=parts[0].file)
    return parts


def _text(message: OutboundMessage) -> dict[str, Any]:
    # a notice is what no machine answers: https://spec.matrix.org/latest/client-server-api/#mnotice
    content: dict[str, Any] = {"msgtype": "m.notice" if message.auto else "m.text", "body": message.text}
    html = _marked_up(message.html)
    if html and len(html.encode()) <= HTML_LIMIT:
        content |= {"format": "org.matrix.custom.html", "formatted_body": html}
    return content


def _marked_up(html: str) -> str:
    """Return the markup clients of Matrix know; "" without any."""
    if not html:
        return ""
    import nh3  # not before the first markup goes

    return nh3.clean(html, tags=_TAGS, link_rel=None)


def _file(file: OutboundAttachment) -> dict[str, Any]:
    milliseconds = round(file.duration * 1000) if file.duration is not None else None
    about = {
        "mimetype": file.media_type,
        "size": file.size,
        "w": file.width,
        "h": file.height,
        "duration": milliseconds,
    }
    kind = _KINDS.get(file.media_type.partition("/")[0], "m.file")
    content: dict[str, Any] = {
        "msgtype": kind,
        "body": file.name,
        "filename": file.name,
        "info": {key: value for key, value in about.items() if value is not None},
    }
    if file.voice and kind == "m.audio":
        # https://github.com/matrix-org/matrix-spec-proposals/pull/3245, as Element reads and writes it
        content |= {"org.matrix.msc3245.voice": {}, "org.matrix.msc1767.audio": {"duration": milliseconds or 0}}
    return content
