"""Opens the database: SQLite with one writer and several readers, or PostgreSQL with a pool."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import StorageError, translated
from storage.session import Session
from storage.sqlite_driver import SqliteDriver
from storage.statements import SHARED
from storage.types import dump_json, load_json

__all__ = ["BUSY_MS", "NOTICE_LOCK", "PARAMETERS", "Database", "Session", "check_sqlite", "chunked", "database_url"]

T = TypeVar("T")

SQLITE_OLDEST = (3, 38)
BUSY_MS = 5_000
"""How long a writer waits for another program's lock, milliseconds."""
READERS = 4
CHECKPOINT_PAGES = 8_000
"""After so many pages (32 MB) the log is copied into the file. SQLite's own 1,000 are less than a batch of messages
writes: every commit then copied the same busy pages again, half of its time."""
IDLE = 5.0
"""Seconds after which a connection to PostgreSQL is asked whether it still lives before it is used again."""
PARAMETERS = 30_000
"""Fewer than SQLite's (32,766) and PostgreSQL's (65,535, asyncpg 32,767) most parameters in one statement."""
NOTICE_LOCK = 0x48554231
"""Advisory lock on PostgreSQL under which notices get their numbers, so that numbers rise as commits do."""


def database_url(url: str) -> URL:
    """Return the URL with the async driver: `sqlite:///file`, `sqlite+aiosqlite:///file`, `postgresql+asyncpg://…`."""
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError as error:
        raise StorageError("HUB_DATABASE_URL is not a database URL. Use sqlite:///path or postgresql://….") from error
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    backend = parsed.drivername.split("+")[0]
    if backend not in drivers:
        raise StorageError(f"HUB_DATABASE_URL names {backend!r}; the hub stores in SQLite or PostgreSQL.")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StorageError("HUB_DATABASE_URL names no file. SQLite needs one: sqlite:///path/hub.sqlite.")
    return parsed.set(drivername=drivers[backend])


def check_sqlite() -> None:
    """Raise, in words, if this Python's SQLite is too old or lacks full-text search."""
    if sqlite3.sqlite_version_info < SQLITE_OLDEST:
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} is too old; the hub needs {'.'.join(map(str, SQLITE_OLDEST))} or newer."
        )
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError as error:
        raise StorageError("This Python's SQLite has no FTS5, which search needs. Use another build.") from error
    finally:
        connection.close()


def _engine(url: URL, *, pool: int, busy_ms: int, read_only: bool, durable: bool = True) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        from storage.postgres_driver import PostgresDriver  # not at the top: asyncpg is an extra

        # Both pay for themselves over many thousand rows: a page of a list took three times as long with them.
        settings = {"application_name": "interaction-hub", "jit": "off", "enable_memoize": "off"}
        if not durable:
            settings["synchronous_commit"] = "off"
        engine = create_async_engine(
            url,
            module=PostgresDriver(),
            pool_size=pool,
            max_overflow=pool,
            isolation_level="READ COMMITTED",
            json_serializer=dump_json,
            json_deserializer=load_json,
            execution_options={"compiled_cache": SHARED},
            connect_args={"server_settings": settings},
        )
        _prove_idle_connections(engine)
        return engine
    engine = create_async_engine(
        url,
        module=SqliteDriver(read_only=read_only),
        pool_size=pool,
        max_overflow=0,
        pool_timeout=60,
        json_serializer=dump_json,
        json_deserializer=load_json,
        execution_options={"compiled_cache": SHARED},
        # SQLAlchemy's own transactions on SQLite begin at the first write and so lose updates without a word.
        connect_args={"isolation_level": None, "cached_statements": 512, "timeout": busy_ms / 1000},
    )
    pragmas = [f"busy_timeout={busy_ms}", "foreign_keys=ON", "temp_store=MEMORY", "mmap_size=268435456"]
    if read_only:
        pragmas += ["query_only=ON", "cache_size=-8000"]
    else:
        synchronous = "FULL" if durable else "NORMAL"
        pragmas += [
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "cache_size=-64000",
            "journal_size_limit=67108864",
        ]
        pragmas += [f"wal_autocheckpoint={CHECKPOINT_PAGES}"]

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    start = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.begin(start)

    return engine


