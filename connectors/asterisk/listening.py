"""The one socket of an account: takes up what is there, then hears, has it journaled, and only then acts on it."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import aiohttp

from connectors._lib.loose_json import Json, inner, text
from connectors.asterisk.client import Ari, part
from connectors.asterisk.cursor import Memory
from connectors.asterisk.news import BY, CALL, FOUND
from connectors.asterisk.resync import Found, Resync
from connectors.asterisk.switchboard import Switchboard
from hub.contract import ConnectorError, CredentialsRefused, RawEvent

log = logging.getLogger(__name__)
AT_ONCE = 200
"""Events journaled together, where so many are at hand."""
NOISE = (
    *("ChannelVarset", "ChannelDialplan", "ChannelCallerId", "ChannelConnectedLine", "ChannelTalkingStarted"),
    *("ChannelTalkingFinished", "DeviceStateChanged", "PeerStatusChange", "ContactStatusChange", "EndpointStateChange"),
)
"""What Asterisk need not send at all."""


class Inbox:
    """Events in the order they came, the hub's own among them."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._queue: asyncio.Queue[tuple[Json, bytes] | ConnectorError] = asyncio.Queue()
        self._now = now

    def tell(self, event: Json) -> None:
        """Add something the hub itself knows."""
        told = {**event, "timestamp": written(self._now())}
        self._queue.put_nowait((told, encoded(told)))

    async def read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Read the socket to its end; the end comes as an error."""
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                event = _object(message.data)
                self._queue.put_nowait((event, message.data.encode("utf-8", "surrogatepass")))
                if text(event, "type") == "ApplicationReplaced":
                    self._queue.put_nowait(ConnectorError(REPLACED))
                    return
        self._queue.put_nowait(ConnectorError("The connection to Asterisk broke off. Calls that run go on there."))

    async def take(self) -> tuple[list[tuple[Json, bytes]], ConnectorError | None]:
        """Return all that is at hand, at least one event or the end."""
        first = await self._queue.get()
        taken: list[tuple[Json, bytes]] = []
        while True:
            if isinstance(first, ConnectorError):
                return taken, first
            taken.append(first)
            if len(taken) >= AT_ONCE or self._queue.empty():
                return taken, None
            first = self._queue.get_nowait()


REPLACED = (
    "Another program connected to Asterisk under the same application, and Asterisk speaks with the newest only. Give "
    "each its own name: the setting “Application”, and the first word in Stasis(…) of the dialplan."
)


class Listener:
    """Listens for one account."""

    def __init__(self, ari: Ari, app: str, switchboard: Switchboard, inbox: Inbox, now: Callable[[], datetime]) -> None:
        self._ari = ari
        self._app = app
        self._switchboard = switchboard
        self._inbox = inbox
        self._now = now

    async def listen(self, cursor: str | None) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Yield events for ever. When it is asked for more, what it yielded was journaled: then it is acted on.

        Raises ConnectorError when the connection ends, CredentialsRefused.
        """
        await self._switchboard.hang_on()
        memory = Memory.of(cursor)
        # first the socket, then the look: what happens in between is heard
        socket = await self._ari.socket(self._app)
        reader = asyncio.create_task(self._inbox.read(socket), name="asterisk events")
        try:
            await self._quiet_down()
            found = await Resync(self._ari, self._app, memory, written(self._now())).look()
            for news in found.news:
                yield self._raw(news, encoded(news), {CALL: str(news["hub_call"])} if "hub_call" in news else {}), None
            yield None, memory.cursor()
            await self._take_up(found)
            while True:
                events, end = await self._inbox.take()
                for number, (event, body) in enumerate(events, 1):
                    raw = self._raw(event, body, memory.hear(event))
                    yield raw, memory.cursor() if number == len(events) else None
                for event, _ in events:
                    self._switchboard.heard(event)
                if end is not None:
                    raise end
        finally:
            reader.cancel()
            await self._switchboard.hang_on()
            with suppress(aiohttp.ClientError, OSError):
                await socket.close()

    async def _quiet_down(self) -> None:
        """Ask Asterisk to send only what matters; an old one that cannot sends more, which is read all the same."""
        noise = [{"type": kind} for kind in NOISE]
        try:
            await self._ari.ask("PUT", f"/applications/{part(self._app)}/eventFilter", body={"disallowed": noise})
        except CredentialsRefused:
            raise
        except ConnectorError as error:
            log.info("asterisk: events are not filtered: %s", error)

    async def _take_up(self, found: Found) -> None:
        for path in found.orphans:
            with suppress(ConnectorError):
                await self._ari.ask("DELETE", path)
        for taken in found.calls:
            told_as_new = any(news["type"] == FOUND and news["channel"] is taken.channel for news in found.news)
            if not told_as_new:
                self._switchboard.take_up(taken.channel, taken.legs, taken.restored)
        for news in found.news:
            if news["type"] == FOUND:
                self._switchboard.heard(news)
        self._switchboard.ready()

    def _raw(self, event: Json, body: bytes, headers: Mapping[str, str]) -> RawEvent:
        known = dict(headers)
        if text(event, "type") in ("ChannelDestroyed", "Dial"):
            by = self._switchboard.ender(text(inner(event, "channel"), "id") or text(inner(event, "peer"), "id"))
            known |= {BY: by.value} if by is not None else {}
        return RawEvent(kind=text(event, "type")[:100] or "?", body=body, headers=known, received_at=self._now())


def encoded(event: Json) -> bytes:
    """Write an event of the hub's own."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def written(at: datetime) -> str:
    """Write a time as ARI does."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _object(data: str) -> Json:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
