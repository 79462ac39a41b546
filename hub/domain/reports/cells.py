"""Cells: what happened within one hour on one channel, by team and agent, so that any period is a sum of cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from hub.domain.call import Outcome
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.reports.happened import HOUR, Entries, HourFacts, MissedCall, Place, QueuedCall, WaitFact, hour_of
from hub.domain.reports.histogram import NOTHING, bucket_of
from hub.domain.reports.measures import DRAWN, FIRST_CODE, Measure
from hub.domain.waiting import WaitEnd


class Facet(StrEnum):
    """By what a cell is cut beside its time."""

    full = "full"
    """By channel, team and agent."""
    brief = "brief"
    """By channel; of hours, and only what is drawn over time: heat maps and the backlog."""
    tag = "tag"
    """By channel, team and each tag of the conversation."""
    source = "source"
    """By channel, team and where the contact came from."""
    channel = "channel"
    """By channel; of days."""
    team = "team"
    """By team; of days."""
    agent = "agent"
    """By agent; of days."""


OF_HOURS = (Facet.full, Facet.brief, Facet.tag, Facet.source)


class Cut(NamedTuple):
    """What cells are cut by. `value` is the tag or source of those facets, else empty; None where it is not cut by."""

    facet: Facet
    channel_id: ChannelId | None
    value: str
    team_id: TeamId | None
    agent_id: UserId | None


@dataclass(slots=True)
class Amount:
    """What is in a cell: a count, the sum of its seconds and the longest."""

    n: int = 0
    seconds: float = 0.0
    longest: float = 0.0


Cells = Mapping[Cut, Mapping[int, Amount]]
"""The cells of an hour by cut and code: a measure and a bucket of it, see `measures.FIRST_CODE`."""


_CODES = {measure: (FIRST_CODE[measure], measure in DRAWN) for measure in Measure}


class Sheet:
    """Cells while they are counted: by cut first, so that one look-up finds where all of a wait's measures go."""

    def __init__(self) -> None:
        self.cells: dict[Cut, dict[int, Amount]] = {}
        self._found: dict[object, Sequence[dict[int, Amount]]] = {}

    def add(
        self, at: Place, measure: Measure, *, agent: UserId | None = None, n: int = 1, seconds: float | None = None
    ) -> None:
        """Count something that happened at a place, once or `n` times."""
        first, drawn = _CODES[measure]
        known = (id(at), id(agent), drawn)  # both live as long as the facts they came with
        found = self._found.get(known)
        if found is None:
            found = self._found[known] = [self.cells.setdefault(cut, {}) for cut in _cuts(at, agent, drawn=drawn)]
        if seconds is None:
            code, seconds = first + NOTHING, 0.0
        else:
            code = first + bucket_of(seconds)
        for cells in found:
            amount = cells.get(code)
            if amount is None:
                cells[code] = Amount(n, seconds, max(0.0, seconds))
                continue
            amount.n += n
            amount.seconds += seconds
            if seconds > amount.longest:
                amount.longest = seconds


def _cuts(at: Place, agent: UserId | None, *, drawn: bool) -> Iterator[Cut]:
    yield Cut(Facet.full, at.channel_id, "", at.team_id, agent)
    if drawn:
        yield Cut(Facet.brief, at.channel_id, "", None, None)
    for tag in dict.fromkeys(at.tags):
        yield Cut(Facet.tag, at.channel_id, tag, at.team_id, None)
    if at.source:
        yield Cut(Facet.source, at.channel_id, at.source, at.team_id, None)


def cells_of(facts: HourFacts) -> Cells:
    """Return an hour's cells. The same facts give the same cells, in whatever order they come."""
    sheet = Sheet()
    for _ in counting(sheet, facts):
        pass
    return sheet.cells


def counting(sheet: Sheet, facts: HourFacts) -> Iterator[None]:
    """Count an hour's facts into a sheet; yields after each, so that whoever counts can let others in."""
    for entries in facts.entries:
        _count(sheet, entries)
        yield
    for wait in facts.waits:
        _take(sheet, facts.hour, wait)
        yield
    for call in facts.missed_calls:
        if hour_of(call.started_at) == facts.hour:
            sheet.add(call.at, Measure.missed)
            met = kept(call.due_at, call.ended_at, good=not call.called_again)
            _judge(sheet, call.at, met, (Measure.callback_in_time, Measure.callback_late), call.answered_by)
        if call.ended_at is not None and hour_of(call.ended_at) == facts.hour:
            _called_back(sheet, call, call.ended_at)
        yield
    for resolution in facts.resolutions:
        measure = Measure.full_resolution if resolution.last else Measure.first_resolution
        sheet.add(resolution.at, measure, seconds=resolution.seconds)
        yield
    for queued in facts.queued_calls:
        _offered(sheet, queued)
        yield
    for episode in facts.aimed_episodes:
        met = kept(episode.due_at, episode.first_resolved_at or episode.ended_at, good=bool(episode.first_resolved_at))
        _judge(sheet, episode.at, met, (Measure.resolved_in_time, Measure.resolved_late))
        yield


def _take(sheet: Sheet, hour: datetime, wait: WaitFact) -> None:
    if wait.ended_by is WaitEnd.void or wait.ended_by is WaitEnd.merged:
        return
    until = hour + HOUR
    if hour <= wait.started_at < until:
        _begin(sheet, wait)
    if wait.ended_at is not None and hour <= wait.ended_at < until:
        _end(sheet, wait, wait.ended_at)


