"""Speak IMAP through aioimaplib, with its reader replaced by one that is exact, fast and fails at once.

aioimaplib 2.0.3 reads recursively, one stack frame a line (issue 118: about 1,000 lines in an answer end the
connection), joins answers by counting parentheses, looks through the whole answer again for every mail in it, formats
every received byte for a debug log that would show passwords and mails, waits for ever when the server closes (issue
110), and never answers the challenge with which XOAUTH2 is refused. This subclass keeps its commands and states and
replaces how bytes become answers.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any

from aioimaplib import aioimaplib

_LITERAL = re.compile(rb"\{(\d+)\+?\}$")
_EXISTS = re.compile(rb"\* \d+ (?:EXISTS|RECENT)$", re.IGNORECASE)
_MAX_LINE = 64 * 1024 * 1024
"""Bytes of one line; the answer to a search over a million mails is one line of eight megabytes."""


class NoDebug(logging.Filter):
    """Drops aioimaplib's debug records: they hold tokens and whole mails."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything but debug records pass."""
        return record.levelno > logging.DEBUG


_LOGGER = logging.getLogger("aioimaplib.aioimaplib")
_LOGGER.addFilter(NoDebug())
_LOGGER.setLevel(logging.WARNING)  # its notices quote what servers send, which may be parts of mails


class ImapLost(Exception):
    """The connection is gone, or cannot be trusted any more; the text says why."""


class MailProtocol(aioimaplib.IMAP4ClientProtocol):  # type: ignore[misc]  # the library ships no types
    """One IMAP connection."""

    def __init__(self, loop: asyncio.AbstractEventLoop, max_literal: int) -> None:
        super().__init__(loop)
        self.max_literal = max_literal
        self.greeting: asyncio.Future[bytes] = loop.create_future()
        self.lost: asyncio.Future[str] = loop.create_future()
        self.bell = asyncio.Event()
        """Set whenever the server says that the selected folder's size changed."""
        self.last_data = loop.time()
        self.sasl_response = b""
        """What to answer the first challenge of AUTHENTICATE with; later ones get an empty line."""
        self.bye = ""
        self._buffer = bytearray()
        self._searched = 0
        self._missing = 0
        self._parts: list[bytes] = []

    def data_received(self, data: bytes) -> None:
        """Cut the stream into answers: a line, or lines with literals between them."""
        self.last_data = self.loop.time()
        self._buffer += data
        try:
            self._read()
        except Exception as error:  # noqa: BLE001 - the library's own readers raise anything; the connection ends
            self.fail(f"The mail server sent something we cannot follow: {error}")

    def _read(self) -> None:
        buffer = self._buffer
        start = 0
        while True:
            if self._missing:
                if len(buffer) - start < self._missing:
                    break
                self._parts.append(bytes(memoryview(buffer)[start : start + self._missing]))
                start += self._missing
                self._missing = 0
                self._searched = start
            end = buffer.find(b"\r\n", max(start, self._searched))
            if end < 0:
                self._searched = max(start, len(buffer) - 1)
                if len(buffer) - start > _MAX_LINE:
                    raise ValueError("a line without end")
                break
            line = bytes(memoryview(buffer)[start:end])
            start = self._searched = end + 2
            self._parts.append(line)
            literal = _LITERAL.search(line) if line.endswith(b"}") else None
            if literal:
                self._missing = int(literal.group(1))
                if self._missing > self.max_literal:
                    raise ValueError(f"a part of {self._missing} bytes, more than we take")
                if self._missing == 0:
                    self._parts.append(b"")
                continue
            parts, self._parts = self._parts, []
            self._answer(parts)
        if start:
            del buffer[:start]
            self._searched = max(self._searched - start, 0)

    def _answer(self, parts: list[bytes]) -> None:
        line = parts[0]
        if self.state == aioimaplib.CONNECTED:
            self._greeted(line)
        elif len(parts) == 1:
            self._handle_line(line, None)
        elif line.startswith(b"*"):
            command = self._command_for(line[2:])
            if command is not None:
                # One entry for the whole answer: its lines and literals in turn.
                command.append_to_resp([line[2:], *parts[1:]])

    def _greeted(self, line: bytes) -> None:
        upper = line.upper()
        if upper.startswith(b"* PREAUTH"):
            self.state = aioimaplib.AUTH
        elif upper.startswith(b"* OK"):
            self.state = aioimaplib.NONAUTH
        else:
            self.fail(f"The mail server turned us away: {_shown(line)}")
            return
        if not self.greeting.done():
            self.greeting.set_result(line)

    def _untagged_response(self, line: bytes) -> Any:
        """Hand an untagged answer to the command it belongs to; only its own mark is taken off."""
        opening = self.pending_sync_command is not None and self.pending_sync_command.name == "EXAMINE"
        if _EXISTS.match(line) and not opening:  # the size told on opening is no news
            self.bell.set()
        if line[:5].upper() == b"* BYE":
            self.bye = _shown(line[5:])
        command = self._command_for(line[2:])
        if command is not None:
            command.append_to_resp(line[2:])
        return command

    def _command_for(self, text: bytes) -> Any:
        if self.pending_sync_command is not None:
            return self.pending_sync_command
        match = aioimaplib.message_data_re.match(text)
        name = match.group(1) if match else text.partition(b" ")[0]
        return self.pending_async_commands.get(name.decode("ascii", "replace").upper())

    def _continuation(self, line: bytes) -> None:
        command = self.pending_sync_command
        if command is not None and command.name == "AUTHENTICATE":
            command.append_to_resp(line)
            self.transport.write(self.sasl_response + b"\r\n")
            self.sasl_response = b""
            return
        super()._continuation(line)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell everyone who waits, at once."""
        super().connection_lost(exc)
        self._over(self.bye or (f"The connection broke: {exc}" if exc else "The mail server closed the connection."))

    def fail(self, reason: str) -> None:
        """End a connection that cannot be trusted any more."""
        self._over(reason)
        if self.transport is not None:
            self.transport.abort()

    def _over(self, reason: str) -> None:
        if not self.lost.done():
            self.lost.set_result(reason)


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:300]


async def connect(
    host: str, port: int, *, ssl: Any, max_literal: int, within: float, on_made: Callable[[MailProtocol], None]
) -> MailProtocol:
    """Connect and wait for the greeting. Raises ImapLost, OSError, ssl.SSLError, TimeoutError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(within):
        _, protocol = await loop.create_connection(lambda: MailProtocol(loop, max_literal), host, port, ssl=ssl)
        on_made(protocol)
        first: set[asyncio.Future[Any]] = {protocol.greeting, protocol.lost}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if protocol.lost.done():
            raise ImapLost(protocol.lost.result())
    return protocol
