"""Makes a manager's dashboard: figures compared with the period before, by channel, team and agent, and over time."""

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hub.domain.reports.answers import (
    By,
    OpenWaits,
    Point,
    Selection,
    Sum,
    Sums,
    Value,
    backlog,
    compared,
    grouped,
    point_of,
    together,
    value_of,
)
from hub.domain.reports.cells import DRAWN, Facet, Measure
from hub.domain.reports.figures import FIGURES, Cohort, Figure
from hub.domain.reports.period import Period, Rhythm, Span, Spans, Step, spans_of
from hub.ports import Reports

DRAWN_BY_HOUR = timedelta(days=2)
DRAWN_BY_DAY = timedelta(days=100)
DRAWN_BY_WEEK = timedelta(days=400)
_CHANGES = (Measure.began, Measure.ended)
_SHOWN = (
    "received",
    "sent",
    "waits_begun",
    "first_response",
    "first_response_business",
    "reply",
    "reply_business",
    "attainment",
    "handled",
    "closed",
    "missed",
    "callback",
)
"""The figures of a group in a table of its own; the whole has all."""
_IN_SHORT = frozenset(_SHOWN) - {"first_response_business", "reply_business", "callback"}
"""Those of the dashboard's tables: what lies within opening hours is asked for with /reports/breakdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One line of a table: a channel, team, agent, tag or source."""

    id: UUID | None
    """Of the channel, team or agent; None for those without, and for tags and sources."""
    name: str
    """The tag or source; empty for the others, whose names the screens know."""
    values: tuple[Value, ...]
    open: int | None = None
    """How many wait now; None where that is not told apart."""
    oldest: datetime | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All a manager's first look needs."""

    span: Span
    before: Span | None
    zone: str
    values: tuple[Value, ...]
    open: OpenWaits
    """What is so now, whatever the period."""
    channels: tuple[Group, ...]
    teams: tuple[Group, ...]
    agents: tuple[Group, ...]
    series: Series
    heat: HeatMap
    notes: tuple[str, ...]
    """What one should know to read it, in words."""


async def dashboard(reports: Reports, period: Period, of: Selection, now: datetime, *, compare: bool) -> Dashboard:
    """Return the dashboard of a period. Raises Invalid for a selection nothing is counted by."""
    of.facet()
    before = period.before() if compare else None
    by = [By.channel, By.team, By.agent] if of.facet() is Facet.full else [By.channel, By.team]
    (values, open_now, series, heat), groups = await asyncio.gather(
        asyncio.gather(
            figures(reports, period, of, now, before=before),
            reports.open_waits(of, now),
            series_of(reports, period, of, now),
            heat_map(reports, period, of),
        ),
        asyncio.gather(*(breakdown(reports, period, of, one, keys=_IN_SHORT) for one in by)),
    )
    found: Mapping[By, Sequence[Group]] = dict(zip(by, groups, strict=True))
    return Dashboard(
        span=period.span,
        before=before.span if before else None,
        zone=period.zone,
        values=tuple(values),
        open=open_now,
        channels=tuple(found[By.channel]),
        teams=tuple(found[By.team]),
        agents=tuple(found.get(By.agent, ())),
        series=series,
        heat=heat,
        notes=tuple(notes(period, of)),
    )


def notes(period: Period, of: Selection) -> Sequence[str]:
    """Return what one should know to read figures of this period and selection, in words."""
    found = []
    if not period.whole_hours:
        found.append(
            f"{period.zone} is not a whole number of hours from UTC. Figures are kept by the hour, so days begin"
            " with the hour their midnight lies in."
        )
    if of.agent_ids:
        found.append("Figures that belong to no agent, such as messages received, are left out.")
    return found


def shown(of: Selection) -> Sequence[Figure]:
    """Return the figures a selection can be told of."""
    return [f for f in FIGURES.values() if f.cohort is not Cohort.now and (f.by_agent or not of.agent_ids)]


async def figures(
    reports: Reports, period: Period, of: Selection, now: datetime, *, before: Period | None = None
) -> Sequence[Value]:
    """Return all figures of a period, compared with the one before if that is given."""
    sums, late = await asyncio.gather(
        reports.sums(spans_of(period.span), of), reports.open_waits(of, now, within=period.span)
    )
    sheet = together(sums)
    values = [value_of(figure, sheet, still_late=late.late) for figure in shown(of)]
    if before is None:
        return values
    old, old_late = await asyncio.gather(
        reports.sums(spans_of(before.span), of), reports.open_waits(of, now, within=before.span)
    )
    sheet = together(old)
    past = [value_of(figure, sheet, still_late=old_late.late) for figure in shown(of)]
    return [compared(value, earlier) for value, earlier in zip(values, past, strict=True)]


async def breakdown(
    reports: Reports, period: Period, of: Selection, by: By, *, keys: Collection[str] = _SHOWN
) -> Sequence[Group]:
    """Return the figures by channel, team, agent, tag or source, the busiest first. Raises Invalid."""
    of.facet(by)  # refused before anything is asked: what is asked at once would be left alone by an error
    wanted = [f for f in shown(of) if f.key in keys and (by is not By.agent or f.by_agent)]
    measures = {measure for figure in wanted for measure in (*figure.measures, *figure.of)}
    sums, waiting = await asyncio.gather(
        reports.sums(spans_of(period.span), of, by=by, measures=measures), reports.open_by(of, by)
    )
    groups = dict(grouped(sums))
    if by is By.agent:
        groups.pop(None, None)  # automatic messages and what nobody has answered belong to no agent
    told = by in (By.channel, By.team, By.agent)
    found = []
    for key in {*groups, *(key for key in waiting if key is not None)}:
        sheet = groups.get(key, Sums())
        count, oldest = waiting.get(key, (0, None))
        found.append(
            Group(
                id=key if isinstance(key, UUID) else None,
                name=key if isinstance(key, str) else "",
                values=tuple(value_of(figure, sheet) for figure in wanted),
                open=count if told else None,
                oldest=oldest,
            )
        )
    return sorted(found, key=lambda group: (-sum(value.n for value in group.values), str(group.id), group.name))


