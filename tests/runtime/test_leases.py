"""What must be done once is done by who holds the lease, and given up as soon as another node has it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.runtime.leases import TTL, LeaseKeeper
from hub.runtime.loops import Loops
from tests.scripted import SmallHub, small_hub


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def loops() -> AsyncIterator[Loops]:
    running = Loops()
    yield running
    await running.stop()


async def test_work_is_given_up_when_another_node_has_taken_the_lease(hub: SmallHub, loops: Loops) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()

    async def work() -> None:
        told.put_nowait("began")
        try:
            await asyncio.Event().wait()
        finally:
            told.put_nowait("given up")

    slow, quick = [LeaseKeeper(hub.storage, hub.clock, node, shared=True) for node in ("slow", "quick")]
    loops.start("work", lambda: slow.serve("test", work))
    assert await told.get() == "began"
    assert await quick.acquire("test") is None
    hub.clock.forward(seconds=2 * TTL.total_seconds())
    assert await quick.acquire("test") is not None
    loops.start("renewing", slow.run)
    assert await told.get() == "given up"
