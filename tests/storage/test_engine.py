"""Connections come back whatever happens to who holds them, also while the database closes."""

import asyncio
import contextlib

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from storage.engine import Database

pytestmark = pytest.mark.parametrize("turns", range(0, 24, 3))
"""How often the loop turns between the two cancellations: each meets the rollback somewhere else."""


class Held:
    """A transaction held open in a task of its own, and how many connections were opened and closed since."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.open = 0
        event.listen(self.database.reader.sync_engine, "connect", self._opened)
        event.listen(self.database.reader.sync_engine, "close", self._closed)
        event.listen(self.database.reader.sync_engine, "close_detached", self._closed)
        self._inside = asyncio.Event()
        self.task = asyncio.create_task(self._hold())

    def _opened(self, *_: object) -> None:
        self.open += 1

    def _closed(self, *_: object) -> None:
        self.open -= 1

    async def _hold(self) -> None:
        async with self.database.read() as session:
            await session.value(sa.text("SELECT 1"))
            self._inside.set()
            await asyncio.Event().wait()

    async def cancelled_twice(self, turns: int) -> None:
        await self._inside.wait()
        self.task.cancel()
        for _ in range(turns):
            await asyncio.sleep(0)
        self.task.cancel()


async def test_who_is_cancelled_twice_leaves_no_connection_open(sqlite_url: str, turns: int) -> None:
    held = Held(sqlite_url)
    await held.cancelled_twice(turns)
    with contextlib.suppress(asyncio.CancelledError):
        await held.task
    await held.database.close()
    assert held.open == 0


async def test_who_is_cancelled_while_the_database_closes_leaves_no_connection_open(
    sqlite_url: str, turns: int
) -> None:
    held = Held(sqlite_url)
    await held.cancelled_twice(turns)
    await held.database.close()
    with contextlib.suppress(asyncio.CancelledError):
        await held.task
    await asyncio.gather(*held.database._returning, return_exceptions=True)
    assert held.open == 0
