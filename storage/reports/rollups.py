"""Keeps the cells: which hours are to be counted anew, and hours' cells put in place of what is there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import isclose
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from hub.domain.reports.cells import OF_HOURS, Amount, Cells, Cut, Facet
from hub.domain.reports.happened import HOUR, HourFacts, day_of, hour_of
from storage import tables
from storage.prepared import Prepared
from storage.reports import marks
from storage.reports.days import Days, locked
from storage.reports.facts import facts_of
from storage.session import Session
from storage.types import from_microseconds

hours, dirty, day_marks = tables.report_hours, tables.report_dirty, tables.report_marks
_Rows = dict[tuple[int, int], tuple[Facet, int, float, float]]
"""Cells by cut and code."""


class SqlRollUps(Days):
    """Implements hub.ports.RollUps."""

    async def dirty(self, limit: int) -> Sequence[tuple[datetime, UUID]]:
        async with self._database.read() as session:
            rows = await session.rows(sa.select(dirty.c.hour, dirty.c.mark).order_by(dirty.c.hour.desc()).limit(limit))
        return [(row[0], row[1]) for row in rows]

    async def dirty_count(self) -> int:
        async with self._database.read() as session:
            return int(await session.value(sa.select(sa.func.count()).select_from(dirty)))

    async def facts(self, hour: datetime) -> HourFacts:
        async with self._database.read() as session:
            return await facts_of(session, hour)

    async def replace(self, counted: Sequence[tuple[datetime, UUID, Cells]]) -> int:
        numbers = await self._number({cut for _, _, cells in counted for cut in cells})
        days = sorted({day_of(hour) for hour, _, _ in counted})
        # What is to be written is found out before the lock is taken, and written if the day is still as it was.
        async with self._database.read() as session:
            seen = await _marks_of(session, days)
            changes = {hour: _changes(await _stored(session, hour), cells, numbers) for hour, _, cells in counted}
        async with self._database.write(durable=False) as session:
            await locked(session)
            waiting = await session.rows(
                sa.select(dirty.c.hour).where(dirty.c.hour.in_([hour for hour, _, _ in counted]))
            )
            # Crossed off meanwhile: somebody counted it later than we read it.
            still = {row[0] for row in waiting}
            now = await _marks_of(session, days)
            put = [one for one in counted if one[0] in still and seen.get(day_of(one[0])) == now.get(day_of(one[0]))]
            async with session.together():
                for hour, _, _ in put:
                    await _write(session, hour, *changes[hour])
                touched = sorted({day_of(hour) for hour, _, _ in put if any(changes[hour])})
                mark = uuid4()
                rows = [{"day": day, "mark": mark, "summed": False} for day in touched]
                await session.upsert(day_marks, rows, keys=("day",))
                # The last statement: whoever marks one of these hours now waits for nothing but the commit.
                crossed = [{"hour": hour, "mark": mark} for hour, mark, _ in sorted(put, key=lambda one: one[0])]
                await session.many(_CROSS_OFF, crossed)
        return len(put)

    async def mark_everything(self) -> int:
        found: set[datetime] = set()
        i, w, cw, ep = tables.interactions, tables.waits, tables.call_waits, tables.episodes
        async with self._database.read() as session:
            for column in (
                *(i.c.occurred_at, w.c.started_at, w.c.ended_at, cw.c.started_at, cw.c.ended_at),
                *(ep.c.first_resolved_at, ep.c.resolved_at),
            ):
                found |= await _hours_in(session, column)
            rows = await session.rows(sa.select(hours.c.start).where(hours.c.facet.in_(OF_HOURS)).distinct())
            found |= {row[0] for row in rows}
        async with self._database.write() as session:
            await marks.mark(session, found)
        return len(found)

    async def cells(self, hour: datetime) -> Cells | None:
        async with self._database.read() as session:
            if await session.value(sa.select(dirty.c.hour).where(dirty.c.hour == hour)) is not None:
                return None
            rows = await _stored(session, hour)
            cuts = await self._cuts.of(session, {number for number, _ in rows})
        found: dict[Cut, dict[int, Amount]] = {}
        for (number, code), (_, n, seconds, longest) in rows.items():
            found.setdefault(cuts[number], {})[code] = Amount(n, seconds, longest)
        return found

    async def some_hours(self, count: int, *, draw: float) -> Sequence[datetime]:
        brief = hours.c.facet == Facet.full
        async with self._database.read() as session:
            ends = await session.one(sa.select(sa.func.min(hours.c.start), sa.func.max(hours.c.start)).where(brief))
            if ends is None or ends[0] is None:
                return ()
            first, last = ends
            found = set()
            for place in range(count):
                at = first + (last - first) * ((place + draw) / count)
                found.add(
                    await session.value(
                        sa.select(sa.func.min(hours.c.start)).where(brief, hours.c.start >= hour_of(at))
                    )
                )
        return sorted(hour for hour in found if hour is not None)


async def _marks_of(session: Session, days: Sequence[datetime]) -> Mapping[datetime, UUID]:
    rows = await session.rows(sa.select(day_marks.c.day, day_marks.c.mark).where(day_marks.c.day.in_(days)))
    return {row[0]: row[1] for row in rows}


async def _stored(session: Session, hour: datetime) -> _Rows:
    rows = await session.fetch(_STORED, {"hour": hour})
    return {(cut, code): (facet, n, seconds, longest) for facet, cut, code, n, seconds, longest in rows}


def _changes(stored: _Rows, cells: Cells, numbers: Mapping[Cut, int]) -> tuple[_Rows, _Rows]:
    """Return the cells to take away and those to put there."""
    gone, put = dict(stored), {}
    for cut, by_code in cells.items():
        facet, number = cut.facet, numbers[cut]
        for code, amount in by_code.items():
            key = (number, code)
            was = gone.get(key)
            # Seconds add up to a little more or less in another order.
            if (
                was is not None
                and was[1] == amount.n
                and was[3] == amount.longest
                and isclose(was[2], amount.seconds, rel_tol=1e-9)
            ):
                del gone[key]
            else:
                put[key] = (facet, amount.n, amount.seconds, amount.longest)
    return gone, put


async def _write(session: Session, hour: datetime, gone: _Rows, put: _Rows) -> None:
    keys = [{"facet": value[0], "start": hour, "cut": cut, "code": code} for (cut, code), value in gone.items()]
    await session.many(_DELETE, keys)
    await session.insert_columns(hours, _columns_of((*key, *value) for key, value in put.items()), {"start": hour})


def _columns_of(cells: Iterable[tuple[Any, ...]]) -> Mapping[str, Sequence[Any]]:
    """Return cells (cut, code, facet, n, seconds, longest) as columns."""
    columns = list(zip(*cells, strict=True)) or [()] * 6
    return dict(zip(("cut", "code", "facet", "n", "seconds", "longest"), columns, strict=True))


def _select_stored(_postgres: bool) -> sa.Select[Any]:
    facets: list[sa.ColumnElement[str]] = [sa.literal_column(f"'{facet.value}'") for facet in OF_HOURS]
    return sa.select(hours.c.facet, hours.c.cut, hours.c.code, hours.c.n, hours.c.seconds, hours.c.longest).where(
        sa.type_coerce(hours.c.facet, sa.String).in_(facets),
        hours.c.start == sa.bindparam("hour", type_=hours.c.start.type),
    )


def _delete(_postgres: bool) -> sa.Delete:
    names = ("facet", "start", "cut", "code")
    return sa.delete(hours).where(*(hours.c[name] == sa.bindparam(name, type_=hours.c[name].type) for name in names))


def _cross_off(_postgres: bool) -> sa.Delete:
    names = ("hour", "mark")
    return sa.delete(dirty).where(*(dirty.c[name] == sa.bindparam(name, type_=dirty.c[name].type) for name in names))


_STORED = Prepared(_select_stored)
_DELETE = Prepared(_delete)
_CROSS_OFF = Prepared(_cross_off)


async def _hours_in(session: Session, column: Any) -> set[datetime]:
    if session.postgres:
        hour = sa.func.date_trunc("hour", column, "UTC")
        rows = await session.rows(sa.select(sa.type_coerce(hour, column.type)).where(column.is_not(None)).distinct())
        return {row[0] for row in rows}
    length = HOUR.seconds * 1_000_000
    number = sa.type_coerce(column, sa.BigInteger)
    rows = await session.rows(
        sa.select(number.op("/")(sa.literal_column(str(length)))).where(column.is_not(None)).distinct()
    )
    return {from_microseconds(row[0] * length) for row in rows}
