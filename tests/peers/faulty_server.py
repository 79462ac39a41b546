"""A loopback HTTP server whose next calls can be made to fail in every way a real one does: what fakes are built on."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to the next call whose name fits."""

    method: str = "*"
    """The name of the call; `*` is any."""
    after: int = 0
    """How many such calls succeed before it."""
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang: bool = False
    """Take the request and never answer."""
    reset: bool = False
    """Take the request and cut the connection."""


class FaultyServer:
    """Listens on a port of its own; `routes` says what for."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._hanging = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers."""
        raise NotImplementedError

    def fail(self, fault: Fault) -> None:
        """Make one call fail."""
        self.faults.append(fault)

    async def faulted(self, request: web.Request, name: str) -> web.StreamResponse | None:
        """Return what a fault answers to this call, or None if there is none for it. The body has been read."""
        fault = next((fault for fault in self.faults if fault.method in ("*", name)), None)
        if fault is None:
            return None
        self.faults.remove(fault)
        if fault.after:
            self.faults.append(replace(fault, after=fault.after - 1))
            return None
        if fault.hang:
            await self._hanging.wait()
        if (fault.reset or fault.hang) and request.transport is not None:
            request.transport.abort()
        return web.Response(status=fault.status, body=fault.body, headers=dict(fault.headers))

    async def start(self) -> Self:
        """Listen; after a stop on the same port again."""
        app = web.Application(client_max_size=100 * 1024 * 1024)
        app.add_routes(self.routes())
        self._hanging = asyncio.Event()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Stop listening."""
        self._hanging.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
