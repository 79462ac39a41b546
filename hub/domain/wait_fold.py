"""Waits from items, as a fold over a conversation's items in order of time.

So any order of arrival and any repetition gives the same waits (`fold`), while what comes in order costs one `step`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from hub.domain.ids import InteractionId, TeamId, UserId, WaitId
from hub.domain.replacing import replace
from hub.domain.waiting import NOWHERE, Clock, Episode, Item, Place, Role, Rules, Wait, WaitEnd

_STANDING = attrgetter("episode", "ended_at", "resolved_at", "reopen_count", "void")
"""What of a clock changes with its episode."""
_WORDS = frozenset({Role.asks, Role.replies, Role.called_back, Role.bot, Role.reaches_out})
"""Roles of what was said; the rest keeps no episode from going idle."""
_ENDS = {
    Role.replies: WaitEnd.reply,
    Role.called_back: WaitEnd.customer_called_back,
    Role.resolves: WaitEnd.closed,
    Role.discards: WaitEnd.void,
}
"""How what is open ends."""


def in_order(clock: Clock, item: Item) -> bool:
    """Tell whether `step` may take the item; else the conversation's waits are built anew by `waits_of`."""
    return item.taken_back_at is None and (clock.last is None or item.order > clock.last)


def step(clock: Clock, item: Item, rules: Rules, place: Place = NOWHERE) -> tuple[Clock, Wait | None]:
    """Take one more item in order. Returns the clock after it and the wait it opened or changed, if any.

    `place` is where the conversation is at that moment.
    """
    clock = _end_if_idle(clock, item.at, rules)
    taken: dict[str, Any] = {"last": item.order}
    if item.role in _WORDS:
        taken["spoke_at"] = item.at
    how = _ENDS.get(item.role)
    wait = _close(clock.open, clock, item, how, taken) if how is not None else None
    match item.role:
        case Role.asks:
            clock, wait = _ask(clock, item, rules, place, taken)
        case Role.bot | Role.hands_over:
            wait = _bot(clock.open, item, taken)
        case Role.replies | Role.reaches_out if clock.open is None:
            taken["outreach"] = clock.outreach or clock.episode == 0 or clock.ended_at is not None
        case Role.resolves if clock.episode and not clock.void:
            taken.update(ended_at=item.at, resolved_at=item.at, first_resolved_at=clock.first_resolved_at or item.at)
        case Role.discards if clock.episode:
            taken.update(ended_at=item.at, void=True)
        case Role.assigned:
            taken["assigned"] = (UserId(item.to), item.at) if item.to else None
    return replace(clock, **taken), wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What a conversation's items come to."""

    clock: Clock
    waits: Sequence[Wait]
    """In the order they started."""
    episodes: Sequence[Episode]


def fold(items: Iterable[Item], rules: Rules, place: Place = NOWHERE) -> Folded:
    """Return the clock, all waits and all episodes of a conversation, whatever order the items come in.

    `place` is where the conversation was before its first item.
    """
    once = {item.id: item for item in items}
    ordered = sorted(once.values(), key=lambda item: item.order)
    answered = _next_answers(ordered)
    waits: dict[WaitId, Wait] = {}
    episodes: dict[int, Episode] = {}
    clock = Clock()
    for item, answer in zip(ordered, answered, strict=True):
        if _taken_back_unanswered(item, answer):
            # Whether or not another wait was open: what came later must not decide what is recorded.
            waits[WaitId(item.id)] = _void(item, clock)
            continue
        place = moved(place, item)
        before = clock
        clock, changed = step(before, item, rules, place)
        if changed is not None:
            waits[changed.id] = changed
        for episode in episodes_after(before, item, clock, rules):
            episodes[episode.number] = episode
    return Folded(clock=clock, waits=tuple(waits.values()), episodes=tuple(episodes.values()))


def episodes_after(before: Clock, item: Item, after: Clock, rules: Rules) -> Sequence[Episode]:
    """Return the episodes that one step changed: the current one, and the one before if it ended unnoticed."""
    if _STANDING(before) == _STANDING(after):
        return ()
    idle = _end_if_idle(before, item.at, rules)
    touched = (clock.current for clock in ((idle, after) if idle.episode != after.episode else (after,)))
    return [episode for episode in touched if episode is not None and episode != before.current]


def waits_of(items: Iterable[Item], rules: Rules, place: Place = NOWHERE) -> tuple[Clock, Sequence[Wait]]:
    """Return the clock and all waits of a conversation, whatever order the items come in."""
    folded = fold(items, rules, place)
    return folded.clock, folded.waits


