"""Cells: what happened within one hour on one channel, by team and agent, so that any period is a sum of cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from hub.domain.ids import ChannelId, ConversationId, TeamId, UserId, WaitId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.reports.histogram import NOTHING, bucket_of
from hub.domain.waiting import WaitEnd

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Measure(StrEnum):
    """What a cell counts. Those in `TIMED` keep durations in buckets, the others a mere count."""

    received = "received"
    """Messages of customers."""
    sent = "sent"
    """Messages of our agents that did not fail."""
    sent_by_bot = "sent_by_bot"
    sent_automatically = "sent_automatically"
    """Automatic replies and campaigns."""
    calls_received = "calls_received"
    calls_made = "calls_made"
    writing = "writing"
    """Conversations an agent wrote in within the hour."""
    began = "began"
    """Waits that started, void ones left out."""
    ended = "ended"
    """Waits that ended, void ones left out; with `began` it tells the backlog."""
    returned = "returned"
    """Waits that started since a customer came back to what was resolved."""
    first_response = "first_response"
    first_response_business = "first_response_business"
    later_reply = "later_reply"
    later_reply_business = "later_reply_business"
    agent_reply = "agent_reply"
    """From when the agent who replied had the conversation to the reply."""
    first_answer = "first_answer"
    """To the first answer of a bot or an agent."""
    handover = "handover"
    """From the bot's hand-over (its first answer, where that is all we know) to the agent's reply."""
    closed = "closed"
    """Waits of which nobody made an end but by resolving: no reply."""
    contained = "contained"
    """Those of them that a bot had answered."""
    handled = "handled"
    """Episodes in which an agent gave a first reply that ended a wait."""
    customer_reply = "customer_reply"
    """How long the customer took to answer us."""
    first_resolution = "first_resolution"
    full_resolution = "full_resolution"
    in_time = "in_time"
    """Waits that started in the hour and were answered within their target."""
    late = "late"
    """Waits that started in the hour and ended later than their target, or without a reply after it."""
    missed = "missed"
    """Missed calls and voicemails: waits that a call began."""
    callback = "callback"
    """From a missed call to our connected call or our message, on whatever channel."""
    called_again = "called_again"
    """Missed calls whose caller called again and was answered: no reply of ours."""


BY_AGENT = frozenset(
    {
        Measure.sent,
        Measure.calls_made,
        Measure.writing,
        Measure.first_response,
        Measure.first_response_business,
        Measure.later_reply,
        Measure.later_reply_business,
        Measure.handover,
        Measure.agent_reply,
        Measure.handled,
        Measure.in_time,
        Measure.late,
        Measure.callback,
    }
)
"""What belongs to the agent who did it; the others belong to nobody."""

TIMED = frozenset(
    {
        Measure.first_response,
        Measure.first_response_business,
        Measure.later_reply,
        Measure.later_reply_business,
        Measure.agent_reply,
        Measure.first_answer,
        Measure.handover,
        Measure.customer_reply,
        Measure.first_resolution,
        Measure.full_resolution,
        Measure.callback,
    }
)


DRAWN = frozenset(
    {
        Measure.received,
        Measure.sent,
        Measure.began,
        Measure.ended,
        Measure.first_response,
        Measure.later_reply,
        Measure.in_time,
        Measure.late,
        Measure.missed,
        Measure.calls_received,
    }
)
"""What is drawn over time; the others have no brief cells."""


class Facet(StrEnum):
    """By what a cell is cut beside hour and channel."""

    full = "full"
    """By team and agent."""
    brief = "brief"
    """By nothing else: the hours of heat maps and of the backlog."""
    tag = "tag"
    """By each tag of the conversation, and by team."""
    source = "source"
    """By where the contact came from, and by team."""


class Key(NamedTuple):
    """Which cell. `value` is the tag or source of those facets, else empty."""

    channel_id: ChannelId
    facet: Facet
    value: str
    team_id: TeamId | None
    agent_id: UserId | None
    measure: Measure
    bucket: int


@dataclass(slots=True)
class Amount:
    """What is in a cell: a count, the sum of its seconds and the longest."""

    n: int = 0
    seconds: float = 0.0
    longest: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, as the facets cut it."""

    channel_id: ChannelId
    team_id: TeamId | None = None
    tags: Sequence[str] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Timeline entries of one sort within the hour."""

    at: Place
    direction: Direction
    author_kind: AuthorKind
    kind: InteractionKind
    agent_id: UserId | None
    count: int
    conversations: int
    """In how many conversations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFact:
    """One wait with what reports need to know of it."""

    id: WaitId
    conversation_id: ConversationId
    at: Place
    started_at: datetime
    first: bool
    reopened: bool
    ended_at: datetime | None = None
    ended_by: WaitEnd | None = None
    answered_by: UserId | None = None
    bot_at: datetime | None = None
    handed_at: datetime | None = None
    agent_from: datetime | None = None
    """When the clock of the agent who replied started: they had it, and were there."""
    by_call: bool = False
    """A missed call or a voicemail opened it: its callback time is never averaged with answers to messages."""
    business_seconds: float | None = None
    """Seconds within opening hours; None while it is open, or where no calendar was known."""
    due_at: datetime | None = None
    """When its target ends; None without one."""
    first_of_agent: bool = False
    """The first wait of its episode that this agent ended by a reply."""
    after_reply: float | None = None
    """Seconds since our last message before it; None if we had not written in this episode."""

    @property
    def seconds(self) -> float | None:
        """Calendar seconds; None while it is open."""
        return None if self.ended_at is None else (self.ended_at - self.started_at).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """A missed call or a voicemail that asks for a callback."""

    at: Place
    started_at: datetime
    ended_at: datetime | None
    called_again: bool
    """It ended since the customer called again and was answered: no reply of ours."""
    answered_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An episode's resolve within the hour, with how long the episode had lasted."""

    at: Place
    seconds: float
    last: bool
    """The episode's last resolve so far; else its first. An episode resolved once has both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourFacts:
    """All that happened within one hour."""

    hour: datetime
    entries: Sequence[Entries] = ()
    waits: Sequence[WaitFact] = ()
    """Those that started or ended within the hour."""
    missed_calls: Sequence[MissedCall] = ()
    """Those that were missed, or answered, within the hour."""
    resolutions: Sequence[Resolution] = ()


_Cells = dict[tuple[Measure, int], Amount]
_Cut = tuple[ChannelId, Facet, str, TeamId | None, UserId | None]


class _Sheet:
    """Cells while they are counted: by cut first, so that one look-up finds where all of a wait's measures go."""

    def __init__(self) -> None:
        self._cuts: dict[_Cut, _Cells] = {}
        self._found: dict[object, Sequence[_Cells]] = {}

    def add(
        self, at: Place, measure: Measure, *, agent: UserId | None = None, n: int = 1, seconds: float | None = None
    ) -> None:
        key = (measure, NOTHING if seconds is None else bucket_of(seconds))
        for cells in self._of(at, agent, drawn=measure in DRAWN):
            amount = cells.get(key)
            if amount is None:
                amount = cells[key] = Amount()
            amount.n += n
            if seconds is not None:
                amount.seconds += seconds
                if seconds > amount.longest:
                    amount.longest = seconds

    def _of(self, at: Place, agent: UserId | None, *, drawn: bool) -> Sequence[_Cells]:
        known = (id(at), agent, drawn)  # a place lives as long as the facts it came with
        found = self._found.get(known)
        if found is None:
            found = self._found[known] = [
                self._cuts.setdefault((at.channel_id, facet, value, team, who), {})
                for facet, value, team, who in _cuts(at, agent, drawn=drawn)
            ]
        return found

    def cells(self) -> dict[Key, Amount]:
        return {
            Key(*cut, measure, bucket): amount
            for cut, cells in self._cuts.items()
            for (measure, bucket), amount in cells.items()
        }


