"""Turns what providers said into the timeline: exactly once, in provider-time order, nothing dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hub.contract.calls import CallUpdate, LegUpdate, RecordingReady
from hub.contract.events import (
    ContactPointBlocked,
    ContactPointLearned,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    OptedOut,
    Reaction,
    ReactionWithdrawn,
)
from hub.domain.changes import ChangeKind
from hub.domain.channel import Channel
from hub.domain.delivery import echo_of
from hub.domain.ids import ChannelId, ExternalId, JournalSeq
from hub.domain.journal import RawState, Tally
from hub.ports import UnitOfWork
from hub.services import waits
from hub.services.bots.wake import wake as bots_wake
from hub.services.ids import new_id
from hub.services.ingest import messages, people, ratings, reactions, receipts
from hub.services.ingest.batch import Batch
from hub.services.ingest.contents import Contents, keep_contents
from hub.services.ingest.measuring import measure, settle
from hub.services.ingest.messages import Source
from hub.services.ingest.reading import Reading, TokenReader, keys_of

if TYPE_CHECKING:
    from hub.services.calls.taking import CallBatch

__all__ = ["Contents", "Reading", "ingest", "keep_contents"]


@dataclass(slots=True)
class _Outcome:
    """What the events of a batch came to."""

    shown: dict[ChannelId, int] = field(default_factory=dict)
    known: dict[ChannelId, int] = field(default_factory=dict)
    unneeded: dict[ChannelId, int] = field(default_factory=dict)
    recovered: dict[ChannelId, int] = field(default_factory=dict)
    unclear: list[tuple[Source, InboundEvent, ExternalId]] = field(default_factory=list)
    """Events that speak of a message we do not have."""
    done: set[JournalSeq] = field(default_factory=set)


async def ingest(
    uow: UnitOfWork,
    readings: Sequence[Reading],
    channels: Mapping[ChannelId, Channel],
    contents: Contents,
    *,
    read_token: TokenReader,
    now: datetime,
) -> None:
    """Apply a batch of readings inside the unit of work and settle their raw events.

    All or nothing: an exception leaves nothing behind, and the caller runs the events one by one, so that one
    bad event harms no other. Raises Conflict if another worker stored one of the records first.
    """
    keys, calls = keys_of(readings, read_token), None
    if any(isinstance(event, CallUpdate | LegUpdate | RecordingReady) for r in readings for event in r.events):
        from hub.services.calls.taking import open_calls  # not at the top: it takes parts of this room

        calls, keys = await open_calls(uow, readings, keys)
    known = await uow.ingest.load(keys)
    batch = Batch(
        known=known,
        channels=channels,
        now=now,
        new_id=new_id,
        read_token=read_token,
        asked=await ratings.open_asked(uow, readings, known.conversations),
    )
    outcome = _apply_all(batch, readings, contents, calls)
    measured = await measure(uow, batch)
    flush = batch.finish()
    await uow.ingest.save(flush)
    if batch.asked.changed:
        await uow.ratings.save(batch.asked.changed.values())
    await settle(uow, batch, known.conversations, measured)
    await bots_wake(uow, flush.new_interactions, known.conversations, batch.known.conversations)
    if calls is not None:
        await uow.calls.save(calls.flush)
    for conversation_id in batch.stale:
        conversation = batch.known.conversations.get(conversation_id) or await uow.conversations.get(conversation_id)
        if conversation is not None:
            rules = waits.rules_of(channels[conversation.channel_id])
            await waits.rebuild(uow, conversation, rules)
            batch.note(ChangeKind.conversation_changed, conversation.id, conversation.id)
    await _settle(uow, batch, outcome, readings, now)


def _apply_all(batch: Batch, readings: Iterable[Reading], contents: Contents, calls: "CallBatch | None") -> _Outcome:
    outcome = _Outcome()
    for reading in readings:
        if reading.error:
            continue
        source = Source(raw=reading.raw, channel=batch.channels[reading.raw.channel_id], contents=contents)
        outcome.done.add(reading.raw.seq)
        if not reading.events:
            _add(outcome.unneeded, source)
        for event in reading.events:
            _take(batch, outcome, source, event, calls)
    # What spoke of a message that came later in the same batch is clear now.
    again, outcome.unclear = outcome.unclear, []
    for source, event, _ in again:
        _take(batch, outcome, source, event, calls)
    return outcome


def _take(batch: Batch, outcome: _Outcome, source: Source, event: InboundEvent, calls: "CallBatch | None") -> None:
    if calls is not None and isinstance(event, CallUpdate | LegUpdate | RecordingReady):
        _count(batch, outcome, source, event, calls.take(batch, source, event))
    elif isinstance(event, MessageEdited) and messages.by_another(batch, source, event):
        _add(outcome.unneeded, source)
    else:
        _count(batch, outcome, source, event, _apply(batch, source, event))


def _apply(batch: Batch, source: Source, event: InboundEvent) -> bool | None:
    """Apply one event: True if it said something new, False if not, None if its message is not here yet."""
    match event:
        case InboundMessage():
            news = messages.message(batch, source, event)
            people.portrait(batch, source.channel, event.sender, source.raw.received_at)
            return news
        case MessageEdited():
            return messages.edited(batch, source, event)
        case MessageDeleted():
            return messages.deleted(batch, source, event)
        case Reaction():
            return reactions.reaction(batch, source, event)
        case ReactionWithdrawn():
            return reactions.withdrawn(batch, source, event)
        case DeliveryReceipt():
            return receipts.receipt(batch, source, event)
        case ContactPointLearned():
            people.learned(batch, source.channel, event)
            people.portrait(batch, source.channel, event.known, source.raw.received_at)
        case ContactPointBlocked():
            people.blocked(batch, source.channel, event)
        case OptedOut():
            return people.opted_out(batch, source.channel, event, source.raw.received_at)
    return True


def _count(batch: Batch, outcome: _Outcome, source: Source, event: InboundEvent, news: bool | None) -> None:
    if news is None:
        if isinstance(event, CallUpdate | LegUpdate | RecordingReady):
            call = event.external_id if isinstance(event, CallUpdate) else event.call
            outcome.unclear.append((source, event, call))
        elif isinstance(event, InboundMessage):
            if (delivery := messages.sending(batch, source, event)) is not None:
                outcome.unclear.append((source, event, echo_of(delivery)))
        elif isinstance(event, MessageEdited | MessageDeleted | Reaction | ReactionWithdrawn | DeliveryReceipt):
            outcome.unclear.append((source, event, event.external_id))
    elif not news:
        _add(outcome.known, source)
    elif isinstance(event, InboundMessage | CallUpdate):
        _add(outcome.shown, source)
        if source.recovers(event.occurred_at):
            _add(outcome.recovered, source)


def _add(counts: dict[ChannelId, int], source: Source) -> None:
    counts[source.channel.id] = counts.get(source.channel.id, 0) + 1


async def _settle(uow: UnitOfWork, batch: Batch, outcome: _Outcome, readings: Sequence[Reading], now: datetime) -> None:
    """Say of every raw event what became of it, in the same transaction as its effects."""
    parked: set[JournalSeq] = set()
    for source, _, external_id in outcome.unclear:
        await uow.journal.park(source.channel.id, external_id, source.seq)
        parked.add(source.seq)
    done = outcome.done - parked
    if done:
        await uow.journal.settle(done, RawState.done, at=now)
    if parked:
        await uow.journal.settle(parked, RawState.parked, at=now)
    for reading in readings:
        if reading.error:
            await uow.journal.set_unparsed(reading.raw.seq, reading.error, at=now)
            batch.note(ChangeKind.event_unparsed, reading.raw.channel_id)
    for channel_id, external_id in batch.renew:
        seqs = await uow.journal.unpark(channel_id, [external_id])
        if seqs:
            await uow.journal.renew(seqs=seqs)
    for channel_id in {reading.raw.channel_id for reading in readings}:
        tally = Tally(
            shown=outcome.shown.get(channel_id, 0),
            known=outcome.known.get(channel_id, 0),
            unneeded=outcome.unneeded.get(channel_id, 0),
            recovered=outcome.recovered.get(channel_id, 0),
        )
        if tally != Tally():
            await uow.journal.count(channel_id, tally, at=now)
        if tally.recovered:
            batch.note(ChangeKind.channel_changed, channel_id)
    uow.note(*batch.flush.changes)
