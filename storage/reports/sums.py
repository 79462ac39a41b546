"""Adds up cells: whole UTC days from the cells of days, the rest from those of hours."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.reports.answers import By, OpenWaits, Selection, Sum
from hub.domain.reports.cells import Facet, Measure
from hub.domain.reports.period import Rhythm, Span, Spans
from storage import tables
from storage.engine import Database
from storage.reports.rollups import NOBODY
from storage.session import Session
from storage.types import Word

hours, days, v, w = tables.report_hours, tables.report_days, tables.conversations, tables.waits
_COLUMN: Mapping[By, str] = {
    By.channel: "channel_id",
    By.team: "team_id",
    By.agent: "agent_id",
    By.tag: "value",
    By.source: "value",
}


class SumQueries:
    """The cells' sums and what is open now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sums(
        self, spans: Spans, selection: Selection, *, by: By = By.nothing, measures: Collection[Measure] = ()
    ) -> Sequence[Sum]:
        found: list[Sum] = []
        async with self._database.read() as session:
            for table, parts in ((days, spans.days), (hours, spans.hours)):
                if not parts:
                    continue
                group = table.c[_COLUMN[by]] if by in _COLUMN else None
                statement = _summed(table, group, buckets=True).where(
                    *_where(table, selection.facet(by), parts, selection, measures)
                )
                found += await _sums(session, statement)
        return found

    async def counts_over_time(
        self, spans: Spans, selection: Selection, *, facet: Facet, measures: Collection[Measure]
    ) -> Sequence[Sum]:
        found: list[Sum] = []
        async with self._database.read() as session:
            for table, parts in ((days, spans.days), (hours, spans.hours)):
                if parts:
                    statement = _summed(table, table.c.start, buckets=False)
                    found += await _sums(session, statement.where(*_where(table, facet, parts, selection, measures)))
        return found

    async def times_over_time(
        self, spans: Spans, selection: Selection, *, facet: Facet, measures: Collection[Measure], rhythm: Rhythm
    ) -> Sequence[Sum]:
        found: list[Sum] = []
        one = next(iter(measures))
        async with self._database.read() as session:
            for table, parts in ((days, spans.days), (hours, spans.hours)):
                if not parts:
                    continue
                beat = _beat(table, rhythm, session)
                statement = sa.select(
                    beat.label("cut"),
                    sa.literal(one.value),
                    table.c.bucket,
                    sa.func.sum(table.c.n),
                    sa.func.sum(table.c.seconds),
                    sa.func.max(table.c.longest),
                ).group_by(sa.text("1"), table.c.bucket)
                found += await _sums(session, statement.where(*_where(table, facet, parts, selection, measures)))
        return found

    async def open_waits(self, selection: Selection, now: datetime, *, within: Span | None = None) -> OpenWaits:
        due = w.c.due_at
        statement = sa.select(
            sa.func.count(),
            sa.func.min(v.c.waiting_since),
            sa.func.count().filter(due <= now),
            sa.func.count().filter(due > now),
        ).select_from(v.outerjoin(w, sa.and_(w.c.conversation_id == v.c.id, w.c.ended_at.is_(None))))
        if within is not None:
            statement = statement.where(v.c.waiting_since >= within.start, v.c.waiting_since < within.end)
        async with self._database.read() as session:
            row = await session.one(statement.where(*_open(selection, session)))
        if row is None:
            raise AssertionError("an aggregate has one row")
        return OpenWaits(n=row[0], oldest=row[1], late=row[2], pending=row[3])

    async def open_by(self, selection: Selection, by: By) -> Mapping[object, tuple[int, datetime]]:
        column = {By.channel: v.c.channel_id, By.team: v.c.team_id, By.agent: v.c.assignee_id}.get(by)
        if column is None:
            return {}
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(column, sa.func.count(), sa.func.min(v.c.waiting_since))
                .where(*_open(selection, session))
                .group_by(column)
            )
        return {row[0]: (row[1], row[2]) for row in rows}


