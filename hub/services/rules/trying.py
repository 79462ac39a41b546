"""Tries a rule on what was: which conversations it would have acted in, and how. Nothing is done or kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from hub.domain.actions import work_of
from hub.domain.conversation import Conversation
from hub.domain.errors import Invalid
from hub.domain.ids import ConversationId, InteractionId
from hub.domain.interaction import Direction, InteractionKind
from hub.domain.rules.conditions import Facts, holds
from hub.domain.rules.matching import Event, faults, matches, plan
from hub.domain.rules.records import TIMED, On, RuleBody
from hub.domain.views import InteractionView
from hub.ports import Storage, UnitOfWork
from hub.services.outgoing import conversation_of
from hub.services.rules.facts import facts_for, fields_of
from hub.services.rules.happened import of_entry
from hub.services.rules.timers import due_at

WEEK = timedelta(days=7)
LOOKED = 300
"""Entries of one page: a fraction of a second."""
UNTRIED = frozenset({On.target_at_risk, On.target_breached, On.missed_contact, On.contact_changed})
SHOWN = 200
"""Characters of a message that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One time the rule would have acted."""

    conversation_id: ConversationId
    on: On
    at: datetime
    percent: int
    text: str
    """The beginning of the message it was about."""
    actions: tuple[str, ...]
    """What would have been done, by `do`; empty where all was so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedPage:
    """A stretch of the last week."""

    items: tuple[Tried, ...]
    looked: int
    """How many entries were looked at."""
    share: float
    """How much of the week is looked through, 0 to 1."""
    next: str | None
    """Where to go on; None at the end."""
    untried: tuple[On, ...]
    """Triggers of which no trace is kept to try them on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedHere:
    """What a rule would do in one conversation now."""

    matches: bool
    failing: tuple[int, ...]
    """The places of the conditions that do not hold, from 1."""
    manners: bool
    """An automatic answer would be held back: a group, or a person of ours wrote."""
    actions: tuple[str, ...]


async def try_week(storage: Storage, body: RuleBody, *, now: datetime, cursor: str | None) -> TriedPage:
    """Look through the next stretch of the last week. Raises Invalid for a rule that makes no sense.

    The words, the language, the channel and the hours are those of that time; team, tags and state are as they are now.
    """
    if found := faults(body):
        raise Invalid(" ".join(found[:10]))
    after = _read(cursor)
    async with storage.read() as uow:
        if not TIMED.isdisjoint(body.triggers):
            return await _by_time(uow, body, now, after)
        ids = await uow.rules.entries(after, now - WEEK, now, LOOKED)
    entries = {entry.id: entry for entry in await storage.queries.interactions(ids)} if ids else {}
    events = [event for key in ids if key in entries for event in of_entry(entries[key]) if event.on in body.triggers]
    async with storage.read() as uow:
        if On.opened in body.triggers:
            events += await _openings(uow, entries.values())
        items = [tried for event in events if (tried := await _tried(uow, body, event, now)) is not None]
    return _page(body, items, ids, now)


async def try_here(uow: UnitOfWork, body: RuleBody, conversation_id: ConversationId, now: datetime) -> TriedHere:
    """Say what a rule would do in a conversation now, as if its trigger had been the customer's newest message.

    Raises NotFound, Invalid.
    """
    if found := faults(body):
        raise Invalid(" ".join(found[:10]))
    conversation = await conversation_of(uow, conversation_id)
    item = await uow.bots.last_said(conversation_id)
    entry = await uow.timeline.get(item) if item is not None else None
    event = Event(
        key="try",
        on=body.triggers[0],
        conversation_id=conversation_id,
        at=now,
        text=entry.text if entry is not None else "",
        subject=entry.subject if entry is not None else "",
        item=item,
    )
    facts = await facts_for(uow, conversation, event, fields_of([body]), manners=body.auto_reply)
    failing = tuple(place for place, one in enumerate(body.conditions, 1) if not holds(one, facts))
    manners = body.auto_reply and (facts.group or facts.answered_by_human)
    fits = matches(body, facts)
    return TriedHere(
        matches=fits,
        failing=failing,
        manners=manners,
        actions=await _would(uow, body, conversation, 100, now) if fits else (),
    )


async def _openings(uow: UnitOfWork, entries: Iterable[InteractionView]) -> list[Event]:
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


async def _tried(uow: UnitOfWork, body: RuleBody, event: Event, now: datetime) -> Tried | None:
    conversation = await uow.conversations.get(event.conversation_id)
    if conversation is None or conversation.merged_into_id is not None:
        return None
    facts = await facts_for(uow, conversation, event, fields_of([body]), manners=body.auto_reply)
    if not matches(body, await _then(uow, event, facts)):
        return None
    return Tried(
        conversation_id=conversation.id,
        on=event.on,
        at=event.at,
        percent=event.percent,
        text=event.text[:SHOWN],
        actions=await _would(uow, body, conversation, event.percent, now),
    )


async def _then(uow: UnitOfWork, event: Event, facts: Facts) -> Facts:
    """Return facts without a human's answer where the event was the customer's first word: it came later."""
    if not facts.answered_by_human or event.item is None:
        return facts
    before = await uow.rules.wrote_before(event.conversation_id, event.item)
    return replace(facts, answered_by_human=before)


async def _would(
    uow: UnitOfWork, body: RuleBody, conversation: Conversation, percent: int, now: datetime
) -> tuple[str, ...]:
    lock = await uow.speakers.get(conversation.id)
    return tuple(one.do for one in plan(body.actions_at(percent), work_of(conversation, lock.speaker), now))


async def _by_time(uow: UnitOfWork, body: RuleBody, now: datetime, after: InteractionId | None) -> TriedPage:
    """Try a rule by time on the waits of the week, or on conversations in which nothing happened since."""
    if On.idle in body.triggers:
        return await _idle(uow, body, now, after)
    waits = await uow.rules.past_waits(after, now - WEEK, now, LOOKED)
    items = []
    for wait in waits:
        for percent in body.percents:
            due = await _due(uow, body, wait.conversation_id, wait.started_at, percent)
            if due is None or due > (wait.ended_at or now):
                continue
            event = Event(key="try", on=On.unanswered, conversation_id=wait.conversation_id, at=due, percent=percent)
            if (tried := await _tried(uow, body, event, now)) is not None:
                items.append(tried)
    return _page(body, items, [wait.item for wait in waits], now)


async def _idle(uow: UnitOfWork, body: RuleBody, now: datetime, after: InteractionId | None) -> TriedPage:
    ids = await uow.rules.unresolved(None if after is None else ConversationId(after), LOOKED)
    items = []
    for key in ids:
        conversation = await uow.conversations.get(key)
        if conversation is None:
            continue
        due = await _due(uow, body, key, conversation.last_at, 100)
        if due is not None and now - WEEK <= due <= now:
            event = Event(key="try", on=On.idle, conversation_id=key, at=due)
            if (tried := await _tried(uow, body, event, now)) is not None:
                items.append(tried)
    return _page(body, items, [InteractionId(key) for key in ids], now)


async def _due(uow: UnitOfWork, body: RuleBody, key: ConversationId, since: datetime, percent: int) -> datetime | None:
    if body.timing is None:
        return None
    conversation = await uow.conversations.get(key)
    if conversation is None:
        return None
    timetable = (await uow.hours.plan()).timetable
    hours = timetable.at(since, channel_id=conversation.channel_id, team_id=conversation.team_id).hours
    return due_at(body.timing, percent, since, hours)


def _page(body: RuleBody, items: Sequence[Tried], ids: Sequence[InteractionId], now: datetime) -> TriedPage:
    if body.once or body.auto_reply:
        first: dict[ConversationId, Tried] = {}
        for one in items:
            first.setdefault(one.conversation_id, one)
        items = list(first.values())
    more = len(ids) == LOOKED
    began = (now - WEEK).timestamp()
    share = min(max((_seconds(ids[-1]) - began) / WEEK.total_seconds(), 0.0), 1.0) if more else 1.0
    return TriedPage(
        items=tuple(items),
        looked=len(ids),
        share=share,
        next=ids[-1].hex if more else None,
        untried=tuple(on for on in body.triggers if on in UNTRIED),
    )


def _seconds(key: UUID) -> float:
    """Return when an id (UUIDv7) was made."""
    return (key.int >> 80) / 1000


def _read(cursor: str | None) -> InteractionId | None:
    try:
        return None if cursor is None else InteractionId(UUID(hex=cursor))
    except ValueError:
        raise Invalid("The cursor is not one of ours. Take it unchanged from the page before.") from None
