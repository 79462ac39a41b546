"""The visitors' door: `/webchat/<key>/…` for widgets on websites, and the demo page at `/demo/widget`."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from uuid import UUID

import orjson
from aiohttp import WSCloseCode, web

from hub.contract import Visitor
from hub.domain.ids import AttachmentId, ExternalId
from hub.ports import BlobStore, Journal, Queries
from hub.runtime.clock import SystemClock
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from webhooks.visitors.admission import Admission
from webhooks.visitors.answers import Problem, answer, for_any_page, in_words, too_fast
from webhooks.visitors.audience import Audience
from webhooks.visitors.feed import Feed, FileTickets
from webhooks.visitors.files import FindAttachment, chunks, receive, serve, too_large
from webhooks.visitors.intake import Guest, Hosted, Intake
from webhooks.visitors.limits import Buckets, Places, Seats
from webhooks.visitors.pages import BuiltFiles, DemoChat, demo
from webhooks.visitors.reading import first_frame, json_object, place, text
from webhooks.visitors.session import Session

__all__ = ["Hosted", "VisitorsDoor"]

FRAME_BYTES = 64 * 1024
FRAMES_IN_A_POST = 20
HEARTBEAT_S = 20
POLL_S = 25
UPLOAD_S = 300
SOCKETS_PER_VISITOR = 10
SOCKETS_PER_ADDRESS = 200
SOCKETS = 10_000
TOKEN_REFUSED = 4401
NOT_ALLOWED = 4403
TOO_MANY = 4429
_SCRIPT_CACHE = "public, max-age=3600, stale-while-revalidate=86400"


class VisitorsDoor:
    """All routes of visitors. `find` gives the running channel of a key, `demo_chats` those of the demo page."""

    def __init__(
        self,
        *,
        find: Callable[[str], Hosted | None],
        demo_chats: Callable[[], Sequence[DemoChat]],
        journal: Journal,
        queries: Queries,
        find_attachment: FindAttachment,
        blobs: BlobStore,
        notices: Notices,
        clock: SystemClock,
        file_key: bytes,
        static: Path,
        agents_online: Callable[[], bool],
        metrics: Metrics | None = None,
        max_file_bytes: int = 25 * 1024 * 1024,
        trusted_proxies: Sequence[IPv4Network | IPv6Network] = (),
    ) -> None:
        self._demo_chats = demo_chats
        metrics = metrics or Metrics()
        self._queries = queries
        self._find_attachment = find_attachment
        self._blobs = blobs
        self._clock = clock
        self._tickets = FileTickets(file_key)
        self._static = BuiltFiles(static)
        self._agents_online = agents_online
        self._max_file_bytes = max_file_bytes
        self._admission = Admission(find, clock, metrics, trusted_proxies)
        self._audience = Audience(queries, notices)
        self._intake = Intake(journal, notices, metrics, clock.now, clock.monotonic)
        self._sockets: set[web.WebSocketResponse] = set()
        self._closing = False
        self._hellos = Buckets(rate=2, burst=120, monotonic=clock.monotonic)
        self._files = Buckets(rate=0.2, burst=20, monotonic=clock.monotonic)
        self._file_bytes = Buckets(rate=50_000, burst=250_000_000, monotonic=clock.monotonic)
        self._by_visitor = Places(SOCKETS_PER_VISITOR)
        self._by_address = Places(SOCKETS_PER_ADDRESS)
        self._in_all = Places(SOCKETS)

    def add_to(self, app: web.Application) -> None:
        """Mount the door on an application; its loop and its sockets end with the application."""
        door = web.Application(middlewares=[for_any_page, in_words])
        door.router.add_routes(
            [
                web.get("/{key}/widget.js", self._widget),
                web.post("/{key}/hello", self._hello),
                web.get("/{key}/socket", self._socket),
                web.get("/{key}/feed", self._feed),
                web.post("/{key}/frames", self._frames),
                web.post("/{key}/files", self._upload),
                web.get("/{key}/files/{id}", self._file),
            ]
        )
        pages = web.Application(middlewares=[in_words])
        pages.router.add_routes([web.get("/widget", self._demo), web.get("/widget/{name}", self._demo_file)])
        app.add_subapp("/webchat", door)
        app.add_subapp("/demo", pages)
        app.cleanup_ctx.append(self._running)
        app.on_shutdown.append(self._shut)

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        loop = asyncio.create_task(self._audience.run())
        yield
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop

    async def _shut(self, _app: web.Application) -> None:
        self._closing = True
        self._audience.wake_all()
        await asyncio.gather(
            *(ws.close(code=WSCloseCode.GOING_AWAY, message=b"the hub restarts") for ws in list(self._sockets))
        )

    # --- what the channel says -------------------------------------------------------------------------------

    def _online(self, guest: Guest) -> bool:
        return self._looks_open(guest.visitor)

    def _looks_open(self, visitor: Visitor) -> bool:
        return visitor.presence == "always" or (visitor.presence == "agents" and self._agents_online())

    def _session(self, guest: Guest, after: int) -> Session:
        feed = Feed(guest.hosted.channel_id, guest.visitor.thread, self._tickets)
        return Session(guest, feed, self._intake, self._queries, self._clock.now, self._online, after)

    # --- routes -----------------------------------------------------------------------------------------------

    async def _hello(self, request: web.Request) -> web.Response:
        hosted = self._admission.hosted(request)
        if wait := self._hellos.take(self._admission.address(request)):
            too_fast(wait)
        said = await json_object(request)
        visitor = self._admission.admit(
            request,
            hosted,
            token=text(said, "token"),
            identity=text(said, "identity"),
            fresh_id=f"v-{secrets.token_urlsafe(24)}",
        )
        return answer(
            {
                "token": visitor.token,
                "thread": visitor.thread,
                "identified": bool(visitor.claims),
                "online": self._looks_open(visitor),
                "max_file_bytes": self._max_file_bytes,
                "config": visitor.config,
            }
        )

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        hosted, address = self._admission.hosted(request), self._admission.address(request)
        places = ((self._in_all, "all"), (self._by_address, address))
        with Seats(places) as seated:
            if not seated:
                raise Problem(503, "busy", "Too many chats are open at once. Try again in a minute.", retry=60)
            ws = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=FRAME_BYTES, compress=False, timeout=5)
            await ws.prepare(request)
            self._sockets.add(ws)
            try:
                await self._talk(request, ws, hosted, address)
            finally:
                self._sockets.discard(ws)
        return ws

    async def _talk(self, request: web.Request, ws: web.WebSocketResponse, hosted: Hosted, address: str) -> None:
        said = await first_frame(ws)
        if said is None or self._closing:
            await ws.close(code=WSCloseCode.GOING_AWAY if self._closing else TOKEN_REFUSED)
            return
        try:
            visitor = self._admission.admit(request, hosted, token=text(said, "token"))
        except Problem as problem:
            code = NOT_ALLOWED if problem.code == "origin" else TOKEN_REFUSED
            await ws.close(code=code, message=problem.detail.encode()[:120])
            return
        thread_place = (hosted.channel_id, visitor.thread)
        with Seats(((self._by_visitor, thread_place),)) as seated:
            if not seated:
                await ws.close(code=TOO_MANY, message=b"this visitor has too many windows open")
                return
            session = self._session(Guest(hosted=hosted, visitor=visitor, address=address), place(said.get("after")))
            with self._audience.watching(thread_place) as spectator:
                await session.converse(ws, spectator)

    async def _feed(self, request: web.Request) -> web.Response:
        guest = self._admission.guest(request)
        wait = min(POLL_S, place(request.query.get("wait", 0)))
        session = self._session(guest, place(request.query.get("after", 0)))
        thread_place = (guest.hosted.channel_id, guest.visitor.thread)
        with Seats(
            ((self._in_all, "all"), (self._by_address, guest.address), (self._by_visitor, thread_place))
        ) as seated:
            if not seated:
                raise Problem(503, "busy", "Too many chats are open at once. Try again in a minute.", retry=60)
            with self._audience.watching(thread_place) as spectator:
                said = await session.poll(spectator, 0 if self._closing else wait)
        return answer({"said": said})

    async def _frames(self, request: web.Request) -> web.Response:
        guest = self._admission.guest(request)
        frames = (await json_object(request)).get("frames")
        if not isinstance(frames, list) or len(frames) > FRAMES_IN_A_POST:
            raise Problem(400, "malformed", f"Send a list of at most {FRAMES_IN_A_POST} frames as `frames`.")
        said = [await self._intake.take(guest, orjson.dumps(frame)) for frame in frames]
        return answer({"said": [one for one in said if one is not None]})

    async def _upload(self, request: web.Request) -> web.Response:
        guest = self._admission.guest(request)
        thread = guest.visitor.thread
        length = request.content_length
        if length is None:
            raise Problem(411, "malformed", "Say with Content-Length how large the file is.")
        if length > self._max_file_bytes:
            raise too_large(self._max_file_bytes)
        wait = self._files.take(thread) or self._files.take(guest.address, 0.2) or self._file_bytes.take(thread, length)
        if wait:
            too_fast(wait)
        name = request.query.get("name", "")[:255] or "file"
        try:
            async with asyncio.timeout(UPLOAD_S):
                got = await receive(
                    self._blobs, thread, name, request.content_type, chunks(request), self._max_file_bytes
                )
        except TimeoutError:
            raise Problem(408, "slow", "The file took too long to arrive. Try a smaller one.") from None
        return answer({"id": got.id, "name": got.name, "type": got.media_type, "size": got.size}, status=201)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        hosted = self._admission.hosted(request)
        thread = ExternalId(request.query.get("thread", ""))
        try:
            attachment_id = AttachmentId(UUID(request.match_info["id"]))
        except ValueError:
            raise Problem(404, "gone", "This file is not here.") from None
        ticket = request.query.get("ticket", "")
        if not self._tickets.fits(ticket, hosted.channel_id, thread, attachment_id, self._clock.now()):
            raise Problem(403, "ticket", "This link has expired. Open the chat again.")
        return await serve(request, self._blobs, await self._find_attachment(attachment_id))

    async def _widget(self, request: web.Request) -> web.Response:
        self._admission.hosted(request)
        return await self._static.response(request, "widget.js", _SCRIPT_CACHE)

    async def _demo(self, request: web.Request) -> web.Response:
        return await demo(self._static, self._demo_chats(), request.query.get("chat", ""))

    async def _demo_file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in {"demo.css", "demo.js"}:
            raise Problem(404, "gone", "There is no such file.")
        return await self._static.response(request, name, "no-cache")