def step_for(period: Period) -> Step:
    """Return how long the steps of a period's series are if nobody says."""
    length = period.span.length
    if length <= DRAWN_BY_HOUR:
        return Step.hour
    if length <= DRAWN_BY_DAY:
        return Step.day
    return Step.week if length <= DRAWN_BY_WEEK else Step.month


_REPLIES = (Measure.first_response, Measure.later_reply)
WEEK_HOURS = 168


async def series_of(reports: Reports, period: Period, of: Selection, now: datetime, step: Step | None = None) -> Series:
    """Return how figures went, with the backlog at the end of each step. Raises Invalid for too many steps."""
    step = step or step_for(period)
    steps = period.steps(step)
    since = Span(start=period.span.end, end=max(period.span.end, now))
    counts, times, changed, open_now = await asyncio.gather(
        reports.counts_over_time(_spans(steps, step), of, facet=of.drawn, measures=DRAWN - set(_REPLIES)),
        _times(reports, of, steps, step),
        reports.sums(spans_of(_whole(since)), of, measures=_CHANGES),
        reports.open_waits(of, now),
    )
    sheets = _by_step(counts, steps)
    for place, one in times:
        sheets[place].add(one)
    later = together(changed)
    changes = [(sheet.count(Measure.began), sheet.count(Measure.ended)) for sheet in sheets]
    opened = [*changes, (later.count(Measure.began), later.count(Measure.ended))]
    levels: Sequence[int | None] = [None] * len(steps) if of.agent_ids else backlog(open_now.n, opened)
    return Series(
        step=step,
        points=tuple(
            point_of(one.start, one.end, sheet, level if one.start <= now else None)
            for one, sheet, level in zip(steps, sheets, levels, strict=False)
        ),
    )


async def _times(reports: Reports, of: Selection, steps: Sequence[Span], step: Step) -> Sequence[tuple[int, Sum]]:
    """Return the durations of replies with the number of the step they ended in."""
    if step in (Step.hour, Step.day):
        length = timedelta(hours=1) if step is Step.hour else timedelta(days=1)
        runs = [(span, Rhythm(origin=span.start, length=length)) for span in _even(steps)]
    else:
        runs = [(one, Rhythm(origin=one.start, length=one.length)) for one in steps]
    starts = [one.start for one in steps]
    found = await asyncio.gather(
        *(
            reports.times_over_time(
                spans_of(span) if step in (Step.week, Step.month) else Spans(days=(), hours=(span,)),
                of,
                facet=of.drawn,
                measures=_REPLIES,
                rhythm=rhythm,
            )
            for span, rhythm in runs
        )
    )
    return [
        (bisect_right(starts, rhythm.origin + one.group * rhythm.length) - 1, one)
        for (_, rhythm), sums in zip(runs, found, strict=True)
        for one in sums
        if isinstance(one.group, int)
    ]


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


def _spans(steps: Sequence[Span], step: Step) -> Spans:
    whole = Span(start=steps[0].start, end=steps[-1].end)
    if step in (Step.hour, Step.day):
        return Spans(days=(), hours=(whole,))
    parts = [spans_of(one) for one in steps]
    return Spans(
        days=[day for part in parts for day in part.days], hours=[hour for part in parts for hour in part.hours]
    )


def _by_step(sums: Sequence[Sum], steps: Sequence[Span]) -> Sequence[Sums]:
    sheets, starts = [Sums() for _ in steps], [one.start for one in steps]
    for one in sums:
        if isinstance(one.group, datetime):
            sheets[bisect_right(starts, one.group) - 1].add(one)
    return sheets


async def heat_map(reports: Reports, period: Period, of: Selection) -> HeatMap:
    """Return the hours of the week, in the period's time zone; of a long period its last hundred days."""
    start = max(period.span.start, period.span.end - DRAWN_BY_DAY)
    shown_of = Period(span=Span(start=start, end=period.span.end), zone=period.zone)
    sheets: dict[int, Sums] = {}
    for part in shown_of.even():
        rhythm = Rhythm(origin=shown_of.monday(part), length=timedelta(hours=1), count=WEEK_HOURS)
        hours = Spans(days=(), hours=(part,))
        counts, times = await asyncio.gather(
            reports.times_over_time(hours, of, facet=of.drawn, measures=(Measure.received,), rhythm=rhythm),
            reports.times_over_time(hours, of, facet=of.drawn, measures=_REPLIES, rhythm=rhythm),
        )
        for one in (*counts, *times):
            if isinstance(one.group, int):
                sheets.setdefault(one.group, Sums()).add(one)
    cells = []
    for place, sheet in sorted(sheets.items()):
        replies = sheet.histogram(*_REPLIES)
        cells.append(
            HeatCell(
                weekday=place // 24,
                hour=place % 24,
                received=sheet.count(Measure.received),
                n=replies.n,
                p50=replies.percentile(0.5),
                p90=replies.percentile(0.9),
            )
        )
    return HeatMap(span=shown_of.span, cells=tuple(cells))
