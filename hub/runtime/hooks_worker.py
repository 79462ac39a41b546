"""Tells integrators what happened: turns notices into deliveries and sends those that are due."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import structlog

from hub.domain.hooks import HookDelivery
from hub.runtime.loops import first_of
from hub.runtime.notices import Notices
from hub.services.hooks import BATCH, Teller, attempt, expand

log = structlog.get_logger(__name__)

AT_ONCE = 16
PER_HOOK = 4
"""Deliveries to one hook at the same time: a slow address must not take all places."""
LOOK_EVERY = 5.0
GATHER = 0.25
"""Seconds in which notices gather, so that a busy inbox costs a few transactions a second, not one per message."""
SKIP_EVERY = 60.0
_NEXT_TURN = timedelta(seconds=2)


class HooksWorker:
    """The loop that tells."""

    def __init__(self, *, teller: Teller, notices: Notices) -> None:
        self._teller = teller
        self._notices = notices
        self._busy: Counter[UUID] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._freed = asyncio.Event()
        self._skip_at = 0.0

    async def run(self) -> None:
        """Tell until cancelled. What was under way is told again: receivers know it by its delivery id."""
        try:
            while True:
                rings = self._notices.rings
                self._freed.clear()
                try:
                    if await self._is_wanted():
                        while await expand(self._teller.storage, now=self._teller.now()) == BATCH:
                            pass
                        await self.start_due()
                except Exception:
                    log.exception("outgoing webhooks could not be read; trying again")
                await first_of(self._freed.wait(), self._notices.wait(rings, LOOK_EVERY))
                await asyncio.sleep(GATHER)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def start_due(self) -> int:
        """Start what is due; returns how many deliveries."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            return 0
        now = self._teller.now()
        async with self._teller.storage.begin() as uow:
            mine: list[HookDelivery] = []
            busy = self._busy.copy()
            for delivery in await uow.hooks.claim(now, room):
                busy[delivery.hook_id] += 1
                if busy[delivery.hook_id] <= PER_HOOK:
                    mine.append(delivery)
                else:
                    await uow.hooks.record(replace(delivery, next_at=now + _NEXT_TURN))
        for delivery in mine:
            self._busy[delivery.hook_id] += 1
            task = asyncio.create_task(self._tell(delivery), name="hook")
            self._tasks.add(task)
            task.add_done_callback(self._done)
        return len(mine)

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _is_wanted(self) -> bool:
        """Tell whether any hook listens; if none does, notices are passed over now and then, unread."""
        async with self._teller.storage.read() as uow:
            if any(hook.active for hook in await uow.hooks.all()):
                return True
        now = asyncio.get_running_loop().time()
        if now < self._skip_at:
            return False
        self._skip_at = now + SKIP_EVERY
        return True

    async def _tell(self, delivery: HookDelivery) -> None:
        try:
            after = await attempt(self._teller, delivery)
        finally:
            self._busy[delivery.hook_id] -= 1
        if after.state == "failed":
            log.warning("outgoing webhook given up", hook=str(after.hook_id), reason=after.error)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._freed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The database was away: the delivery is due again when its claim ends.
            log.error("what became of an outgoing webhook was not written", exc_info=error)
