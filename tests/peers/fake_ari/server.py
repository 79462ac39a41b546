"""The HTTP side of the fake Asterisk: who may ask, one WebSocket for each application, REST by the api-docs' paths."""

import asyncio
import base64
import re
from collections import deque
from collections.abc import Callable
from typing import Any, Literal, Self

from aiohttp import WSMsgType, web

from tests.peers.fake_ari import bridging  # noqa: F401 - registers its operations
from tests.peers.fake_ari.operations import OPERATIONS, Operation, Params, Refused
from tests.peers.fake_ari.parts import Application, Channel
from tests.peers.fake_ari.pbx import Pbx
from tests.peers.fake_ari.phones import Caller, Phone

USER, PASSWORD = "hub", "ari-password-of-the-tests"
Failure = Literal["cut", "hang", "500", "401", "403", "429"]
_ROUTES = [
    (method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)), template, act)
    for (method, template), act in OPERATIONS.items()
]


class FakeAri:
    """A PBX with ARI on a port of loopback, and people to phone with."""

    def __init__(self) -> None:
        self.pbx = Pbx()
        self.requests: list[tuple[str, str, dict[str, Any]]] = []
        """Every request: method, path, parameters."""
        self.asked: Callable[[str, str, str], None] = lambda _method, _path, _channel: None
        """Told of each request: method, path, and the channel it names for something new."""
        self.failures: deque[Failure] = deque()
        """What happens to the next requests instead of an answer."""
        self.user, self.password = USER, PASSWORD
        self.port = 0
        self._phones: dict[str, Phone] = {}
        self._runner: web.AppRunner | None = None
        self._senders: dict[web.WebSocketResponse, asyncio.Task[None]] = {}
        self._release = asyncio.Event()
        self.pbx.reach = self._reach
        self.pbx.devices = lambda: list(self._phones)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address an admin enters."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen, on the same port as before."""
        app = web.Application()
        app.router.add_get("/ari/events", self._events)
        app.router.add_route("*", "/ari/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away: the network is down, calls go on."""
        self._release.set()
        await self.cut()
        self.pbx.clock.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def cut(self) -> None:
        """Cut every WebSocket."""
        for app in self.pbx.applications.values():
            app.send = None
        for socket, sender in list(self._senders.items()):
            sender.cancel()
            transport = socket.get_extra_info("socket") and socket._req and socket._req.transport
            if transport:
                transport.abort()
        self._senders.clear()

    # people

    def phone(self, endpoint: str, does: Literal["ring", "auto", "busy", "absent", "reject"] = "ring") -> Phone:
        """Plug in a device."""
        self._phones[endpoint] = Phone(self.pbx, endpoint, does)
        return self._phones[endpoint]

    def call(self, number: str = "+48221234567", to: str = "+15550100", *, name: str = "", app: str = "hub") -> Caller:
        """Let a customer call us; the dialplan runs Stasis(app,number called)."""
        known = {"number": number, "caller_name": name, "exten": to, "endpoint": "trunk"}
        return Caller(self.pbx, self.pbx.new_channel("PJSIP/trunk", state="Ring", **known), app)

    def _reach(self, channel: Channel) -> None:
        prefix = channel.name.split("/")[0]
        phone = self._phones.get(f"{prefix}/{channel.endpoint}")
        if phone is None:
            self.pbx.clock.later(0, lambda: self.pbx.hang_up(channel, 20))
        else:
            self.pbx.clock.later(0, lambda: phone.offered(channel) if not channel.hung_up else None)

    async def until(self, true: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Wait until something is so; looked at after each event and each request."""
        news = asyncio.Event()
        self.pbx.waiting.add(news)
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    await news.wait()
                    news.clear()
        finally:
            self.pbx.waiting.discard(news)

    async def heard(self, kind: str, times: int = 1, *, seconds: float = 5.0) -> dict[str, Any]:
        """Wait until so many events of a kind were sent; return the last of them."""

        def found() -> list[dict[str, Any]]:
            return [event for event in self.pbx.events if event["type"] == kind]

        await self.until(lambda: len(found()) >= times, seconds=seconds)
        return found()[times - 1]

    # HTTP

    def _allowed(self, request: web.Request) -> bool:
        expected = f"{self.user}:{self.password}"
        given = request.query.get("api_key", "")
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            given = base64.b64decode(encoded).decode()
        return given == expected

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if not self._allowed(request):
            return _error(401, "Authentication required")
        names = [name for name in request.query.get("app", "").split(",") if name]
        if not names:
            return _error(400, "HTTP request is missing param: [app]")
        socket = web.WebSocketResponse(protocols=("ari",), heartbeat=None)
        await socket.prepare(request)
        apps = [self._claim(name, socket, request.query.get("subscribeAll") == "true") for name in names]
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            for app in apps:
                if app.socket is socket:
                    app.socket = app.send = None
            sender = self._senders.pop(socket, None)
            if sender is not None:
                sender.cancel()
            self.pbx.stirred()
        return socket

    def _claim(self, name: str, socket: web.WebSocketResponse, everything: bool) -> Application:
        """Give an application to a new socket; the one before is told, stays open, and hears nothing more."""
        app = self.pbx.app(name)
        if app.send is not None:
            self.pbx.emit("ApplicationReplaced", only=name)
        queue: asyncio.Queue[str] = asyncio.Queue()
        app.socket, app.send, app.everything = socket, queue.put_nowait, everything
        self._senders[socket] = asyncio.create_task(_pump(queue, socket))
        return app

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        params: dict[str, Any] = dict(request.query)
        params.pop("api_key", None)
        if request.can_read_body:
            read = await request.json()
            params |= {"filter": read} if path.endswith("/eventFilter") else _body(read)
        self.requests.append((request.method, path, params))
        self.asked(request.method, path, str(params.get("channelId", "")))
        if not self._allowed(request):
            return _error(401, "Authentication required")
        if self.failures:
            failed = await self._fail(request, self.failures.popleft())
            if failed is not None:
                return failed
        found = [
            (template, act, match)
            for method, pattern, template, act in _ROUTES
            if method == request.method and (match := pattern.fullmatch(path))
        ]
        if not found:
            self.pbx.problems.append(f"{request.method} {path}: no such operation here")
            return _error(404, "Resource not found")
        # fixed words win over names: /channels/externalMedia over /channels/{channelId}
        template, act, match = min(found, key=lambda one: one[0].count("{"))
        return self._answer(request.method, template, act, {**params, **match.groupdict()})

    def _answer(self, method: str, template: str, act: Operation, params: Params) -> web.StreamResponse:
        spec = self.pbx.spec
        problems = spec.request_problems(method, template, params) if spec is not None else []
        self.pbx.problems += problems
        if problems:
            return _error(400, problems[0])
        try:
            done = act(self.pbx, params)
            status, body = done.status, done.body
        except Refused as refused:
            status, body = refused.status, {"message": str(refused)}
        self.pbx.stirred()
        if spec is not None:
            self.pbx.problems += spec.answer_problems(method, template, status, body)
        if isinstance(body, bytes):
            return web.Response(body=body, content_type="audio/x-wav")
        return web.Response(status=status) if body is None else web.json_response(body, status=status)

    async def _fail(self, request: web.Request, failure: Failure) -> web.StreamResponse | None:
        if failure == "cut":
            if request.transport is not None:
                request.transport.abort()
            return None
        if failure == "hang":
            await self._release.wait()
            return None
        headers = {"Retry-After": "7"} if failure == "429" else {}
        return web.json_response({"message": f"{failure} on demand"}, status=int(failure), headers=headers)


async def _pump(queue: asyncio.Queue[str], socket: web.WebSocketResponse) -> None:
    """Send events in order."""
    while True:
        text = await queue.get()
        if socket.closed:
            return
        await socket.send_str(text)


def _body(read: Any) -> dict[str, Any]:
    return dict(read) if isinstance(read, dict) else {}


def _error(status: int, message: str) -> web.Response:
    headers = {"WWW-Authenticate": 'Basic realm="Asterisk REST Interface"'} if status == 401 else {}
    return web.json_response({"message": message}, status=status, headers=headers)


__all__ = ["PASSWORD", "USER", "FakeAri"]
