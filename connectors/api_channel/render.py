"""Say a message in the words of docs/api-channel.md. Pure: what goes over the wire can be read in a test."""

from collections.abc import Mapping, Sequence

from connectors.api_channel.people import People, Target
from hub.contract import OutboundMessage


def render(message: OutboundMessage, people: People, files: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return the body of a callback of type `message`. Raises Rejected if the recipient is nobody of the system."""
    target = people.target(message.thread, message.recipient)
    optional: dict[str, object] = {
        "subject": message.subject,
        "html": message.html,
        "attachments": list(files),
        "reply_to": message.reply_to,
        "agent": message.agent_name,
    }
    return {
        "type": "message",
        "delivery": str(message.delivery_id),
        "conversation": str(message.conversation_id),
        **where(target, message.recipient_name),
        "text": message.text,
        "auto": message.auto,
        **{name: value for name, value in optional.items() if value},
    }


def where(target: Target, name: str = "") -> dict[str, object]:
    """Return whom something is for: a person or a group, and the thread if it is one of its own."""
    named = {"name": name} if name else {}
    return {
        **({"recipient": {"id": target.person, **named}} if target.person else {}),
        **({"group": {"id": target.group, **named}} if target.group else {}),
        **({"thread": target.thread} if target.thread else {}),
    }
