"""Makes a long history of a short one: what is done is repeated into the past, by the database itself.

Writing 5 million interactions as the hub does takes half an hour; this takes minutes. Words for the search, notices and
cells are not repeated: whoever measures them writes their history with `bench.history`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bench.common import Place
from storage import tables
from storage.types import Id, UtcDateTime

STEP = timedelta(hours=1)
_SHARED = frozenset(
    {"channel_id", "answered_by", "author_id", "assignee_id", "team_id", "owner_id", "first_channel_id"}
)
"""Channels and people are the same in every copy."""
_OWN = frozenset({"external_id", "thread", "address"})
"""Words that are unique."""
_DONE = "resolved"


async def lengthen(spot: Place, total: int, told: Callable[[int], None] = lambda _count: None) -> int:
    """Repeat the history in this place until it has about so many interactions; returns how many it has.

    Each copy lies before the one before it. What is open stays as it is.
    """
    engine = create_async_engine(spot.url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            return await _lengthen(connection, spot.engine == "postgres", total, told)
    finally:
        await engine.dispose()


async def _lengthen(connection: AsyncConnection, postgres: bool, total: int, told: Callable[[int], None]) -> int:
    if postgres:
        await connection.execute(sa.text("SET session_replication_role = replica"))
    else:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            await connection.exec_driver_sql(f"PRAGMA {pragma}")
    i = tables.interactions
    count = int((await connection.execute(sa.select(sa.func.count()).select_from(i))).scalar_one())
    ends = sa.select(sa.func.min(i.c.occurred_at), sa.func.max(i.c.occurred_at))
    first, last = (await connection.execute(ends)).one()
    length = ((last - first) // STEP + 1) * STEP
    lowest = (await connection.execute(sa.select(i.c.id).order_by(i.c.occurred_at).limit(1))).scalar_one()
    place = int(lowest.hex[:4], 16)
    number = 0
    while count < total:
        number, before = number + 1, count
        for table, names, values, condition in _copies(postgres, place, number, length):
            statement = sa.insert(table).from_select(names, sa.select(*values).where(*condition))
            found = await connection.execute(statement)
            count += found.rowcount if table is i else 0
        if count == before:
            raise SystemExit("All of the history is open: there is nothing to repeat. Write a longer one first.")
        told(count)
    return count


_Copy = tuple[sa.Table, Sequence[str], Sequence[sa.ColumnElement[Any]], Sequence[sa.ColumnElement[bool]]]


def _copies(postgres: bool, place: int, number: int, length: timedelta) -> Iterator[_Copy]:
    """Yield what one copy inserts. Ids are of their time: those of a copy begin with a lower number."""
    v = tables.conversations
    done = sa.select(v.c.id).where(v.c.state == _DONE)
    for table, talk in (
        (tables.contacts, None),
        (tables.contact_points, None),
        (v, v.c.id),
        (tables.interactions, tables.interactions.c.conversation_id),
        (tables.waits, tables.waits.c.conversation_id),
        (tables.deliveries, tables.deliveries.c.conversation_id),
    ):
        names = [column.name for column in table.columns if column.name != "seq"]
        values = [_value(table.c[name], postgres, f"{place - number:04x}", number * length) for name in names]
        original = table.c.id >= sa.literal(_lowest(place), table.c.id.type)
        yield table, names, values, [original, *([talk.in_(done)] if talk is not None else [])]


def _lowest(place: int) -> UUID:
    return UUID(hex=f"{place:04x}" + "0" * 28)


def _value(column: sa.Column[Any], postgres: bool, begins: str, back: timedelta) -> sa.ColumnElement[Any]:
    if isinstance(column.type, Id) and column.name not in _SHARED:
        if postgres:
            return sa.cast(sa.literal(begins) + sa.func.substr(sa.cast(column, sa.Text), 5), sa.UUID())
        rest = sa.func.substr(sa.type_coerce(column, sa.LargeBinary), 3)
        return sa.cast(sa.literal_column(f"x'{begins}'").op("||")(rest), sa.LargeBinary)
    if isinstance(column.type, UtcDateTime):
        if postgres:
            return column - sa.literal_column(f"INTERVAL '{int(back.total_seconds())} seconds'")
        return sa.type_coerce(column, sa.BigInteger) - int(back.total_seconds()) * 1_000_000
    if column.name in _OWN:
        return column.op("||")(f"~{begins}")
    return column