def _prove_idle_connections(engine: AsyncEngine) -> None:
    """Ask a connection that lay idle whether the server still knows it; one that was just in use is not asked."""

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def prove(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise sa.exc.DisconnectionError  # the pool tries another one
        if monotonic() - record.info.get("used", monotonic()) < IDLE:
            return
        try:
            connection.ping()
        except Exception as error:
            raise sa.exc.DisconnectionError from error


class Database:
    """The engines of one process. SQLite's writers queue here, fairly, instead of polling for the file's lock."""

    def __init__(self, url: str, *, owner: str = "", busy_ms: int = BUSY_MS) -> None:
        self.url = database_url(url)
        self.busy_ms = busy_ms
        self.postgres = self.url.get_backend_name() == "postgresql"
        if not self.postgres:
            check_sqlite()
        self.owner = owner or socket.gethostname()
        self.start_id: UUID = uuid4()
        self.writer = _engine(self.url, pool=10 if self.postgres else 1, busy_ms=busy_ms, read_only=False)
        self.repeatable = _engine(
            self.url, pool=4 if self.postgres else 1, busy_ms=busy_ms, read_only=False, durable=False
        )
        if self.postgres:
            # As on SQLite: all statements of one reading see one state, and none may write.
            self.reader = self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self.glancer = self.writer.execution_options(isolation_level="AUTOCOMMIT")
        else:
            self.reader = self.glancer = _engine(self.url, pool=READERS, busy_ms=busy_ms, read_only=True)
        self.write_lock = asyncio.Lock()
        self._returning = set[asyncio.Task[None]]()
        self._closed = False

    @asynccontextmanager
    async def write(self, *, durable: bool = True) -> AsyncIterator[Session]:
        """Open a transaction that may write; commits at the end, rolls back on an exception.

        Not `durable`: the commit does not wait for the disk. A power cut may undo it, never in part and never without
        all that was committed after it; the next durable commit makes it durable, too. Such transactions are the hub's
        own work, many in a second: they gather what they write.
        """
        engine = self.writer if durable else self.repeatable
        if self.postgres:
            async with self._transaction(engine, gathers=not durable) as session:
                yield session
            return
        async with self.write_lock, self._transaction(engine, gathers=not durable) as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """Open a transaction that only reads: all its statements see one state on SQLite."""
        async with self._transaction(self.reader) as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Session]:
        """Open what runs one prepared query: it sees one state of its own and pays for no transaction."""
        async with self._connected(self.glancer) as connection:
            yield Session(connection, writes=False)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine, *, gathers: bool = False) -> AsyncIterator[Session]:
        async with self._connected(engine) as connection:
            # Only the database's own work is translated: what the caller raises inside the block passes unchanged.
            with translated():
                transaction = await connection.begin()
            session = Session(connection, writes=engine is not self.reader, gathers=gathers)
            yield session
            await session.finish()
            with translated():
                await transaction.commit()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = engine.connect()
        with translated():
            await connection.start()
        try:
            yield connection
        finally:
            # Who is cancelled here once more leaves, and the connection still comes back.
            returning = asyncio.create_task(self._give_back(connection))
            self._returning.add(returning)
            returning.add_done_callback(self._returning.discard)
            await asyncio.shield(returning)

    async def _give_back(self, connection: AsyncConnection) -> None:
        """Roll back what was not committed and return the connection; the pool of a closed database takes none."""
        if self._closed:
            await connection.invalidate()
        await connection.close()

    async def close(self) -> None:
        """Close every connection, those too that are still on their way back."""
        self._closed = True
        await asyncio.gather(*self._returning, return_exceptions=True)
        await self.writer.dispose()
        await self.repeatable.dispose()
        if not self.postgres:
            await self.reader.dispose()


def chunked(items: Iterable[T], size: int) -> Iterable[Sequence[T]]:
    """Cut into pieces that fit one statement."""
    everything = list(items)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
