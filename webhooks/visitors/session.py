"""Talks with one visitor: a WebSocket that resumes, or one waiting poll. Both say the same."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import orjson
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from hub.ports import Queries
from webhooks.visitors.audience import Spectator
from webhooks.visitors.feed import Feed
from webhooks.visitors.intake import Guest, Intake

log = structlog.get_logger(__name__)

PAGE = 100
"""Messages in one frame."""
TICK_S = 25
"""Something is said at least this often, so that the widget knows the line is alive; and we look anyway."""


class Session:
    """One visitor's view of their thread, from `after` on. Keeps a number, no messages: a slow reader costs nothing."""

    def __init__(
        self,
        guest: Guest,
        feed: Feed,
        intake: Intake,
        queries: Queries,
        now: Callable[[], datetime],
        online: Callable[[Guest], bool],
        after: int,
    ) -> None:
        self._guest = guest
        self._feed = feed
        self._intake = intake
        self._queries = queries
        self._now = now
        self._online = online
        self._shown_online = online(guest)
        self.after = after

    async def next_items(self) -> Mapping[str, object] | None:
        """Return the next messages after those seen, or None if there is nothing new. Moves `after`."""
        messages = await self._queries.visitor_feed(
            self._guest.hosted.channel_id, self._guest.visitor.thread, after=self.after, limit=PAGE
        )
        if not messages:
            return None
        self.after = messages[-1].seq
        self._intake.saw(self._guest, messages[-1].conversation_id)
        items = self._feed.items(messages, self._now())
        return {"type": "items", "items": items, "seq": self.after, "more": len(messages) == PAGE}

    def presence(self) -> Mapping[str, object] | None:
        """Return whether the chat looks open, if that changed."""
        online = self._online(self._guest)
        if online == self._shown_online:
            return None
        self._shown_online = online
        return {"type": "presence", "online": online}

    async def converse(self, ws: web.WebSocketResponse, spectator: Spectator) -> None:
        """Show and listen until the browser goes or the socket is closed."""
        showing = asyncio.create_task(self._show_or_close(ws, spectator))
        try:
            async for message in ws:
                if message.type is not WSMsgType.TEXT:
                    continue
                said = await self._intake.take(self._guest, message.data.encode())
                if said is not None:
                    await ws.send_str(dumps(said))
        except ConnectionError:
            return  # the browser went while we answered; it resumes from what it has
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show_or_close(self, ws: web.WebSocketResponse, spectator: Spectator) -> None:
        """Show until cancelled. A line on which nothing can be shown is closed: the browser comes again."""
        try:
            await self._show(ws, spectator)
        except ConnectionError:
            return  # the browser went
        except Exception:  # the database is away, say
            log.exception("visitor_not_shown")
            await ws.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _show(self, ws: web.WebSocketResponse, spectator: Spectator) -> None:
        first = True
        while not ws.closed:
            said = False
            while (items := await self.next_items()) is not None:
                await ws.send_str(dumps(items))
                said = True
            if first and not said:
                await ws.send_str(dumps({"type": "items", "items": [], "seq": self.after, "more": False}))
            for sign in [*spectator.signs(), *filter(None, [self.presence()])]:
                await ws.send_str(dumps(sign))
                said = True
            if not (first or said):
                await ws.send_str(dumps({"type": "tick"}))
            first = False
            await spectator.stirred(TICK_S)

    async def poll(self, spectator: Spectator, wait: float) -> list[Mapping[str, object]]:
        """Return what is new: at once, or as soon as there is something within `wait` seconds."""
        said = await self._new(spectator)
        if not said and wait > 0:
            await spectator.stirred(wait)
            said = await self._new(spectator)
        return said

    async def _new(self, spectator: Spectator) -> list[Mapping[str, object]]:
        return [part for part in (await self.next_items(), *spectator.signs(), self.presence()) if part is not None]


def dumps(data: Mapping[str, object]) -> str:
    """Return JSON text."""
    return orjson.dumps(data).decode()
