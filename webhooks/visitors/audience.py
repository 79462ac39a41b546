"""Knows which visitors are looking, and wakes those whose thread changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

import structlog

from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.ports import Queries
from hub.runtime.notices import Notices, Sign

log = structlog.get_logger(__name__)

Place = tuple[ChannelId, ExternalId]
"""A visitor's thread on a channel."""

SIGN = "visitor"
_BATCH = 500
_REMEMBERED = 50_000
_SIGNS_KEPT = 8
_LOOK_S = 10
_AFTER_ERROR_S = 1


def visitor_sign(channel_id: ChannelId, thread: ExternalId, sign: Mapping[str, object]) -> Sign:
    """Return a sign for one visitor as `Notices.sign` carries it between nodes; for `Tools.tell_visitor`."""
    return {"type": SIGN, "channel_id": str(channel_id), "thread": str(thread), "sign": dict(sign)}


class Spectator:
    """One open socket or waiting poll. It holds no messages: it is told to look, and the database has them."""

    def __init__(self) -> None:
        self._stirred = asyncio.Event()
        self._signs: list[Mapping[str, object]] = []

    def wake(self) -> None:
        """Say that the thread may have changed."""
        self._stirred.set()

    def show(self, sign: Mapping[str, object]) -> None:
        """Pass a sign on; who is slow misses the older ones."""
        self._signs = [*self._signs, sign][-_SIGNS_KEPT:]
        self._stirred.set()

    async def stirred(self, at_most: float) -> None:
        """Return when there is something to look at, or after so many seconds."""
        try:
            async with asyncio.timeout(at_most):
                await self._stirred.wait()
        except TimeoutError:
            pass
        self._stirred.clear()

    def signs(self) -> list[Mapping[str, object]]:
        """Return the signs since the last call."""
        signs, self._signs = self._signs, []
        return signs


class Audience:
    """All who are looking, by place."""

    def __init__(self, queries: Queries, notices: Notices) -> None:
        self._queries = queries
        self._notices = notices
        self._places: dict[Place, set[Spectator]] = {}
        self._threads: OrderedDict[ConversationId, Place] = OrderedDict()
        self._seq: int | None = None

    @contextmanager
    def watching(self, place: Place) -> Iterator[Spectator]:
        """Be woken while the block runs. Look once after entering: what was committed before wakes nobody."""
        spectator = Spectator()
        self._places.setdefault(place, set()).add(spectator)
        try:
            yield spectator
        finally:
            rest = self._places.get(place, set())
            rest.discard(spectator)
            if not rest:
                self._places.pop(place, None)

    def wake_all(self) -> None:
        """Make everybody look."""
        for spectators in self._places.values():
            for spectator in spectators:
                spectator.wake()

    async def run(self) -> None:
        """Turn notices and signs into wake-ups, until cancelled."""
        async with asyncio.TaskGroup() as jobs:
            jobs.create_task(self._follow_notices())
            jobs.create_task(self._follow_signs())

    async def _follow_notices(self) -> None:
        rings = self._notices.rings
        while True:
            rings = await self._notices.wait(rings, _LOOK_S)
            try:
                await self._look()
            except Exception:  # the database may be away for a moment; what was missed is looked up when it is back
                log.exception("visitors_not_woken")
                await asyncio.sleep(_AFTER_ERROR_S)

    async def _look(self) -> None:
        if not self._places:
            self._seq = None
            return
        if self._seq is None:
            # Nobody looked until now: start at the end, and let those who came meanwhile look once.
            self._seq = (await self._queries.notice_bounds())[1]
            self.wake_all()
            return
        while notices := await self._queries.notices(after=self._seq, limit=_BATCH):
            if notices[0].seq > self._seq + 1:
                self.wake_all()  # some may have been pruned before we read them
            self._seq = notices[-1].seq
            changed = {n.change.conversation_id for n in notices if n.change.conversation_id is not None}
            for place in await self._where(changed):
                for spectator in self._places.get(place, ()):
                    spectator.wake()

    async def _where(self, conversations: set[ConversationId]) -> set[Place]:
        unknown = conversations - self._threads.keys()
        if unknown:
            self._threads.update(await self._queries.visitor_threads(unknown))
        places = {self._threads[one] for one in conversations if one in self._threads}
        for one in conversations & self._threads.keys():
            self._threads.move_to_end(one)
        while len(self._threads) > _REMEMBERED:
            self._threads.popitem(last=False)
        return places

    async def _follow_signs(self) -> None:
        with self._notices.signs() as signs:
            while True:
                self._show(await signs.get())

    def _show(self, sign: Sign) -> None:
        content = sign.get("sign")
        if sign.get("type") != SIGN or not isinstance(content, Mapping):
            return
        place = (ChannelId(UUID(str(sign["channel_id"]))), ExternalId(str(sign["thread"])))
        for spectator in self._places.get(place, ()):
            spectator.show(content)
