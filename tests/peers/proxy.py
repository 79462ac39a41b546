"""A TCP line on loopback that can be cut: between a browser and the hub, where no cable can be pulled."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self


class CuttableLine:
    """Listens on a port of its own and passes every byte on to `port`. While cut it hangs up on everybody."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._whole = True
        self._open: set[asyncio.StreamWriter] = set()
        self.refused = 0
        """How many connections were tried while it was cut."""

    @property
    def url(self) -> str:
        """Its own end, as a browser's address."""
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Break every connection without a goodbye, and every new one."""
        self._whole = False
        for writer in self._open:
            writer.transport.abort()

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self._port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            self.refused += 1
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, far_writer}
        self._open |= both
        try:
            await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))
        finally:
            self._open -= both
            for end in both:
                end.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
