"""Joins two one-channel WAV recordings to one with two channels, part by part, however long they are.

Asterisk's `wav` is 16-bit PCM at 8 kHz, `wav16` at 16 kHz: https://docs.asterisk.org/Fundamentals/Asterisk-Formats/
"""

import struct
from array import array
from collections.abc import AsyncIterator

from hub.contract import FetchFailed

_HEADER_LIMIT = 4096
_BLOCK = 32_000


class Lane:
    """One recording as it comes."""

    def __init__(self, parts: AsyncIterator[bytes] | None) -> None:
        self._parts = parts
        self._held = bytearray()
        self.rate = 0
        self.size = 0
        """Bytes of sound."""

    async def open(self) -> None:
        """Read the header. Raises FetchFailed if this is no such recording."""
        if self._parts is None:
            return
        while not self._read_header():
            if len(self._held) > _HEADER_LIMIT or not await self._more():
                raise FetchFailed("Asterisk's recording is broken off, or no WAV file.")

    async def take(self, size: int) -> bytes:
        """Return so many bytes of sound; silence where there is no more."""
        while self._parts is not None and len(self._held) < size and await self._more():
            pass
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken.ljust(size, b"\0")

    async def _more(self) -> bool:
        if self._parts is None:
            return False
        async for block in self._parts:
            self._held += block
            return True
        self._parts = None
        return False

    def _read_header(self) -> bool:
        """Look for `fmt ` and `data`; True once the sound begins."""
        held = self._held
        if len(held) < 12:
            return False
        if held[:4] != b"RIFF" or held[8:12] != b"WAVE":
            raise FetchFailed("Asterisk's recording is no WAV file.")
        at, rate = 12, 0
        while at + 8 <= len(held):
            name, size = bytes(held[at : at + 4]), struct.unpack_from("<I", held, at + 4)[0]
            if name == b"data":
                self.rate, self.size = rate, size - size % 2
                del held[: at + 8]
                return True
            if at + 8 + size > len(held):
                return False
            if name == b"fmt ":
                kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", held, at + 8)
                if (kind, channels, bits) != (1, 1, 16):
                    raise FetchFailed("Asterisk's recording is not 16-bit PCM with one channel.")
            at += 8 + size + size % 2
        return False


async def joined(left: Lane, right: Lane) -> AsyncIterator[bytes]:
    """Yield a WAV file of both: `left`, `right`. A lane that is shorter, or missing, is silent. Raises FetchFailed."""
    await left.open()
    await right.open()
    rate, size = left.rate or right.rate, max(left.size, right.size)
    if not rate:
        raise FetchFailed("Asterisk has no recording of this call (any more).")
    yield _header(rate, size * 2)
    done = 0
    while done < size:
        block = min(_BLOCK, size - done)
        both = array("h", bytes(block * 2))
        both[0::2] = array("h", await left.take(block))
        both[1::2] = array("h", await right.take(block))
        yield both.tobytes()
        done += block


def _header(rate: int, size: int) -> bytes:
    room = min(size, 0xFFFFFFFF - 36)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", room + 36, b"WAVE", b"fmt ", 16, 1, 2, rate, rate * 4, 4, 16, b"data", room
    )