def _beat(table: sa.Table, rhythm: Rhythm, session: Session) -> Any:
    """Return the number of the beat a cell's start lies in, beats being counted from the rhythm's origin."""
    length = int(rhythm.length.total_seconds())
    origin = int(rhythm.origin.timestamp())
    if session.postgres:
        seconds: Any = sa.cast(sa.func.floor(sa.extract("epoch", table.c.start)), sa.BigInteger)
    else:
        seconds = sa.type_coerce(table.c.start, sa.BigInteger).op("/", precedence=8)(sa.literal_column("1000000"))
    beat = (seconds - sa.literal_column(str(origin))).op("/", precedence=8)(sa.literal_column(str(length)))
    return beat.op("%", precedence=8)(sa.literal_column(str(rhythm.count))) if rhythm.count else beat


def _raw(column: Any) -> Any:
    """Return a column as its driver gives it: what it means is looked up once, not for each row."""
    return sa.type_coerce(column, sa.String) if isinstance(column.type, Word) else column


def _summed(table: sa.Table, group: Any, *, buckets: bool) -> sa.Select[Any]:
    cut = [table.c.measure, *([table.c.bucket] if buckets else []), *([group] if group is not None else [])]
    return sa.select(
        (sa.null() if group is None else group).label("cut"),
        _raw(table.c.measure),
        (table.c.bucket if buckets else sa.literal(0)).label("bucket"),
        sa.func.sum(table.c.n),
        sa.func.sum(table.c.seconds),
        sa.func.max(table.c.longest),
    ).group_by(*cut)


def _where(
    table: sa.Table, facet: Facet, parts: Sequence[Span], selection: Selection, measures: Collection[Measure]
) -> Sequence[sa.ColumnElement[bool]]:
    within = sa.or_(*(sa.and_(table.c.start >= part.start, table.c.start < part.end) for part in parts))
    found = [table.c.facet == facet, within]
    if selection.channel_ids:
        found.append(table.c.channel_id.in_(selection.channel_ids))
    if selection.team_ids:
        found.append(table.c.team_id.in_(selection.team_ids))
    if selection.agent_ids:
        found.append(table.c.agent_id.in_(selection.agent_ids))
    value = selection.tag if selection.tag is not None else selection.source
    if value is not None:
        found.append(table.c.value == value)
    if measures:
        found.append(table.c.measure.in_(list(measures)))
    return found


_MEASURES = {measure.value: measure for measure in Measure}


async def _sums(session: Session, statement: sa.Select[Any]) -> Sequence[Sum]:
    rows = await session.rows(statement)
    return [
        Sum(None if group == NOBODY else group, _MEASURES[measure], bucket, int(n), float(seconds), longest)
        for group, measure, bucket, n, seconds, longest in rows
    ]


def _open(selection: Selection, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [v.c.waiting_since.is_not(None)]
    if selection.channel_ids:
        found.append(v.c.channel_id.in_(selection.channel_ids))
    if selection.team_ids:
        found.append(v.c.team_id.in_(selection.team_ids))
    if selection.agent_ids:
        found.append(v.c.assignee_id.in_(selection.agent_ids))
    if selection.tag is not None:
        found.append(has_tag(selection.tag, session))
    if selection.source is not None:
        found.append(has_source(selection.source))
    return found


def has_tag(tag: str, session: Session) -> sa.ColumnElement[bool]:
    """Return "the conversation has this tag"."""
    each = sa.func.jsonb_array_elements_text(v.c.tags) if session.postgres else sa.func.json_each(v.c.tags)
    values = each.table_valued("value")
    return sa.exists(sa.select(values.c.value).where(values.c.value == tag))


def has_source(source: str) -> sa.ColumnElement[bool]:
    """Return "the contact of the conversation came from there"."""
    p, c = tables.contact_points, tables.contacts
    return (
        sa.exists().where(p.c.id == v.c.contact_point_id, c.c.id == p.c.contact_id, c.c.source == source).correlate(v)
    )
