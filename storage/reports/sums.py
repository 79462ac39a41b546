"""Adds up cells: whole UTC days from their sums, the rest from the cells of hours."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from hub.domain.reports.answers import By, Selection, Sums
from hub.domain.reports.cells import Cut, Facet
from hub.domain.reports.drawn import DrawnHour
from hub.domain.reports.happened import DAY
from hub.domain.reports.measures import BUCKETS, DRAWN, FIRST_CODE, REPLIES, Measure
from hub.domain.reports.period import Span, Spans, spans_of
from storage import tables
from storage.engine import Database, chunked
from storage.reports.cuts import NOBODY, Cuts
from storage.session import Session
from storage.types import load_json

_TOGETHER = 100
"""Stretches read by one statement; SQLite takes no more than 500."""
GENTLY = 100
"""Hours told at one go: a few ms, after which others get their turn."""

hours, days, marks, cuts = tables.report_hours, tables.report_days, tables.report_marks, tables.report_cuts


class SumQueries:
    """The cells' sums."""

    def __init__(self, database: Database, cuts: Cuts) -> None:
        self._database = database
        self._cuts = cuts

    async def sums(
        self, span: Span, selection: Selection, by: Collection[By], *, measures: Collection[Measure] = ()
    ) -> Mapping[By, Mapping[object, Sums]]:
        found: dict[By, dict[object, Sums]] = {one: {} for one in by}
        async with self._database.read() as session:
            spans = await _spans(session, span)
            asked = [
                *_asked(hours, spans.hours, {one: _of_hours(selection, one, measures) for one in by}),
                *_asked(days, spans.days, {one: _of_days(selection, one) for one in by}),
            ]
            for table, parts, facet, ways in asked:
                rows = await _added(session, table, parts, _where(table, facet, selection, measures))
                known = await self._cuts.of(session, {row[0] for row in rows})
                _add(rows, known, {way: found[way] for way in ways})
        return found

    async def drawn(self, span: Span, selection: Selection) -> Sequence[DrawnHour]:
        facet = _of_hours(selection, By.nothing, DRAWN)
        async with self._database.read() as session:
            rows = await session.rows(
                _drawn(session).where(
                    *_where(hours, facet, selection, () if facet is Facet.brief else DRAWN),
                    hours.c.start >= span.start,
                    hours.c.start < span.end,
                )
            )
        found = []
        for place, (start, codes, counts, longest) in enumerate(rows):
            if place % GENTLY == GENTLY - 1:
                await asyncio.sleep(0)
            lists = (codes, counts) if session.postgres else (load_json(codes), load_json(counts))
            found.append(DrawnHour(start, *lists, longest))
        return found


async def _spans(session: Session, span: Span) -> Spans:
    """Return what is read of days and of hours: days whose sums are not those of their hours are told as hours."""
    inside = spans_of(span).days
    if not inside:
        return spans_of(span)
    rows = await session.rows(
        sa.select(marks.c.day).where(
            marks.c.day >= inside[0].start, marks.c.day <= inside[-1].end - DAY, sa.not_(marks.c.summed)
        )
    )
    return spans_of(span, [row[0] for row in rows])


def _of_hours(selection: Selection, by: By, measures: Collection[Measure]) -> Facet:
    facet = selection.facet(by)
    brief = facet is Facet.full and selection.whole and by in (By.nothing, By.channel)
    return Facet.brief if brief and measures and DRAWN.issuperset(measures) else facet


def _of_days(selection: Selection, by: By) -> Facet:
    """Return the facet with the fewest cells that tells it."""
    facet = selection.facet(by)
    if facet is not Facet.full:
        return facet
    if by in (By.nothing, By.channel) and selection.whole:
        return Facet.channel
    if by in (By.nothing, By.team) and not (selection.channel_ids or selection.agent_ids):
        return Facet.team
    if by in (By.nothing, By.agent) and not (selection.channel_ids or selection.team_ids):
        return Facet.agent
    return Facet.full


_Question = tuple[sa.Table, Sequence[Span], Facet, Sequence[By]]


def _asked(table: sa.Table, parts: Sequence[Span], facets: Mapping[By, Facet]) -> Sequence[_Question]:
    if not parts:
        return ()
    return [
        (table, parts, facet, [by for by, of in facets.items() if of is facet])
        for facet in dict.fromkeys(facets.values())
    ]


def _add(rows: Sequence[Any], known: Mapping[int, Cut], ways: Mapping[By, dict[object, Sums]]) -> None:
    """Add rows of (cut, code, n, seconds, longest) to the groups of each way."""
    into: dict[int, list[Sums]] = {}
    for number, code, n, seconds, longest in rows:
        groups = into.get(number)
        if groups is None:
            cut = known[number]
            groups = into[number] = [found.setdefault(_group(cut, by), Sums()) for by, found in ways.items()]
        for sums in groups:
            sums.add(code, n, seconds, longest)


def _group(cut: Cut, by: By) -> object:
    match by:
        case By.nothing:
            return None
        case By.channel:
            return cut.channel_id
        case By.team:
            return cut.team_id
        case By.agent:
            return cut.agent_id
        case By.tag | By.source:
            return cut.value


def _drawn(session: Session) -> sa.Select[Any]:
    """Return a select of hours with their codes as one list each: a row for each code takes five times as long."""
    c, gathered = hours.c, sa.func.array_agg if session.postgres else sa.func.json_group_array
    longest = sa.func.max(c.longest).filter(_among(hours, REPLIES))
    return sa.select(c.start, gathered(c.code), gathered(c.n), longest).group_by(c.start).order_by(c.start)


def chosen_cuts(selection: Selection) -> list[sa.ColumnElement[bool]]:
    """Return which cuts belong to the channels, teams and agents of a selection."""
    columns = (
        (cuts.c.channel_id, selection.channel_ids),
        (cuts.c.team_id, [team or NOBODY for team in selection.team_ids]),
        (cuts.c.agent_id, selection.agent_ids),
    )
    return [column.in_(ids) for column, ids in columns if ids]


async def _added(
    session: Session, table: sa.Table, parts: Sequence[Span], where: Sequence[sa.ColumnElement[bool]]
) -> Sequence[Any]:
    """Return rows of (cut, code, n, seconds, longest), several for what lies in several parts."""
    c, found = table.c, list[Any]()
    added = sa.select(c.cut, c.code, sa.func.sum(c.n), sa.func.sum(c.seconds), sa.func.max(c.longest))
    for some in chunked(parts, _TOGETHER):
        # Each by itself: for one stretch or another SQLite reads all cells there are (1.7 s of 5 million interactions).
        each = [added.where(*where, c.start >= part.start, c.start < part.end).group_by(c.cut, c.code) for part in some]
        found += await session.rows(each[0] if len(each) == 1 else sa.union_all(*each))
    return found


def _where(
    table: sa.Table, facet: Facet, selection: Selection, measures: Collection[Measure]
) -> Sequence[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [table.c.facet == facet]
    wanted = chosen_cuts(selection)
    value = selection.tag if selection.tag is not None else selection.source
    if value is not None:
        wanted.append(cuts.c.value == value)
    if wanted:
        found.append(table.c.cut.in_(sa.select(cuts.c.id).where(cuts.c.facet == facet, *wanted)))
    if measures:
        found.append(_among(table, measures))
    return found


def _among(table: sa.Table, measures: Collection[Measure]) -> sa.ColumnElement[bool]:
    first = sorted(FIRST_CODE[measure] for measure in measures)
    return sa.or_(*(table.c.code.between(code, code + BUCKETS - 1) for code in first))
