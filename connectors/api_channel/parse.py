"""Say what a request of the system means. Pure: the same bytes always mean the same."""

from collections.abc import Mapping, Sequence
from typing import Literal

from connectors.api_channel.people import People
from connectors.api_channel.reading import Unreadable, read_events
from connectors.api_channel.wire import (
    Blocked,
    Delete,
    Edit,
    Event,
    File,
    Message,
    Opted,
    Ping,
    Reacted,
    Receipt,
)
from hub.contract import (
    ContactPointBlocked,
    DeliveryReceipt,
    InboundAttachment,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    OptedOut,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, ExternalId, bounded
from hub.domain.interaction import AuthorKind, ContentKind


def parse(raw: RawEvent, people: People) -> Sequence[InboundEvent]:
    """Return what a raw event of kind `webhook` says. Raises UnparseableEvent."""
    if raw.kind != "webhook":
        raise UnparseableEvent(f"An API channel does not know events of the kind {raw.kind!r}.")
    try:
        events = read_events(raw.body)
    except Unreadable as error:
        raise UnparseableEvent(f"The body is not as docs/api-channel.md says: {error}") from None
    return [one for event in events for one in _meaning(event, people)]


def _meaning(event: Event, people: People) -> Sequence[InboundEvent]:
    match event:
        case Message():
            person = event.sender if event.author == "contact" else event.recipient
            return (_message(event, people), *(people.learned(person) if person else ()))
        case Edit():
            text, html = _wording(event.text, event.html)
            return (
                MessageEdited(external_id=bounded(event.message), occurred_at=event.occurred_at, text=text, html=html),
            )
        case Delete():
            return (MessageDeleted(external_id=bounded(event.message), occurred_at=event.occurred_at),)
        case Reacted():
            return (_reaction(event, people),)
        case Receipt():
            return (_receipt(event),)
        case Opted():
            return (
                OptedOut(
                    sender=people.address(event.sender),
                    opted_out=event.opted_out,
                    keyword=event.keyword,
                    occurred_at=event.occurred_at,
                ),
            )
        case Blocked():
            return (
                ContactPointBlocked(
                    sender=people.address(event.sender),
                    blocked=event.blocked,
                    reason=event.reason or ("Your system says they cannot be reached." if event.blocked else ""),
                    occurred_at=event.occurred_at,
                ),
            )
        case Ping():
            return ()


def _message(event: Message, people: People) -> InboundMessage:
    sender = people.address(event.sender)
    person = people.address(event.recipient) if event.recipient and event.author != "contact" else None
    other = people.group(event.group) if event.group else person
    text, html = _wording(event.text, event.html)
    place = event.location
    data: Mapping[str, object] = (
        {"latitude": place.latitude, "longitude": place.longitude, "name": place.name} if place else {}
    )
    return InboundMessage(
        external_id=bounded(event.id),
        thread=people.thread(other or sender, event.thread),
        sender=sender,
        counterpart=other,
        participants=(sender,) if event.group and event.author == "contact" else (),
        group=event.group is not None,
        occurred_at=event.occurred_at,
        author=_AUTHORS[event.author],
        content=ContentKind.location if place else ContentKind.text,
        text=text,
        html=html,
        subject=event.subject,
        data=data,
        attachments=tuple(_file(file, number) for number, file in enumerate(event.attachments, 1)),
        reply_to=bounded(event.reply_to) if event.reply_to else None,
        source=event.source,
        opens_wait=event.author == "contact",
    )


def _wording(text: str, html: str) -> tuple[str, str]:
    """Return the plain text and the safe HTML of a message; either may be made of the other."""
    if not html.strip():
        return text, ""
    from connectors._lib.html import html_text, sanitised  # large, and many systems send no HTML

    return (text if text.strip() else html_text(html)[0]), sanitised(html)


def _file(file: File, number: int) -> InboundAttachment:
    path = file.url.partition("?")[0].partition("#")[0]
    return InboundAttachment(
        name=file.name or path.rstrip("/").rpartition("/")[2] or f"file-{number}",
        media_type=file.media_type or "application/octet-stream",
        size=len(file.content) if file.content is not None else None,
        content=file.content,
        source=ExternalId(file.url) if file.url else None,
        voice=file.voice,
        duration=file.duration,
    )


def _reaction(event: Reacted, people: People) -> Reaction:
    return Reaction(
        external_id=bounded(event.message),
        sender=people.address(event.sender),
        emojis=event.emojis,
        occurred_at=event.occurred_at,
        change=event.change,
    )


def _receipt(event: Receipt) -> DeliveryReceipt:
    return DeliveryReceipt(
        external_id=bounded(event.message or str(event.delivery)),
        state=_STATES[event.state],
        occurred_at=event.occurred_at,
        up_to=event.up_to,
        delivery_id=DeliveryId(event.delivery) if event.delivery else None,
        code=event.code,
        reason=event.reason or ("Your system could not deliver the message." if event.state == "failed" else ""),
        unreachable=event.unreachable,
    )


_AUTHORS = {"contact": AuthorKind.contact, "agent": AuthorKind.agent, "bot": AuthorKind.bot}
_STATES: Mapping[
    str, Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.read, DeliveryState.failed]
] = {
    "sent": DeliveryState.sent,
    "delivered": DeliveryState.delivered,
    "read": DeliveryState.read,
    "failed": DeliveryState.failed,
}
