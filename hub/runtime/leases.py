"""Who serves what must be served once: leases in the database, renewed while held, lost by a dead node in seconds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import timedelta

import structlog

from hub.ports import Clock, Storage
from hub.runtime.loops import first_of

log = structlog.get_logger(__name__)

TTL = timedelta(seconds=12)
RENEW_EVERY = 4.0


class LeaseKeeper:
    """The leases of one process. With `shared=False` (SQLite: one process) every lease is granted at once."""

    def __init__(self, storage: Storage, clock: Clock, owner: str, *, shared: bool) -> None:
        self._storage = storage
        self._clock = clock
        self._owner = owner
        self._shared = shared
        self._held: dict[str, asyncio.Event] = {}

    async def acquire(self, name: str) -> asyncio.Event | None:
        """Take a lease. Returns an event that is set when the lease is lost, or None if another node has it."""
        if self._shared:
            async with self._storage.begin() as uow:
                if not await uow.leases.acquire(name, self._owner, self._clock.now(), TTL):
                    return None
        lost = self._held[name] = asyncio.Event()
        return lost

    async def release(self, name: str) -> None:
        """Give a lease back, so that another node may take it at once."""
        if self._held.pop(name, None) is not None and self._shared:
            async with self._storage.begin() as uow:
                await uow.leases.release(name, self._owner)

    @contextlib.asynccontextmanager
    async def hold(self, name: str, retry_every: float = 3.0) -> AsyncIterator[asyncio.Event]:
        """Wait for a lease, hold it while the block runs, and give it back."""
        # Another node holds it, and only the database knows when it lets go.
        while (lost := await self.acquire(name)) is None:  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(retry_every)
        try:
            yield lost
        finally:
            await asyncio.shield(self.release(name))

    async def serve(self, name: str, work: Callable[[], Coroutine[object, object, object]]) -> None:
        """Do `work`, which runs until cancelled, while this node holds the lease; begin anew when it has it again."""
        while True:
            async with self.hold(name) as lost:
                await first_of(work(), lost.wait())

    async def run(self) -> None:
        """Renew what is held until cancelled; says so to the holders of what could not be renewed in time."""
        while self._shared:
            # Shows the others that this process lives, and so that what it claimed is in good hands.
            self._held.setdefault(f"node {self._owner}", asyncio.Event())
            for name, lost in list(self._held.items()):
                if not await self._renew(name):
                    self._held.pop(name, None)
                    lost.set()
            await asyncio.sleep(RENEW_EVERY)

    async def _renew(self, name: str) -> bool:
        try:
            async with asyncio.timeout(TTL.total_seconds() / 2), self._storage.begin() as uow:
                return await uow.leases.acquire(name, self._owner, self._clock.now(), TTL)
        except Exception:
            log.warning("lease not renewed", lease=name, exc_info=True)
            return False
