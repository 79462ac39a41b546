"""Say what an event of the provider means. Pure: the same bytes always mean the same.

https://api.example.com/docs/webhooks (put the provider's own page here, and one for every odd rule)
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from connectors._template.settings import NAMESPACE
from hub.contract import (
    Address,
    DeliveryReceipt,
    InboundAttachment,
    InboundEvent,
    InboundMessage,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind


class _Wire(BaseModel):
    """What we need of an event; more fields than these are the provider's own business."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Person(_Wire):
    id: str
    name: str = ""


class _File(_Wire):
    id: str
    name: str
    media_type: str = "application/octet-stream"
    size: int | None = None


class _Message(_Wire):
    id: str
    sender: _Person
    sent_at: datetime
    kind: str = "text"
    text: str = ""
    files: tuple[_File, ...] = ()
    reply_to: str | None = None


class _Receipt(_Wire):
    message_id: str
    state: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    reason: str = ""


class _Event(_Wire):
    type: str
    message: _Message | None = None
    receipt: _Receipt | None = None


def parse(raw: RawEvent) -> Sequence[InboundEvent]:
    """Return what the event says; `()` for what we know and do not need. Raises UnparseableEvent."""
    try:
        event = _Event.model_validate_json(raw.body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        raise UnparseableEvent(f"The event is not as the provider documents it: {place}: {first['msg']}.") from None
    match event:
        case _Event(type="message", message=_Message() as message):
            return (_message(message),)
        case _Event(type="receipt", receipt=_Receipt() as receipt):
            return (_receipt(receipt),)
        case _Event(type="ping"):
            return ()
        case _:
            raise UnparseableEvent(f"The provider sent an event of the type “{event.type[:50]}”, which is new to us.")


def _message(message: _Message) -> InboundMessage:
    known = message.kind == "text"
    data: Mapping[str, object] = {} if known else {"what": message.kind[:50]}
    return InboundMessage(
        external_id=ExternalId(message.id),
        thread=ExternalId(message.sender.id),
        sender=Address(namespace=NAMESPACE, value=message.sender.id, name=message.sender.name),
        occurred_at=_utc(message.sent_at),
        # Never drop what a customer sent: a kind we cannot show yet is shown as such.
        content=ContentKind.text if known else ContentKind.unsupported,
        text=message.text,
        data=data,
        attachments=tuple(
            InboundAttachment(name=file.name, media_type=file.media_type, size=file.size, source=ExternalId(file.id))
            for file in message.files
        ),
        reply_to=ExternalId(message.reply_to) if message.reply_to else None,
    )


def _receipt(receipt: _Receipt) -> DeliveryReceipt:
    return DeliveryReceipt(
        external_id=ExternalId(receipt.message_id),
        state=_STATES[receipt.state],
        occurred_at=_utc(receipt.at),
        reason=receipt.reason,
    )


_STATES: Mapping[
    str, Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.read, DeliveryState.failed]
] = {
    "sent": DeliveryState.sent,
    "delivered": DeliveryState.delivered,
    "read": DeliveryState.read,
    "failed": DeliveryState.failed,
}


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
