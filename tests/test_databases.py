"""The databases that tests get are real, migrated, and not shared."""

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.databases import Postgres


async def test_a_test_gets_a_database_of_its_own_that_it_can_write(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE only_here (n INTEGER)"))
        await connection.execute(text("INSERT INTO only_here VALUES (1)"))
        count = await connection.scalar(text("SELECT count(*) FROM only_here"))
    await engine.dispose()
    assert count == 1


async def test_a_database_comes_migrated(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        version = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    await engine.dispose()
    assert version


async def test_postgres_is_really_postgres(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.connect() as connection:
        version = await connection.scalar(text("SELECT version()"))
    await engine.dispose()
    assert str(version).startswith("PostgreSQL ")
    assert make_url(postgres_url).drivername == "postgresql+asyncpg"


async def test_a_used_postgres_database_comes_back_empty_with_its_numbers_from_the_beginning(
    postgres: Postgres,
) -> None:
    async with postgres.fresh() as url:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO facts (name, value) VALUES ('a', 'b')"))
            await connection.execute(text("SELECT nextval('interactions_seq_seq')"))
        # Not disposed of: a test that leaves its connections open must not hold the database.
    async with postgres.fresh() as again:
        other = create_async_engine(again)
        async with other.connect() as connection:
            rows = await connection.scalar(text("SELECT count(*) FROM facts"))
            number = await connection.scalar(text("SELECT nextval('interactions_seq_seq')"))
        await other.dispose()
    await engine.dispose()
    assert (again, rows, number) == (url, 0, 1)


async def test_a_postgres_database_with_another_schema_is_not_used_again(postgres: Postgres) -> None:
    async with postgres.fresh() as url:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE facts ADD COLUMN further text"))
        await engine.dispose()
    async with postgres.fresh() as other:
        assert other != url
