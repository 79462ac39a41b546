"""Tells whoever listens in this process that something was committed, and passes ephemeral signs on.

The database keeps the notices; this only wakes their readers. With a bus the same bell rings on every node,
and without one a reader looks by itself now and then, so a lost ring costs a moment, never a notice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Protocol

import structlog

from hub.domain.changes import ChangeKind

log = structlog.get_logger(__name__)

Sign = Mapping[str, object]
"""Something passing that is not kept: typing, who looks at what. JSON-able; `type` says which."""

_QUEUE = 256


class Bus(Protocol):
    """Carries rings and signs between nodes."""

    async def publish(self, message: Mapping[str, object]) -> None:
        """Send to every other node. Raises nothing: a lost message costs a poll."""
        ...

    async def listen(self, receive: Callable[[Mapping[str, object]], None]) -> None:
        """Call `receive` for every message of other nodes, until cancelled."""
        ...

    async def close(self) -> None:
        """Leave the bus."""
        ...


class _Bell:
    """Counts its rings and wakes who waits for the next."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self.rings += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, after: int, at_most: float) -> int:
        if self.rings <= after:
            with suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await self._rung.wait()
        return self.rings


class Notices:
    """The bells of one process: one that rings for every commit, and one for each kind of change."""

    def __init__(self, bus: Bus | None = None) -> None:
        self._bus = bus
        self._all = _Bell()
        self._by_kind: dict[str, _Bell] = {}
        self._listeners: set[asyncio.Queue[Sign]] = set()
        self._outgoing: asyncio.Queue[Mapping[str, object]] = asyncio.Queue(_QUEUE)

    @property
    def rings(self) -> int:
        """How often the bell rang; give it to `wait`."""
        return self._all.rings

    def rings_of(self, kind: ChangeKind) -> int:
        """How often it rang for one kind of change; give it to `wait_for`."""
        return self._bell(kind.value).rings

    def ring(self, kinds: Collection[ChangeKind] = ()) -> None:
        """Say that changes of these kinds were committed, here and on every node."""
        words = [kind.value for kind in kinds]
        self._ring_here(words)
        self._send({"ring": words})

    async def wait(self, after: int, at_most: float) -> int:
        """Return the number of rings as soon as it exceeds `after`, or after `at_most` seconds."""
        return await self._all.wait(after, at_most)

    async def wait_for(self, kind: ChangeKind, after: int, at_most: float) -> int:
        """Wait as `wait` does, for one kind of change only."""
        return await self._bell(kind.value).wait(after, at_most)

    def sign(self, sign: Sign) -> None:
        """Pass a sign on to everyone who listens now, here and on every node. Who is behind misses it."""
        self._sign_here(sign)
        self._send({"sign": sign})

    @contextmanager
    def signs(self) -> Iterator[asyncio.Queue[Sign]]:
        """Listen to signs while the block runs."""
        queue: asyncio.Queue[Sign] = asyncio.Queue(_QUEUE)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def run(self) -> None:
        """Carry rings and signs to and from the other nodes, until cancelled. Returns at once without a bus."""
        if self._bus is None:
            return
        bus = self._bus

        async def send() -> None:
            while True:
                await bus.publish(await self._outgoing.get())

        jobs: list[Awaitable[None]] = [send(), bus.listen(self._receive)]
        await asyncio.gather(*jobs)

    def _receive(self, message: Mapping[str, object]) -> None:
        kinds = message.get("ring")
        if isinstance(kinds, list):
            self._ring_here([str(kind) for kind in kinds])
        sign = message.get("sign")
        if isinstance(sign, Mapping):
            self._sign_here(sign)

    def _ring_here(self, kinds: Collection[str]) -> None:
        self._all.ring()
        for kind in kinds:
            self._bell(kind).ring()

    def _bell(self, kind: str) -> "_Bell":
        return self._by_kind.setdefault(kind, _Bell())

    def _sign_here(self, sign: Sign) -> None:
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(sign)

    def _send(self, message: Mapping[str, object]) -> None:
        if self._bus is not None and not self._outgoing.full():
            self._outgoing.put_nowait(message)
