"""Receipts: what became of messages we sent, in whatever order providers tell it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from hub.contract.events import DeliveryReceipt
from hub.domain.delivery import ACCEPTED, DeliveryEvent, DeliveryState
from hub.ports import KnownMessage
from hub.services.ingest.batch import Batch

if TYPE_CHECKING:
    from hub.services.ingest.messages import Source


def receipt(batch: Batch, source: "Source", event: DeliveryReceipt) -> bool | None:
    """Record a receipt. Returns None if we do not know the message (yet): it is parked until we do."""
    if not event.external_id:
        return _until(batch, source, event)
    key = (source.channel.id, event.external_id)
    known = batch.known.messages.get(key)
    if known is None:
        return None
    if known.delivery is None and not event.up_to:
        return False
    # A watermark may name any entry, the customer's own or an agent's echo: what we sent before it was seen, too.
    targets = batch.known.below.get(key, (known,)) if event.up_to else (known,)
    news = [_apply(batch, source, event, target) for target in targets]
    if event.unreachable and event.state is DeliveryState.failed:
        _mark_unreachable(batch, known, event.reason)
    return any(news)


def _until(batch: Batch, source: "Source", event: DeliveryReceipt) -> bool:
    """Record a watermark in time. Where nothing waits for it there is nothing to park: what comes later is newer."""
    if event.thread is None or event.occurred_at is None:
        return False
    targets = batch.known.until.get((source.channel.id, event.thread, event.occurred_at), ())
    news = [_apply(batch, source, event, target) for target in targets]
    return any(news)


def _apply(batch: Batch, source: "Source", event: DeliveryReceipt, target: KnownMessage) -> bool:
    before = target.delivery
    if before is None:
        return False
    after = batch.delivery_event(
        target,
        DeliveryEvent(
            state=event.state,
            at=event.occurred_at or source.raw.received_at,
            attempt=max(before.attempt, 1),
            code=event.code,
            reason=event.reason,
        ),
    )
    if after is None:
        return False
    if (before.state in ACCEPTED) != (after.state in ACCEPTED):
        # Whether it answers the customer has changed: a failed reply leaves them waiting.
        batch.stale[target.interaction.conversation_id] = source.channel.id
    return True


def _mark_unreachable(batch: Batch, known: KnownMessage, reason: str) -> None:
    point = batch.point(known.interaction.contact_point_id)
    if point is not None:
        batch.put_point(replace(point, blocked=True, blocked_reason=reason))
