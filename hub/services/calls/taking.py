"""What providers told of calls becomes calls on the timeline: one entry per call, whatever order the news comes in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from hub.contract.address import Address
from hub.contract.call_events import CallUpdate, LegUpdate, RecordingReady
from hub.contract.events import InboundMessage
from hub.domain.call import Call, CallState, call_key
from hub.domain.call_entry import entry_of, line_of_entry
from hub.domain.call_marks import MARKS_LIMIT, Mark, Party
from hub.domain.call_story import SHORT_AFTER, retold
from hub.domain.changes import ChangeKind
from hub.domain.channel import Channel
from hub.domain.conversation import Conversation
from hub.domain.ids import CallId, ChannelId, ConversationId, ExternalId, InteractionId, RecordingId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.line import Line
from hub.domain.listing import after_entry
from hub.domain.recording import Recording, RecordingState
from hub.domain.targets import Metric, Subject, aim_at
from hub.domain.wait_items import item_of
from hub.domain.waiting import Item
from hub.ports import UnitOfWork
from hub.ports.calls import CallFlush, KnownCall, KnownCalls
from hub.ports.hours import Plan
from hub.ports.ingest import IngestKeys
from hub.services.addresses import normalise
from hub.services.ingest import people, threads
from hub.services.ingest.batch import Batch
from hub.services.ingest.messages import Source, item_time
from hub.services.ingest.reading import Reading

CallNews = CallUpdate | LegUpdate | RecordingReady

WITHHELD = "withheld"
"""Namespace of callers who hide their number: each call an address of its own, so that two are never taken for one."""


def call_id_of(event: CallNews) -> ExternalId:
    """Return the id of the call an event is about, as the provider names it."""
    return event.external_id if isinstance(event, CallUpdate) else event.call


class CallBatch:
    """The calls of a batch: what the database had, and what the batch makes of them."""

    def __init__(self, known: KnownCalls, lines: Sequence[Line], plan: Plan) -> None:
        self._known = known
        self._plan = plan
        self._lines = lines
        self._short_after = {line.id: timedelta(seconds=line.short_seconds) for line in lines}
        self.flush = CallFlush()

    @property
    def conversations(self) -> frozenset[ConversationId]:
        """The conversations of the calls that are known."""
        return frozenset(known.call.conversation_id for known in self._known.calls.values())

    def take(self, batch: Batch, source: Source, event: CallNews) -> bool | None:
        """Apply one event: True if it said something new, False if not, None if its call is not known yet."""
        known = self._find(source.channel, event)
        if known is None:
            if not isinstance(event, CallUpdate) or event.direction is None or not _says_who(event):
                return None
            known = self._begin(batch, source, event)
        self._name(batch, source, event, known.call)
        if isinstance(event, RecordingReady):
            return self._recording(batch, source, event, known)
        mark = mark_of(event, source)
        before = known.marks.get(mark.key)
        if before is not None and (before == mark or _says_no_more(before, mark)):
            return False
        if before is None and len(known.marks) >= MARKS_LIMIT:
            return False
        known.marks[mark.key] = mark if before is None else _fuller(before, mark)
        self.flush.new_marks.append((known.call.id, known.marks[mark.key], source.seq))
        self._retell(batch, known)
        return True

    # --- finding and beginning

    def _find(self, channel: Channel, event: CallNews) -> KnownCall | None:
        call_id = self._known.ids.get((channel.id, call_id_of(event)))
        if call_id is None and event.call_id is not None:
            own = self._known.calls.get(event.call_id)
            # Another channel's provider cannot speak of a call of ours by guessing its id.
            call_id = own.call.id if own is not None and own.call.channel_id == channel.id else None
        return self._known.calls.get(call_id) if call_id is not None else None

    def _begin(self, batch: Batch, source: Source, event: CallUpdate) -> KnownCall:
        channel, direction = source.channel, event.direction or Direction.inbound
        inbound = direction is Direction.inbound
        address = event.counterpart or _nobody(event)
        at = item_time(event.occurred_at, source.raw.received_at, trusted=True)
        named = inbound and event.counterpart is not None
        point = people.sender(batch, channel, address) if named else people.bystander(batch, channel, address)
        told = InboundMessage(
            external_id=event.external_id,
            thread=thread_of(address),
            sender=address,
            occurred_at=at,
            author=AuthorKind.contact if inbound else AuthorKind.agent,
        )
        conversation = threads.reopened(threads.place(batch, channel, told, point, point, at), told)
        line = line_for(self._lines, channel.id, event.our_address)
        team_id = (line.team_id if line else None) or channel.team_id
        if conversation.team_id is None and team_id is not None:
            conversation = replace(conversation, team_id=team_id)
        call = Call(
            id=event.call_id or CallId(batch.new_id()),
            channel_id=channel.id,
            external_id=event.external_id,
            direction=direction,
            contact_point_id=point.id,
            conversation_id=conversation.id,
            interaction_id=InteractionId(batch.new_id()),
            line_id=line.id if line else None,
            team_id=team_id,
            address="" if event.counterpart is None else event.counterpart.value,
            our_address=event.our_address,
            withheld=event.counterpart is None,
            began_at=at,
            placed_by=event.placed_by,
            state=CallState.arriving if inbound else CallState.placing,
            demo=channel.demo,
        )
        entry = Interaction(
            id=call.interaction_id,
            conversation_id=conversation.id,
            channel_id=channel.id,
            contact_point_id=point.id,
            direction=direction,
            author_kind=AuthorKind.contact if inbound else AuthorKind.agent,
            kind=InteractionKind.call,
            occurred_at=at,
            received_at=source.raw.received_at,
            journal_seq=source.seq,
            recovered=source.recovers(event.occurred_at),
            demo=channel.demo,
        )
        entry = entry_of(entry, call)
        batch.add_interaction(entry)
        batch.put_conversation(after_entry(conversation, entry, preview=line_of_entry(call)))
        self.flush.new[call.id] = call
        # What an agent dials is on their screen before the provider says anything of it.
        batch.note(ChangeKind.call_changed, call.id, call.conversation_id)
        known = KnownCall(call=call, interaction=entry)
        self._known.calls[call.id] = known
        return known

    def _name(self, batch: Batch, source: Source, event: CallNews, call: Call) -> None:
        """Remember the provider's name of a call, and read again what came before anybody knew it."""
        key = (source.channel.id, call_id_of(event))
        if key in self._known.ids:
            return
        self._known.ids[key] = call.id
        self.flush.new_ids[key] = call.id
        # A call we ordered goes by our own key until the provider names it.
        if call.external_id in (None, call_key(call.id)):
            known = self._known.calls[call.id]
            known.call = replace(known.call, external_id=key[1])
            self._put(known.call)
        if key in batch.known.parked:
            batch.renew.add(key)

    # --- what was told

    def _retell(self, batch: Batch, known: KnownCall) -> None:
        before = known.call
        short = self._short_after.get(before.line_id, SHORT_AFTER) if before.line_id else SHORT_AFTER
        call = self._levelled(retold(before, known.marks.values(), short_after=short))
        known.call = call
        self._put(call)
        if call.began_at != before.began_at:
            self.flush.left.add(before.began_at)
        if call != before:
            # Whom it rings now is on no entry, but a card pops for it.
            batch.note(ChangeKind.call_changed, call.id, call.conversation_id)
        entry = entry_of(known.interaction, call)
        if entry == known.interaction:
            return
        told_before, shown_at = item_of(known.interaction), known.interaction.occurred_at
        waits_differ = item_of(entry) != told_before
        known.interaction = entry
        batch.put_interaction(entry)
        conversation = batch.conversation(call.conversation_id)
        if shown_at >= conversation.last_at > entry.occurred_at:
            # The provider tells an earlier second than we knew: what the list shows is this entry all the same.
            conversation = replace(conversation, last_at=entry.occurred_at)
        conversation = after_entry(conversation, entry, preview=line_of_entry(call))
        if conversation.assignee_id is None and call.agents and call.direction is Direction.inbound:
            conversation = replace(conversation, assignee_id=call.agents[0])
        if waits_differ:
            conversation = self._clock(batch, conversation, entry, told_before)
        batch.put_conversation(conversation)

    def _levelled(self, call: Call) -> Call:
        """Return the call with until when an answer is within the service level that held when it was queued."""
        level_at = None
        if call.offered and call.queue_at is not None and self._plan.targets:
            subject = Subject(channel_id=call.channel_id, team_id=call.team_id)
            aim = aim_at(self._plan.targets, Metric.service_level, subject, call.queue_at)
            # Around the clock: who is in the queue was let in, so the line was open.
            level_at = call.queue_at + timedelta(seconds=aim.seconds) if aim is not None else None
        return call if level_at == call.level_at else replace(call, level_at=level_at)

    def _clock(self, batch: Batch, conversation: Conversation, entry: Interaction, before: Item | None) -> Conversation:
        item = item_of(entry)
        if item is None or before is not None:
            # What was counted before is another now: the conversation's waits are built anew.
            batch.stale[conversation.id] = conversation.channel_id
            return conversation
        return batch.clock_in(conversation, item)

    def _recording(self, batch: Batch, source: Source, event: RecordingReady, known: KnownCall) -> bool:
        key = (source.channel.id, event.external_id)
        before = self._known.recordings.get(key)
        after = _recorded(before, event, known.call, source, RecordingId(batch.new_id()))
        if after == before:
            return False
        self._known.recordings[key] = after
        if before is None:
            self.flush.new_recordings.append(after)
        self.flush.recordings[after.id] = after
        batch.note(ChangeKind.recording_changed, after.id, known.call.conversation_id)
        # Who talks sees at once that it is recorded, and can pause it.
        batch.note(ChangeKind.call_changed, known.call.id, known.call.conversation_id)
        batch.touch_interaction(known.interaction)
        return True

    def _put(self, call: Call) -> None:
        self.flush.changed[call.id] = call


