"""Waits from items: when a customer waited for a human, and who ended it.

The definitions are those of docs/metrics.md. A conversation's waits are a fold over its items in order of
time, so any order of arrival and any repetition gives the same waits (`waits_of`), while a message that
comes in order costs one step (`step`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.domain.call_entry import time_of
from hub.domain.delivery import DeliveryState
from hub.domain.ids import InteractionId, UserId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind


class Role(StrEnum):
    """What an item means for waits."""

    asks = "asks"
    """A customer's public entry that asks for a human."""
    replies = "replies"
    """An agent's public message the provider accepted, or a connected call."""
    called_back = "called_back"
    """They called again and were answered: no reply of ours, yet nobody waits any more."""
    bot = "bot"
    resolves = "resolves"
    discards = "discards"
    """Marked as spam: the open wait was none."""


class WaitEnd(StrEnum):
    """How a wait ended."""

    reply = "reply"
    closed = "closed"
    """Resolved without a reply."""
    void = "void"
    """It was none: spam, or the customer took the message back before anyone answered."""
    merged = "merged"
    customer_called_back = "customer_called_back"
    """They called again and were answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What waits need to know of one timeline entry."""

    id: InteractionId
    at: datetime
    """Inbound: `t(item)`. Outbound: when the provider accepted it."""
    role: Role
    by: UserId | None = None
    taken_back_at: datetime | None = None

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Sort key: time, then id, so that equal times have one order everywhere."""
        return (self.at, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One span in which a customer waited for a human. Its id is that of the entry that opened it."""

    id: WaitId
    episode: int
    """1 for the conversation's first episode."""
    started_at: datetime
    first: bool
    """The first wait of an episode the customer began: its length is the first response time."""
    reopened: bool = False
    initiated_by_us: bool = False
    bot_at: datetime | None = None
    """When a bot first answered while it was open."""
    ended_at: datetime | None = None
    ended_by: WaitEnd | None = None
    ended_item: InteractionId | None = None
    answered_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The two windows of a channel that bound episodes."""

    reopen_window: timedelta = timedelta(days=7)
    idle_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where the fold stands after a conversation's last item; enough to take the next in order."""

    episode: int = 0
    waits_in_episode: int = 0
    initiated_by_us: bool = False
    outreach: bool = False
    """We wrote since the last episode ended."""
    ended_at: datetime | None = None
    """When the current episode was resolved; None while it goes on."""
    last: tuple[datetime, UUID] | None = None
    open: Wait | None = None


def item_of(
    entry: Interaction, *, delivery: DeliveryState | None = None, accepted_at: datetime | None = None
) -> Item | None:
    """Return what an entry means for waits, or None if it means nothing.

    `delivery` and `accepted_at` are those of an outbound entry's delivery: a message that finally failed or
    that no provider accepted yet answers nobody.
    """
    if entry.kind is InteractionKind.call:
        return _call_item(entry)
    if entry.kind is InteractionKind.event:
        role = {"resolved": Role.resolves, "spam": Role.discards}.get(str(entry.data.get("event")))
        return Item(id=entry.id, at=entry.occurred_at, role=role) if role else None
    if entry.direction is Direction.inbound:
        if not entry.opens_wait:
            return None
        return Item(id=entry.id, at=entry.occurred_at, role=Role.asks, taken_back_at=entry.deleted_at)
    role = {AuthorKind.agent: Role.replies, AuthorKind.bot: Role.bot}.get(entry.author_kind)
    if role is None or entry.direction is Direction.internal:
        return None
    if delivery is None:
        # An echo: written in the provider's own app, so the provider has it.
        return Item(id=entry.id, at=entry.occurred_at, role=role, by=entry.author_id)
    if accepted_at is None or delivery in (DeliveryState.failed, DeliveryState.queued, DeliveryState.sending):
        return None
    return Item(id=entry.id, at=accepted_at, role=role, by=entry.author_id)


def _call_item(entry: Interaction) -> Item | None:
    """Return what a call means for waits: see `hub.domain.call_entry` for what its entry holds."""
    for name, role in (
        ("asks_at", Role.asks),
        ("reached_at", Role.replies),
        ("called_back_at", Role.called_back),
    ):
        at = time_of(entry.data.get(name))
        if at is not None:
            return Item(id=entry.id, at=at, role=role, by=entry.author_id)
    return None


