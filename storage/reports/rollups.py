"""Keeps the cells: which hours are to be counted anew, and the cells of hours and days put in place at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.cells import DAY, HOUR, Amount, Facet, HourFacts, Key, hour_of
from storage import tables
from storage.engine import Database
from storage.reports import marks
from storage.reports.facts import facts_of
from storage.session import Session
from storage.types import from_microseconds

NOBODY = UUID(int=0)
"""Stands for no team and no agent: a key's column is never NULL."""
ROLLUP_LOCK = 0x48554250
"""Advisory lock on PostgreSQL: one at a time puts cells in place."""
_FACETS = tuple(Facet)

hours, days, dirty = tables.report_hours, tables.report_days, tables.report_dirty
_CUT = ("facet", "channel_id", "value", "measure", "team_id", "agent_id", "bucket")


class SqlRollUps:
    """Implements hub.ports.RollUps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def dirty(self, limit: int) -> Sequence[tuple[datetime, UUID]]:
        async with self._database.read() as session:
            rows = await session.rows(sa.select(dirty.c.hour, dirty.c.mark).order_by(dirty.c.hour.desc()).limit(limit))
        return [(row[0], row[1]) for row in rows]

    async def dirty_count(self) -> int:
        async with self._database.read() as session:
            return int(await session.value(sa.select(sa.func.count()).select_from(dirty)))

    async def facts(self, hours: Sequence[datetime]) -> Sequence[HourFacts]:
        async with self._database.read() as session:
            return [await facts_of(session, hour) for hour in hours]

    async def replace(self, counted: Sequence[tuple[datetime, UUID, Mapping[Key, Amount]]]) -> int:
        async with self._database.write(durable=False) as session:
            if session.postgres:
                await session.run(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ROLLUP_LOCK})
            waiting = await session.rows(
                sa.select(dirty.c.hour).where(dirty.c.hour.in_([hour for hour, _, _ in counted]))
            )
            # Crossed off meanwhile: somebody counted it later than we read it.
            still = {row[0] for row in waiting}
            put = [(hour, mark, cells) for hour, mark, cells in counted if hour in still]
            for hour, _, _ in put:
                await session.run(sa.delete(hours).where(hours.c.facet.in_(_FACETS), hours.c.start == hour))
            await session.insert_columns(hours, _columns(put))
            for day in sorted({hour.replace(hour=0) for hour, _, _ in put}):
                await _sum_day(session, day)
            # The last statements: whoever marks one of these hours now waits for nothing but the commit.
            for hour, mark, _ in sorted(put, key=lambda one: one[0]):
                await session.run(sa.delete(dirty).where(dirty.c.hour == hour, dirty.c.mark == mark))
        return len(put)

    async def mark_everything(self) -> int:
        found: set[datetime] = set()
        i, w, cw = tables.interactions, tables.waits, tables.call_waits
        async with self._database.read() as session:
            for column in (i.c.occurred_at, w.c.started_at, w.c.ended_at, cw.c.started_at, cw.c.ended_at):
                found |= await _hours_in(session, column)
            rows = await session.rows(sa.select(hours.c.start).where(hours.c.facet.in_(_FACETS)).distinct())
            found |= {row[0] for row in rows}
        async with self._database.write() as session:
            await marks.mark(session, found)
        return len(found)

    async def cells(self, hour: datetime) -> Mapping[Key, Amount] | None:
        async with self._database.read() as session:
            if await session.value(sa.select(dirty.c.hour).where(dirty.c.hour == hour)) is not None:
                return None
            rows = await session.rows(sa.select(hours).where(hours.c.facet.in_(_FACETS), hours.c.start == hour))
        return dict(_cell(row) for row in rows)

    async def some_hours(self, count: int, *, draw: float) -> Sequence[datetime]:
        brief = hours.c.facet == Facet.brief
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

    async def day_differs(self, day: datetime) -> bool:
        async with self._database.read() as session:
            changed = sa.select(dirty.c.hour).where(dirty.c.hour >= day, dirty.c.hour < day + DAY).limit(1)
            if await session.value(changed) is not None:
                return False
            by_hour = {row[:7]: row[7:] for row in await session.rows(_summed(day))}
            stored = sa.select(*(days.c[name] for name in (*_CUT, "n", "seconds", "longest")))
            by_day = {
                row[:7]: row[7:]
                for row in await session.rows(stored.where(days.c.facet.in_(_FACETS), days.c.start == day))
            }
        return by_hour.keys() != by_day.keys() or any(_differ(by_hour[key], by_day[key]) for key in by_hour)


def _differ(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return bool(
        one[0] != other[0] or any(abs(a - b) > 1e-6 * max(1.0, abs(a)) for a, b in zip(one[1:], other[1:], strict=True))
    )


def _summed(day: datetime) -> sa.Select[Any]:
    cut = [hours.c[name] for name in _CUT]
    return (
        sa.select(
            *cut,
            sa.func.sum(hours.c.n).label("n"),
            sa.func.sum(hours.c.seconds).label("seconds"),
            sa.func.max(hours.c.longest).label("longest"),
        )
        .where(hours.c.facet.in_(_FACETS), hours.c.start >= day, hours.c.start < day + DAY)
        .group_by(*cut)
    )


async def _sum_day(session: Session, day: datetime) -> None:
    await session.run(sa.delete(days).where(days.c.facet.in_(_FACETS), days.c.start == day))
    source = _summed(day).add_columns(sa.literal(day, days.c.start.type).label("start"))
    names = [*_CUT, "n", "seconds", "longest", "start"]
    await session.run(sa.insert(days).from_select(names, source))


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


def _columns(counted: Sequence[tuple[datetime, UUID, Mapping[Key, Amount]]]) -> dict[str, list[Any]]:
    cells = [(hour, key, amount) for hour, _, cells in counted for key, amount in cells.items()]
    keys, amounts = [key for _, key, _ in cells], [amount for _, _, amount in cells]
    return {
        "facet": [key.facet for key in keys],
        "start": [hour for hour, _, _ in cells],
        "channel_id": [key.channel_id for key in keys],
        "value": [key.value for key in keys],
        "measure": [key.measure for key in keys],
        "team_id": [key.team_id or NOBODY for key in keys],
        "agent_id": [key.agent_id or NOBODY for key in keys],
        "bucket": [key.bucket for key in keys],
        "n": [amount.n for amount in amounts],
        "seconds": [amount.seconds for amount in amounts],
        "longest": [amount.longest for amount in amounts],
    }


def _cell(row: Any) -> tuple[Key, Amount]:
    team, agent = known(row.team_id), known(row.agent_id)
    key = Key(
        ChannelId(row.channel_id),
        row.facet,
        row.value,
        TeamId(team) if team else None,
        UserId(agent) if agent else None,
        row.measure,
        row.bucket,
    )
    return key, Amount(row.n, row.seconds, row.longest)


def known(id_: UUID) -> UUID | None:
    """Return the id; None for nobody's."""
    return None if id_ == NOBODY else id_
