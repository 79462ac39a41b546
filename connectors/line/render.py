"""What to ask of LINE for one message: message objects, and in how few requests they go. Pure.

https://developers.line.biz/en/reference/messaging-api/#message-objects. LINE takes no files: it is told an https
address and shows what lies there. It knows pictures, films and sound, and no documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.sending import split_text

TEXT_LIMIT = 5000
"""UTF-16 code units: https://developers.line.biz/en/docs/messaging-api/text-character-count/."""
MOST_PARTS = 5
BUTTONS_LIMIT = 13
LABEL_LIMIT = 20
"""https://developers.line.biz/en/reference/messaging-api/#quick-reply and #postback-action"""
FILE_LIMIT = 200 * 1024 * 1024
IMAGE_LIMIT = 10 * 1024 * 1024
IMAGE_TYPES = ("image/jpeg", "image/png")
VIDEO_TYPES = ("video/mp4",)
AUDIO_TYPES = ("audio/mp4", "audio/x-m4a", "audio/m4a", "audio/mpeg")
PER_REQUEST = 5

_UNKNOWN_LENGTH = 1.0
"""LINE wants a length in any case; it is only shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message object, and what it is, for a sentence."""

    body: Mapping[str, object]
    what: str


def render(message: OutboundMessage, *, quote_token: str, preview_url: str, lasts: timedelta) -> tuple[Part, ...]:
    """Return the message's parts in the order a reader should see them; empty for an empty message.

    The first text quotes what is answered. `preview_url` is the still that films show. Raises ValueError, in words,
    for a file LINE cannot show.
    """
    parts = [
        Part(body={"type": "text", "text": text}, what="the text")
        for text in split_text(message.text.strip(), TEXT_LIMIT, "utf16")
    ]
    if parts and quote_token:
        parts[0] = Part(body={**parts[0].body, "quoteToken": quote_token}, what=parts[0].what)
    files = [Part(body=_file(file, preview_url, lasts), what=file.name) for file in message.attachments]
    if message.buttons and parts:
        # LINE shows only the newest message's: the text that has them is the last.
        last = Part(body={**parts[-1].body, "quickReply": _quick_reply(message.buttons)}, what=parts[-1].what)
        return (*files, *parts[:-1], last)
    return (*parts, *files)


def requests(parts: Sequence[Part]) -> list[Sequence[Part]]:
    """Return the parts as LINE takes them: five at most in one request."""
    return [parts[start : start + PER_REQUEST] for start in range(0, len(parts), PER_REQUEST)]


def _quick_reply(buttons: Sequence[OutboundButton]) -> dict[str, object]:
    """Return quick replies. LINE gives only the data back, so the label travels in it, too."""
    actions = [
        {"type": "postback", "label": one.label, "data": f"{one.data}\n{one.label}", "displayText": one.label}
        for one in buttons
    ]
    return {"items": [{"type": "action", "action": action} for action in actions]}


def _file(file: OutboundAttachment, preview_url: str, lasts: timedelta) -> dict[str, object]:
    address = file.link(lasts) if file.link is not None else ""
    if not address.startswith("https://"):
        raise ValueError(
            f"LINE fetches files from the hub, and the hub has no public https address, so “{file.name}” cannot be "
            "sent. Set HUB_PUBLIC_URL to an https address, or send text only."
        )
    media_type = file.media_type.partition(";")[0].strip().lower()
    if media_type in IMAGE_TYPES:
        if file.size > IMAGE_LIMIT:
            raise ValueError(f"“{file.name}” is too large for LINE: pictures have at most 10 MB. Make it smaller.")
        return {"type": "image", "originalContentUrl": address, "previewImageUrl": address}
    if media_type in VIDEO_TYPES:
        return {"type": "video", "originalContentUrl": address, "previewImageUrl": preview_url}
    if media_type in AUDIO_TYPES:
        return {"type": "audio", "originalContentUrl": address, "duration": _milliseconds(file.duration)}
    raise ValueError(
        f"LINE carries pictures, MP4 films and M4A or MP3 sound, no other files; “{file.name}” is {media_type}."
    )


def _milliseconds(seconds: float | None) -> int:
    return max(1, round((seconds or _UNKNOWN_LENGTH) * 1000))