def in_order(clock: Clock, item: Item) -> bool:
    """Tell whether `step` may take the item; else the conversation's waits are built anew by `waits_of`."""
    return item.taken_back_at is None and (clock.last is None or item.order > clock.last)


def step(clock: Clock, item: Item, rules: Rules) -> tuple[Clock, Wait | None]:
    """Take one more item in order. Returns the clock after it and the wait it opened or changed, if any."""
    clock = replace(_end_if_idle(clock, item.at, rules), last=item.order)
    match item.role:
        case Role.asks:
            return _ask(clock, item, rules)
        case Role.replies:
            if clock.open is not None:
                return _close(clock, item, WaitEnd.reply)
            return replace(clock, outreach=clock.outreach or clock.episode == 0 or clock.ended_at is not None), None
        case Role.called_back:
            return _close(clock, item, WaitEnd.customer_called_back) if clock.open else (clock, None)
        case Role.bot:
            if clock.open is not None and clock.open.bot_at is None:
                seen = replace(clock.open, bot_at=item.at)
                return replace(clock, open=seen), seen
            return clock, None
        case Role.resolves:
            after, wait = _close(clock, item, WaitEnd.closed) if clock.open else (clock, None)
            return replace(after, ended_at=item.at if after.episode else None), wait
        case Role.discards:
            return _close(clock, item, WaitEnd.void) if clock.open else (clock, None)


def waits_of(items: Iterable[Item], rules: Rules) -> tuple[Clock, Sequence[Wait]]:
    """Return the clock and all waits of a conversation, whatever order the items come in."""
    once = {item.id: item for item in items}
    ordered = sorted(once.values(), key=lambda item: item.order)
    waits: dict[WaitId, Wait] = {}
    clock = Clock()
    for index, item in enumerate(ordered):
        if item.role is Role.asks and _taken_back_unanswered(item, ordered[index + 1 :]):
            # Whether or not another wait was open: what came later must not decide what is recorded.
            waits[WaitId(item.id)] = _void(item, clock)
            continue
        clock, changed = step(clock, item, rules)
        if changed is not None:
            waits[changed.id] = changed
    return clock, tuple(waits.values())


def _ask(clock: Clock, item: Item, rules: Rules) -> tuple[Clock, Wait | None]:
    if clock.open is not None:
        return clock, None
    lapsed = clock.ended_at is not None and item.at - clock.ended_at > rules.reopen_window
    if clock.episode == 0 or lapsed:
        clock = Clock(episode=clock.episode + 1, initiated_by_us=clock.outreach, last=clock.last)
    reopened = clock.ended_at is not None
    wait = Wait(
        id=WaitId(item.id),
        episode=clock.episode,
        started_at=item.at,
        first=clock.waits_in_episode == 0 and not clock.initiated_by_us,
        reopened=reopened,
        initiated_by_us=clock.initiated_by_us,
    )
    after = replace(clock, open=wait, waits_in_episode=clock.waits_in_episode + 1, ended_at=None, outreach=False)
    return after, wait


def _close(clock: Clock, item: Item, how: WaitEnd) -> tuple[Clock, Wait | None]:
    if clock.open is None:
        return clock, None
    wait = replace(clock.open, ended_at=item.at, ended_by=how, ended_item=item.id, answered_by=item.by)
    return replace(clock, open=None), wait


def _end_if_idle(clock: Clock, now: datetime, rules: Rules) -> Clock:
    if clock.episode == 0 or clock.open is not None or clock.ended_at is not None or clock.last is None:
        return clock
    end = clock.last[0] + rules.idle_after
    return replace(clock, ended_at=end) if now > end else clock


def _taken_back_unanswered(ask: Item, later: Sequence[Item]) -> bool:
    if ask.taken_back_at is None:
        return False
    answers = (i for i in later if i.role in (Role.replies, Role.resolves))
    first = next(answers, None)
    return first is None or first.at > ask.taken_back_at


def _void(ask: Item, clock: Clock) -> Wait:
    return Wait(
        id=WaitId(ask.id),
        episode=max(clock.episode, 1),
        started_at=ask.at,
        first=False,
        ended_at=ask.taken_back_at,
        ended_by=WaitEnd.void,
    )
