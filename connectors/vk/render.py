"""What to ask of VK for one message: texts in parts, the files beside the last. Pure.

https://dev.vk.com/en/method/messages.send
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from connectors.vk.ids import number_of
from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.ids import DeliveryId
from hub.domain.sending import split_text

TEXT_LIMIT = 4096
MOST_PARTS = 4
MOST_FILES = 10
BUTTONS_LIMIT = 10
LABEL_LIMIT = 40
"""https://dev.vk.com/en/api/bots/development/keyboard"""
_ROWS = 6
FILE_LIMIT = 200 * 1024 * 1024
"""https://dev.vk.com/en/api/upload/document-in-profile"""
MARK = "hub_delivery"
"""Name in the payload under which our own delivery comes back."""
PART = "part"
"""Name in the payload under which the part comes back: the first one's id is the message's."""

PRESSED = "hub_button"
"""Name in a button's payload under which its data comes back."""

_PHOTO_LIMIT = 50 * 1024 * 1024
_PHOTOS = frozenset({"image/jpeg", "image/png", "image/gif"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message."""

    text: str = ""
    files: tuple[OutboundAttachment, ...] = ()
    buttons: tuple[OutboundButton, ...] = ()

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return ", ".join(file.name for file in self.files) or "the text"


def render(message: OutboundMessage) -> tuple[Part, ...]:
    """Split a message into parts, in the order a reader should see them. Empty for an empty message."""
    texts = split_text(message.text.strip(), TEXT_LIMIT, "characters")
    if not message.attachments and not message.buttons:
        return tuple(Part(text=text) for text in texts)
    last = texts[-1] if texts else ""
    rest = (Part(text=text) for text in texts[:-1])
    return (*rest, Part(text=last, files=message.attachments, buttons=message.buttons))


def values(message: OutboundMessage, part: Part, index: int, attachments: str) -> Mapping[str, object]:
    """Return the parameters of `messages.send`. `peer_ids` instead of `peer_id`: so VK tells the number in the chat."""
    answered = number_of(message.reply_to, message.thread) if message.reply_to and index == 0 else 0
    quoted = {"peer_id": int(message.thread), "conversation_message_ids": [answered], "is_reply": 1}
    return {
        "peer_ids": message.thread,
        "random_id": random_id(message.delivery_id, index),
        "message": part.text,
        "attachment": attachments,
        "forward": json.dumps(quoted) if answered else "",
        "keyboard": json.dumps(_keyboard(part.buttons), ensure_ascii=False) if part.buttons else "",
        "payload": json.dumps({MARK: str(message.delivery_id), PART: index}),
    }


def _keyboard(buttons: Sequence[OutboundButton]) -> dict[str, object]:
    """Return a keyboard under the message: a press writes the label, with the data as its payload."""
    listed = [
        {"action": {"type": "text", "label": one.label, "payload": json.dumps({PRESSED: one.data})}} for one in buttons
    ]
    wide = 1 if len(listed) <= _ROWS else 2
    return {"inline": True, "buttons": [listed[start : start + wide] for start in range(0, len(listed), wide)]}


def random_id(delivery_id: DeliveryId, index: int) -> int:
    """Return the number by which VK knows a message it took within the last hour: 31 bits, not zero."""
    return int.from_bytes(sha256(delivery_id.bytes + bytes([index])).digest()[:4], "big") % (2**31 - 1) + 1


def kind_of(file: OutboundAttachment) -> str:
    """Say as what a file is sent: a photo, a voice note or a document."""
    media_type = file.media_type.partition(";")[0].strip().lower()
    if file.voice and media_type == "audio/ogg":
        return "audio_message"
    return "photo" if media_type in _PHOTOS and file.size <= _PHOTO_LIMIT else "doc"
