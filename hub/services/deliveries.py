"""What a person, or a start-up, decides about deliveries: send again, confirm, declare unknown."""

from dataclasses import replace
from datetime import datetime

from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState, after_event
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import DeliveryId, UserId
from hub.domain.interaction import Interaction
from hub.ports import Storage, UnitOfWork
from hub.services import conversations, outcomes, waits

ASK_A_PERSON = "Look in the provider's own app or ask the customer; then confirm it or send it again."


async def retry(uow: UnitOfWork, delivery_id: DeliveryId, *, by: UserId | None, now: datetime) -> Delivery:
    """Send a failed or unknown message again, because a person says so. Raises NotFound, Conflict."""
    delivery, entry = await _found(uow, delivery_id)
    if delivery.state not in (DeliveryState.failed, DeliveryState.unknown):
        raise Conflict(f"Only a failed or unclear message can be sent again; this one is {delivery.state.value}.")
    after = replace(
        delivery, state=DeliveryState.queued, next_at=now, code="", reason="", state_at=now, accepted_at=None
    )
    event = DeliveryEvent(
        state=DeliveryState.queued,
        at=now,
        attempt=delivery.attempt + 1,
        code=outcomes.BY_HAND,
        reason="Sent again by hand",
    )
    await uow.outbox.record(after, event)
    await waits.delivery_changed(uow, after)
    outcomes.note(uow, after, entry)
    await _tell(uow, entry, "sent_again", by, now)
    return after


async def confirm(uow: UnitOfWork, delivery_id: DeliveryId, *, by: UserId | None, now: datetime) -> Delivery:
    """Take a person's word that an unclear message went out. Raises NotFound, Conflict.

    It counts from when we handed it over: the customer had it then, not when somebody looked.
    """
    delivery, entry = await _found(uow, delivery_id)
    if delivery.state is not DeliveryState.unknown:
        raise Conflict(f"Only an unclear message can be confirmed; this one is {delivery.state.value}.")
    event = DeliveryEvent(
        state=DeliveryState.sent,
        at=delivery.state_at,
        attempt=delivery.attempt,
        code="confirmed",
        reason="Confirmed by hand",
    )
    after = replace(after_event(delivery, event), code="", reason="")
    await uow.outbox.record(after, event)
    await _tell(uow, entry, "sending_confirmed", by, now)
    await outcomes.settle(uow, after, entry, now)
    return after


async def strand(storage: Storage, *, now: datetime) -> int:
    """Mark deliveries that no process holds any more as unknown; returns how many. Run at start-up and ever again."""
    async with storage.begin() as uow:
        stranded = await uow.outbox.stranded(now)
        for delivery in stranded:
            entry = await uow.timeline.get(delivery.interaction_id)
            words = f"The hub stopped while it sent this; it may have gone out. {ASK_A_PERSON}"
            event = DeliveryEvent(
                state=DeliveryState.unknown, at=now, attempt=delivery.attempt, code="stopped", reason=words
            )
            after = after_event(delivery, event)
            await outcomes.write(uow, after, event)
            if entry is not None:
                outcomes.note(uow, after, entry)
        return len(stranded)


async def _tell(uow: UnitOfWork, entry: Interaction, event: str, by: UserId | None, now: datetime) -> None:
    """Show in the thread who decided about a message."""
    conversation = await uow.conversations.get(entry.conversation_id)
    if conversation is not None:
        await conversations.record(uow, conversation, {"event": event, "entry": str(entry.id)}, by=by, now=now)


async def _found(uow: UnitOfWork, delivery_id: DeliveryId) -> tuple[Delivery, Interaction]:
    delivery = await uow.outbox.get(delivery_id)
    entry = await uow.timeline.get(delivery.interaction_id) if delivery else None
    if delivery is None or entry is None:
        raise NotFound("There is no such delivery; its conversation may have been deleted.")
    if entry.deleted_at is not None:
        raise Invalid("The message was taken back; there is nothing to send.")
    return delivery, entry
