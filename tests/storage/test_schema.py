"""Migrations make the tables the code knows, on both engines, and refuse what they do not know."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import SchemaState, StorageError, migrate, schema_state
from storage.engine import Database
from storage.tables import metadata


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Tell whether the code's MetaData should know a table: the search index is made by hand."""
    return not (kind == "table" and name is not None and name.startswith(("search_", "sqlite_")))


def differences(connection: sa.Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrated_schema_is_the_one_the_code_knows(database_url: str) -> None:
    database = Database(database_url)
    async with database.writer.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_a_database_says_how_it_stands(database_url: str) -> None:
    assert await schema_state(database_url) is SchemaState.current
    await migrate(database_url)
    database = Database(database_url)
    async with database.write() as session:
        await session.run(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert await schema_state(database_url) is SchemaState.ahead
    with pytest.raises(StorageError, match="newer version"):
        await migrate(database_url)
    async with database.write() as session:
        await session.run(sa.text("DROP TABLE alembic_version"))
    assert await schema_state(database_url) is SchemaState.new
    await database.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite://"])
async def test_a_url_we_cannot_use_is_refused_in_words(url: str) -> None:
    with pytest.raises(StorageError, match="HUB_DATABASE_URL"):
        await schema_state(url)
