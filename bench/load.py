"""A plain HTTP load: so many connections, each sending the same request again as soon as the answer is there.

Its own bytes on asyncio's transports, since a full HTTP client would spend more than the server under test.
"""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter


@dataclass(slots=True)
class Load:
    """What a load saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    """Answers other than 200."""

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, load: Load, until: float, done: asyncio.Future[None]) -> None:
        self._request, self._load, self._until, self._done = request, load, until, done
        self._buffer = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a stream is needed")
        self._transport = transport
        self._send()

    def _send(self) -> None:
        self._sent_at = perf_counter()
        if self._transport is not None:
            self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        lower = head.lower()
        start = lower.find(b"content-length:")
        length = int(lower[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        if len(body) < length:
            return
        self._buffer = b""
        now = perf_counter()
        self._load.latencies.append(now - self._sent_at)
        self._load.refused += not head.startswith(b"HTTP/1.1 200")
        if now < self._until:
            self._send()
        elif self._transport is not None:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None) if error is None else self._done.set_exception(error)


async def press(port: int, request: bytes, *, connections: int, seconds: float) -> Load:
    """Press on a local server and return what was seen. Raises ConnectionError if it hangs up."""
    loop, load = asyncio.get_running_loop(), Load()
    start = perf_counter()
    ends: list[asyncio.Future[None]] = []
    for _ in range(connections):
        ends.append(loop.create_future())
        await loop.create_connection(partial(_Connection, request, load, start + seconds, ends[-1]), "127.0.0.1", port)
    await asyncio.gather(*ends)
    load.seconds = perf_counter() - start
    return load


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return the bytes of a POST."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
