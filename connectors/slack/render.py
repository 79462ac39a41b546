"""What to ask of Slack for one message: as few calls as its rules allow. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from connectors.slack.blocks import rich_text_block
from connectors.slack.limits import TEXT_LIMIT
from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.sending import split_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message in Slack: a text, or files with the text beside them."""

    text: str = ""
    """Escaped for Slack."""
    blocks: tuple[Mapping[str, object], ...] = ()
    """The same with formatting; empty where nothing is formatted."""
    files: tuple[OutboundAttachment, ...] = field(default=())

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return ", ".join(file.name for file in self.files) or "the text"


def render(message: OutboundMessage) -> tuple[Part, ...]:
    """Split a message into parts, in the order a reader should see them. Empty for an empty message."""
    words = message.text.strip()
    if message.buttons:
        files = (Part(files=message.attachments),) if message.attachments else ()
        return (*files, Part(text=escaped(words), blocks=tuple(_pressable(words, message.buttons))))
    if len(words) > TEXT_LIMIT:
        texts = [Part(text=escaped(one)) for one in split_text(words, TEXT_LIMIT, "characters")]
        return (*texts, Part(files=message.attachments)) if message.attachments else tuple(texts)
    block = rich_text_block(message.html) if message.html and words else None
    one = Part(text=escaped(words), blocks=(block,) if block else (), files=message.attachments)
    return (one,) if words or message.attachments else ()


def _pressable(text: str, buttons: Sequence[OutboundButton]) -> Sequence[Mapping[str, object]]:
    """Return a text with buttons under it: https://docs.slack.dev/reference/block-kit/blocks/actions-block."""
    elements = [
        {
            "type": "button",
            "action_id": f"hub-{place}",
            "text": {"type": "plain_text", "text": one.label},
            "value": one.data,
        }
        for place, one in enumerate(buttons)
    ]
    said = {"type": "section", "text": {"type": "plain_text", "text": text}}
    return (said, {"type": "actions", "elements": elements})


def escaped(text: str) -> str:
    """Return a text in which nothing is markup, a mention or a link of ours.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Return what `escaped` was made of."""
    return unescape(text)
