"""Runs the program's loops: one that fails is logged and started again, never missing without a word."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from hub.runtime.backoff import Backoff

log = structlog.get_logger(__name__)

Loop = Callable[[], Awaitable[None]]


class Loops:
    """The running loops of one process."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, loop: Loop) -> None:
        """Run a loop from now on. It may return: then it has nothing to do in this process."""
        self._tasks.append(asyncio.create_task(_keep(name, loop), name=name))

    async def stop(self) -> None:
        """Cancel all loops, the last started first, and wait for their ends."""
        for task in reversed(self._tasks):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._tasks.clear()


async def first_of(*waits: Coroutine[object, object, object]) -> None:
    """Wait until one of them ends; the others are cancelled and have ended, too. An error of the first is raised."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep(name: str, loop: Loop) -> None:
    backoff = Backoff(first=1.0, most=60.0)
    while True:
        try:
            await loop()
        except Exception:
            log.exception("loop failed; it starts again", loop=name)
            await asyncio.sleep(backoff.delay())
        else:
            return
