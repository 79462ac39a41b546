"""What hangs on the wall: who waits now, who is there, the calls in the queue, and how today goes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.domain.call import Call, Leg
from hub.domain.call_views import CallFilter, CallRow
from hub.domain.ids import ConversationId, LineId, UserId
from hub.domain.presence import Presence, PresenceState, state_of
from hub.domain.reports.answers import By, OpenWaits, Selection, Value
from hub.domain.reports.period import Named, period_named
from hub.ports import Storage
from hub.services.reports import groups

_TODAY = (
    *("received", "sent", "first_response", "reply", "attainment", "service_level", "service_level_messages"),
    *("handled", "missed", "callback"),
)

_PAGE = 500


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
    since: datetime | None
    """Since when, as far as it is known: who never chose to be available never chose to be away either."""
    reason: str
    """Why they are away, in their own words."""
    conversation_id: ConversationId | None
    """Of the call they are on, or that rings at them."""
    open: int
    """Conversations that are theirs and not resolved."""
    waiting: int
    """Those of them whose customer waits."""
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
    here = {user.id for user in users if not of.team_ids or set(of.team_ids) & set(user.team_ids or (None,))}
    calls = {call.id for call in live if _asked(call, of)}
    queues: dict[LineId | None, list[datetime]] = {}
    for caller in waiting:
        if caller.call_id in calls:
            queues.setdefault(caller.line_id, []).append(caller.queue_at)
    standing = _standing(presences, live, now)
    return Wallboard(
        at=now,
        open=open_now,
        channels=_waiting(waits[By.channel]),
        teams=_waiting(waits[By.team]),
        agents=tuple(
            AgentNow(
                user_id=load.user_id,
                name=load.name,
                state=standing.get(load.user_id, _UNKNOWN).state,
                since=standing.get(load.user_id, _UNKNOWN).since,
                reason=standing.get(load.user_id, _UNKNOWN).reason,
                conversation_id=standing.get(load.user_id, _UNKNOWN).conversation_id,
                open=load.open,
                waiting=load.waiting,
                oldest=load.oldest,
            )
            for load in loads
            if load.user_id in here
        ),
        queues=tuple(QueueNow(line_id=line, calls=len(since), oldest=min(since)) for line, since in queues.items()),
        calls=len(calls),
        today=tuple(value for value in values if value.figure in _TODAY),
    )


async def callers(storage: Storage, of: Selection) -> Sequence[CallRow]:
    """Return the calls in the queues of a selection, the longest wait first: as many as its wallboard counts."""
    async with storage.read() as uow:
        places = {caller.call_id: place for place, caller in enumerate(await uow.calls.waiting())}
        rows: list[CallRow] = []
        cursor, more = None, bool(places)
        while more:
            page = await uow.calls.list(CallFilter(live=True), cursor=cursor, limit=_PAGE)
            rows += [row for row in page.items if row.call.id in places and _asked(row.call, of)]
            cursor, more = page.next, page.next is not None
    return sorted(rows, key=lambda row: places[row.call.id])


def _asked(call: Call, of: Selection) -> bool:
    """Tell whether a call belongs to the channels and teams that are asked for."""
    return (not of.channel_ids or call.channel_id in of.channel_ids) and (
        not of.team_ids or call.team_id in of.team_ids
    )


def _waiting(found: Mapping[object, tuple[int, datetime]]) -> tuple[WaitingAt, ...]:
    made = [
        WaitingAt(id=key if isinstance(key, UUID) else None, waiting=n, oldest=oldest)
        for key, (n, oldest) in found.items()
    ]
    return tuple(sorted(made, key=lambda one: one.oldest))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    state: PresenceState
    since: datetime | None = None
    reason: str = ""
    conversation_id: ConversationId | None = None


_UNKNOWN = _Standing(state=PresenceState.away)


def _standing(presences: Mapping[UserId, Presence], live: Sequence[Call], now: datetime) -> Mapping[UserId, _Standing]:
    speaking: dict[UserId, tuple[Call, Leg]] = {}
    ringing: dict[UserId, tuple[Call, Leg]] = {}
    for call in live:
        for leg in call.legs:
            if leg.user_id is not None and leg.ended_at is None:
                speaks = leg.joined_at is not None and leg.left_at is None
                (speaking if speaks else ringing)[leg.user_id] = (call, leg)
    found = {}
    for key in {*presences, *speaking, *ringing}:
        presence = presences.get(key)
        state = state_of(presence, now, on_call=key in speaking, ringing=key in ringing)
        if state is PresenceState.busy:
            call, leg = speaking[key]
            found[key] = _Standing(state=state, since=leg.joined_at, conversation_id=call.conversation_id)
        elif state is PresenceState.ringing:
            call, leg = ringing[key]
            found[key] = _Standing(state=state, since=leg.began_at, conversation_id=call.conversation_id)
        elif presence is not None:
            since = presence.idle_since if state is PresenceState.wrap_up else presence.since
            reason = presence.reason if state is PresenceState.away else ""
            found[key] = _Standing(state=state, since=since, reason=reason)
        else:
            found[key] = _UNKNOWN
    return found
