"""What a callback of Viber means. Pure: the same bytes always give the same events.

https://developers.viber.com/docs/api/rest-bot-api/#callbacks. A `message_token` is a whole number of 64 bits:
as text it keeps all its digits. A person's id belongs to this bot alone, and changes with their phone number.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from connectors._lib.json_body import read_object
from connectors._lib.loose_json import Json, inner, number, text
from connectors.viber.content import Content, read_content
from hub.contract import (
    Address,
    ContactPointBlocked,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId, bounded
from hub.domain.interaction import AuthorKind

NAMESPACE = "viber"

_NOT_NEEDED = frozenset({"webhook", "client_status", "action"})
"""The answer to our registration, and what clients report of payments and buttons of their own."""
_ENDS = 253_402_300_800_000


def parse_callback(raw: RawEvent) -> Sequence[InboundEvent]:
    """Read one callback. Raises UnparseableEvent."""
    body = read_object(raw.body, "Viber")
    kind = text(body, "event")
    if kind in _NOT_NEEDED:
        return ()
    read = _READERS.get(kind)
    if read is None:
        raise UnparseableEvent(
            f"Viber sent a callback of a kind this version does not know ({kind[:60] or 'it does not say which'})."
        )
    return (read(body),)


def _message(body: Json) -> InboundEvent:
    return _inbound(body, _person(inner(body, "sender")), read_content(inner(body, "message")))


def _started(body: Json) -> InboundEvent:
    """Somebody opened the chat, maybe by a link of ours; until they write, one message may be sent to them.

    https://developers.viber.com/docs/api/rest-bot-api/#conversation-started
    """
    return _inbound(
        body,
        _person(inner(body, "user")),
        Content(text="Opened the chat on Viber."),
        author=AuthorKind.system,
        source=text(body, "context")[:200],
    )


def _subscribed(body: Json) -> InboundEvent:
    who = _person(inner(body, "user"))
    return ContactPointBlocked(sender=who, blocked=False, reason="subscribed on Viber", occurred_at=_time(body))


def _unsubscribed(body: Json) -> InboundEvent:
    who = _person({"id": text(body, "user_id")})
    return ContactPointBlocked(sender=who, blocked=True, reason="unsubscribed on Viber", occurred_at=_time(body))


def _delivered(body: Json) -> InboundEvent:
    return DeliveryReceipt(
        external_id=_token(body), state=DeliveryState.delivered, occurred_at=_time(body), recipient=_user(body)
    )


def _seen(body: Json) -> InboundEvent:
    return DeliveryReceipt(
        external_id=_token(body), state=DeliveryState.read, occurred_at=_time(body), recipient=_user(body)
    )


def _failed(body: Json) -> InboundEvent:
    """The phone could not show it: Viber takes messages first and checks them there."""
    said = text(body, "desc")[:300]
    return DeliveryReceipt(
        external_id=_token(body),
        state=DeliveryState.failed,
        occurred_at=_time(body),
        recipient=_user(body),
        reason=f"The customer's Viber did not accept the message: “{said or 'it does not say why'}”.",
    )


_READERS: Mapping[str, Callable[[Json], InboundEvent]] = {
    "message": _message,
    "conversation_started": _started,
    "subscribed": _subscribed,
    "unsubscribed": _unsubscribed,
    "delivered": _delivered,
    "seen": _seen,
    "failed": _failed,
}


def _inbound(
    body: Json, who: Address, content: Content, *, author: AuthorKind = AuthorKind.contact, source: str = ""
) -> InboundMessage:
    return InboundMessage(
        external_id=_token(body),
        thread=bounded(who.value),
        sender=who,
        occurred_at=_time(body),
        author=author,
        content=content.kind,
        text=content.text,
        data=content.data,
        attachments=content.attachments,
        source=source,
        opens_wait=author is AuthorKind.contact,
    )


def _person(user: Json) -> Address:
    """Return who it is. Viber vouches for its own ids. Raises UnparseableEvent without one."""
    ident = text(user, "id")
    if not ident:
        raise UnparseableEvent("Viber sent a callback that does not say of whom.")
    country = text(user, "country")[:10]
    return Address(
        namespace=NAMESPACE,
        value=bounded(ident),
        name=text(user, "name")[:200],
        stand_in="Viber user",
        verified=True,
        language=text(user, "language")[:20],
        portrait=text(user, "avatar") or None,
        fields={"country": country} if country else {},
    )


def _user(body: Json) -> str:
    return text(body, "user_id")


def _token(body: Json) -> ExternalId:
    """Return the message's id, a number of up to 20 digits. Raises UnparseableEvent without one."""
    value = body.get("message_token")
    token = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(body, "message_token")
    if not token:
        raise UnparseableEvent("Viber sent a callback without the number of its message.")
    return bounded(token)


def _time(body: Json) -> datetime | None:
    milliseconds = number(body, "timestamp")
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds and milliseconds < _ENDS else None
