"""Brings a database to this version's schema, and says how the two stand to each other."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import Database, database_url
from storage.errors import StorageError, translated

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x4855424D
_TURN = 0x4855424E
_HERE = Path(__file__).parent / "migrations"

VERSIONS: Sequence[Path] = (_HERE / "versions",)
"""Folders of migrations."""


class SchemaState(StrEnum):
    """How a database stands to this version of the hub."""

    new = "new"
    """Empty: nothing to lose."""
    current = "current"
    behind = "behind"
    """Made by an older version: back up, then migrate."""
    ahead = "ahead"
    """Made by a newer version: this one must not serve it."""


def _config(versions: Sequence[Path]) -> "Config":
    from alembic.config import Config  # here and below not at the top: a start rarely migrates, and Alembic is large

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder).replace("%", "%%") for folder in versions))
    return config


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database; None if it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return revision


def _newest(versions: Sequence[Path]) -> str:
    """Return the revision of the newest migration: files begin with their number, and numbers follow each other."""
    return max(file.stem for folder in versions for file in folder.glob("[0-9]*.py")).partition("_")[0]


def state_of(revision: str | None, *, versions: Sequence[Path] = VERSIONS) -> SchemaState:
    """Return how a revision stands to this version."""
    if revision is None:
        return SchemaState.new
    if revision == _newest(versions):
        return SchemaState.current
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config(versions))
    known = {entry.revision for entry in script.walk_revisions()}
    return SchemaState.behind if revision in known else SchemaState.ahead


async def schema_state(url: str, *, versions: Sequence[Path] = VERSIONS) -> SchemaState:
    """Return how the database stands to this version. Raises StorageError."""
    return state_of(await schema_revision(url), versions=versions)


async def schema_revision(url: str) -> str | None:
    """Return the database's revision; None if it is empty. Raises StorageError."""
    database = Database(url)
    try:
        return await _revision(database.writer)
    finally:
        await database.close()


async def _revision(engine: AsyncEngine) -> str | None:
    with translated():
        async with engine.connect() as connection:
            return await connection.run_sync(revision_of)


async def migrate(url: str, *, versions: Sequence[Path] = VERSIONS) -> None:
    """Bring the database to this version's schema; nothing happens if it is there. Raises StorageError."""
    database = Database(url)
    try:
        state = state_of(await _revision(database.writer), versions=versions)
        if state is SchemaState.ahead:
            raise StorageError(
                "The database was made by a newer version of the hub. Start that version, or restore a backup"
                " made before the upgrade."
            )
        if state is not SchemaState.current:
            with translated():
                async with database.writer.begin() as connection:
                    await connection.run_sync(upgrade, versions=versions)
    finally:
        await database.close()


def upgrade(connection: Connection, revision: str = "head", *, versions: Sequence[Path] = VERSIONS) -> None:
    """Run the migrations up to a revision, in the connection's transaction."""
    if connection.dialect.name == "postgresql":
        # Two nodes that start at the same moment: the second waits and then finds nothing to do.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    from alembic import command

    config = _config(versions)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@asynccontextmanager
async def upgrade_turn(url: str) -> AsyncIterator[None]:
    """Hold the turn to upgrade a database: on PostgreSQL one node at a time, the others wait here.

    SQLite needs none: the data folder's lock lets one process in.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() != "postgresql":
        yield
        return
    engine = create_async_engine(parsed, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        with translated():
            connection = await engine.connect()
        try:
            with translated():
                await connection.exec_driver_sql(f"SELECT pg_advisory_lock({_TURN})")
            yield
        finally:
            await connection.close()  # a lock of the session ends with it
    finally:
        await engine.dispose()