# --- pure helpers


def mark_of(event: CallUpdate | LegUpdate, source: Source) -> Mark:
    """Return the mark of an event."""
    at = item_time(event.occurred_at, source.raw.received_at, trusted=True)
    if isinstance(event, CallUpdate):
        return Mark(fact=event.fact, at=at, by=event.by, detail=event.detail, id=event.news_id)
    return Mark(
        fact=event.fact,
        at=at,
        leg=event.leg,
        party=event.party or (Party.agent if event.user_id else None),
        user_id=event.user_id,
        address=event.address,
        ending=event.ending,
        id=event.news_id,
    )


def line_for(lines: Iterable[Line], channel_id: ChannelId, number: str) -> Line | None:
    """Return the line that takes calls to a number: its own, else the channel's that takes all."""
    of_channel = [line for line in lines if line.channel_id == channel_id and line.enabled]
    wanted = normalise("phone", number).address if number else ""
    own = next((line for line in of_channel if line.number and line.number in (wanted, number)), None)
    return own or next((line for line in of_channel if not line.number), None)


def thread_of(address: Address) -> ExternalId:
    """Return the thread of calls with somebody: their number; a caller without one has a thread for each call."""
    if address.namespace == WITHHELD:
        return ExternalId(f"{WITHHELD}/{address.value}")
    return ExternalId(f"{address.namespace}/{normalise(address.namespace, address.value).address}")


