"""What rules would have heard of a span of the past, a stretch at a time, from whatever keeps a trace of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from hub.domain.changes import ChangeKind, Notice
from hub.domain.conversation import Conversation
from hub.domain.errors import Invalid
from hub.domain.ids import ContactId, ConversationId, InteractionId
from hub.domain.interaction import Direction, InteractionKind
from hub.domain.rules.matching import Event
from hub.domain.rules.records import TIMED, On, RuleBody
from hub.domain.views import InteractionView
from hub.ports import Storage, UnitOfWork
from hub.services.rules.happened import CONVERSATIONS_OF_ONE, TARGETS, of_debt, of_entry
from hub.services.rules.timers import due_at

LOOKED = 300
"""Things of one stretch: a fraction of a second."""
NOTICED = frozenset({*TARGETS.values(), On.contact_changed})
"""Triggers whose only trace are notices, of which the newest are kept."""


class Source(StrEnum):
    """Where traces are kept; they are looked through one after the other."""

    entries = "entries"
    notices = "notices"
    debts = "debts"
    waits = "waits"
    idle = "idle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far somebody looked."""

    source: Source
    after: str = ""
    """The last thing looked at, as the source counts; empty: none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What one look found."""

    events: Sequence[Event]
    looked: int
    """How many things were looked at."""
    last: str = ""
    """The last of them, as the source counts."""
    reached: datetime | None = None
    """When the last of them was."""


def sources_of(body: RuleBody) -> Sequence[Source]:
    """Return where a rule's triggers left traces, in the order in which they are looked through."""
    wanted = set(body.triggers)
    if wanted & TIMED:
        return (Source.idle if On.idle in wanted else Source.waits,)
    found = [Source.entries] if wanted - NOTICED - {On.missed_contact} else []
    found += [Source.notices] if wanted & NOTICED else []
    return [*found, Source.debts] if On.missed_contact in wanted else found


async def look(storage: Storage, body: RuleBody, place: Place, span: Span) -> Stretch:
    """Look through the next stretch of one source. Raises Invalid for a place that is none of it."""
    if place.source is Source.entries:
        return await _entries(storage, body, place, span)
    async with storage.read() as uow:
        match place.source:
            case Source.notices:
                return await _notices(uow, body, place, span)
            case Source.debts:
                return await _debts(uow, place, span)
            case Source.waits:
                return await _waits(uow, body, place, span)
            case Source.idle:
                return await _idle(uow, body, place, span)


async def _entries(storage: Storage, body: RuleBody, place: Place, span: Span) -> Stretch:
    async with storage.read() as uow:
        ids = await uow.rules.entries(_item(place), span.since, span.until, LOOKED)
    entries = {entry.id: entry for entry in await storage.queries.interactions(ids)} if ids else {}
    events = [event for key in ids if key in entries for event in of_entry(entries[key])]
    if On.opened in body.triggers:
        async with storage.read() as uow:
            events += await _openings(uow, entries.values())
    return _by_id(events, ids)


async def _openings(uow: UnitOfWork, entries: Iterable[InteractionView]) -> Sequence[Event]:
    """Return the beginnings of conversations: their customers' first messages."""
    first = [
        entry
        for entry in entries
        if entry.kind is InteractionKind.message
        and entry.direction is Direction.inbound
        and not await uow.rules.wrote_before(entry.conversation_id, entry.id)
    ]
    return [
        Event(
            key="try",
            on=On.opened,
            conversation_id=one.conversation_id,
            at=one.received_at,
            text=one.text,
            subject=one.subject,
            item=one.id,
        )
        for one in first
    ]


async def _notices(uow: UnitOfWork, body: RuleBody, place: Place, span: Span) -> Stretch:
    kinds = {kind for kind, on in TARGETS.items() if on in body.triggers}
    if On.contact_changed in body.triggers:
        kinds.add(ChangeKind.contact_changed)
    found = await uow.rules.past_notices(kinds, _number(place), span.since, span.until, LOOKED)
    events: list[Event] = []
    for notice in found:
        events += await _of_notice(uow, notice)
    if not found:
        return Stretch(events=(), looked=0)
    return Stretch(events=events, looked=len(found), last=str(found[-1].seq), reached=found[-1].at)


async def _of_notice(uow: UnitOfWork, notice: Notice) -> Sequence[Event]:
    change = notice.change
    on = TARGETS.get(change.kind, On.contact_changed)
    if on is On.contact_changed:
        concerned = await uow.rules.open_then(ContactId(change.subject_id), notice.at, CONVERSATIONS_OF_ONE)
    else:
        concerned = [change.conversation_id] if change.conversation_id is not None else []
    return [Event(key="try", on=on, conversation_id=key, at=notice.at, fields=change.fields) for key in concerned]


async def _debts(uow: UnitOfWork, place: Place, span: Span) -> Stretch:
    found = await uow.rules.past_debts(_item(place), span.since, span.until, LOOKED)
    return _by_id([of_debt(debt) for debt in found], [debt.item for debt in found])


async def _waits(uow: UnitOfWork, body: RuleBody, place: Place, span: Span) -> Stretch:
    """Find when a rule would have been due in the waits that began in a span."""
    waits = await uow.rules.past_waits(_item(place), span.since, span.until, LOOKED)
    events = []
    for wait in waits:
        conversation = await uow.conversations.get(wait.conversation_id)
        if conversation is None:
            continue
        for percent in body.percents:
            due = await _due(uow, body, conversation, wait.started_at, percent)
            if due is not None and due <= (wait.ended_at or span.until):
                key = wait.conversation_id
                events.append(Event(key="try", on=On.unanswered, conversation_id=key, at=due, percent=percent))
    return _by_id(events, [wait.item for wait in waits])


async def _idle(uow: UnitOfWork, body: RuleBody, place: Place, span: Span) -> Stretch:
    """Find when a rule would have been due in conversations in which nothing happened since."""
    after = _item(place)
    ids = await uow.rules.unresolved(None if after is None else ConversationId(after), LOOKED)
    events = []
    for key in ids:
        conversation = await uow.conversations.get(key)
        if conversation is None:
            continue
        due = await _due(uow, body, conversation, conversation.last_at, 100)
        if due is not None and span.since <= due <= span.until:
            events.append(Event(key="try", on=On.idle, conversation_id=key, at=due))
    return _by_id(events, ids)


async def _due(
    uow: UnitOfWork, body: RuleBody, conversation: Conversation, since: datetime, percent: int
) -> datetime | None:
    if body.timing is None:
        return None
    timetable = (await uow.hours.plan()).timetable
    hours = timetable.at(since, channel_id=conversation.channel_id, team_id=conversation.team_id).hours
    return due_at(body.timing, percent, since, hours)


def _by_id(events: Sequence[Event], ids: Sequence[UUID]) -> Stretch:
    """Return a stretch of things whose ids (UUIDv7) say when they were stored."""
    if not ids:
        return Stretch(events=(), looked=0)
    reached = datetime.fromtimestamp((ids[-1].int >> 80) / 1000, UTC)
    return Stretch(events=events, looked=len(ids), last=ids[-1].hex, reached=reached)


def _item(place: Place) -> InteractionId | None:
    try:
        return InteractionId(UUID(hex=place.after)) if place.after else None
    except ValueError:
        raise strange() from None


def _number(place: Place) -> int:
    if place.after and not (place.after.isascii() and place.after.isdigit() and len(place.after) < 19):
        raise strange()
    return int(place.after or "0")


def strange() -> Invalid:
    """Return what is said of a cursor nobody was given."""
    return Invalid("The cursor is not one of ours. Take it unchanged from the page before.")
