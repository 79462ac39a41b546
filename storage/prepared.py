"""Statements of the hot path: written in SQLAlchemy Core, compiled once, executed without its work per call.

Measured on batches of 100 messages: SQLAlchemy's work for each row costs several times what SQLite itself takes.
Values still convert by the same column types.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from storage.types import Direct

Convert = Callable[[Any], Any]


class Compiled:
    """A statement in one engine's words: its text, and how values go in and come out."""

    __slots__ = ("_fixed", "_in", "_names", "_out", "sql")

    def __init__(self, statement: Any, dialect: Dialect, keys: Sequence[str] | None) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=keys, for_executemany=keys is not None)
        self.sql = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        # Values written in the statement itself, such as an enum's word in a condition.
        self._fixed = {name: compiled.binds[name].value for name in self._names if not compiled.binds[name].required}
        kinds = [compiled.binds[name].type for name in self._names]
        self._in = _converters(kinds, dialect, inwards=True)
        columns = getattr(statement, "selected_columns", ())
        self._out = _converters([column.type for column in columns], dialect, inwards=False)

    def parameters(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return a row of named values as the driver wants it."""
        return self.many_parameters([row])[0]

    def many_parameters(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """Return rows of the same names as the driver wants them; a column at a time, which takes half the time."""
        columns = [self._column(name, rows) for name in self._names]
        if not columns:
            return [()] * len(rows)
        return list(zip(*_converted(columns, self._in), strict=True))

    def columns_parameters(
        self, columns: Mapping[str, Sequence[Any]], same: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Return rows given as columns as the driver wants them; what is the `same` in all rows is converted once."""
        count = len(next(iter(columns.values())))
        given = _converted([columns[name] if name in columns else (same[name],) for name in self._names], self._in)
        whole = [column if name in columns else column * count for name, column in zip(self._names, given, strict=True)]
        return list(zip(*whole, strict=True))

    def _column(self, name: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        if name in self._fixed and name not in rows[0]:
            return [self._fixed[name]] * len(rows)
        return [row[name] for row in rows]

    def results(self, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Return a driver's rows as our values."""
        return list(zip(*_converted(list(zip(*rows, strict=True)), self._out), strict=True)) if rows else []


def _converted(columns: list[Any], converters: Sequence[tuple[int, Convert]]) -> list[Any]:
    for place, convert in converters:
        columns[place] = [None if value is None else convert(value) for value in columns[place]]
    return columns


def _converters(kinds: Sequence[TypeEngine[Any]], dialect: Dialect, *, inwards: bool) -> list[tuple[int, Convert]]:
    found: list[tuple[int, Convert]] = []
    for place, kind in enumerate(kinds):
        if isinstance(kind, Direct):
            convert = kind.inwards(dialect) if inwards else kind.outwards(dialect)
        elif isinstance(kind, sa.Boolean):  # SQLite's come back as 0 and 1
            convert = None if inwards else bool
        elif isinstance(kind, sa.Float):  # both drivers speak it
            convert = None
        else:
            native = kind.dialect_impl(dialect)
            convert = native.bind_processor(dialect) if inwards else native.result_processor(dialect, None)
        if convert is not None:
            found.append((place, convert))
    return found


class Prepared:
    """A statement compiled at its first use on each engine.

    `build` gets whether the engine is PostgreSQL; `keys` are the columns an INSERT or UPDATE gets values for.
    """

    def __init__(self, build: Callable[[bool], Any], *, keys: Sequence[str] | None = None) -> None:
        self._build = build
        self._keys = keys
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> Compiled:
        """Return the statement in this engine's words."""
        found = self._compiled.get(dialect.name)
        if found is None:
            statement = self._build(dialect.name == "postgresql")
            found = self._compiled[dialect.name] = Compiled(statement, dialect, self._keys)
        return found


def texts(name: str, *, postgres: bool) -> Any:
    """Return a table with the column `value`, made of the one parameter `name`, a list of texts."""
    if postgres:
        return sa.func.unnest(sa.bindparam(name, type_=sa.ARRAY(sa.Text))).table_valued("value").render_derived()
    return sa.func.json_each(sa.bindparam(name, type_=sa.JSON)).table_valued("value")


def among_numbers(column: sa.ColumnElement[Any], name: str, *, postgres: bool) -> sa.ColumnElement[bool]:
    """Return "the column is one of the numbers of the parameter `name`"."""
    if postgres:
        return column == sa.any_(sa.bindparam(name, type_=sa.ARRAY(sa.BigInteger)))
    return column.in_(sa.select(texts(name, postgres=False).c.value))


def among(column: sa.ColumnElement[Any], name: str, *, postgres: bool) -> sa.ColumnElement[bool]:
    """Return "the column is one of the texts of the parameter `name`"."""
    if postgres:
        return column == sa.any_(sa.bindparam(name, type_=sa.ARRAY(sa.Text)))
    return column.in_(sa.select(texts(name, postgres=False).c.value))


def among_ids(column: sa.ColumnElement[Any], name: str, *, postgres: bool) -> sa.ColumnElement[bool]:
    """Return "the column is one of the ids of the parameter `name`", a value of `id_list`."""
    if postgres:
        return column == sa.any_(sa.bindparam(name, type_=sa.ARRAY(sa.Uuid())))
    # SQLite has no arrays and JSON holds no bytes: the ids come as one run of bytes, cut every 16.
    ids = sa.bindparam(name, type_=sa.LargeBinary)
    cut = sa.select(sa.literal_column("1").label("place")).cte("cut", recursive=True)
    following = cut.c.place + sa.literal_column("16")
    cut = cut.union_all(sa.select(following).where(following <= sa.func.length(ids)))
    return column.in_(sa.select(sa.func.substr(ids, cut.c.place, sa.literal_column("16"), type_=sa.LargeBinary)))


def id_list(ids: Sequence[Any], *, postgres: bool) -> Any:
    """Return ids as `among_ids` wants its parameter."""
    return list(ids) if postgres else b"".join(one.bytes for one in ids)
