"""PostgreSQL under SQLAlchemy's async engine with a short way for runs of prepared statements.

SQLAlchemy's own way makes a context, a cursor and a change of greenlet for each statement: as much of the event loop's
time as asyncpg takes for the statement itself. Its transactions, its pool and its words for errors stay in charge.
"""

from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection, AsyncAdapt_asyncpg_dbapi

from storage.sqlite_driver import Step

STATEMENTS_KEPT = 500
"""Prepared statements of one connection, in SQLAlchemy's way and in ours."""


class PostgresConnection(AsyncAdapt_asyncpg_connection):
    """A connection; `script` is the short way."""

    def __init__(self, dbapi: Any, connection: Any) -> None:
        base: Any = super()  # SQLAlchemy's drivers have no types
        base.__init__(dbapi, connection, prepared_statement_cache_size=STATEMENTS_KEPT)

    async def script(self, steps: Sequence[Step]) -> list[Sequence[Any]]:
        """Execute statements one after the other; returns the rows of each. An error leaves the later ones undone."""
        adapted: Any = self  # SQLAlchemy's drivers have no types
        driver = adapted._connection
        found: list[Sequence[Any]] = []
        async with adapted._execute_mutex:
            if adapted._transaction is None:
                await adapted._start_transaction()
            try:
                for sql, parameters, many in steps:
                    if many:
                        await driver.executemany(sql, parameters)
                    found.append(() if many else await driver.fetch(sql, *parameters))
            except Exception as error:  # noqa: BLE001 - it raises each in SQLAlchemy's words
                adapted._handle_exception(error)
        return found


class PostgresDriver(AsyncAdapt_asyncpg_dbapi):
    """The DBAPI module for `create_async_engine(module=...)`."""

    def __init__(self) -> None:
        base: Any = super()
        base.__init__(asyncpg)

    def connect(self, *arg: Any, **kw: Any) -> PostgresConnection:
        """Open a connection."""
        kw.setdefault("statement_cache_size", STATEMENTS_KEPT)
        base: Any = super()  # SQLAlchemy's drivers have no types
        opened = base.connect(*arg, **kw)
        return PostgresConnection(self, opened._connection)
