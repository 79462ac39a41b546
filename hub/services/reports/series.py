"""Draws figures over time: step by step with the backlog, and by the hours of the week."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.reports.answers import By, Point, Selection, Sums, backlog, point_of
from hub.domain.reports.drawn import DrawnHour, Tally
from hub.domain.reports.happened import hour_of
from hub.domain.reports.measures import DRAWN, Measure
from hub.domain.reports.period import Period, Span, Step, week_hour_of
from hub.ports import Reports

DRAWN_BY_HOUR = timedelta(days=2)
DRAWN_BY_DAY = timedelta(days=100)
DRAWN_BY_WEEK = timedelta(days=400)
GENTLY = 100
"""Hours added up at one go: a few ms, after which others get their turn."""
_CHANGES = (Measure.began, Measure.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One hour of the week, in the asker's time zone."""

    weekday: int
    """0 is Monday."""
    hour: int
    received: int
    n: int
    """Replies."""
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """The hours of the week, of a period or of its last hundred days."""

    span: Span
    cells: tuple[HeatCell, ...]
    """Only hours in which somebody wrote or was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How figures went, step by step."""

    step: Step
    points: tuple[Point, ...]


def step_for(period: Period) -> Step:
    """Return how long the steps of a period's series are if nobody says."""
    length = period.span.length
    if length <= DRAWN_BY_HOUR:
        return Step.hour
    if length <= DRAWN_BY_DAY:
        return Step.day
    return Step.week if length <= DRAWN_BY_WEEK else Step.month


async def drawn_hours(reports: Reports, period: Period, of: Selection) -> Sequence[DrawnHour]:
    """Return the hours of a period, of a long one those of its last hundred days."""
    return await reports.drawn(_lately(period), of)


def _lately(period: Period) -> Span:
    return Span(start=max(period.span.start, period.span.end - DRAWN_BY_DAY), end=period.span.end)


async def series_of(
    reports: Reports,
    period: Period,
    of: Selection,
    now: datetime,
    step: Step | None = None,
    *,
    hours: Sequence[DrawnHour] | None = None,
) -> Series:
    """Return how figures went, with the backlog at the end of each step; `hours` are the period's, if they are known.

    Raises Invalid for too many steps.
    """
    step = step or step_for(period)
    steps = period.steps(step)
    # The hour that runs is counted a little later than it happens: the past is told from where it ended.
    done = [one for one in steps if one.end <= hour_of(now)]
    told = Span(start=done[-1].end, end=hour_of(now)) if done else Span(start=now, end=now)
    tallies, changed, open_then, open_now = await asyncio.gather(
        _by_step(reports, period, of, steps, step, hours),
        reports.sums(told, of, [By.nothing], measures=_CHANGES),
        reports.open_at(of, told.end),
        reports.open_waits(of, now),
    )
    later = changed[By.nothing].get(None, Sums())
    opened = [(tally.count(Measure.began), tally.count(Measure.ended)) for tally in tallies[: len(done)]]
    opened.append((later.count(Measure.began), later.count(Measure.ended)))
    running = [open_now.n if one.start <= now else None for one in steps[len(done) :]]
    levels = [*backlog(open_then, opened)[:-1], *running]
    return Series(
        step=step,
        points=tuple(
            point_of(one.start, one.end, tally, None if of.agent_ids else level)
            for one, tally, level in zip(steps, tallies, levels, strict=True)
        ),
    )


async def _by_step(
    reports: Reports,
    period: Period,
    of: Selection,
    steps: Sequence[Span],
    step: Step,
    hours: Sequence[DrawnHour] | None,
) -> Sequence[Tally]:
    if step in (Step.week, Step.month):  # of whole days, whose sums are fewer than their hours
        found = await asyncio.gather(*(reports.sums(one, of, [By.nothing], measures=DRAWN) for one in steps))
        hours = [sums[By.nothing].get(None, Sums()).drawn(one.start) for one, sums in zip(steps, found, strict=True)]
    elif hours is None or _lately(period) != period.span:
        hours = await reports.drawn(period.span, of)
    starts, tallies = [one.start for one in steps], [Tally() for _ in steps]
    async for hour in _gently(hours):
        tallies[bisect_right(starts, hour.start) - 1].add(hour)
    return tallies


async def _gently(hours: Sequence[DrawnHour]) -> AsyncIterator[DrawnHour]:
    for place, hour in enumerate(hours):
        if place % GENTLY == GENTLY - 1:
            await asyncio.sleep(0)
        yield hour


async def heat_map(period: Period, hours: Sequence[DrawnHour]) -> HeatMap:
    """Return the hours of the week, in the period's time zone, of its `drawn_hours`."""
    tallies: dict[tuple[int, int], Tally] = {}
    async for hour in _gently(hours):
        tallies.setdefault(week_hour_of(hour.start, period.local), Tally()).add(hour)
    cells = (_heat(*place, tallies[place]) for place in sorted(tallies))
    return HeatMap(span=_lately(period), cells=tuple(cell for cell in cells if cell.received or cell.n))


def _heat(weekday: int, hour: int, tally: Tally) -> HeatCell:
    replies = tally.replies()
    return HeatCell(
        weekday=weekday,
        hour=hour,
        received=tally.count(Measure.received),
        n=replies.n,
        p50=replies.percentile(0.5),
        p90=replies.percentile(0.9),
    )
