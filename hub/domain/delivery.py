"""A delivery: what became of one outbound interaction. Events are appended; the shown state never goes back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import ChannelId, DeliveryId, ExternalId, InteractionId


class DeliveryState(StrEnum):
    """What became of a message."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    delivered = "delivered"
    read = "read"
    failed = "failed"
    unknown = "unknown"
    """It may have gone out. Never sent again on a guess: a person or a receipt decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEvent:
    """One thing we learned about a delivery. `at` is the provider's time where it gives one."""

    state: DeliveryState
    at: datetime
    attempt: int = 1
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one outbound interaction."""

    id: DeliveryId
    interaction_id: InteractionId
    channel_id: ChannelId
    external_id: ExternalId | None = None
    state: DeliveryState
    attempt: int = 0
    """How many times it was handed to the provider; a retry by hand starts the next."""
    next_at: datetime | None = None
    """When a queued delivery is due."""
    code: str = ""
    reason: str = ""
    """Why it failed or is unknown, in words."""
    created_at: datetime
    state_at: datetime
    accepted_at: datetime | None = None
    """When the provider took the message: the moment it answers a waiting customer."""


_RANK = {
    DeliveryState.queued: 0,
    DeliveryState.sending: 1,
    DeliveryState.unknown: 2,
    DeliveryState.sent: 3,
    DeliveryState.delivered: 4,
    DeliveryState.read: 5,
}


def shown_state(events: Iterable[DeliveryEvent]) -> DeliveryEvent:
    """Return the event that decides what is shown, whatever order the events arrived in.

    Events of the latest attempt count, and receipts of earlier attempts that prove the message arrived.
    Within them the higher rank wins; `failed` is final unless a delivered or read of a later provider time
    contradicts it (docs: B0 rule 5). Raises ValueError on an empty history.
    """
    history = sorted(events, key=lambda e: (e.attempt, e.at))
    if not history:
        raise ValueError("a delivery has at least one event")
    latest = history[-1].attempt
    arrived = {DeliveryState.delivered, DeliveryState.read}
    relevant = [e for e in history if e.attempt == latest or e.state in arrived]
    failure = next((e for e in reversed(relevant) if e.state is DeliveryState.failed), None)
    ranked = [e for e in relevant if e.state is not DeliveryState.failed]
    best = max(ranked, key=lambda e: (_RANK[e.state], e.at), default=failure)
    if failure is not None and (best is None or best.state not in arrived or best.at <= failure.at):
        return failure
    return best or history[-1]


def echo_of(delivery_id: DeliveryId) -> ExternalId:
    """Return the name under which raw events that may be this delivery's echo are parked until its answer is here."""
    return ExternalId(f"echo of {delivery_id}")


ARRIVED = frozenset({DeliveryState.delivered, DeliveryState.read})
ACCEPTED = ARRIVED | {DeliveryState.sent}


def after_event(delivery: Delivery, event: DeliveryEvent) -> Delivery:
    """Return the delivery after one more event of its current attempt; unchanged if the event is older news.

    The same rule as `shown_state`, one step at a time: ranks never fall, and `failed` yields only to a
    delivered or read of a later provider time.
    """
    if not _is_news(delivery, event):
        return delivery
    accepted = delivery.accepted_at
    if accepted is None and event.state in ACCEPTED:
        accepted = event.at
    return replace(
        delivery, state=event.state, state_at=event.at, code=event.code, reason=event.reason, accepted_at=accepted
    )


def _is_news(delivery: Delivery, event: DeliveryEvent) -> bool:
    now, new = delivery.state, event.state
    if new is DeliveryState.failed:
        return now is not DeliveryState.failed and not (now in ARRIVED and delivery.state_at > event.at)
    if now is DeliveryState.failed:
        return new in ARRIVED and event.at > delivery.state_at
    return _RANK[new] > _RANK[now]