SORTS: Mapping[tuple[InteractionKind, Direction, AuthorKind], Measure] = {
    (InteractionKind.message, Direction.inbound, AuthorKind.contact): Measure.received,
    (InteractionKind.message, Direction.outbound, AuthorKind.agent): Measure.sent,
    (InteractionKind.message, Direction.outbound, AuthorKind.bot): Measure.sent_by_bot,
    (InteractionKind.message, Direction.outbound, AuthorKind.auto): Measure.sent_automatically,
    (InteractionKind.message, Direction.outbound, AuthorKind.campaign): Measure.sent_automatically,
    (InteractionKind.message, Direction.outbound, AuthorKind.system): Measure.sent_automatically,
    (InteractionKind.call, Direction.inbound, AuthorKind.contact): Measure.calls_received,
    (InteractionKind.call, Direction.outbound, AuthorKind.agent): Measure.calls_made,
}
"""Which entries are counted, and as what."""


def _count(sheet: Sheet, entries: Entries) -> None:
    measure = SORTS.get((entries.kind, entries.direction, entries.author_kind))
    if measure is None:
        return
    ours = entries.direction is Direction.outbound
    sheet.add(entries.at, measure, agent=entries.agent_id if ours else None, n=entries.count)
    if measure is Measure.sent and entries.agent_id is not None:
        sheet.add(entries.at, Measure.writing, agent=entries.agent_id, n=entries.conversations)


def _begin(sheet: Sheet, wait: WaitFact) -> None:
    sheet.add(wait.at, Measure.began)
    if wait.reopened:
        sheet.add(wait.at, Measure.returned)
    if wait.after_reply is not None and not wait.by_call:
        sheet.add(wait.at, Measure.customer_reply, seconds=wait.after_reply)
    replied = wait.ended_by is WaitEnd.reply
    met = kept(wait.due_at, wait.ended_at, good=replied)
    _judge(sheet, wait.at, met, (Measure.in_time, Measure.late), wait.answered_by)
    if wait.first and not wait.by_call:
        met = kept(wait.level_at, wait.ended_at, good=replied)
        _judge(sheet, wait.at, met, (Measure.messages_in_level, Measure.messages_off_level), wait.answered_by)


def kept(due_at: datetime | None, ended_at: datetime | None, *, good: bool) -> bool | None:
    """Tell whether what ended met its target; `good`: it ended as was wanted.

    None without a target, while it is open, and where it ended in time but otherwise.
    """
    if due_at is None or ended_at is None:
        return None
    if ended_at > due_at:
        return False
    return True if good else None


def _judge(
    sheet: Sheet, at: Place, met: bool | None, measures: tuple[Measure, Measure], agent: UserId | None = None
) -> None:
    if met is not None:
        sheet.add(at, measures[0] if met else measures[1], agent=agent)


def _offered(sheet: Sheet, call: QueuedCall) -> None:
    if call.level_at is not None and (call.answered_at is not None or call.outcome is not None):
        met = call.answered_at is not None and call.answered_at <= call.level_at
        _judge(sheet, call.at, met, (Measure.calls_in_level, Measure.calls_off_level), call.answered_by)
    if call.outcome is Outcome.answered:
        sheet.add(call.at, Measure.calls_answered, agent=call.answered_by, seconds=call.waited)
    elif call.outcome is not None:
        abandoned = call.outcome is Outcome.abandoned
        sheet.add(call.at, Measure.calls_abandoned if abandoned else Measure.calls_otherwise)


def _end(sheet: Sheet, wait: WaitFact, ended_at: datetime) -> None:
    agent, seconds = wait.answered_by, (ended_at - wait.started_at).total_seconds()
    sheet.add(wait.at, Measure.ended)
    if wait.in_all is not None:
        sheet.add(wait.at, Measure.requester_wait, seconds=wait.in_all)
    if wait.ended_by is WaitEnd.closed:
        sheet.add(wait.at, Measure.closed)
        if wait.bot_at is not None and wait.handed_at is None:
            sheet.add(wait.at, Measure.contained)
    answered = [at for at in (wait.bot_at, ended_at if wait.ended_by is WaitEnd.reply else None) if at is not None]
    if answered and wait.first and not wait.by_call:
        sheet.add(wait.at, Measure.first_answer, seconds=(min(answered) - wait.started_at).total_seconds())
    if wait.ended_by is not WaitEnd.reply:
        return
    if wait.first_of_agent and agent is not None:
        sheet.add(wait.at, Measure.handled, agent=agent)
    if wait.by_call:
        return
    clock, business = (
        (Measure.first_response, Measure.first_response_business)
        if wait.first
        else (Measure.later_reply, Measure.later_reply_business)
    )
    sheet.add(wait.at, clock, agent=agent, seconds=seconds)
    if wait.business_seconds is not None:
        sheet.add(wait.at, business, agent=agent, seconds=wait.business_seconds)
    if wait.agent_from is not None:
        own = max(0.0, (ended_at - wait.agent_from).total_seconds())
        sheet.add(wait.at, Measure.agent_reply, agent=agent, seconds=own)
    handed_at = wait.handed_at or wait.bot_at
    if handed_at is not None:
        sheet.add(wait.at, Measure.handover, agent=agent, seconds=max(0.0, (ended_at - handed_at).total_seconds()))


def _called_back(sheet: Sheet, call: MissedCall, ended_at: datetime) -> None:
    if call.called_again:
        sheet.add(call.at, Measure.called_again)
        return
    seconds = (ended_at - call.started_at).total_seconds()
    sheet.add(call.at, Measure.callback, agent=call.answered_by, seconds=seconds)
