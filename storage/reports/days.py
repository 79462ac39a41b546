"""Sums the hours of UTC days, a little at a time: nobody reads a day's sums until all of them are there."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from hub.domain.reports.cells import Cut, Facet
from hub.domain.reports.happened import DAY, day_of
from storage import tables
from storage.engine import Database
from storage.reports.cuts import Cuts
from storage.session import Session

ROLLUP_LOCK = 0x48554250
"""Advisory lock on PostgreSQL: one at a time puts cells in place."""
PART = 2_000
"""Cells written in one transaction: what comes in waits for these at most."""
_FACETS = tuple(Facet)
_SUMMED = (Facet.full, Facet.tag, Facet.source)

hours, days, dirty, marks = tables.report_hours, tables.report_days, tables.report_dirty, tables.report_marks
_Sums = dict[Cut, dict[int, list[Any]]]
"""Count, seconds and longest by cut and code."""


async def locked(session: Session) -> None:
    """Let nobody else put cells in place until the commit."""
    if session.postgres:
        await session.run(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ROLLUP_LOCK})


class Days:
    """The sums of days."""

    def __init__(self, database: Database, cuts: Cuts) -> None:
        self._database = database
        self._cuts = cuts

    async def days_to_sum(self, before: datetime, limit: int) -> Sequence[tuple[datetime, UUID]]:
        async with self._database.read() as session:
            waiting = await session.rows(
                sa.select(marks.c.day, marks.c.mark)
                .where(sa.not_(marks.c.summed), marks.c.day <= before - DAY)
                .order_by(marks.c.day.desc())
            )
            if not waiting:
                return []
            hours_to_count = sa.select(dirty.c.hour).where(dirty.c.hour >= waiting[-1][0])
            changing = {day_of(row[0]) for row in await session.rows(hours_to_count)}
        return [(row[0], row[1]) for row in waiting if row[0] not in changing][:limit]

    async def sum_day(self, day: datetime, mark: UUID) -> bool:
        claim = uuid4()
        async with self._database.write(durable=False) as session:
            await locked(session)
            if not await _is_still(session, day, mark):
                return False
            # Ours from here on: whoever changes an hour, or sums the day, too, puts another mark here.
            await session.run(sa.update(marks).where(marks.c.day == day).values(mark=claim, summed=False))
            await session.run(sa.delete(days).where(days.c.facet.in_(_FACETS), days.c.start == day))
        async with self._database.read() as session:
            sums = await self._sums_of(session, day)
        numbers = await self._number(sums.keys())
        cells = [
            (number, code, facet, *amount)
            for number, facet, by_code in sorted(
                ((numbers[cut], cut.facet, by_code) for cut, by_code in sums.items()), key=itemgetter(1, 0)
            )
            for code, amount in by_code.items()
        ]
        for start in range(0, len(cells), PART):
            async with self._database.write(durable=False) as session:
                await locked(session)
                if not await _is_still(session, day, claim):
                    return False
                await session.insert_columns(days, columns_of(cells[start : start + PART]), {"start": day})
            await asyncio.sleep(0)
        async with self._database.write(durable=False) as session:
            await locked(session)
            done = sa.update(marks).where(marks.c.day == day, marks.c.mark == claim).values(summed=True)
            return (await session.run(done)).rowcount == 1

    async def day_differs(self, day: datetime) -> bool:
        async with self._database.read() as session:
            if not await session.value(sa.select(marks.c.summed).where(marks.c.day == day)):
                return False
            wanted = await self._sums_of(session, day)
            c = days.c
            rows = await session.rows(
                sa.select(c.cut, c.code, c.n, c.seconds, c.longest).where(c.facet.in_(_FACETS), c.start == day)
            )
            cuts = await self._cuts.of(session, {row[0] for row in rows})
        stored: dict[Cut, dict[int, Sequence[Any]]] = {}
        for row in rows:
            stored.setdefault(cuts[row[0]], {})[row[1]] = row[2:]
        return wanted.keys() != stored.keys() or any(_differs(wanted[cut], stored[cut]) for cut in wanted)

    async def _number(self, wanted: Collection[Cut]) -> Mapping[Cut, int]:
        """Return the numbers of cuts; those that have none get one."""
        async with self._database.read() as session:
            known = await self._cuts.known(session, wanted)
        new = [cut for cut in wanted if cut not in known]
        if not new:
            return known
        async with self._database.write(durable=False) as session:
            await locked(session)
            await self._cuts.give(session, new)
        async with self._database.read() as session:
            return await self._cuts.known(session, new)

    async def _sums_of(self, session: Session, day: datetime) -> _Sums:
        c = hours.c
        rows = await session.rows(
            sa.select(c.cut, c.code, sa.func.sum(c.n), sa.func.sum(c.seconds), sa.func.max(c.longest))
            .where(c.facet.in_(_SUMMED), c.start >= day, c.start < day + DAY)
            .group_by(c.cut, c.code)
        )
        cuts = await self._cuts.of(session, {row[0] for row in rows})
        sums: _Sums = {}
        into: dict[int, list[dict[int, list[Any]]]] = {}
        for place, (number, code, n, seconds, longest) in enumerate(rows):
            if number not in into:
                into[number] = [sums.setdefault(cut, {}) for cut in _sums_for(cuts[number])]
            for by_code in into[number]:
                amount = by_code.get(code)
                if amount is None:
                    by_code[code] = [n, seconds, longest]
                    continue
                amount[0] += n
                amount[1] += seconds
                if longest > amount[2]:
                    amount[2] = longest
            if place % 500 == 499:
                await asyncio.sleep(0)
        return sums


def _sums_for(cut: Cut) -> Iterable[Cut]:
    """Yield the day's cuts that an hour's cut is summed up to."""
    yield cut
    if cut.facet is Facet.full:
        yield Cut(Facet.channel, cut.channel_id, "", None, None)
        yield Cut(Facet.team, None, "", cut.team_id, None)
        yield Cut(Facet.agent, None, "", None, cut.agent_id)


def _differs(one: Mapping[int, Sequence[Any]], other: Mapping[int, Sequence[Any]]) -> bool:
    return one.keys() != other.keys() or any(_differ(one[code], other[code]) for code in one)


def _differ(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return bool(
        one[0] != other[0] or any(abs(a - b) > 1e-6 * max(1.0, abs(a)) for a, b in zip(one[1:], other[1:], strict=True))
    )


async def _is_still(session: Session, day: datetime, mark: UUID) -> bool:
    return bool(await session.value(sa.select(marks.c.mark).where(marks.c.day == day)) == mark)


def columns_of(cells: Iterable[tuple[Any, ...]]) -> Mapping[str, Sequence[Any]]:
    """Return cells (cut, code, facet, n, seconds, longest) as columns."""
    columns = list(zip(*cells, strict=True)) or [()] * 6
    return dict(zip(("cut", "code", "facet", "n", "seconds", "longest"), columns, strict=True))
