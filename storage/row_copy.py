"""Tables as lines of JSON and back, the same on SQLite and PostgreSQL: each value by the kind of its column."""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.archive import BadArchive, ColumnPart, Kind, TablePart
from storage.types import Direct, Id, Json, JsonType, UtcDateTime

PASSING = frozenset({"sessions", "leases", "login_failures"})
"""What is not kept: everybody logs in anew after a restore, and nobody holds a lease of another life."""
DERIVED = frozenset({"search_messages", "search_contacts", "search_transcripts"})
"""Built anew from the others."""
VERSION_TABLE = "alembic_version"
BATCH_ROWS = 500
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
BATCH_BYTES = 8 * 1024 * 1024

_TYPES: Mapping[Kind, sa.types.TypeEngine[Any]] = {
    Kind.id: Id(),
    Kind.time: UtcDateTime(),
    Kind.date: sa.Date(),
    Kind.text: sa.Text(),
    Kind.number: sa.BigInteger(),
    Kind.float: sa.Float(),
    Kind.flag: sa.Boolean(),
    Kind.bytes: sa.LargeBinary(),
    Kind.json: Json,
}
_REFLECTED: Sequence[tuple[type[sa.types.TypeEngine[Any]], Kind]] = (
    (sa.Uuid, Kind.id),
    (sa.DateTime, Kind.time),
    (sa.Date, Kind.date),
    (sa.JSON, Kind.json),
    (sa.Boolean, Kind.flag),
    (sa.Float, Kind.float),
    (sa.Integer, Kind.number),
    (sa.LargeBinary, Kind.bytes),
    (sa.String, Kind.text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table as it is in a database, which may be of an older revision than ours."""

    name: str
    columns: tuple[ColumnPart, ...]
    """By name, so that both engines and every history of migrations write the same lines."""
    key: tuple[str, ...]
    sequence: bool
    """Whether its numbers are given by a sequence that must go on."""

    @property
    def table(self) -> sa.TableClause:
        """The table for statements."""
        return sa.table(self.name, *(sa.column(c.name, _TYPES[c.kind]) for c in self.columns))


def layouts(connection: sa.Connection) -> Mapping[str, Layout]:
    """Return the tables that a backup keeps, by name."""
    inspector = sa.inspect(connection)
    keys = inspector.get_multi_pk_constraint()
    found = {}
    for place, columns in sorted(inspector.get_multi_columns().items()):
        name = place[1]
        if name in PASSING or name == VERSION_TABLE or name.startswith(tuple(DERIVED)):
            continue
        key = tuple(keys[place]["constrained_columns"])
        known = tables.metadata.tables.get(name)
        parts = {c["name"]: _kind(name, c["name"], c["type"]) for c in columns}
        found[name] = Layout(
            name=name,
            columns=tuple(ColumnPart(name=column, kind=parts[column]) for column in sorted(parts)),
            key=key,
            sequence=known is not None and known.autoincrement_column is not None,
        )
    return found


async def lines(connection: AsyncConnection, layout: Layout) -> AsyncIterator[Sequence[bytes]]:
    """Yield a table's rows as lines, in the order of its key, some hundred at a time."""
    table = layout.table
    statement = sa.select(*table.columns).order_by(*(_ordered(connection, table.c[name]) for name in layout.key))
    async with connection.stream(statement.execution_options(yield_per=BATCH_ROWS)) as result:
        async for rows in result.partitions():
            yield [orjson.dumps(tuple(row), default=_base64, option=_OPTIONS) for row in rows]


async def load(connection: AsyncConnection, part: TablePart, rows: Iterable[bytes]) -> int:
    """Insert a table's lines; returns how many. Raises BadArchive."""
    table = sa.table(part.name, *(sa.column(c.name, _TYPES[c.kind]) for c in part.columns))
    statement, count = sa.insert(table), 0
    for batch in _batches(rows):
        values = [_row(part, line) for line in batch]
        await connection.execute(statement, values)
        count += len(values)
    return count


def _kind(table: str, column: str, reflected: sa.types.TypeEngine[Any]) -> Kind:
    """Return a column's kind: by our own table where it is in it, since SQLite's types do not tell a time."""
    known = tables.metadata.tables.get(table)
    ours = known.c.get(column) if known is not None else None
    match ours.type if ours is not None else None:
        case Id():
            return Kind.id
        case UtcDateTime():
            return Kind.time
        case JsonType():
            return Kind.json
        case Direct():
            return Kind.text
        case None:
            pass
        case declared:
            reflected = declared
    for kind_of, kind in _REFLECTED:
        if isinstance(reflected, kind_of):
            return kind
    if isinstance(reflected, postgresql.JSONB):
        return Kind.json
    raise TypeError(f"{table}.{column} has a type that backups do not know: {reflected!r}")


def _ordered(connection: AsyncConnection, column: sa.ColumnClause[Any]) -> sa.ColumnElement[Any]:
    """Order texts by their bytes, as SQLite does; a server's own order depends on its language."""
    if connection.dialect.name == "postgresql" and isinstance(column.type, sa.Text):
        return column.collate("C")
    return column


def _base64(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def _batches(rows: Iterable[bytes]) -> Iterator[Sequence[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in rows:
        batch.append(line)
        size += len(line)
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_FROM_JSON: Mapping[Kind, tuple[type | tuple[type, ...], Callable[[Any], Any] | None]] = {
    Kind.id: (str, UUID),
    Kind.time: (str, datetime.fromisoformat),
    Kind.date: (str, date.fromisoformat),
    Kind.text: (str, None),
    Kind.number: (int, None),
    Kind.float: ((float, int), float),
    Kind.flag: (bool, None),
    Kind.bytes: (str, lambda text: b64decode(text, validate=True)),
    Kind.json: (object, None),
}


def _row(part: TablePart, line: bytes) -> dict[str, Any]:
    try:
        values = orjson.loads(line)
        if not isinstance(values, list):
            raise TypeError("it is no array")
        return {column.name: _value(column.kind, value) for column, value in zip(part.columns, values, strict=True)}
    except (ValueError, TypeError) as error:
        raise BadArchive(
            f"A row of {part.name} in the archive cannot be read ({error}). Nothing was changed."
        ) from error


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    expected, convert = _FROM_JSON[kind]
    if not isinstance(value, expected):
        raise TypeError(f"{type(value).__name__} where a {kind} should be")
    return value if convert is None else convert(value)
