"""Work that a request starts and does not wait for: passing signs to providers. Ended with the server."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from hub.api._framework.routing import supplied

log = structlog.get_logger(__name__)

MOST = 100


@supplied
class Background:
    """Tasks by name: one of a name at a time, and never more than a bounded number."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def once(self, name: str, job: Coroutine[Any, Any, None]) -> None:
        """Start a job unless one of this name is at work, or too many are."""
        if name in self._tasks or len(self._tasks) >= MOST:
            job.close()
            return
        self._tasks[name] = asyncio.create_task(self._run(name, job), name=name)

    async def close(self) -> None:
        """Cancel what is at work."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, name: str, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except Exception:
            log.exception("work beside a request failed", job=name)
        finally:
            del self._tasks[name]
