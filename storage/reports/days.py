"""Sums the hours of UTC days, a little at a time: nobody reads a day's sums until all of them are there."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa

from hub.domain.reports.cells import Cut, Facet
from hub.domain.reports.happened import DAY, day_of
from storage import tables
from storage.engine import Database
from storage.reports.cuts import NOBODY, Cuts
from storage.session import Session

ROLLUP_LOCK = 0x48554250
"""Advisory lock on PostgreSQL: one at a time puts cells in place."""
PART = 4_000
"""Cells of hours summed up in one transaction: what comes in waits for these at most."""
_FACETS = tuple(Facet)
_SUMMED = (Facet.full, Facet.tag, Facet.source)
_COARSE = (Facet.channel, Facet.team, Facet.agent)

hours, days, dirty, marks, cuts = (
    tables.report_hours,
    tables.report_days,
    tables.report_dirty,
    tables.report_marks,
    tables.report_cuts,
)
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
            parts = await _parts_of(session, day)
            full = [cut for part in parts if part.facet is Facet.full for cut in part.cuts]
            known = await self._cuts.of(session, full)
            fine = [known[cut] for cut in full]
        await self._number({coarse for cut in fine for coarse in _coarser(cut)})
        # The database adds up by itself: this process can count hours meanwhile.
        for adding in (*(_of_hours(day, part) for part in parts), *(_of_full(day, facet) for facet in _COARSE)):
            async with self._database.write(durable=False) as session:
                await locked(session)
                if not await _is_still(session, day, claim):
                    return False
                await session.run(adding)
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
        yield from _coarser(cut)


def _coarser(cut: Cut) -> Iterable[Cut]:
    """Yield the day's cuts that are sums of full ones; `_of_full` adds them up."""
    yield Cut(Facet.channel, cut.channel_id, "", None, None)
    yield Cut(Facet.team, None, "", cut.team_id, None)
    yield Cut(Facet.agent, None, "", None, cut.agent_id)


class _Part(NamedTuple):
    facet: Facet
    cuts: Sequence[int]
    """In their order."""


async def _parts_of(session: Session, day: datetime) -> Sequence[_Part]:
    """Return the cuts of a day's hours, cut into parts of about as many cells as one transaction writes."""
    c = hours.c
    rows = await session.rows(
        sa.select(c.facet, c.cut, sa.func.count())
        .where(c.facet.in_(_SUMMED), c.start >= day, c.start < day + DAY)
        .group_by(c.facet, c.cut)
        .order_by(c.facet, c.cut)
    )
    parts: list[_Part] = []
    for facet, of_facet in groupby(rows, itemgetter(0)):
        some: list[int] = []
        cells = 0
        for _, cut, count in of_facet:
            if cells + count > PART and some:
                parts.append(_Part(facet, some))
                some, cells = [], 0
            some.append(cut)
            cells += count
        parts.append(_Part(facet, some))
    return parts


def _of_hours(day: datetime, part: _Part) -> sa.Insert:
    c = hours.c
    adding = (
        sa.select(c.facet, *_added(day, c.cut, hours))
        .where(c.facet == part.facet, c.start >= day, c.start < day + DAY, c.cut.between(part.cuts[0], part.cuts[-1]))
        .group_by(c.facet, c.cut, c.code)
        .order_by(c.cut, c.code)
    )
    return sa.insert(days).from_select(_COLUMNS, adding)


def _of_full(day: datetime, facet: Facet) -> sa.Insert:
    fine, coarse, c = cuts.alias("fine"), cuts.alias("coarse"), days.c
    kept = f"{facet.value}_id"
    same = [coarse.c[kept] == fine.c[kept], coarse.c.value == ""]
    others = [coarse.c[f"{one.value}_id"] == NOBODY for one in _COARSE if one is not facet]
    adding = (
        sa.select(coarse.c.facet, *_added(day, coarse.c.id, days))
        .select_from(days.join(fine, fine.c.id == c.cut).join(coarse, sa.and_(coarse.c.facet == facet, *same, *others)))
        .where(c.facet == Facet.full, c.start == day)
        .group_by(coarse.c.facet, coarse.c.id, c.code)
        .order_by(coarse.c.id, c.code)
    )
    return sa.insert(days).from_select(_COLUMNS, adding)


_COLUMNS = ("facet", "start", "cut", "code", "n", "seconds", "longest")


def _added(day: datetime, cut: Any, of: sa.Table) -> Sequence[sa.ColumnElement[Any]]:
    c = of.c
    at = sa.literal(day, c.start.type)
    return at, cut, c.code, sa.func.sum(c.n), sa.func.sum(c.seconds), sa.func.max(c.longest)


def _differs(one: Mapping[int, Sequence[Any]], other: Mapping[int, Sequence[Any]]) -> bool:
    return one.keys() != other.keys() or any(_differ(one[code], other[code]) for code in one)


def _differ(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return bool(
        one[0] != other[0] or any(abs(a - b) > 1e-6 * max(1.0, abs(a)) for a, b in zip(one[1:], other[1:], strict=True))
    )


async def _is_still(session: Session, day: datetime, mark: UUID) -> bool:
    return bool(await session.value(sa.select(marks.c.mark).where(marks.c.day == day)) == mark)
