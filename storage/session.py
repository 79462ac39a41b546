"""One transaction's connection: statements, queries and runs of them, on both engines."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import translated
from storage.prepared import Prepared
from storage.sqlite_driver import Step

GENTLY = 200
"""Rows turned into our values at one go where there may be very many: about 2 ms."""


class Session:
    """One transaction's connection; the driver's errors come out in words."""

    def __init__(self, connection: AsyncConnection, *, writes: bool, gathers: bool = False) -> None:
        """`gathers`: what `many` and its kin write waits for the next query or the end, and goes along with it.

        Each change to SQLite's thread and back takes longer than most statements, and all others who write wait
        meanwhile. A write's error is then raised where it goes along.
        """
        self.connection = connection
        self.writes = writes
        self.postgres = connection.dialect.name == "postgresql"
        self._driver: Any = None
        self._gathers = gathers
        self._gathered: list[Step] = []
        self._refused: Exception | None = None
        """Why something gathered could not be written: the transaction cannot commit, whoever caught it."""

    async def run(self, statement: sa.Executable, parameters: Any = None) -> CursorResult[Any]:
        """Execute one statement."""
        await self.flush()
        with translated():
            result: CursorResult[Any] = await self.connection.execute(statement, parameters)
        return result

    async def rows(self, statement: sa.Executable, parameters: Any = None) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return all rows."""
        return (await self.run(statement, parameters)).fetchall()

    async def one(self, statement: sa.Executable, parameters: Any = None) -> Row[*tuple[Any, ...]] | None:
        """Return the first row, if there is one."""
        return (await self.run(statement, parameters)).first()

    async def value(self, statement: sa.Executable, parameters: Any = None) -> Any:
        """Return the first column of the first row; None if there is no row."""
        return (await self.run(statement, parameters)).scalar()

    def locked(
        self, statement: sa.Select[*tuple[Any, ...]], *, skip: bool = False, of: sa.Table | None = None
    ) -> sa.Select[*tuple[Any, ...]]:
        """Return the statement with a lock on its rows, or those `of` one table, if this transaction may write.

        SQLite needs none.
        """
        return statement.with_for_update(skip_locked=skip, of=of) if self.writes else statement

    async def fetch(self, prepared: Prepared, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Execute a prepared query; returns its rows as our values."""
        return (await self.fetch_all([(prepared, values)]))[0]

    async def fetch_all(
        self, queries: Sequence[tuple[Prepared, Mapping[str, Any]]]
    ) -> Sequence[Sequence[Sequence[Any]]]:
        """Execute prepared queries; returns the rows of each as our values. SQLite runs all of them in one go."""
        if not queries:
            return ()
        asked = [(prepared.compiled(self.connection.dialect), values) for prepared, values in queries]
        steps: list[Step] = [(compiled.sql, compiled.parameters(values), False) for compiled, values in asked]
        found = await self._read(steps)
        return [compiled.results(rows) for (compiled, _), rows in zip(asked, found, strict=True)]

    async def fetch_gently(
        self, queries: Sequence[tuple[Prepared, Callable[[Sequence[Any]], Any]]], values: Mapping[str, Any]
    ) -> Sequence[list[Any]]:
        """Execute prepared queries with the same values; returns what is made of the rows of each, our values.

        After some hundred rows others get their turn.
        """
        asked = [(prepared.compiled(self.connection.dialect), make) for prepared, make in queries]
        found = await self._read([(compiled.sql, compiled.parameters(values), False) for compiled, _ in asked])
        made: list[list[Any]] = []
        for (compiled, make), rows in zip(asked, found, strict=True):
            known: list[Any] = []
            for start in range(0, len(rows), GENTLY):
                known += [make(row) for row in compiled.results(rows[start : start + GENTLY])]
                await asyncio.sleep(0)
            made.append(known)
        return made

    async def many(self, prepared: Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute a prepared statement once for each row."""
        if not rows:
            return
        compiled = prepared.compiled(self.connection.dialect)
        await self._write([(compiled.sql, compiled.many_parameters(rows), True)])

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """Gather what is written inside the block; it goes with the next query, or at the end of the block."""
        outside, self._gathers = self._gathers, True
        try:
            yield
        except BaseException:
            if not outside:
                self._gathered.clear()
            raise
        finally:
            self._gathers = outside
        if not outside:
            await self.flush()

    async def flush(self) -> None:
        """Write what was gathered."""
        await self._read(())

    async def finish(self) -> None:
        """Write what was gathered and, on SQLite, commit along with it."""
        if self._refused is not None:
            raise self._refused
        if self._gathered and not self.postgres:
            steps, self._gathered = self._gathered, []
            with translated():
                await (await self._connected()).script(steps, commit=True)
        await self.flush()

    async def _write(self, steps: Sequence[Step]) -> None:
        if self._gathers:
            self._gathered += steps
        elif steps:
            await self._execute(steps)

    async def _read(self, steps: Sequence[Step]) -> Sequence[Sequence[Any]]:
        """Execute queries after what was gathered; returns the rows of each."""
        gathered, self._gathered = self._gathered, []
        everything = [*gathered, *steps]
        if not everything:
            return ()
        try:
            return (await self._execute(everything))[len(gathered) :]
        except Exception as error:
            if gathered:
                self._refused = error
            raise

    async def _execute(self, steps: Sequence[Step]) -> Sequence[Sequence[Any]]:
        with translated():
            found: Sequence[Sequence[Any]] = await (await self._connected()).script(steps)
        return found

    async def _connected(self) -> Any:
        if self._driver is None:
            self._driver = (await self.connection.get_raw_connection()).dbapi_connection
        return self._driver

    async def insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of one shape. Raises Conflict."""
        if rows:
            names = tuple(rows[0])
            await self.many(_known(("insert", table.name, names), lambda: sa.insert(table), names), rows)

    async def insert_columns(
        self, table: sa.Table, columns: Mapping[str, Sequence[Any]], same: Mapping[str, Any]
    ) -> None:
        """Insert rows given as columns of equal length and what is the `same` in all of them. Raises Conflict.

        A row costs a third of what `insert` takes.
        """
        if not all(columns.values()):
            return
        names = (*columns, *same)
        prepared = _known(("insert", table.name, names), lambda: sa.insert(table), names)
        compiled = prepared.compiled(self.connection.dialect)
        await self._write([(compiled.sql, compiled.columns_parameters(columns, same), True)])

    async def insert_once(self, table: sa.Table, row: Mapping[str, Any]) -> None:
        """Insert one row, at once. A Conflict leaves the transaction usable."""
        await self.flush()
        outside, self._gathers = self._gathers, False
        try:
            async with self.connection.begin_nested() if self.postgres else nullcontext():
                await self.insert(table, [row])
        finally:
            self._gathers = outside

    async def upsert(
        self, table: sa.Table, rows: Sequence[Mapping[str, Any]], *, keys: Collection[str], add: Collection[str] = ()
    ) -> None:
        """Insert rows, or replace what they hold where `keys` exist; columns in `add` are added up."""
        if not rows:
            return
        names = tuple(rows[0])

        def build() -> Any:
            statement = self.dialect_insert(table)
            changed = {
                name: table.c[name] + statement.excluded[name] if name in add else statement.excluded[name]
                for name in names
                if name not in keys
            }
            if changed:
                return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
            return statement.on_conflict_do_nothing(index_elements=list(keys))

        await self.many(_known(("upsert", self.postgres, table.name, names, tuple(keys)), build, names), rows)

    async def insert_new(self, table: sa.Table, rows: Sequence[Mapping[str, Any]], *, keys: Collection[str]) -> None:
        """Insert the rows whose `keys` do not exist; the others stay as they are."""
        if not rows:
            return
        names = tuple(rows[0])

        def build() -> Any:
            return self.dialect_insert(table).on_conflict_do_nothing(index_elements=list(keys))

        await self.many(_known(("insert new", self.postgres, table.name, names, tuple(keys)), build, names), rows)

    async def update_many(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Update rows of one shape by their `id`."""
        if not rows:
            return
        names = [name for name in rows[0] if name != "id"]
        if names:

            def build() -> Any:
                changed = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
                return (
                    sa.update(table).where(table.c.id == sa.bindparam("row_id", type_=table.c.id.type)).values(changed)
                )

            prepared = _known(("update", table.name, tuple(names)), build, None)
            await self.many(
                prepared, [{"row_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]
            )

    def dialect_insert(self, table: sa.Table) -> Any:
        """Return this engine's insert, which knows ON CONFLICT."""
        return postgresql.insert(table) if self.postgres else sqlite.insert(table)

    async def next_numbers(self, table: sa.Table, count: int) -> Sequence[int]:
        """Reserve rising numbers of a table's `seq`; nobody else gets them, also after a rollback on PostgreSQL."""
        return (await self.numbers_of((table, count)))[0]

    async def numbers_of(self, *wanted: tuple[sa.Table, int]) -> Sequence[Sequence[int]]:
        """Reserve numbers of several tables at once."""
        if self.postgres:
            drawn = [
                await self.fetch(_DRAWN, {"sequence": f"{table.name}_seq_seq", "count": count}) if count else ()
                for table, count in wanted
            ]
            return [sorted(row[0] for row in rows) for rows in drawn]
        last = await self.fetch_all([(_last_number(table), {}) for table, _ in wanted])
        starts = [(rows[0][0] or 0) + 1 if rows else 1 for rows in last]
        return [range(start, start + count) for start, (_, count) in zip(starts, wanted, strict=True)]


_PREPARED: dict[tuple[Any, ...], Prepared] = {}


def _known(key: tuple[Any, ...], build: Callable[[], Any], names: Sequence[str] | None) -> Prepared:
    """Return the prepared statement of this key, made at its first use."""
    found = _PREPARED.get(key)
    if found is None:
        found = _PREPARED[key] = Prepared(lambda _postgres: build(), keys=names)
    return found


_DRAWN = Prepared(
    lambda _postgres: sa.select(
        sa.func.nextval(sa.cast(sa.bindparam("sequence", type_=sa.Text), postgresql.REGCLASS))
    ).select_from(sa.func.generate_series(1, sa.bindparam("count", type_=sa.Integer)))
)
_GIVEN = sa.table("sqlite_sequence", sa.column("name", sa.Text), sa.column("seq", sa.Integer))


def _last_number(table: sa.Table) -> Prepared:
    """Return SQLite's query for the last number of a table: the last ever given where numbers must not come again."""

    def build() -> Any:
        if table.dialect_kwargs.get("sqlite_autoincrement"):
            return sa.select(_GIVEN.c.seq).where(_GIVEN.c.name == sa.literal(table.name))
        return sa.select(sa.func.max(table.c.seq))

    return _known(("last", table.name), build, None)