def _cuts(at: Place, agent: UserId | None, *, drawn: bool) -> Iterator[tuple[Facet, str, TeamId | None, UserId | None]]:
    yield Facet.full, "", at.team_id, agent
    if drawn:
        yield Facet.brief, "", None, None
    for tag in dict.fromkeys(at.tags):
        yield Facet.tag, tag, at.team_id, None
    if at.source:
        yield Facet.source, at.source, at.team_id, None


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour."""
    return at.replace(minute=0, second=0, microsecond=0)


def cells_of(facts: HourFacts) -> Mapping[Key, Amount]:
    """Return an hour's cells. The same facts give the same cells, in whatever order they come."""
    sheet = _Sheet()
    for entries in facts.entries:
        _count(sheet, entries)
    for wait in facts.waits:
        if wait.ended_by is WaitEnd.void or wait.ended_by is WaitEnd.merged:
            continue
        if hour_of(wait.started_at) == facts.hour:
            _begin(sheet, wait)
        if wait.ended_at is not None and hour_of(wait.ended_at) == facts.hour:
            _end(sheet, wait, wait.ended_at)
    for call in facts.missed_calls:
        if hour_of(call.started_at) == facts.hour:
            sheet.add(call.at, Measure.missed)
        if call.ended_at is not None and hour_of(call.ended_at) == facts.hour:
            _called_back(sheet, call, call.ended_at)
    for resolution in facts.resolutions:
        measure = Measure.full_resolution if resolution.last else Measure.first_resolution
        sheet.add(resolution.at, measure, seconds=resolution.seconds)
    return sheet.cells()


