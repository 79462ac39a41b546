"""Tells every connected screen what changed: read once, written once, sent to all."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from uuid import UUID

import structlog
from aiohttp import WSCloseCode
from pydantic import ValidationError

from hub.api._framework.routing import supplied
from hub.api.caller import still_holds
from hub.api.deps import ApiDeps
from hub.api.live.frames import TYPING, Presence, Typing, Viewer, changes_frame, touches_people
from hub.api.live.presence import REPEAT, PresenceBook, viewing_sign
from hub.api.live.screen import Screen
from hub.domain.ids import ConversationId
from hub.services.as_json import encode

log = structlog.get_logger(__name__)

BATCH = 500
"""Notices of one frame."""
COALESCE = 0.02
"""Seconds from one frame to the next at least: changes between them join."""
POLL = 5.0
"""Seconds after which the database is asked even if no bell rang."""
RECHECK = 60.0
"""Seconds after which it is asked whether the sessions still hold."""
BACK_OFF = 2.0
CLOSE_WITHIN = 3.0
"""Seconds the hub waits for screens to hang up when it stops."""
MISSED_LIMIT = 2_000
"""Notices a returning client is told one by one; past that it reloads."""


@supplied
class LiveHub:
    """The screens connected to this process."""

    def __init__(self, deps: ApiDeps) -> None:
        self._deps = deps
        self._screens: set[Screen] = set()
        self._seq = 0
        self._joined = asyncio.Event()
        self._left = asyncio.Event()
        self._left.set()
        self._closing = False
        self._book = PresenceBook()

    async def run(self) -> None:
        """Serve until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._again(self._tell_changes), name="live changes")
            group.create_task(self._again(self._pass_signs), name="live signs")
            group.create_task(self._again(self._repeat_presence), name="live presence")
            group.create_task(self._again(self._recheck_regularly), name="live sessions")

    async def close(self) -> None:
        """Tell every screen that the hub stops; they come back when it is up again."""
        self._closing = True
        for screen in self._screens:
            screen.end(WSCloseCode.GOING_AWAY, "the hub restarts")
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_WITHIN):
                await self._left.wait()

    async def join(self, screen: Screen) -> None:
        """Bring a screen up to date from `screen.seq` and tell it everything from then on."""
        queries = self._deps.storage.queries
        while True:
            missed = await queries.notices(after=screen.seq, limit=BATCH)
            if missed:
                screen.push(await changes_frame(self._deps.storage, missed), seq=missed[-1].seq)
            if len(missed) < BATCH and (not self._screens or screen.seq >= self._seq):
                break
        if not self._screens:
            self._seq = screen.seq
        self._screens.add(screen)
        self._joined.set()
        self._left.clear()
        self._deps.metrics.websocket_clients.set(len(self._screens))
        for presence in self._book.all():
            screen.push(encode(presence))
        if self._closing:
            screen.end(WSCloseCode.GOING_AWAY, "the hub restarts")

    def leave(self, screen: Screen) -> None:
        """Forget a screen whose connection ended."""
        self._screens.discard(screen)
        self._deps.metrics.websocket_clients.set(len(self._screens))
        self.views(screen, None, replying=False)
        if not self._screens:
            self._joined.clear()
            self._left.set()

    def views(self, screen: Screen, conversation_id: ConversationId | None, *, replying: bool) -> None:
        """Remember what a screen shows and tell the colleagues."""
        before = screen.viewing
        if (before, screen.replying) == (conversation_id, replying):
            return
        screen.viewing, screen.replying = conversation_id, replying
        for touched in dict.fromkeys((before, conversation_id)):
            if touched is not None:
                self._say_viewing(touched)

    def end_sessions(self, proofs: Collection[str]) -> None:
        """Disconnect the screens of sessions or tokens that were ended."""
        for screen in self._screens:
            if screen.caller.proof in proofs:
                screen.end(WSCloseCode.POLICY_VIOLATION, "signed out")

    async def recheck(self) -> None:
        """Disconnect the screens whose session or token no longer holds."""
        callers = {s.caller.proof: s.caller for s in self._screens}
        async with self._deps.storage.read() as uow:
            ended = {proof for proof, c in callers.items() if not await still_holds(uow, c, self._deps.now())}
        self.end_sessions(ended)

    async def _tell_changes(self) -> None:
        queries, notices = self._deps.storage.queries, self._deps.notices
        clock = asyncio.get_running_loop().time
        while True:
            await self._joined.wait()
            began, rings = clock(), notices.rings
            batch = await queries.notices(after=self._seq, limit=BATCH)
            if batch:
                frame = await changes_frame(self._deps.storage, batch)
                self._seq = batch[-1].seq
                self._broadcast(frame, seq=self._seq)
                if touches_people(batch):
                    await self.recheck()
                await asyncio.sleep(began + COALESCE - clock())
            if len(batch) < BATCH:
                await notices.wait(rings, POLL)

    async def _pass_signs(self) -> None:
        with self._deps.notices.signs() as signs:
            while True:
                frame = self._frame_of(await signs.get())
                if frame is not None and self._screens:
                    self._broadcast(encode(frame))

    def _frame_of(self, sign: Mapping[str, object]) -> Typing | Presence | None:
        try:
            match sign:
                case {"type": "viewing", "node": str(node), "conversation_id": str(text), "users": users}:
                    return self._book.hear(node, ConversationId(UUID(text)), users, self._deps.now())
                case {"type": "typing"}:
                    return TYPING.validate_python(sign)
        except (ValidationError, ValueError):
            log.warning("a sign of another version is left out", kind=str(sign.get("type")))
        return None

    def _broadcast(self, frame: bytes, *, seq: int | None = None) -> None:
        dropped = sum(not screen.push(frame, seq=seq) for screen in self._screens)
        if dropped:
            self._deps.metrics.websocket_drops.inc(dropped)

    def _say_viewing(self, conversation_id: ConversationId) -> None:
        viewers = [
            Viewer(id=s.caller.user.id, name=s.caller.user.name, replying=s.replying)
            for s in self._screens
            if s.viewing == conversation_id and s.caller.user is not None
        ]
        viewers.sort(key=lambda viewer: viewer.replying)
        self._deps.notices.sign(viewing_sign(self._deps.node, conversation_id, viewers))

    async def _repeat_presence(self) -> None:
        while True:
            await asyncio.sleep(REPEAT.total_seconds())
            for conversation_id in {s.viewing for s in self._screens if s.viewing}:
                self._say_viewing(conversation_id)

    async def _recheck_regularly(self) -> None:
        while True:
            await asyncio.sleep(RECHECK)
            if self._screens:
                await self.recheck()

    async def _again(self, job: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await job()
            except Exception:
                # The database may be away for a while; screens stay connected and are told later.
                log.exception("live updates stopped and start again")
                await asyncio.sleep(BACK_OFF)
