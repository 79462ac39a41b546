"""Tries a rule on what was: which conversations it would have acted in, and how. Nothing is done or kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.domain.actions import work_of
from hub.domain.conversation import Conversation
from hub.domain.errors import Invalid
from hub.domain.ids import ConversationId
from hub.domain.rules.conditions import Facts, holds
from hub.domain.rules.matching import Event, concerns, faults, matches, plan
from hub.domain.rules.records import On, RuleBody
from hub.ports import Storage, UnitOfWork
from hub.services.outgoing import conversation_of
from hub.services.rules import past
from hub.services.rules.facts import facts_for, fields_of
from hub.services.rules.past import LOOKED, NOTICED, Place, Source, Span, Stretch

WEEK = timedelta(days=7)
SLACK = timedelta(hours=1)
"""A trace that begins so soon after the week did is one of the whole week: notices are cleared away now and then."""
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
    """How many things were looked at: entries, waits, notices, people on the board of missed contacts."""
    share: float
    """How much of the week is looked through, 0 to 1."""
    next: str | None
    """Where to go on; None at the end."""
    untried: tuple[On, ...]
    """Triggers of which no trace is kept to try them on."""
    partly: tuple[On, ...]
    """Triggers of which a trace is kept of a part of the week only, from `kept_since` on."""
    kept_since: datetime | None
    """With `partly`: when the trace begins."""


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
    sources = past.sources_of(body)
    place = _read(cursor, sources)
    span = Span(since=now - WEEK, until=now)
    stretch = await past.look(storage, body, place, span)
    async with storage.read() as uow:
        kept_since = await uow.rules.noticed_since() if NOTICED.intersection(body.triggers) else None
        # What was stored within the week may have happened before: history that was fetched, mail that was late.
        events = [event for event in stretch.events if event.at >= span.since]
        items = [tried for event in events if (tried := await _tried(uow, body, event, now)) is not None]
    items.sort(key=lambda one: one.at)
    at = sources.index(place.source)
    more = stretch.looked == LOOKED
    noticed = tuple(on for on in body.triggers if on in NOTICED)
    short = kept_since is not None and kept_since > span.since + SLACK
    return TriedPage(
        items=tuple(_first_only(items) if body.once or body.auto_reply else items),
        looked=stretch.looked,
        share=(at + (_share(stretch, span) if more else 1.0)) / len(sources),
        next=_next(place, stretch, sources) if more or at + 1 < len(sources) else None,
        untried=noticed if kept_since is None else (),
        partly=noticed if short else (),
        kept_since=kept_since if short else None,
    )


def _read(cursor: str | None, sources: Sequence[Source]) -> Place:
    if cursor is None:
        return Place(source=sources[0])
    name, _, after = cursor.partition(".")
    source = next((one for one in sources if one == name), None)
    if source is None:
        raise past.strange()
    return Place(source=source, after=after)


def _next(place: Place, stretch: Stretch, sources: Sequence[Source]) -> str:
    if stretch.looked == LOOKED:
        return f"{place.source}.{stretch.last}"
    return f"{sources[sources.index(place.source) + 1]}."


def _share(stretch: Stretch, span: Span) -> float:
    if stretch.reached is None:
        return 1.0
    return min(max((stretch.reached - span.since) / (span.until - span.since), 0.0), 1.0)


def _first_only(items: Sequence[Tried]) -> Sequence[Tried]:
    first: dict[ConversationId, Tried] = {}
    for one in items:
        first.setdefault(one.conversation_id, one)
    return list(first.values())


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


async def _tried(uow: UnitOfWork, body: RuleBody, event: Event, now: datetime) -> Tried | None:
    if not concerns(body, event):
        return None
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
