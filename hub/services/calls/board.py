"""What a call plan knows of the world: lines, who is there, who waits. A snapshot, and the world made of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from hub.domain.callflow.groups import RingGroup
from hub.domain.callflow.plan import RingNode
from hub.domain.callflow.steps import Target, browser_identity
from hub.domain.callflow.world import LinePlan, Place
from hub.domain.channel import Channel
from hub.domain.ids import CalendarId, ChannelId, LineId, TeamId, UserId
from hub.domain.line import Line
from hub.domain.presence import (
    Colleague,
    Device,
    Presence,
    PresenceState,
    chosen_for,
    estimate,
    ordered,
    state_of,
)
from hub.domain.timetable import Timetable
from hub.domain.user import User
from hub.ports import UnitOfWork

HANDLE_OF = timedelta(days=7)
"""The stretch whose calls tell how long one takes."""


@dataclass(slots=True, kw_only=True)
class Queued:
    """A caller who waits, as this process knows it."""

    group: RingGroup
    since: datetime
    ringing_until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Board:
    """A snapshot: small, and read anew several times a second while calls come in."""

    read_at: datetime
    lines: tuple[Line, ...] = ()
    plans: Mapping[LineId, LinePlan] = field(default_factory=dict)
    """Of enabled lines, in the version new calls follow."""
    users: Mapping[UserId, User] = field(default_factory=dict)
    """Active ones."""
    presences: Mapping[UserId, Presence] = field(default_factory=dict)
    on_call: frozenset[UserId] = frozenset()
    ringing: frozenset[UserId] = frozenset()
    waiting: Mapping[tuple[ChannelId, str], Queued] = field(default_factory=dict)
    queues: Mapping[RingGroup, Sequence[datetime]] = field(default_factory=dict)
    """Since when callers wait for each group, in order."""
    timetable: Timetable = field(default_factory=Timetable)
    """The calendars of channels and teams."""
    handle: Mapping[LineId | None, float] = field(default_factory=dict)
    """Seconds a call takes an agent, by line; None is all lines."""


async def read_board(uow: UnitOfWork, now: datetime, before: Board | None, plans: Mapping[LineId, LinePlan]) -> Board:
    """Read a snapshot. Plans come in, since versions never change; figures change slowly and are kept for a while."""
    lines = tuple(await uow.lines.all())
    users = {user.id: user for user in await uow.users.all() if user.active}
    engaged = await uow.calls.engaged()
    waiting, queues = {}, defaultdict(list)
    for one in await uow.calls.waiting():  # longest wait first
        group = RingGroup.from_text(one.group)
        if group is not None:
            waiting[one.channel_id, one.external_id] = Queued(group=group, since=one.queue_at)
            queues[group].append(one.queue_at)
    handle = before.handle if before is not None and now - before.read_at < timedelta(minutes=1) else None
    if handle is None:
        figures = {line.id: await uow.calls.handle_seconds(line.id, since=now - HANDLE_OF) for line in lines}
        handle = {line_id: seconds for line_id, seconds in figures.items() if seconds is not None}
    return Board(
        read_at=now,
        lines=lines,
        plans=plans,
        users=users,
        presences=await uow.presences.all(),
        on_call=frozenset(user for user, talks in engaged.items() if talks),
        ringing=frozenset(user for user, talks in engaged.items() if not talks),
        waiting=waiting,
        queues=queues,
        timetable=(await uow.hours.plan()).timetable,
        handle=handle,
    )


@dataclass(slots=True, kw_only=True)
class Reserved:
    """What this process has begun and no snapshot shows yet."""

    agents: dict[UserId, tuple[str, datetime]] = field(default_factory=dict)
    """Agents being rung: by which call, and until when."""
    rung_at: dict[UserId, datetime] = field(default_factory=dict)
    queue: dict[tuple[ChannelId, str], Queued] = field(default_factory=dict)


class BoardWorld:
    """Implements hub.domain.callflow.machine.World for one call."""

    def __init__(
        self,
        *,
        board: Board,
        reserved: Reserved,
        channel: Channel,
        channels: Callable[[ChannelId], Channel | None],
        line: Line | None,
        call: str,
        now: datetime,
        browser: bool,
    ) -> None:
        """`channel` is the call's own; `channels` finds those of other lines."""
        self._board = board
        self._reserved = reserved
        self._channel = channel
        self._channels = channels
        self._line = line
        self._call = call
        self._now = now
        self._browser = browser
        self._groups: dict[RingGroup, list[Colleague]] = {}
        self._everybody: list[Colleague] | None = None

    @property
    def now(self) -> datetime:
        """The time, UTC."""
        return self._now

    def is_open(self, calendar: UUID | None) -> bool:
        """Ask the calendars; one that is gone keeps nobody out."""
        timetable = self._board.timetable
        if calendar is not None:
            own = timetable.calendars.get(CalendarId(calendar))
            return own is None or own.version_at(self._now).hours.is_open(self._now)
        chosen = timetable.at(self._now, channel_id=self._home.id, team_id=self._team)
        return chosen.hours.is_open(self._now)

    def free(self, node: RingNode, owner: UserId | None) -> tuple[tuple[Target, ...], ...]:
        """Return the devices of who can be rung, in order."""
        found = ordered(self._members(self._group(node)), node.strategy, sticky=owner)
        targets = (tuple(self._targets(c.presence)) for c in found)
        return tuple(devices for devices in targets if devices)

    def staffed(self, node: RingNode) -> bool:
        """Tell whether anybody is at work."""
        return any(
            c.state is not PresenceState.away and self._targets(c.presence) for c in self._members(self._group(node))
        )

    def place(self, node: RingNode, since: datetime) -> Place:
        """Return the place among the callers for the same agents; whose agent is being rung is not in the way."""
        own = self._members(self._group(node))
        mine = {c.presence.user_id for c in own}
        free = {c.presence.user_id for c in own if c.state is PresenceState.available}
        ahead = rivals = 0
        for group, count in self._before(since).items():
            theirs = {c.presence.user_id for c in self._members(group)}
            ahead += count if theirs & mine else 0
            rivals += count if theirs & free else 0
        agents = sum(c.state is not PresenceState.away for c in own)
        seconds = self._board.handle.get(self._line.id if self._line else None)
        return Place(ahead=ahead, rivals=rivals, seconds=estimate(ahead, agents, seconds))

    def _before(self, since: datetime) -> Mapping[RingGroup, int]:
        """Count who waits since earlier, by whom they wait for."""
        known, begun, own = self._board.waiting, self._reserved.queue, (self._channel.id, self._call)
        counts = {group: bisect_left(times, since) for group, times in self._board.queues.items()}
        # What this process knows better than the snapshot: who waits since then, and whose agent is being rung.
        for key in {*begun, own}:
            if (shown := known.get(key)) is not None and shown.since < since:
                counts[shown.group] -= 1
        for key, queued in begun.items():
            rung = queued.ringing_until is not None and queued.ringing_until > self._now
            if queued.since < since and key != own and not rung:
                counts[queued.group] = counts.get(queued.group, 0) + 1
        return counts

    def group(self, node: RingNode) -> str:
        """Return for whom a caller waits here."""
        return self._group(node).text()

    def line(self, line_id: LineId) -> LinePlan | None:
        """Return another line's plan."""
        return self._board.plans.get(line_id)

    def seen_from(self, line_id: LineId) -> "BoardWorld":
        """Return the same for callers who were sent to another line."""
        return BoardWorld(
            board=self._board,
            reserved=self._reserved,
            channel=self._channel,
            channels=self._channels,
            line=next((line for line in self._board.lines if line.id == line_id), None),
            call=self._call,
            now=self._now,
            browser=self._browser,
        )

    @property
    def _home(self) -> Channel:
        """The channel of the line; a call's own where it has none."""
        return (self._channels(self._line.channel_id) if self._line else None) or self._channel

    @property
    def _team(self) -> TeamId | None:
        return (self._line.team_id if self._line else None) or self._home.team_id

    def _group(self, node: RingNode) -> RingGroup:
        return RingGroup.of(node, self._team)

    def _members(self, group: RingGroup) -> list[Colleague]:
        if group not in self._groups:
            if self._everybody is None:
                others = self._board.ringing - self._reserved.agents.keys()
                self._everybody = [self._colleague(user, others) for user in self._board.users.values()]
            found = chosen_for(self._everybody, team=group.team, agents=group.agents, skills=group.skills)
            self._groups[group] = list(found)
        return self._groups[group]

    def _colleague(self, user: User, others: frozenset[UserId]) -> Colleague:
        """Return an agent as they stand; `others` ring by another process's word: of its own this one knows better."""
        kept = self._board.presences.get(user.id) or Presence(user_id=user.id, since=self._now, idle_since=self._now)
        reserved = self._reserved.agents.get(user.id)
        taken = reserved is not None and reserved[0] != self._call and reserved[1] > self._now
        rung_at = self._reserved.rung_at.get(user.id)
        if rung_at is not None and (kept.rung_at is None or rung_at > kept.rung_at):
            kept = replace(kept, rung_at=rung_at)
        state = state_of(kept, self._now, on_call=user.id in self._board.on_call, ringing=taken or user.id in others)
        return Colleague(presence=kept, team_ids=user.team_ids, state=state)

    def _targets(self, presence: Presence) -> list[Target]:
        return [found for device in presence.devices if (found := self._target(presence.user_id, device))]

    def _target(self, user_id: UserId, device: Device) -> Target | None:
        if device.kind == "browser":
            address = browser_identity(user_id)
            return Target(kind="browser", address=address, user_id=user_id) if self._browser else None
        return Target(kind=device.kind, address=device.address, user_id=user_id) if device.address else None
