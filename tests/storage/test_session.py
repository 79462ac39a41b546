"""What a transaction gathers its own queries see, goes along with its commit, and is never left out in silence."""

import contextlib
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from hub.domain.errors import Conflict
from storage.engine import Database, Session
from storage.tables import facts


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database without facts named by one letter."""
    opened = Database(database_url)
    yield opened
    await opened.close()


async def put(session: Session, **values: str) -> None:
    """Insert facts, which must be new."""
    await session.insert(facts, [{"name": name, "value": value} for name, value in values.items()])


async def seen(session: Session) -> dict[str, str]:
    found = await session.rows(sa.select(facts.c.name, facts.c.value).where(sa.func.length(facts.c.name) == 1))
    return {row.name: row.value for row in found}


async def kept(database: Database) -> dict[str, str]:
    async with database.read() as session:
        return await seen(session)


async def test_a_query_sees_what_was_gathered_before_it(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
        assert await seen(session) == {"a": "1"}


async def test_all_that_was_gathered_is_committed_in_its_order(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
        async with session.together():
            await session.upsert(facts, [{"name": "a", "value": "2"}], keys=["name"])
        await put(session, b="3")
    assert await kept(database) == {"a": "2", "b": "3"}


async def test_what_broke_off_leaves_what_was_committed_before(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
    with contextlib.suppress(RuntimeError):
        async with database.write(durable=False) as session:
            await put(session, b="2")
            await seen(session)
            raise RuntimeError
    assert await kept(database) == {"a": "1"}


async def twice(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
        await put(session, a="2")


async def test_what_is_refused_at_the_end_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(Conflict):
        await twice(database)
    assert await kept(database) == {}


async def deaf(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
        await put(session, a="2")
        await put(session, b="3")
        with contextlib.suppress(Conflict):
            await session.flush()


async def test_who_does_not_hear_a_refusal_cannot_commit_the_rest(database: Database) -> None:
    with pytest.raises(Conflict):
        await deaf(database)
    assert await kept(database) == {}


async def test_a_refusal_of_what_is_inserted_at_once_leaves_the_transaction_usable(database: Database) -> None:
    async with database.write(durable=False) as session:
        await put(session, a="1")
        with pytest.raises(Conflict):
            await session.insert_once(facts, {"name": "a", "value": "2"})
        await put(session, b="3")
    assert await kept(database) == {"a": "1", "b": "3"}


async def test_a_block_that_failed_writes_nothing_later(database: Database) -> None:
    async with database.write() as session:
        with contextlib.suppress(RuntimeError):
            async with session.together():
                await put(session, a="1")
                raise RuntimeError
        await put(session, b="2")
    assert await kept(database) == {"b": "2"}
