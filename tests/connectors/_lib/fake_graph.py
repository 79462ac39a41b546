"""A fake of Meta's Graph API on loopback: real HTTP, tokens and proofs checked, requests recorded, faults on demand."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from connectors._lib.meta_graph import Access, Patience

VERSION = "v25.0"
APP_ID = "900100200300400"
APP_SECRET = "app-secret-of-the-fake-graph"
VERIFY_TOKEN = "verify-token-of-the-fake-graph"
TOKEN = "EAAtoken-of-the-fake-graph-0123456789"
SHORT = Patience(connect=1, answer=0.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request as the server saw it."""

    method: str
    path: str
    """Without the version."""
    query: Mapping[str, str]
    json: Any = None
    form: Mapping[str, Any] = field(default_factory=dict)
    """Plain fields as text, the file as (name, type, bytes)."""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to the next request to a path that ends so."""

    path: str
    status: int = 200
    error: Mapping[str, Any] | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    reset: bool = False


Answer = Mapping[str, Any] | Callable[[Call], Mapping[str, Any]]


class FakeGraph:
    """The server, and the handle of the test."""

    def __init__(self, token: str = TOKEN) -> None:
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        """Served at /files/<name>, to who shows the token."""
        self.redirects: dict[str, str] = {}
        """Files that are elsewhere."""
        self.answers: dict[tuple[str, str], Answer] = {}
        self.faults: deque[Fault] = deque()
        self.access = Access(base_url="", version=VERSION, token=token, app_id=APP_ID, app_secret=APP_SECRET)
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        """The base address, as in the setting."""
        return f"http://127.0.0.1:{self._port}"

    def answer(self, method: str, path: str, answer: Answer) -> None:
        """Say what a node or edge answers."""
        self.answers[method, path] = answer

    def fail(self, path: str, **fault: Any) -> None:
        """Make the next request to a path that ends so fail. `code` is short for an error with this code."""
        code = fault.pop("code", None)
        if code is not None:
            fault.setdefault("status", 400)
            extra = {key: fault.pop(key) for key in ("error_subcode", "error_data") if key in fault}
            said = fault.pop("message", f"(#{code}) no, {TOKEN}")
            fault["error"] = {"message": said, "type": "OAuthException", "code": code, "fbtrace_id": "A1", **extra}
        self.faults.append(Fault(path=path, **fault))

    def made(self, method: str, path: str) -> list[Call]:
        """Return the requests that reached a path."""
        return [call for call in self.calls if (call.method, call.path) == (method, path)]

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=200 * 1024 * 1024)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_route("*", f"/{VERSION}/{{path:.+}}", self._handle)
        app.router.add_get("/{path:refresh_access_token}", self._handle)
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

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in (self.access.token, self.access.app_token):
            return _error(401, {"code": 190, "message": "Invalid OAuth access token.", "type": "OAuthException"})
        proof = request.query.get("appsecret_proof")
        if token == self.access.token and proof not in (None, self.access.proof):
            return _error(400, {"code": 100, "message": "Invalid appsecret_proof provided in the API argument"})
        path = request.match_info["path"]
        fault = next((f for f in self.faults if path.endswith(f.path)), None)
        if fault is not None:
            self.faults.remove(fault)
            if not (fault.hang or fault.reset):
                return _faulty(fault)
        call = await _read(request, path, token)
        self.calls.append(call)
        if fault is not None and fault.hang:
            await self._released.wait()
        if fault is not None and request.transport is not None:
            request.transport.abort()
        found = self.answers.get((request.method, path))
        if found is None:
            return _error(404, {"code": 100, "error_subcode": 33, "message": f"Unsupported request: {path}"})
        return web.json_response(found(call) if callable(found) else found)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.access.token}":
            return web.Response(status=401)
        name = request.match_info["name"]
        if name in self.redirects:
            return web.Response(status=302, headers={"Location": self.redirects[name]})
        content = self.files.get(name)
        return web.Response(body=content) if content is not None else web.Response(status=404)


async def _read(request: web.Request, path: str, token: str) -> Call:
    query = {key: value for key, value in request.query.items() if key != "appsecret_proof"}
    if request.content_type == "application/json":
        return Call(method=request.method, path=path, query=query, json=json.loads(await request.read()), token=token)
    form: dict[str, Any] = {}
    if request.content_type.startswith("multipart/"):
        form = {key: _part(value) for key, value in (await request.post()).items()}
    return Call(method=request.method, path=path, query=query, form=form, token=token)


def _part(value: Any) -> Any:
    return (value.filename, value.content_type, value.file.read()) if isinstance(value, web.FileField) else value


def _faulty(fault: Fault) -> web.Response:
    if fault.error is not None:
        return _error(fault.status, fault.error, fault.headers)
    return web.Response(status=fault.status, body=fault.body or b"", headers=dict(fault.headers))


def _error(status: int, error: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": dict(error)}, status=status, headers=dict(headers or {}))


def session() -> aiohttp.ClientSession:
    """A session as the hub lends it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
