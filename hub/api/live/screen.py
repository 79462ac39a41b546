"""One screen's WebSocket: a bounded queue in front of it, and a resync instead of a backlog."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Protocol

from aiohttp import WSCloseCode, WSMsgType

from hub.api.caller import Caller
from hub.api.live.frames import Resync
from hub.domain.ids import ConversationId
from hub.services.as_json import encode

MAX_FRAMES = 256
MAX_BYTES = 4 * 1024 * 1024


class Line(Protocol):
    """The sending side of a WebSocket."""

    @property
    def closed(self) -> bool:
        """Tell whether it is closed or closing."""
        ...

    async def send_frame(self, message: bytes, opcode: WSMsgType, /) -> None:
        """Send one frame; waits where the network is slow."""
        ...

    async def close(self, *, code: int, message: bytes) -> bool:
        """End the connection and wait for the other side to agree, within bounds."""
        ...


class Screen:
    """A connected screen. `push` never blocks; `write` sends what was pushed."""

    def __init__(self, socket: Line, caller: Caller, seq: int) -> None:
        self._socket = socket
        self.caller = caller
        self.seq = seq
        """The notice up to which it was told everything."""
        self.viewing: ConversationId | None = None
        self.replying = False
        self._queue: deque[bytes] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()
        self._end: tuple[WSCloseCode, str] | None = None

    @property
    def ending(self) -> bool:
        """Tell whether we end the connection."""
        return self._end is not None

    def push(self, frame: bytes, *, seq: int | None = None) -> bool:
        """Queue a frame that leads up to notice `seq`, if it is one of changes.

        False if the screen could not keep up: what waited is dropped, and it is told to reload.
        """
        if seq is not None:
            if seq <= self.seq:
                return True
            self.seq = seq
        kept = len(self._queue) < MAX_FRAMES and self._bytes + len(frame) <= MAX_BYTES
        if not kept:
            self._queue.clear()
            self._bytes = 0
            frame = encode(Resync(seq=self.seq))
        self._queue.append(frame)
        self._bytes += len(frame)
        self._filled.set()
        return kept

    def end(self, code: WSCloseCode, words: str) -> None:
        """Say why the connection ends; `write` ends it."""
        self._end = self._end or (code, words)
        self._filled.set()

    async def write(self) -> None:
        """Send what is pushed until the end; waits where the network is slow."""
        with suppress(ConnectionError):  # the reader sees the end of the connection, too
            while self._end is None and not self._socket.closed:
                await self._filled.wait()
                self._filled.clear()
                while self._queue and self._end is None:
                    frame = self._queue.popleft()
                    self._bytes -= len(frame)
                    await self._socket.send_frame(frame, WSMsgType.TEXT)
            if self._end is not None:
                code, words = self._end
                await self._socket.close(code=code, message=words.encode())
