"""What hangs on the wall: who waits now, who is there, the calls in the queue, and how today goes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.domain.call import Call
from hub.domain.ids import LineId, UserId
from hub.domain.presence import Presence, PresenceState, state_of
from hub.domain.reports.answers import By, OpenWaits, Selection, Value
from hub.domain.reports.period import Named, period_named
from hub.ports import Storage
from hub.services.reports import groups

_TODAY = (
    *("received", "sent", "first_response", "reply", "attainment", "service_level", "service_level_messages"),
    *("handled", "missed", "callback"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAt:
    """How many wait at one channel or team."""

    id: UUID | None
    """None for conversations of no team."""
    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentNow:
    """What one agent does now."""

    user_id: UserId
    name: str
    state: PresenceState
    open: int
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNow:
    """One line's queue of calls."""

    line_id: LineId | None
    calls: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallboard:
    """All a wallboard shows."""

    at: datetime
    open: OpenWaits
    channels: tuple[WaitingAt, ...]
    teams: tuple[WaitingAt, ...]
    agents: tuple[AgentNow, ...]
    queues: tuple[QueueNow, ...]
    calls: int
    """Calls in progress, those in queues among them."""
    today: tuple[Value, ...]


async def wallboard(storage: Storage, of: Selection, now: datetime, zone: str) -> Wallboard:
    """Return the wallboard of a selection (channels or teams); its day is that of the zone. Raises Invalid."""
    reports, today = storage.reports, period_named(Named.today, now, zone)
    open_now, waits, loads, values = await asyncio.gather(
        reports.open_waits(of, now),
        reports.open_by(of, [By.channel, By.team]),
        reports.agent_loads(),
        groups.figures(reports, today, of, now),
    )
    async with storage.read() as uow:
        users = [user for user in await uow.users.all() if user.active]
        presences, live = await uow.presences.all(), await uow.calls.live()
        waiting = await uow.calls.waiting()
    here = {user.id for user in users if not of.team_ids or set(of.team_ids) & set(user.team_ids)}
    queues: dict[LineId | None, list[datetime]] = {}
    for caller in waiting:
        queues.setdefault(caller.line_id, []).append(caller.queue_at)
    states = _states(presences, live, now)
    return Wallboard(
        at=now,
        open=open_now,
        channels=_waiting(waits[By.channel]),
        teams=_waiting(waits[By.team]),
        agents=tuple(
            AgentNow(
                user_id=load.user_id,
                name=load.name,
                state=states.get(load.user_id, PresenceState.away),
                open=load.open,
                waiting=load.waiting,
                oldest=load.oldest,
            )
            for load in loads
            if load.user_id in here
        ),
        queues=tuple(QueueNow(line_id=line, calls=len(since), oldest=min(since)) for line, since in queues.items()),
        calls=len(live),
        today=tuple(value for value in values if value.figure in _TODAY),
    )


def _waiting(found: Mapping[object, tuple[int, datetime]]) -> tuple[WaitingAt, ...]:
    made = [
        WaitingAt(id=key if isinstance(key, UUID) else None, waiting=n, oldest=oldest)
        for key, (n, oldest) in found.items()
    ]
    return tuple(sorted(made, key=lambda one: one.oldest))


def _states(
    presences: Mapping[UserId, Presence], live: Sequence[Call], now: datetime
) -> Mapping[UserId, PresenceState]:
    legs = [leg for call in live for leg in call.legs if leg.user_id is not None and leg.ended_at is None]
    speaking = {leg.user_id for leg in legs if leg.joined_at is not None and leg.left_at is None}
    ringing = {leg.user_id for leg in legs} - speaking
    return {
        key: state_of(presences.get(key), now, on_call=key in speaking, ringing=key in ringing)
        for key in {*presences, *(leg.user_id for leg in legs if leg.user_id is not None)}
    }
