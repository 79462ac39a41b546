"""How much each agent had to do: what they handled step by step, and how many conversations at once."""

import asyncio
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.ids import UserId
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.lists import AgentLoad
from hub.domain.reports.measures import Measure
from hub.domain.reports.period import Period, Span, Step
from hub.ports import Reports
from hub.services.reports.series import step_for

LOOKED_AT = timedelta(days=35)
"""Hours are told apart, so a long period is drawn from its last days only."""
Hours = Mapping[datetime, Mapping[Measure, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPoint:
    """One step of an agent's work."""

    start: datetime
    end: datetime
    handled: int
    at_once: int
    """In how many conversations they wrote within the busiest hour of the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWork:
    """One agent's work."""

    user_id: UserId
    handled: int
    """Conversations handled: episodes in which they gave a first reply."""
    hours: int
    """In how many hours they wrote to customers."""
    per_hour: float | None
    """Handled per such hour; None without one."""
    at_once: float | None
    """In how many conversations they wrote within one of these hours, on average."""
    most: int
    """The same of the busiest hour."""
    most_at: datetime | None
    """When that hour began; the last of several."""
    load: AgentLoad | None
    """What they have on the table now; None for who works here no more."""
    points: tuple[WorkPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Who had how much to do."""

    span: Span
    step: Step
    zone: str
    agents: tuple[AgentWork, ...]
    """Who handled the most first."""


async def workload(reports: Reports, period: Period, of: Selection) -> Workload:
    """Return the work of a period, of a long one its last 35 days. Raises Invalid for a tag or a source."""
    of.facet(By.agent)
    start = max(period.span.start, period.span.end - LOOKED_AT)
    drawn = Period(span=Span(start=start, end=period.span.end), zone=period.zone)
    step = step_for(drawn)
    steps = drawn.steps(step)
    found, loads = await asyncio.gather(reports.work(drawn.span, of), reports.agent_loads())
    now = {load.user_id: load for load in loads}
    agents = [_work(user_id, hours, steps, now.get(user_id)) for user_id, hours in found.items()]
    ordered = sorted(agents, key=lambda one: (-one.handled, -one.hours, str(one.user_id)))
    return Workload(span=drawn.span, step=step, zone=period.zone, agents=tuple(ordered))


def _work(user_id: UserId, hours: Hours, steps: Sequence[Span], load: AgentLoad | None) -> AgentWork:
    writing = {hour: n for hour, counts in sorted(hours.items()) if (n := counts.get(Measure.writing, 0))}
    handled = sum(counts.get(Measure.handled, 0) for counts in hours.values())
    most = max(writing.values(), default=0)
    return AgentWork(
        user_id=user_id,
        handled=handled,
        hours=len(writing),
        per_hour=handled / len(writing) if writing else None,
        at_once=sum(writing.values()) / len(writing) if writing else None,
        most=most,
        most_at=max((hour for hour, n in writing.items() if n == most), default=None),
        load=load,
        points=_points(hours, steps),
    )


def _points(hours: Hours, steps: Sequence[Span]) -> tuple[WorkPoint, ...]:
    starts = [one.start for one in steps]
    handled, at_once = [0] * len(steps), [0] * len(steps)
    for hour, counts in hours.items():
        place = bisect_right(starts, hour) - 1
        handled[place] += counts.get(Measure.handled, 0)
        at_once[place] = max(at_once[place], counts.get(Measure.writing, 0))
    return tuple(
        WorkPoint(start=one.start, end=one.end, handled=done, at_once=most)
        for one, done, most in zip(steps, handled, at_once, strict=True)
    )
