"""A fake of the provider on loopback: real HTTP, real refusals, everything recorded."""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

TOKEN = "token-of-the-fake-provider"
SECRET = "signing-secret-of-the-fake-provider"
ADDRESS = "@example_support"


class FakeProvider:
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.uploads: dict[str, bytes] = {}
        self.files = {"f-1": b"%PDF-1.7"}
        self.events: list[dict[str, Any]] = []
        self.next_status: int | None = None
        self.hangs = False
        self.resets = False
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        """Base address of the API, as in the connector's setting."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/me", self._me)
        app.router.add_post("/messages", self._message)
        app.router.add_post("/files", self._upload)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/events", self._events)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Stop listening."""
        self._released.set()
        await self._runner.cleanup()

    async def _me(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        return web.json_response({"address": ADDRESS})

    async def _message(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        body = await request.json()
        status, self.next_status = self.next_status, None
        if status is not None:
            headers = {"Retry-After": "7"} if status == 429 else {}
            return web.json_response({"error": f"no, {TOKEN}"}, status=status, headers=headers)
        self.sent.append(body)
        if self.hangs:
            await self._released.wait()
        if self.resets and request.transport is not None:
            request.transport.abort()
        return web.json_response({"id": f"out-{len(self.sent)}"}, status=201)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        name = f"up-{len(self.uploads) + 1}"
        self.uploads[name] = await request.read()
        return web.json_response({"id": name}, status=201)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        content = self.files.get(request.match_info["id"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        return web.json_response({"events": self.events})

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise web.HTTPUnauthorized