def moved(place: Place, item: Item) -> Place:
    """Return where a conversation is after an item."""
    match item.role:
        case Role.assigned:
            return replace(place, owner_id=UserId(item.to) if item.to else None)
        case Role.team:
            return replace(place, team_id=TeamId(item.to) if item.to else None)
        case _:
            return place


def heard(waits: Iterable[Wait], elsewhere: Iterable[Item]) -> Sequence[Wait]:
    """Return the waits with when the contact first heard from a person while each was open.

    `elsewhere` are agents' replies in the contact's other conversations, in any order.
    """
    replies = sorted((item for item in elsewhere if item.role is Role.replies), key=lambda item: item.order)
    times = [item.at for item in replies]
    found: list[Wait] = []
    for wait in waits:
        place = bisect_left(times, wait.started_at)
        other = replies[place] if place < len(replies) else None
        at: datetime | None = None
        item: InteractionId | None = None
        if other is not None and (wait.ended_at is None or other.at < wait.ended_at):
            at, item = other.at, other.id
        elif wait.ended_by is WaitEnd.reply:
            at, item = wait.ended_at, wait.ended_item
        same = wait.heard_at == at and wait.heard_item == item
        found.append(wait if same else replace(wait, heard_at=at, heard_item=item))
    return found


def _ask(clock: Clock, item: Item, rules: Rules, place: Place, taken: dict[str, Any]) -> tuple[Clock, Wait | None]:
    """Return the clock of the episode and the wait that begins, if none is open; adds to what is `taken`."""
    if clock.open is not None:
        return clock, None
    lapsed = clock.ended_at is not None and (clock.void or item.at - clock.ended_at > rules.reopen_window)
    if clock.episode == 0 or lapsed:
        clock = Clock(
            episode=clock.episode + 1,
            initiated_by_us=clock.outreach,
            started_at=item.at,
            assigned=clock.assigned,
        )
    reopened = clock.ended_at is not None
    wait = Wait(
        id=WaitId(item.id),
        episode=clock.episode,
        started_at=item.at,
        first=clock.waits_in_episode == 0 and not clock.initiated_by_us,
        reopened=reopened,
        initiated_by_us=clock.initiated_by_us,
        team_id=place.team_id,
        owner_id=place.owner_id,
    )
    taken.update(
        open=wait,
        waits_in_episode=clock.waits_in_episode + 1,
        reopen_count=clock.reopen_count + reopened,
        ended_at=None,
        outreach=False,
    )
    return clock, wait


def _close(wait: Wait | None, clock: Clock, item: Item, how: WaitEnd, taken: dict[str, Any]) -> Wait | None:
    if wait is None:
        return None
    taken["open"] = None
    ended: dict[str, Any] = {"ended_at": item.at, "ended_by": how, "ended_item": item.id, "answered_by": item.by}
    if how is WaitEnd.reply:
        assigned = clock.assigned
        mine = assigned[1] if assigned is not None and assigned[0] == item.by else wait.started_at
        ended.update(agent_from=max(wait.started_at, mine), heard_at=item.at, heard_item=item.id)
    return replace(wait, **ended)


def _bot(wait: Wait | None, item: Item, taken: dict[str, Any]) -> Wait | None:
    if wait is None:
        return None
    if item.role is Role.bot and wait.bot_at is None:
        wait = replace(wait, bot_at=item.at)
    elif item.role is Role.hands_over and wait.handed_over_at is None:
        wait = replace(wait, handed_over_at=item.at)
    else:
        return None
    taken["open"] = wait
    return wait


def _end_if_idle(clock: Clock, now: datetime, rules: Rules) -> Clock:
    if clock.episode == 0 or clock.open is not None or clock.ended_at is not None or clock.spoke_at is None:
        return clock
    end = clock.spoke_at + rules.idle_after
    return replace(clock, ended_at=end) if now > end else clock


def _next_answers(ordered: Sequence[Item]) -> Sequence[datetime | None]:
    """Return for each item when the next answer or resolve after it came."""
    found: list[datetime | None] = []
    upcoming: datetime | None = None
    for item in reversed(ordered):
        found.append(upcoming)
        if item.role in (Role.replies, Role.resolves):
            upcoming = item.at
    return found[::-1]


def _taken_back_unanswered(ask: Item, answer: datetime | None) -> bool:
    if ask.role is not Role.asks or ask.taken_back_at is None:
        return False
    return answer is None or answer > ask.taken_back_at


def _void(ask: Item, clock: Clock) -> Wait:
    return Wait(
        id=WaitId(ask.id),
        episode=max(clock.episode, 1),
        started_at=ask.at,
        first=False,
        ended_at=ask.taken_back_at,
        ended_by=WaitEnd.void,
    )