async def open_calls(uow: UnitOfWork, readings: Sequence[Reading], keys: IngestKeys) -> tuple[CallBatch, IngestKeys]:
    """Read the calls a batch speaks of; returns them with the keys of all else that must be read for them."""
    news = [
        (reading.raw.channel_id, event)
        for reading in readings
        for event in reading.events
        if isinstance(event, CallUpdate | LegUpdate | RecordingReady)
    ]
    ids = {(channel, call_id_of(event)) for channel, event in news}
    recordings = {(channel, event.external_id) for channel, event in news if isinstance(event, RecordingReady)}
    own = {event.call_id for _, event in news if event.call_id is not None}
    calls = CallBatch(await uow.calls.known(ids, own, recordings), await uow.lines.all(), await uow.hours.plan())
    points, threads_ = set(keys.points), set(keys.threads)
    for channel, event in news:
        if isinstance(event, CallUpdate) and event.direction is not None and _says_who(event):
            address = event.counterpart or _nobody(event)
            matching = normalise(address.namespace, address.value)
            points.update((address.namespace, form) for form in (matching.address, *matching.candidates))
            threads_.add((channel, thread_of(address)))
    return calls, replace(
        keys,
        points=frozenset(points),
        threads=frozenset(threads_),
        messages=keys.messages | ids,
        conversations=keys.conversations | calls.conversations,
    )


def _says_who(event: CallUpdate) -> bool:
    return event.counterpart is not None or event.withheld


def _nobody(event: CallUpdate) -> Address:
    return Address(namespace=WITHHELD, value=str(event.external_id), stand_in="Withheld number")


def _says_no_more(before: Mark, mark: Mark) -> bool:
    return _fuller(before, mark) == before


def _fuller(before: Mark, mark: Mark) -> Mark:
    """Return one mark of two with the same key: the earlier time, and whatever either of them says."""
    first, second = sorted((before, mark), key=lambda m: (m.at, repr(m)))
    return replace(
        first,
        party=first.party or second.party,
        user_id=first.user_id or second.user_id,
        address=first.address or second.address,
        ending=first.ending or second.ending,
        by=first.by or second.by,
        detail=first.detail or second.detail,
    )


_SETTLED = frozenset({RecordingState.ready, RecordingState.deleted})
_RANK = {
    RecordingState.running: 0,
    RecordingState.pending: 2,
    RecordingState.absent: 1,
    RecordingState.failed: 1,
}
_TOLD = {
    "running": RecordingState.running,
    "ready": RecordingState.pending,
    "absent": RecordingState.absent,
    "failed": RecordingState.failed,
}


def _recorded(
    before: Recording | None, event: RecordingReady, call: Call, source: Source, new_id: RecordingId
) -> Recording:
    state = _TOLD[event.state]
    if before is not None and (before.state in _SETTLED or _RANK.get(before.state, 0) >= _RANK[state]):
        return before
    fresh = before or Recording(
        id=new_id,
        call_id=call.id,
        channel_id=source.channel.id,
        external_id=event.external_id,
        state=state,
        created_at=source.raw.received_at,
    )
    return replace(
        fresh,
        kind=event.kind,
        state=state,
        source=event.source or fresh.source,
        lanes=event.lanes,
        began_at=event.began_at or fresh.began_at,
        duration=event.duration if event.duration is not None else fresh.duration,
        media_type=event.media_type or fresh.media_type,
        error=event.reason,
    )
