"""Who can be rung: what an agent chose, what their calls make of it, and in which order agents are tried. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from hub.domain.ids import TeamId, UserId

STALE_AFTER = timedelta(hours=16)
"""Who chose "available" longer ago than this and has done nothing since has left without saying so."""


class Chosen(StrEnum):
    """What an agent chose."""

    available = "available"
    away = "away"
    """Not rung; `reason` says why (lunch, training)."""


class PresenceState(StrEnum):
    """How an agent stands, as colleagues see it."""

    available = "available"
    ringing = "ringing"
    busy = "busy"
    """On a call."""
    wrap_up = "wrap_up"
    """Finishing up after a call; rung again by themselves when the line's time is over."""
    away = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One way to ring an agent, in the order of preference."""

    kind: Literal["browser", "number", "endpoint"]
    address: str = ""
    """A number in E.164, or the PBX's own endpoint; empty for the browser phone."""


BROWSER = Device(kind="browser")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What is kept of an agent's presence. `busy` is not kept: it follows from the live calls."""

    user_id: UserId
    chosen: Chosen = Chosen.away
    reason: str = ""
    since: datetime
    wrap_up_until: datetime | None = None
    idle_since: datetime
    """End of their last call, or when they became available: the longest idle is rung first."""
    rung_at: datetime | None = None
    """When they were last rung: round robin rings who was rung longest ago."""
    devices: tuple[Device, ...] = (BROWSER,)
    skills: tuple[str, ...] = ()


def state_of(
    presence: Presence | None, now: datetime, *, on_call: bool = False, ringing: bool = False
) -> PresenceState:
    """Return how an agent stands. Somebody on a call is busy whatever they chose."""
    if on_call:
        return PresenceState.busy
    if presence is None or presence.chosen is Chosen.away:
        return PresenceState.away
    if ringing:
        return PresenceState.ringing
    if presence.wrap_up_until is not None and presence.wrap_up_until > now:
        return PresenceState.wrap_up
    return PresenceState.available


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An agent as routing sees them."""

    presence: Presence
    team_ids: tuple[TeamId, ...]
    state: PresenceState


def chosen_for(
    colleagues: Iterable[Colleague],
    *,
    team: TeamId | None,
    agents: Collection[UserId],
    skills: Collection[str],
) -> Sequence[Colleague]:
    """Return who belongs to a ring group, whatever they do now."""
    return [
        c
        for c in colleagues
        if ((team is None and not agents) or c.presence.user_id in agents or (team is not None and team in c.team_ids))
        and set(skills) <= set(c.presence.skills)
    ]


def ordered(colleagues: Sequence[Colleague], strategy: str, *, sticky: UserId | None = None) -> Sequence[Colleague]:
    """Return those who can be rung now, in the order of a strategy."""
    free = [c for c in colleagues if c.state is PresenceState.available]
    match strategy:
        case "round_robin":
            return sorted(free, key=_by_turn)
        case "sticky":
            return sorted(
                free,
                key=lambda c: (c.presence.user_id != sticky, c.presence.idle_since, c.presence.user_id),
            )
        case _:
            return sorted(free, key=lambda c: (c.presence.idle_since, c.presence.user_id))


def _by_turn(colleague: Colleague) -> tuple[float, UserId]:
    rung_at = colleague.presence.rung_at
    return (rung_at.timestamp() if rung_at else 0.0, colleague.presence.user_id)


def estimate(ahead: int, agents: int, handle_seconds: float | None) -> float | None:
    """Return the seconds a caller has still to wait: those ahead and themselves shared among the agents at work.

    `handle_seconds` is how long a call takes an agent, wrap-up included; None where nothing is known yet.
    """
    if handle_seconds is None or agents <= 0:
        return None
    return handle_seconds * (ahead + 1) / agents


def merged(presences: Mapping[UserId, Presence], user_id: UserId, now: datetime) -> Presence:
    """Return somebody's presence; who never chose one is away."""
    found = presences.get(user_id)
    return found if found is not None else Presence(user_id=user_id, since=now, idle_since=now)
