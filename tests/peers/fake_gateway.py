"""The gateway of a fake Discord: it greets, numbers, replays, closes and forgets as the real one does."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, web

from tests.peers.faulty_server import FaultyServer

Json = dict[str, Any]

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.GfAkE0.fakeFAKEfakeFAKEfakeFAKEfakeFAKE"
ME = "100000000000000001"
MESSAGE_CONTENT = 1 << 15


@dataclass
class Session:
    """One session of the gateway: what it told, and who listens now."""

    id: str
    intents: int
    told: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class FakeGateway(FaultyServer):
    """The gateway at `/gateway/`; who derives from it says what servers there are."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, Session] = {}
        self.greetings: list[tuple[str, Json]] = []
        """Every IDENTIFY and RESUME."""
        self.closings: list[int] = []
        """Codes with which the bot closed."""
        self.beats = 0
        self.interval = 41.25
        """Seconds between heartbeats."""
        self.deaf = False
        """Answer no heartbeat."""
        self.allowed = (1 << 16) - 1
        """Intents the bot may have."""
        self._changed = asyncio.Condition()

    def guild_creates(self) -> list[Json]:
        """Return what the gateway tells of each server at the beginning of a session."""
        raise NotImplementedError

    async def tells(self, name: str, data: Json) -> None:
        """Let the gateway tell an event to every session, now or when it resumes."""
        for session in self.sessions.values():
            given = data
            if name == "MESSAGE_CREATE" and not session.intents & MESSAGE_CONTENT:
                given = {**data, "content": ""}
            session.told.append({"op": 0, "t": name, "s": len(session.told) + 1, "d": given})
            if session.socket is not None:
                await session.socket.send_json(session.told[-1])

    async def send(self, message: Json) -> None:
        """Say something out of turn on every open connection."""
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.send_json(message)

    async def cut(self, code: int = WSCloseCode.GOING_AWAY, *, forget: bool = False) -> None:
        """Close every connection; perhaps forget the sessions."""
        open_ones = [session.socket for session in self.sessions.values() if session.socket is not None]
        if forget:
            self.sessions.clear()
        for socket in open_ones:
            await socket.close(code=code)

    async def until(self, fits: Callable[[], object]) -> None:
        """Wait until the bot did something."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(fits), 10)

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": int(self.interval * 1000)}})
        session: Session | None = None
        async for message in socket:
            said = json.loads(message.data)
            match said["op"]:
                case 1:
                    self.beats += 1
                    if not self.deaf:
                        await socket.send_json({"op": 11})
                case 2:
                    session = await self._identify(socket, said["d"])
                case 6:
                    session = await self._resume(socket, said["d"])
            async with self._changed:
                self._changed.notify_all()
        if session is not None and session.socket is socket:
            session.socket = None
        self.closings.append(socket.close_code or 0)
        async with self._changed:
            self._changed.notify_all()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, given: Json) -> Session | None:
        self.greetings.append(("identify", given))
        if given["token"] != TOKEN:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if given["intents"] & ~self.allowed:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        session = Session(f"session-{len(self.greetings)}", given["intents"], socket=socket)
        self.sessions = {session.id: session}
        ready = {
            "v": 10, "user": {"id": ME}, "session_id": session.id,
            "resume_gateway_url": self.origin.replace("http", "ws") + "/gateway",
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in self.guild_creates()],
        }  # fmt: skip
        await self.tells("READY", ready)
        for guild in self.guild_creates():
            await self.tells("GUILD_CREATE", guild)
        return session

    async def _resume(self, socket: web.WebSocketResponse, given: Json) -> Session | None:
        self.greetings.append(("resume", given))
        session = self.sessions.get(given["session_id"])
        if session is None or given["token"] != TOKEN:
            await socket.send_json({"op": 9, "d": False})
            return None
        for event in session.told[given["seq"] :]:
            await socket.send_json(event)
        session.socket = socket
        await self.tells("RESUMED", {})
        return session
