"""Gives out conversations as soon as there is one to give or somebody to get it; on one node, by a lease."""

import asyncio

import structlog

from hub.domain.changes import ChangeKind
from hub.domain.routing import Method
from hub.ports import Clock, Storage
from hub.runtime.backoff import Backoff
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.services import routing

log = structlog.get_logger(__name__)

LOOK_EVERY = 5.0
"""Seconds after which to look although no bell rang: who does not answer is noticed by the clock."""
GATHER = 0.25
"""Seconds between two looks at the least: what changes meanwhile is looked at once."""


class RoutingWorker:
    """Runs until cancelled."""

    def __init__(self, storage: Storage, clock: Clock, notices: Notices, leases: LeaseKeeper) -> None:
        self._storage = storage
        self._clock = clock
        self._notices = notices
        self._leases = leases

    async def run(self) -> None:
        """Give out while this node holds the lease."""
        await self._leases.serve("routing", self._serve)

    async def drain(self) -> int:
        """Give out once. Returns how many conversations got an agent."""
        async with self._storage.read() as uow:
            anybody = any(one.method is not Method.off for one in await uow.routings.all())
        if not anybody:
            return 0
        async with self._storage.begin() as uow:
            return await routing.give_out(uow, self._clock.now())

    async def _serve(self) -> None:
        backoff = Backoff(first=0.5, most=30.0)
        while True:
            changed = self._notices.rings_of(ChangeKind.conversation_changed)
            try:
                await self.drain()
                backoff.reset()
            except Exception:
                # The database is away or busy: conversations wait in their queues, where people see them.
                log.exception("conversations could not be given out; trying again")
                await asyncio.sleep(backoff.delay())
                continue
            await asyncio.sleep(GATHER)
            await self._notices.wait_for(ChangeKind.conversation_changed, changed, LOOK_EVERY)
