"""What to ask of Viber for one message: as few requests as its rules allow. Pure.

https://developers.viber.com/docs/api/rest-bot-api/#message-types. Viber takes no files: it is told an address and
fetches it, and looks at the address's ending.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from urllib.parse import quote

from connectors.viber.settings import NAME_LIMIT
from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.sending import split_text

TEXT_LIMIT = 7000
"""A request has at most 30 kB: in UTF-8, as we write it, so many letters of any alphabet fit."""
MOST_PARTS = 4
BUTTONS_LIMIT = 24
LABEL_LIMIT = 250
"""https://developers.viber.com/docs/tools/keyboards/"""
FILE_LIMIT = 50 * 1024 * 1024
_PICTURE_LIMIT = 1024 * 1024
_VIDEO_LIMIT = 26 * 1024 * 1024
_CAPTION_LIMIT = 768
_PICTURES = {"image/jpeg": ".jpg"}
_VIDEOS = {"video/mp4": ".mp4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request: a text, or one file with its caption."""

    body: Mapping[str, object]
    what: str


def render(message: OutboundMessage, lasts: timedelta) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Empty for an empty message.

    Raises ValueError, in words, where Viber cannot fetch a file.
    """
    text, files = message.text.strip(), message.attachments
    captioned = not message.buttons and bool(files) and _kind(files[0]) == "picture" and len(text) <= _CAPTION_LIMIT
    texts = () if captioned else tuple(_texts(text))
    captions = [text if captioned and index == 0 else "" for index in range(len(files))]
    shown = tuple(_file(file, caption, lasts) for file, caption in zip(files, captions, strict=True))
    if message.buttons and texts:
        # A keyboard goes with the message it came with: the text that has it is the last.
        return (*shown, *texts[:-1], Part(body={**texts[-1].body, **_keyboard(message.buttons)}, what=texts[-1].what))
    return (*texts, *shown)


def envelope(part: Part, *, receiver: str, name: str, avatar: str) -> dict[str, object]:
    """Return the body of `send_message`."""
    sender = {"name": name[:NAME_LIMIT], **({"avatar": avatar} if avatar else {})}
    return {"receiver": receiver, "min_api_version": 1, "sender": sender, **part.body}


def _keyboard(buttons: Sequence[OutboundButton]) -> dict[str, object]:
    """Return a keyboard. A press writes its label as the customer's own message: Viber tells us no more of it."""
    listed = [
        {"ActionType": "reply", "ActionBody": one.label, "Text": escape(one.label), "TextSize": "regular"}
        for one in buttons
    ]
    return {"keyboard": {"Type": "keyboard", "DefaultHeight": False, "Buttons": listed}}


def _texts(text: str) -> Iterator[Part]:
    for part in split_text(text, TEXT_LIMIT, "characters"):
        yield Part(body={"type": "text", "text": part}, what="the text")


def _file(file: OutboundAttachment, caption: str, lasts: timedelta) -> Part:
    address = file.link(lasts) if file.link is not None else ""
    if not address.startswith("https://"):
        raise ValueError(
            f"Viber fetches files from the hub, and the hub has no public https address, so “{file.name}” cannot be "
            "sent. Set HUB_PUBLIC_URL to an https address, or send text only."
        )
    kind = _kind(file)
    if kind == "picture":
        return Part(body={"type": kind, "text": caption, "media": _ending(address, file, _PICTURES)}, what=file.name)
    if kind == "video":
        length = {"duration": max(1, round(file.duration))} if file.duration else {}
        media = _ending(address, file, _VIDEOS)
        return Part(body={"type": kind, "media": media, "size": file.size, **length}, what=file.name)
    name = file.name[-256:]
    return Part(body={"type": kind, "media": _named(address, name), "size": file.size, "file_name": name}, what=name)


def _kind(file: OutboundAttachment) -> str:
    """Say as what a file is sent: what is of another kind, or too large for its own, goes as a file."""
    media_type = _media_type(file)
    if media_type in _PICTURES and file.size <= _PICTURE_LIMIT:
        return "picture"
    return "video" if media_type in _VIDEOS and file.size <= _VIDEO_LIMIT else "file"


def _media_type(file: OutboundAttachment) -> str:
    return file.media_type.partition(";")[0].strip().lower()


def _ending(address: str, file: OutboundAttachment, endings: Mapping[str, str]) -> str:
    stem = file.name.rpartition(".")[0] or file.name
    return _named(address, f"{stem[:80]}{endings[_media_type(file)]}")


def _named(address: str, name: str) -> str:
    return f"{address}/{quote(name.replace('/', '_'), safe='')}"
