"""What to ask of Messenger's or Instagram's Send API for one message. Pure.

One request carries a text or one file (https://developers.facebook.com/docs/messenger-platform/send-messages).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.sending import split_text

FREE = timedelta(hours=24)
HUMAN_AGENT = "HUMAN_AGENT"
BUTTONS_LIMIT = 13
LABEL_LIMIT = 20
"""Quick replies: https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies"""
_FAMILIES = ("image", "video", "audio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request: a text or a file."""

    text: str = ""
    file: OutboundAttachment | None = None
    buttons: tuple[OutboundButton, ...] = ()

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return self.file.name if self.file else "the text"


def render(message: OutboundMessage, *, text_limit: int, text_unit: str) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Empty for an empty message."""
    return tuple(_parts(message, text_limit, text_unit))


def _parts(message: OutboundMessage, limit: int, unit: str) -> Iterator[Part]:
    texts = [Part(text=text) for text in split_text(message.text.strip(), limit, unit)]
    files = [Part(file=file) for file in message.attachments]
    if message.buttons and texts:
        # Quick replies vanish once another message follows: the text that has them is the last.
        yield from (*files, *texts[:-1], replace(texts[-1], buttons=message.buttons))
    else:
        yield from (*texts, *files)


def kind_of(file: OutboundAttachment) -> str:
    """Say as what a file is sent."""
    family = file.media_type.partition("/")[0]
    return family if family in _FAMILIES else "file"


def tag_of(message: OutboundMessage, now: datetime, late_tag: str) -> dict[str, object]:
    """Say why a person's late answer may go; empty for an ordinary one.

    https://developers.facebook.com/docs/messenger-platform/policy/policy-overview#human_agent
    """
    late = message.last_heard_at is not None and now - message.last_heard_at > FREE
    if late and late_tag and not message.auto:
        return {"messaging_type": "MESSAGE_TAG", "tag": late_tag}
    return {}


def envelope(
    recipient: str, content: Mapping[str, object], why: Mapping[str, object], *, metadata: str = "", reply_to: str = ""
) -> dict[str, object]:
    """Return the body of `POST /me/messages`. The metadata comes back in Messenger's echo of the message."""
    return {
        "recipient": {"id": recipient},
        **why,
        "message": {**content, **({"metadata": metadata} if metadata else {})},
        **({"reply_to": {"mid": reply_to}} if reply_to else {}),
    }


def text_content(part: Part) -> dict[str, object]:
    """Return a text, with its quick replies, as the content of a message."""
    replies = [{"content_type": "text", "title": one.label, "payload": one.data} for one in part.buttons]
    return {"text": part.text, **({"quick_replies": replies} if replies else {})}


def file_content(kind: str, payload: Mapping[str, object]) -> dict[str, object]:
    """Return a file as the content of a message."""
    return {"attachment": {"type": kind, "payload": dict(payload)}}
