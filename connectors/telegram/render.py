"""What to ask of Telegram for one message: as few requests as its rules allow. Pure.

Rules: a text has at most 4096, a caption 1024 UTF-16 units (https://core.telegram.org/bots/api#sendphoto); an album
has 2 to 10 items, photos and films together, documents and music only among themselves
(https://core.telegram.org/bots/api#sendmediagroup). Albums carry no buttons, so these always hang under a text of
their own (https://core.telegram.org/bots/api#inlinekeyboardbutton).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from connectors.telegram.markup import to_telegram_html
from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage

FileKind = Literal["photo", "video", "animation", "audio", "voice", "document"]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ALBUM_LIMIT = 10
BUTTONS_LIMIT = 20
"""Telegram takes a hundred; nobody reads them."""
LABEL_LIMIT = 64
FILE_LIMIT = 50 * 1024 * 1024
"""https://core.telegram.org/bots/api#sending-files"""
PHOTO_LIMIT = 10 * 1024 * 1024

_PHOTOS = {"image/jpeg", "image/png", "image/webp"}
_VOICE = {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a"}
_MUSIC = {"audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a"}
_ALBUMS: Sequence[frozenset[FileKind]] = (
    frozenset({"photo", "video"}),
    frozenset({"document"}),
    frozenset({"audio"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request: a text, or one file or album with its caption."""

    text: str = ""
    """Plain text, or Telegram's HTML if `markup`."""
    plain: str = ""
    """The same as plain text, should Telegram refuse the markup."""
    markup: bool = False
    files: tuple[tuple[FileKind, OutboundAttachment], ...] = ()
    buttons: tuple[OutboundButton, ...] = ()

    def without_markup(self) -> "Part":
        """The same in plain text."""
        return replace(self, text=self.plain, markup=False)

    def as_documents(self) -> "Part":
        """The same with photos as files, for those Telegram does not take as photos."""
        return replace(self, files=tuple(("document", file) for _, file in self.files))

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return ", ".join(file.name for _, file in self.files) or "the text"


def render(message: OutboundMessage) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Empty for an empty message."""
    markup = to_telegram_html(message.html) if message.html else ""
    text = Part(text=markup or message.text, plain=message.text, markup=bool(markup), buttons=message.buttons)
    groups = list(_groups(message.attachments))
    if not groups:
        return (text,) if message.text.strip() else ()
    first, *others = (Part(files=group) for group in groups)
    if not message.text.strip():
        return (first, *others)
    if message.buttons:
        return (first, *others, text)
    if utf16_length(message.text) > CAPTION_LIMIT:
        return (text, first, *others)
    return (replace(text, files=first.files), *others)


def utf16_length(text: str) -> int:
    """Count as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def kind_of(file: OutboundAttachment) -> FileKind:
    """Say as what a file is sent. Everything can be a document."""
    media_type = file.media_type.partition(";")[0].strip().lower()
    if file.voice and media_type in _VOICE:
        return "voice"
    if media_type in _PHOTOS and file.size <= PHOTO_LIMIT:
        return "photo"
    if media_type == "image/gif":
        return "animation"
    if media_type == "video/mp4":
        return "video"
    return "audio" if media_type in _MUSIC else "document"


def _groups(files: Sequence[OutboundAttachment]) -> Iterator[tuple[tuple[FileKind, OutboundAttachment], ...]]:
    """Yield what can go in one request each: albums of what may stand together, then what stands alone."""
    kinds = [(kind_of(file), file) for file in files]
    for album in _ALBUMS:
        together = [item for item in kinds if item[0] in album]
        for start in range(0, len(together), ALBUM_LIMIT):
            yield tuple(together[start : start + ALBUM_LIMIT])
    yield from ((item,) for item in kinds if not any(item[0] in album for album in _ALBUMS))
