"""Writes down what became of an attempt: each outcome is one small step inside a unit of work."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub.contract.errors import CredentialsRefused, Rejected, RetryLater
from hub.contract.outbound import SendReceipt
from hub.domain.conversation import ConversationState
from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState, after_event, echo_of
from hub.domain.ids import ExternalId
from hub.domain.interaction import Interaction
from hub.domain.retry import Backoff, in_words
from hub.ports import UnitOfWork
from hub.services import conversations, noting, waits

CREDENTIALS_PAUSE = timedelta(minutes=1)
BY_HAND = "by_hand"
"""Code of the event with which a person starts the next attempt."""


async def accepted(
    uow: UnitOfWork, current: Delivery, entry: Interaction, now: datetime, *, receipt: SendReceipt | None
) -> Delivery:
    """The provider took the message; `receipt` is None if its id cannot be stored. Parked receipts are read again."""
    event = DeliveryEvent(state=DeliveryState.sent, at=now, attempt=current.attempt)
    after = replace(after_event(current, event), next_at=None)
    if receipt is not None:
        after = replace(after, external_id=receipt.external_id)
        await uow.outbox.set_ids(after, receipt.further_ids)
        if entry.external_id is None:
            # So that a later message can answer this one by the provider's id.
            current_entry = await uow.timeline.get(entry.id)
            if current_entry is not None:
                await uow.timeline.update(replace(current_entry, external_id=receipt.external_id))
    await write(uow, after, event, () if receipt is None else (receipt.external_id, *receipt.further_ids))
    await settle(uow, after, entry, now)
    return after


async def failed(uow: UnitOfWork, current: Delivery, entry: Interaction, now: datetime, *, error: Rejected) -> Delivery:
    """It failed for good; a person who cannot be reached is marked so."""
    words = str(error) or "The provider refused the message and gave no reason."
    event = DeliveryEvent(state=DeliveryState.failed, at=now, attempt=current.attempt, code=error.code, reason=words)
    after = replace(after_event(current, event), next_at=None)
    await write(uow, after, event)
    if error.unreachable and (point := await uow.contacts.point(entry.contact_point_id)) is not None:
        await uow.contacts.update_point(replace(point, blocked=True, blocked_reason=words))
        uow.note(noting.contact_changed(point.contact_id))
    await waits.delivery_changed(uow, after)
    note(uow, after, entry)
    return after


async def again(
    uow: UnitOfWork,
    current: Delivery,
    entry: Interaction,
    now: datetime,
    *,
    backoff: Backoff,
    chance: Callable[[], float],
    error: RetryLater | CredentialsRefused,
) -> Delivery:
    """Queue it again for later; when that would be too late, it failed and the reason says so."""
    if current.state is not DeliveryState.sending:
        return current
    words = str(error) or "The provider was not ready."
    if isinstance(error, CredentialsRefused):
        due: datetime | None = now + CREDENTIALS_PAUSE  # waits as long as it takes: the account is stopped meanwhile
        code = "credentials_refused"
    else:
        began, failures = _tries(current, await uow.outbox.events(current.id))
        due = backoff.next_try(began=began, now=now, failures=failures + 1, chance=chance(), after=error.after)
        code = error.code
    if due is None:
        tried = in_words(backoff.give_up)
        final = Rejected(f"Given up after {tried}. The last answer was: {words}", code=code)
        return await failed(uow, current, entry, now, error=final)
    after = replace(current, state=DeliveryState.queued, next_at=due, code=code, reason=words, state_at=now)
    event = DeliveryEvent(state=DeliveryState.queued, at=now, attempt=current.attempt + 1, code=code, reason=words)
    await write(uow, after, event)
    note(uow, after, entry)
    return after


async def unknown(
    uow: UnitOfWork, current: Delivery, entry: Interaction, now: datetime, *, code: str, words: str
) -> Delivery:
    """It may have gone out; a person or a receipt decides."""
    event = DeliveryEvent(state=DeliveryState.unknown, at=now, attempt=current.attempt, code=code, reason=words)
    after = replace(after_event(current, event), next_at=None)
    await write(uow, after, event)
    note(uow, after, entry)
    return after


async def write(uow: UnitOfWork, after: Delivery, event: DeliveryEvent, ids: Sequence[ExternalId] = ()) -> None:
    """Save it, and read again what was parked for these ids, or as its possible echo while it was on its way."""
    await uow.outbox.record(after, event)
    parked = await uow.journal.unpark(after.channel_id, [*ids, echo_of(after.id)])
    if parked:
        await uow.journal.renew(seqs=parked)


async def settle(uow: UnitOfWork, delivery: Delivery, entry: Interaction, now: datetime) -> None:
    """After the provider took a message: waits end, and the conversation is resolved if that was asked for."""
    await waits.delivery_changed(uow, delivery)
    note(uow, delivery, entry)
    if not entry.data.get("resolve"):
        return
    conversation = await uow.conversations.get(entry.conversation_id)
    if conversation is None or conversation.state is ConversationState.resolved:
        return
    written_meanwhile = conversation.last_inbound_at is not None and conversation.last_inbound_at > entry.occurred_at
    if not written_meanwhile:
        edit = conversations.Edit(state=ConversationState.resolved)
        await conversations.change(uow, conversation.id, edit, by=entry.author_id, now=now)


def _tries(delivery: Delivery, events: Sequence[DeliveryEvent]) -> tuple[datetime, int]:
    """Return when the present row of attempts began and how many of it failed."""
    began, failures = delivery.created_at, 0
    for event in events:
        if event.code == BY_HAND:
            began, failures = event.at, 0
        elif event.state is DeliveryState.queued and event.reason:
            failures += 1
    return began, failures


def note(uow: UnitOfWork, delivery: Delivery, entry: Interaction) -> None:
    """Tell everyone whom a delivery's new state concerns."""
    uow.note(
        noting.delivery_changed(delivery, entry.conversation_id),
        noting.entry_changed(entry),
        noting.conversation_changed(entry.conversation_id),
    )
