"""A fake homeserver on loopback: one account, its rooms and syncs, real refusals, everything recorded.

Small on purpose: what a homeserver really does is tested against Synapse in tests/e2e/test_matrix.py.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

TOKEN = "syt_fake_token_of_the_account"
US = "@support:hub.test"
Json = dict[str, Any]


class FakeHomeserver:
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        self.sent: list[Json] = []
        """Every event taken, with `room` and `txn`; a repeated transaction is not taken again."""
        self.asked: list[tuple[str, str]] = []
        self.syncs: list[Json] = []
        """What the next syncs with a `since` answer, one after the other; then nothing happens any more."""
        self.look: Json = {}
        """The rooms of the first look."""
        self.pages: dict[str, Json] = {}
        """History by the token it is asked from."""
        self.uploads: list[tuple[str, str, bytes]] = []
        self.media: dict[str, bytes] = {"hub.test/photo": b"\xff\xd8\xff\xe0 picture"}
        self.joined: list[str] = []
        self.fault: Json | None = None
        """How the next request to send an event fails."""
        self.forgotten: set[str] = set()
        """Positions it does not know any more."""
        self.polled = asyncio.Event()
        """Somebody waits for news."""
        self.only_old_media = False
        self.moved_media = ""
        self._good = 0
        self._taken: dict[str, str] = {}
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10**7)
        v3 = "/_matrix/client/v3"
        app.router.add_get(f"{v3}/account/whoami", self._whoami)
        app.router.add_get(f"{v3}/sync", self._sync)
        app.router.add_get(f"{v3}/rooms/{{room}}/messages", self._messages)
        app.router.add_post(f"{v3}/rooms/{{room}}/join", self._join)
        app.router.add_put(f"{v3}/rooms/{{room}}/send/m.room.message/{{txn}}", self._send)
        app.router.add_post(f"{v3}/rooms/{{room}}/receipt/m.read/{{event}}", self._noted)
        app.router.add_put(f"{v3}/rooms/{{room}}/typing/{{user}}", self._noted)
        app.router.add_get(f"{v3}/profile/{{user}}/displayname", self._profile)
        app.router.add_post("/_matrix/media/v3/upload", self._upload)
        app.router.add_get("/_matrix/client/v1/media/download/{server}/{id}", self._download)
        app.router.add_get("/_matrix/media/v3/download/{server}/{id}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
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

    def fail(self, status: int = 0, *, good: int = 0, how: str = "", take: bool = False, **body: object) -> None:
        """Let a request to send an event fail after some good ones: by an answer, or `how`: "reset" or "hang".

        `take` says whether the event is taken all the same.
        """
        self.fault = {"status": status, "take": take, "how": how, "body": body}
        self._good = good

    async def _whoami(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        return web.json_response({"user_id": US})

    async def _sync(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        self.asked.append(("sync", request.query.get("since", "")))
        if "since" not in request.query:
            return web.json_response({"next_batch": "s0", "rooms": self.look})
        self.polled.set()
        if request.query["since"] in self.forgotten:
            return web.json_response({"errcode": "M_UNKNOWN", "error": "Invalid stream token"}, status=400)
        if not self.syncs:
            await self._released.wait()
        return web.json_response(self.syncs.pop(0) if self.syncs else {"next_batch": "end"})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        self.asked.append(("messages", f"{request.query['from']}..{request.query.get('to', '')}"))
        page = self.pages.get(request.query["from"])
        if page is None:
            return web.json_response({"errcode": "M_FORBIDDEN", "error": "not yours"}, status=403)
        return web.json_response(page)

    async def _join(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        self.joined.append(request.match_info["room"])
        return web.json_response({"room_id": request.match_info["room"]})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        fault = self._next_fault()
        content = await request.json()
        if fault is None or fault["take"]:
            event_id = self._take(request.match_info["room"], request.match_info["txn"], content)
        if fault is None:
            return web.json_response({"event_id": event_id})
        if fault["how"] == "hang":
            await self._released.wait()
        if fault["how"] == "reset" and request.transport is not None:
            request.transport.abort()
        headers = {"Retry-After": "7"} if fault["status"] == 429 else {}
        return web.json_response(fault["body"], status=fault["status"] or 500, headers=headers)

    def _next_fault(self) -> Json | None:
        if self._good:
            self._good -= 1
            return None
        fault, self.fault = self.fault, None
        return fault

    def _take(self, room: str, txn: str, content: Json) -> str:
        if txn not in self._taken:
            self._taken[txn] = f"$out{len(self._taken) + 1}"
            self.sent.append({"room": room, "txn": txn, **content})
        return self._taken[txn]

    async def _noted(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        self.asked.append((request.method, request.path))
        return web.json_response({})

    async def _profile(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        return web.json_response({"displayname": "Halden Support"})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        if request.content_length is None:
            return web.json_response({"errcode": "M_UNKNOWN", "error": "no Content-Length"}, status=400)
        name, media_type = request.query["filename"], request.headers["Content-Type"]
        self.uploads.append((name, media_type, await request.read()))
        return web.json_response({"content_uri": f"mxc://hub.test/up{len(self.uploads)}"})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if self.only_old_media and "/client/v1/" in request.path:
            return web.json_response({"errcode": "M_UNRECOGNIZED", "error": "?"}, status=404)
        self._authorise(request)
        if self.moved_media:
            raise web.HTTPTemporaryRedirect(self.moved_media)
        content = self.media.get(f"{request.match_info['server']}/{request.match_info['id']}")
        if content is None:
            return web.json_response({"errcode": "M_NOT_FOUND", "error": "gone"}, status=404)
        return web.Response(body=content)

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise web.HTTPUnauthorized(
                text='{"errcode": "M_UNKNOWN_TOKEN", "error": "Invalid access token"}', content_type="application/json"
            )
