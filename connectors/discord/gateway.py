"""One connection to Discord's gateway: greets, keeps its heart beating, resumes where it broke off.

https://docs.discord.com/developers/events/gateway. A beat that nobody answers means the connection is dead though it
looks alive; it is closed, and a new one resumes.
"""

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from connectors._lib.loose_json import Json, inner, number, text, whole
from connectors.discord.client import Client, Patience
from connectors.discord.words import REFUSED_US
from hub.contract import ConnectorError, CredentialsRefused

INTENTS = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 13) | (1 << 15)
"""Servers, their messages and reactions, direct messages and reactions, and the privileged one: what messages say."""

_BEAT, _IDENTIFY, _RESUME, _HELLO = 1, 2, 6, 10
_NEW_SESSION = frozenset({4003, 4007, 4009})
"""Closings after which the old session is lost."""
_FINAL: Mapping[int, str] = {
    4004: REFUSED_US,
    4013: "Discord does not know what the hub asks for: it speaks another version of the gateway. Update the hub.",
    4014: "Discord does not show the bot what messages say. At discord.com/developers open the application, “Bot” → "
    "“Privileged Gateway Intents”, and switch on “Message Content Intent”.",
}
"""Closings a person must act on."""
_TRIES = 2
"""How often a connection that says nothing is replaced at once: to resume, and to begin anew."""
_ZOMBIE = 4900
"""Ours: any code but 1000 and 1001 keeps the session resumable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Where the gateway stands; what a new connection resumes by."""

    id: str = ""
    seq: int = 0
    url: str = ""
    """Where to resume."""
    me: str = ""
    """Our bot's id."""

    def as_cursor(self) -> str:
        """Write it as the hub keeps it."""
        return json.dumps({"session": self.id, "seq": self.seq, "url": self.url, "me": self.me})

    @classmethod
    def of(cls, cursor: str | None) -> "Session":
        """Read it back; an empty one if it is not readable."""
        try:
            known = json.loads(cursor or "{}")
        except ValueError:
            known = {}
        known = known if isinstance(known, dict) else {}
        found = cls(
            id=text(known, "session"), seq=whole(known, "seq") or 0, url=text(known, "url"), me=text(known, "me")
        )
        return found if found.id and found.url else cls(me=found.me)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One event of the gateway with the session after it. `name` is "" when only the session moved."""

    name: str
    data: Json
    session: Session


class Broken(Exception):
    """The connection ended. `resumable` tells whether the session lives on, `asked` whether Discord wants a pause."""

    def __init__(self, words: str, *, resumable: bool = True, asked: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.resumable = resumable
        self.asked = asked


class Gateway:
    """Listens to the gateway for ever; each connection is replaced when it ends, if that works at once."""

    def __init__(
        self, client: Client, patience: Patience, pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._client = client
        self._patience = patience
        self._pause = pause

    async def listen(self, session: Session) -> AsyncIterator[Dispatch]:
        """Yield events from where the session stands.

        Raises CredentialsRefused, ConnectorError, DiscordError when a person or a pause is needed.
        """
        silent = 0
        while True:
            try:
                async for dispatch in self._connection(session):
                    session, silent = dispatch.session, 0
                    yield dispatch
            except Broken as broken:
                session = session if broken.resumable else Session(me=session.me)
                silent += 1
                if silent > _TRIES:
                    # it breaks before it says anything: let the hub wait a while
                    raise ConnectorError(f"{broken.words} The hub connects again by itself.") from None
                if broken.asked:
                    # a random moment of one to five seconds, says Discord
                    await self._pause(1 + 4 * random.random())  # noqa: S311 - no secret

    async def _connection(self, session: Session) -> AsyncIterator[Dispatch]:
        url = session.url if session.id else text(await self._where(), "url")
        socket = await self._client.connect(url)
        heart: asyncio.Task[None] | None = None
        try:
            interval = await self._hello(socket)
            beats = _Beats(socket, interval)
            beats.seq = session.seq
            heart = asyncio.create_task(beats.run())
            await self._greet(socket, session)
            while True:
                message = await self._receive(socket, beats)
                # https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
                match whole(message, "op"):
                    case 0:
                        session = _after(session, message)
                        beats.seq = session.seq
                        yield Dispatch(name=text(message, "t"), data=inner(message, "d"), session=session)
                    case 1:
                        await beats.beat()
                    case 7:
                        raise Broken("Discord asked to connect again.")
                    case 9:
                        resumable = message.get("d") is True
                        raise Broken("Discord ended the session.", resumable=resumable, asked=True)
                    case 11:
                        beats.answered = True
                        # the place is worth keeping even when nobody writes
                        yield Dispatch(name="", data={}, session=session)
        finally:
            if heart is not None:
                heart.cancel()
                await asyncio.gather(heart, return_exceptions=True)
            # closing with 1000 would end the session, which is to be resumed
            await socket.close(code=_ZOMBIE)

    async def _where(self) -> Json:
        """Ask where the gateway is, and whether we may begin a session: Discord allows 1,000 a day."""
        answer = await self._client.get("/gateway/bot")
        found = answer if isinstance(answer, dict) else {}
        limit = inner(found, "session_start_limit")
        if whole(limit, "remaining") == 0:
            minutes = int((number(limit, "reset_after") or 0) / 60_000) + 1
            raise ConnectorError(
                f"Discord allows this bot no new session for {minutes} minutes: it connected too often. Look whether "
                "another program uses the same token."
            )
        if not text(found, "url").startswith(("wss://", "ws://")):
            raise ConnectorError("The server answers, but not as Discord does. Check the API address.")
        return found

    async def _hello(self, socket: aiohttp.ClientWebSocketResponse) -> float:
        try:
            async with asyncio.timeout(self._patience.hello):
                hello = await _read(socket)
        except TimeoutError:
            raise Broken("Discord's gateway did not greet.") from None
        interval = number(inner(hello, "d"), "heartbeat_interval")
        if whole(hello, "op") != _HELLO or not interval:
            raise Broken("Discord's gateway did not greet as it should.")
        return interval / 1000

    async def _greet(self, socket: aiohttp.ClientWebSocketResponse, session: Session) -> None:
        token = self._client.token
        if session.id:
            known = {"token": token, "session_id": session.id, "seq": session.seq}
            await _write(socket, _RESUME, known)
            return
        about = {"os": "linux", "browser": "interaction-hub", "device": "interaction-hub"}
        await _write(socket, _IDENTIFY, {"token": token, "intents": INTENTS, "properties": about})

    async def _receive(self, socket: aiohttp.ClientWebSocketResponse, beats: "_Beats") -> Json:
        message = await _read(socket)
        if message:
            return message
        if beats.dead:
            raise Broken("The connection to Discord was dead.")
        code = socket.close_code or 1006
        if code in _FINAL:
            raise CredentialsRefused(_FINAL[code])
        raise Broken(f"Discord closed the connection ({code}).", resumable=code not in _NEW_SESSION)


class _Beats:
    """The heartbeat of one connection, which goes on whatever the reader waits for."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, interval: float) -> None:
        self._socket = socket
        self._interval = interval
        self.seq = 0
        self.answered = True
        self.dead = False

    async def run(self) -> None:
        """Beat until cancelled, or until a beat was not answered before the next was due."""
        # the first beat comes at a random moment, so that a fleet does not beat at once
        pause = self._interval * random.random()  # noqa: S311 - no secret
        while True:
            await asyncio.sleep(pause)
            if not self.answered:
                self.dead = True
                await self._socket.close(code=_ZOMBIE)
                return
            self.answered = False
            with contextlib.suppress(Broken):
                await self.beat()
            pause = self._interval

    async def beat(self) -> None:
        """Say which event we have seen last."""
        await _write(self._socket, _BEAT, self.seq or None)


def _after(session: Session, message: Json) -> Session:
    session = replace(session, seq=whole(message, "s") or session.seq)
    if text(message, "t") == "READY":
        ready = inner(message, "d")
        return replace(
            session,
            id=text(ready, "session_id"),
            url=text(ready, "resume_gateway_url"),
            me=text(inner(ready, "user"), "id"),
        )
    return session


async def _read(socket: aiohttp.ClientWebSocketResponse) -> Json:
    """Return the next message; empty when the connection ended."""
    while True:
        message = await socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            return {}
        try:
            found: Any = json.loads(message.data)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and found:
            return found


async def _write(socket: aiohttp.ClientWebSocketResponse, op: int, data: object) -> None:
    try:
        await socket.send_str(json.dumps({"op": op, "d": data}))
    except (aiohttp.ClientError, OSError):
        raise Broken("Discord closed the connection.") from None
