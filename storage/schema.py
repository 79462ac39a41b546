"""Brings a database to this version's schema, and says how the two stand to each other."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import Database
from storage.errors import StorageError, translated

_LOCK = 0x4855424D


class SchemaState(StrEnum):
    """How a database stands to this version of the hub."""

    new = "new"
    """Empty: nothing to lose."""
    current = "current"
    behind = "behind"
    """Made by an older version: back up, then migrate."""
    ahead = "ahead"
    """Made by a newer version: this one must not serve it."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


async def schema_state(url: str) -> SchemaState:
    """Return how the database stands to this version. Raises StorageError."""
    database = Database(url)
    try:
        return await _state(database.writer)
    finally:
        await database.close()


async def _state(engine: AsyncEngine) -> SchemaState:
    with translated():
        async with engine.connect() as connection:
            revision = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    if revision is None:
        return SchemaState.new
    script = ScriptDirectory.from_config(_config())
    if revision == script.get_current_head():
        return SchemaState.current
    known = {entry.revision for entry in script.walk_revisions()}
    return SchemaState.behind if revision in known else SchemaState.ahead


async def migrate(url: str) -> None:
    """Bring the database to this version's schema; nothing happens if it is there. Raises StorageError."""
    database = Database(url)
    try:
        state = await _state(database.writer)
        if state is SchemaState.ahead:
            raise StorageError(
                "The database was made by a newer version of the hub. Start that version, or restore a backup"
                " made before the upgrade."
            )
        if state is not SchemaState.current:
            with translated():
                async with database.writer.begin() as connection:
                    await connection.run_sync(_upgrade)
    finally:
        await database.close()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Two nodes that start at the same moment: the second waits and then finds nothing to do.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
