"""SQLite under SQLAlchemy's async engine with one change of thread for each statement, or for a run of them.

aiosqlite's cursor changes to its thread and back to open, to execute, to fetch and to close; each change waits for the
interpreter's lock, up to 5 ms where the event loop is busy. Measured on batches of 250 messages, that was a
quarter of the time of ingest, and most of the time of a batch of one.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)

T = TypeVar("T")

Step = tuple[str, Sequence[Any], bool]
"""One statement of a run: its text, its parameters, and whether these are many rows instead of one."""


class WholeCursor(AsyncAdapt_aiosqlite_cursor):
    """Executes one statement and reads all its rows at once."""

    # In the place of the base's properties, which ask the open cursor.
    description: Any = None
    rowcount: int = -1
    lastrowid: int = 0
    arraysize: int = 1

    def __init__(self, adapt_connection: "SqliteConnection") -> None:
        self._adapt_connection = adapt_connection
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        async with self._adapt_connection._execute_mutex:
            await self._take(_execute, operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        async with self._adapt_connection._execute_mutex:
            await self._take(_execute_many, operation, seq_of_parameters)

    async def _take(self, function: Callable[..., Any], operation: str, parameters: Any) -> None:
        connection: Any = self._adapt_connection
        found = await connection.in_thread(function, operation, parameters)
        self.description, self.rowcount, self.lastrowid, rows = found
        self._rows = deque(rows)

    async def _async_soft_close(self) -> None:
        """Nothing is open: the rows are here."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()


class SqliteConnection(AsyncAdapt_aiosqlite_connection):
    """A connection in its thread; `in_thread` is the way to it."""

    _cursor_cls = WholeCursor  # type: ignore[assignment]  # the base's is final by inference only

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._start = ""
        """The words that begin a transaction, until its first statement runs."""
        self._open = False
        """A transaction may have begun: also by a statement whose caller gave up, which may still run."""

    def begin(self, start: str) -> None:
        """Begin a transaction with these words together with its first statement, in one go."""
        self._start = start

    async def in_thread(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run a function of the `sqlite3` connection and these arguments in the connection's thread."""
        driver: Any = self._connection
        if self._start:
            self._open = True
            function = partial(self._begun, function)
        # aiosqlite offers no public way to run a function of ours in its thread.
        result: T = await driver._execute(function, driver._conn, *arguments)
        return result

    def _begun(self, function: Callable[..., T], connection: sqlite3.Connection, *arguments: Any) -> T:
        connection.execute(self._start)
        self._start = ""  # not before: after a refusal the next statement must not run without a transaction
        return function(connection, *arguments)

    async def script(self, steps: Sequence[Step], *, commit: bool = False) -> list[list[Any]]:
        """Execute statements in one go; returns the rows of each. An error leaves the later ones undone."""
        found = await self.in_thread(_script, steps, commit)
        self._open = self._open and not commit
        return found

    def commit(self) -> None:
        """Commit, in the thread."""
        self._start = ""
        if self._open:
            super().commit()
            self._open = False

    def rollback(self) -> None:
        """Roll back if there is anything to roll back: the pool asks for it at every return."""
        self._start = ""
        if self._open:
            super().rollback()
            self._open = False


class SqliteReader(SqliteConnection):
    """A connection that only reads: nobody waits for the end of its transactions, which cannot fail."""

    def commit(self) -> None:
        """End the reading."""
        self._start = ""
        if self._open:
            driver: Any = self._connection
            driver._tx.put_nowait((None, driver._conn.commit))
            self._open = False


class SqliteDriver(AsyncAdapt_aiosqlite_dbapi):
    """The DBAPI module for `create_async_engine(module=...)`."""

    def __init__(self, *, read_only: bool) -> None:
        super().__init__(aiosqlite, sqlite3)
        self._kind = SqliteReader if read_only else SqliteConnection

    def connect(self, *arg: Any, **kw: Any) -> SqliteConnection:
        """Open a connection and its thread."""
        return self._kind(self, super().connect(*arg, **kw)._connection)


def _execute(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
    cursor = connection.execute(sql, parameters)
    rows = cursor.fetchall()
    return cursor.description, cursor.rowcount, cursor.lastrowid, rows


def _execute_many(connection: sqlite3.Connection, sql: str, rows: Sequence[Any]) -> tuple[Any, ...]:
    cursor = connection.executemany(sql, rows)
    return cursor.description, cursor.rowcount, cursor.lastrowid, ()


def _script(connection: sqlite3.Connection, steps: Sequence[Step], commit: bool) -> list[list[Any]]:
    found: list[list[Any]] = []
    for sql, parameters, many in steps:
        cursor = connection.executemany(sql, parameters) if many else connection.execute(sql, parameters)
        found.append(cursor.fetchall())
    if commit:
        connection.commit()
    return found
