"""Makes a manager's dashboard: figures compared with the period before, by channel, team and agent, and over time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.domain.reports.answers import By, OpenWaits, Selection, Value, compared
from hub.domain.reports.cells import Facet
from hub.domain.reports.period import Period, Span
from hub.ports import Reports
from hub.services.reports.groups import IN_SHORT, Group, figures, figures_by, groups, measures_of, values
from hub.services.reports.series import HeatMap, Series, drawn_hours, heat_map, series_of
from hub.services.reports.words import Words, words_of


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


async def dashboard(
    reports: Reports, period: Period, of: Selection, now: datetime, *, compare: bool, language: str = "en"
) -> Dashboard:
    """Return the dashboard of a period, its notes in a language. Raises Invalid for what nothing is counted by."""
    by = [By.team, By.agent] if of.facet() is Facet.full else [By.team]
    short = measures_of([figure for one in by for figure in figures_by(of, one, IN_SHORT)])
    before = period.before() if compare else None
    # What is read at once is cut in as many ways as can be: cells are read once.
    (whole, parts, past), (series, heat), open_now, waiting, late = await asyncio.gather(
        asyncio.gather(
            reports.sums(period.span, of, [By.nothing, By.channel]),
            reports.sums(period.span, of, by, measures=short),
            _past(reports, before, of, now),
        ),
        _drawn(reports, period, of, now),
        reports.open_waits(of, now),
        reports.open_by(of, (By.channel, *by)),
        reports.still_late(period.span, of, (By.nothing, By.channel, *by), now),
    )
    found = values(of, whole[By.nothing], late[By.nothing])
    if past is not None:
        found = [compared(value, earlier) for value, earlier in zip(found, past, strict=True)]
    tables = {
        one: groups({**whole, **parts}[one], waiting[one], late[one], of, one, keys=IN_SHORT)
        for one in (By.channel, *by)
    }
    return Dashboard(
        span=period.span,
        before=before.span if before else None,
        zone=period.zone,
        values=tuple(found),
        open=open_now,
        channels=tuple(tables[By.channel]),
        teams=tuple(tables[By.team]),
        agents=tuple(tables.get(By.agent, ())),
        series=series,
        heat=heat,
        notes=tuple(notes(period, of, words_of(language))),
    )


async def _drawn(reports: Reports, period: Period, of: Selection, now: datetime) -> tuple[Series, HeatMap]:
    hours = await drawn_hours(reports, period, of)
    return await series_of(reports, period, of, now, hours=hours), await heat_map(period, hours)


async def _past(reports: Reports, before: Period | None, of: Selection, now: datetime) -> Sequence[Value] | None:
    return None if before is None else await figures(reports, before, of, now)


def notes(period: Period, of: Selection, words: Words) -> Sequence[str]:
    """Return what one should know to read figures of this period and selection, in words."""
    found = []
    if not period.whole_hours:
        found.append(words.say("file.notes.zone", zone=period.zone))
    if of.agent_ids:
        found.append(words.say("file.notes.agents"))
    return found