_SORTS: Mapping[tuple[InteractionKind, Direction, AuthorKind], Measure] = {
    (InteractionKind.message, Direction.inbound, AuthorKind.contact): Measure.received,
    (InteractionKind.message, Direction.outbound, AuthorKind.agent): Measure.sent,
    (InteractionKind.message, Direction.outbound, AuthorKind.bot): Measure.sent_by_bot,
    (InteractionKind.message, Direction.outbound, AuthorKind.auto): Measure.sent_automatically,
    (InteractionKind.message, Direction.outbound, AuthorKind.campaign): Measure.sent_automatically,
    (InteractionKind.message, Direction.outbound, AuthorKind.system): Measure.sent_automatically,
    (InteractionKind.call, Direction.inbound, AuthorKind.contact): Measure.calls_received,
    (InteractionKind.call, Direction.outbound, AuthorKind.agent): Measure.calls_made,
}


def _count(sheet: _Sheet, entries: Entries) -> None:
    measure = _SORTS.get((entries.kind, entries.direction, entries.author_kind))
    if measure is None:
        return
    ours = entries.direction is Direction.outbound
    sheet.add(entries.at, measure, agent=entries.agent_id if ours else None, n=entries.count)
    if measure is Measure.sent and entries.agent_id is not None:
        sheet.add(entries.at, Measure.writing, agent=entries.agent_id, n=entries.conversations)


def _begin(sheet: _Sheet, wait: WaitFact) -> None:
    sheet.add(wait.at, Measure.began)
    if wait.reopened:
        sheet.add(wait.at, Measure.returned)
    if wait.after_reply is not None and not wait.by_call:
        sheet.add(wait.at, Measure.customer_reply, seconds=wait.after_reply)
    met = in_time(wait)
    if met is not None:
        sheet.add(wait.at, Measure.in_time if met else Measure.late, agent=wait.answered_by)


def in_time(wait: WaitFact) -> bool | None:
    """Tell whether an ended wait met its target; None without target, while it is open, or closed before it."""
    if wait.due_at is None or wait.ended_at is None:
        return None
    if wait.ended_at > wait.due_at:
        return False
    return True if wait.ended_by is WaitEnd.reply else None


def _end(sheet: _Sheet, wait: WaitFact, ended_at: datetime) -> None:
    agent, seconds = wait.answered_by, (ended_at - wait.started_at).total_seconds()
    sheet.add(wait.at, Measure.ended)
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


def _called_back(sheet: _Sheet, call: MissedCall, ended_at: datetime) -> None:
    if call.called_again:
        sheet.add(call.at, Measure.called_again)
        return
    seconds = (ended_at - call.started_at).total_seconds()
    sheet.add(call.at, Measure.callback, agent=call.answered_by, seconds=seconds)


def merged(sheets: Iterable[Mapping[Key, Amount]]) -> Mapping[Key, Amount]:
    """Return the sum of cells of several hours, as the database sums them."""
    found: dict[Key, Amount] = {}
    for sheet in sheets:
        for key, amount in sheet.items():
            into = found.setdefault(key, Amount())
            into.n += amount.n
            into.seconds += amount.seconds
            into.longest = max(into.longest, amount.longest)
    return found
