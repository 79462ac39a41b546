"""What to ask of the Cloud API for one message: as few requests as its rules allow. Pure.

One request carries a text or one file; a caption has at most 1024 characters, sound has none
(https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages and beside).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.channel import ButtonForm, ButtonRule
from hub.domain.sending import split_text

TEXT_LIMIT = 4096
PARTS = 4
CAPTION_LIMIT = 1024
FILE_LIMIT = 100 * 1024 * 1024
"""https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media"""

BUTTONS = (
    ButtonRule(form=ButtonForm.inline, max_count=3, label_limit=20, text_limit=1024),
    ButtonRule(form=ButtonForm.list, max_count=10, label_limit=24),
)
"""https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages and
.../interactive-list-messages"""
OPENS_LIST = "☰"
"""The button that opens the list needs a label, and nobody here knows the customer's language."""

_MB = 1024 * 1024
_LIMITS: Sequence[tuple[str, frozenset[str], int]] = (
    ("image", frozenset({"image/jpeg", "image/png"}), 5 * _MB),
    ("video", frozenset({"video/mp4", "video/3gpp"}), 16 * _MB),
    ("audio", frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}), 16 * _MB),
)
_CAPTIONED = frozenset({"image", "video", "document"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request: a text, or one file with its caption."""

    text: str = ""
    kind: str = "text"
    file: OutboundAttachment | None = None
    buttons: tuple[OutboundButton, ...] = ()

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return self.file.name if self.file else "the text"

    def body(self, media_id: str = "") -> dict[str, object]:
        """Return what the message consists of; a file was uploaded before."""
        if self.buttons:
            return {"type": "interactive", "interactive": self._interactive()}
        if self.file is None:
            return {"type": "text", "text": {"body": self.text, "preview_url": "://" in self.text}}
        media: dict[str, object] = {"id": media_id}
        if self.text:
            media["caption"] = self.text
        if self.kind == "document":
            media["filename"] = self.file.name
        if self.kind == "audio" and self.file.voice and self.file.media_type.startswith("audio/ogg"):
            media["voice"] = True
        return {"type": self.kind, self.kind: media}

    def _interactive(self) -> dict[str, object]:
        few, _ = BUTTONS
        if len(self.buttons) <= few.max_count and all(len(one.label) <= few.label_limit for one in self.buttons):
            replies = [{"type": "reply", "reply": {"id": one.data, "title": one.label}} for one in self.buttons]
            return {"type": "button", "body": {"text": self.text}, "action": {"buttons": replies}}
        rows = [{"id": one.data, "title": one.label} for one in self.buttons]
        action = {"button": OPENS_LIST, "sections": [{"rows": rows}]}
        return {"type": "list", "body": {"text": self.text}, "action": action}


def render(message: OutboundMessage) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Empty for an empty message."""
    text = message.text.strip()
    files = [(kind_of(file), file) for file in message.attachments]
    if message.buttons:
        # They hang under a text of their own, and last: there they are looked for.
        return (*_files(files, ""), Part(text=text, buttons=message.buttons))
    caption = text if files and files[0][0] in _CAPTIONED and len(text) <= CAPTION_LIMIT else ""
    return (*_texts("" if caption else text), *_files(files, caption))


def kind_of(file: OutboundAttachment) -> str:
    """Say as what a file is sent: what is of another kind, or too large for its own, goes as a document."""
    media_type = file.media_type.partition(";")[0].strip().lower()
    fitting = (kind for kind, types, limit in _LIMITS if media_type in types and file.size <= limit)
    return next(fitting, "document")


def envelope(
    addressee: Mapping[str, str], content: Mapping[str, object], *, tracker: str, reply_to: str = ""
) -> dict[str, object]:
    """Return the body of `POST /messages`. The tracker comes back with every status."""
    context: dict[str, object] = {"context": {"message_id": reply_to}} if reply_to else {}
    return {
        "messaging_product": "whatsapp",
        **addressee,
        **content,
        **context,
        "biz_opaque_callback_data": tracker,
    }


def _texts(text: str) -> Iterator[Part]:
    for part in split_text(text, TEXT_LIMIT, "characters"):
        yield Part(text=part)


def _files(files: Sequence[tuple[str, OutboundAttachment]], caption: str) -> Iterator[Part]:
    for index, (kind, file) in enumerate(files):
        yield Part(text=caption if index == 0 else "", kind=kind, file=file)
