"""The short way to PostgreSQL keeps what SQLAlchemy promises: words for errors, and no dead connection twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from storage.engine import Database
from storage.errors import StorageUnreachable
from storage.prepared import Prepared

_WHO = Prepared(lambda _postgres: sa.select(sa.func.pg_backend_pid()))
_END = Prepared(lambda _postgres: sa.select(sa.func.pg_terminate_backend(sa.bindparam("pid", type_=sa.Integer))))
_WAITS = Prepared(lambda _postgres: sa.select(sa.func.current_setting("synchronous_commit")))


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    made = Database(postgres_url)
    yield made
    await made.close()


async def test_a_connection_that_the_server_ended_is_said_in_words_and_not_used_again(database: Database) -> None:
    ended = asyncio.Event()
    async with database.write() as other, database.glance() as session:
        driver: Any = (await session.connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(lambda _connection: ended.set())
        ((pid,),) = await session.fetch(_WHO, {})
        await other.fetch(_END, {"pid": pid})
        await ended.wait()
        with pytest.raises(StorageUnreachable, match="Check HUB_DATABASE_URL"):
            await session.fetch(_WHO, {})
    async with database.glance() as session:
        ((another,),) = await session.fetch(_WHO, {})
    assert another != pid


@pytest.mark.parametrize(("durable", "waits"), [(True, "on"), (False, "off")])
async def test_only_a_durable_commit_waits_for_the_disk(database: Database, durable: bool, waits: str) -> None:
    async with database.write(durable=durable) as session:
        assert await session.fetch(_WAITS, {}) == [(waits,)]
