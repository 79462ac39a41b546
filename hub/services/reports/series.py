"""Draws figures over time: step by step with the backlog, and by the hours of the week."""

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.reports.answers import By, Point, Selection, Sums, backlog, point_of
from hub.domain.reports.measures import DRAWN, Measure
from hub.domain.reports.period import Period, Rhythm, Span, Step
from hub.ports import Reports

DRAWN_BY_HOUR = timedelta(days=2)
DRAWN_BY_DAY = timedelta(days=100)
DRAWN_BY_WEEK = timedelta(days=400)
WEEK_HOURS = 168
_CHANGES = (Measure.began, Measure.ended)
_REPLIES = (Measure.first_response, Measure.later_reply)
_HEAT = (Measure.received, *_REPLIES)


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
    """Only hours in which anything happened."""


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


async def series_of(reports: Reports, period: Period, of: Selection, now: datetime, step: Step | None = None) -> Series:
    """Return how figures went, with the backlog at the end of each step. Raises Invalid for too many steps."""
    step = step or step_for(period)
    steps = period.steps(step)
    since = Span(start=period.span.end, end=max(period.span.end, now))
    sheets, changed, open_now = await asyncio.gather(
        _by_step(reports, of, steps, step),
        reports.sums(_whole(since), of, [By.nothing], measures=_CHANGES),
        reports.open_waits(of, now),
    )
    later = changed[By.nothing].get(None, Sums())
    opened = [(sheet.count(Measure.began), sheet.count(Measure.ended)) for sheet in (*sheets, later)]
    levels: Sequence[int | None] = [None] * len(steps) if of.agent_ids else backlog(open_now.n, opened)
    return Series(
        step=step,
        points=tuple(
            point_of(one.start, one.end, sheet, level if one.start <= now else None)
            for one, sheet, level in zip(steps, sheets, levels, strict=False)
        ),
    )


async def _by_step(reports: Reports, of: Selection, steps: Sequence[Span], step: Step) -> Sequence[Sums]:
    by_day = step in (Step.week, Step.month)
    length = timedelta(hours=1) if step is Step.hour else timedelta(days=1)
    runs = [
        (span, Rhythm(origin=span.start, length=span.length if by_day else length))
        for span in (steps if by_day else _even(steps))
    ]
    found = await asyncio.gather(
        *(reports.over_time(span, of, rhythm, measures=DRAWN, by_day=by_day) for span, rhythm in runs)
    )
    starts, sheets = [one.start for one in steps], [Sums() for _ in steps]
    for (_, rhythm), beats in zip(runs, found, strict=True):
        for beat, sums in beats.items():
            sheets[bisect_right(starts, rhythm.origin + beat * rhythm.length) - 1] = sums
    return sheets


def _even(steps: Sequence[Span]) -> Sequence[Span]:
    """Return runs of steps of equal length; the first, the last and those with a change of the clock stand alone."""
    found: list[Span] = []
    for one in steps:
        last = found[-1] if found else None
        usual = one.length in (timedelta(hours=1), timedelta(days=1))
        if last is not None and usual and (last.length % one.length == timedelta()) and last.end == one.start:
            found[-1] = Span(start=last.start, end=one.end)
        else:
            found.append(one)
    return found


def _whole(span: Span) -> Span:
    end = span.end.replace(minute=0, second=0, microsecond=0)
    return span if end == span.end else Span(start=span.start, end=end + timedelta(hours=1))


async def heat_map(reports: Reports, period: Period, of: Selection) -> HeatMap:
    """Return the hours of the week, in the period's time zone; of a long period its last hundred days."""
    start = max(period.span.start, period.span.end - DRAWN_BY_DAY)
    drawn = Period(span=Span(start=start, end=period.span.end), zone=period.zone)
    sheets: dict[int, Sums] = {}
    for part in drawn.even():
        rhythm = Rhythm(origin=drawn.monday(part), length=timedelta(hours=1), count=WEEK_HOURS)
        for place, sums in (await reports.over_time(part, of, rhythm, measures=_HEAT)).items():
            if place in sheets:
                sheets[place].take(sums)
            else:
                sheets[place] = sums
    return HeatMap(span=drawn.span, cells=tuple(_heat(place, sheet) for place, sheet in sorted(sheets.items())))


def _heat(place: int, sheet: Sums) -> HeatCell:
    replies = sheet.histogram(*_REPLIES)
    return HeatCell(
        weekday=place // 24,
        hour=place % 24,
        received=sheet.count(Measure.received),
        n=replies.n,
        p50=replies.percentile(0.5),
        p90=replies.percentile(0.9),
    )
