"""Keeps the bytes of recordings in chunks, each sealed by itself: so any second plays without opening the rest.

A sealed chunk is nonce (12 bytes), ciphertext, tag (16 bytes) of AES-256-GCM under the content's own key, bound to
recording, content and place, so that no chunk can stand for another (docs/adr/0012-recordings-in-sealed-chunks.md).
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.ids import RecordingId
from hub.domain.review.content import CHUNK, Content, folder
from hub.ports import BlobStore
from hub.ports.recordings import RecordingDamaged, RecordingTooLarge

_KEY_BYTES = 32
_NONCE_BYTES = 12
_PURPOSE = b"hub recording 1\0"


class RecordingStore:
    """Implements hub.ports.recordings.RecordingBlobs."""

    def __init__(self, blobs: BlobStore, *, sealed: bool) -> None:
        """Seal new contents if `sealed`; contents say by their key whether they are, so old ones play either way."""
        self._blobs = blobs
        self._sealed = sealed

    def new_key(self) -> bytes | None:
        """Return a key for one content."""
        return os.urandom(_KEY_BYTES) if self._sealed else None

    async def write(
        self, content: Content, source: AsyncIterator[bytes], *, told: Callable[[int], Awaitable[None]], most: int
    ) -> Content:
        """Store a stream; a chunk can be read as soon as `told` was called for it."""
        digest, buffer, stored = sha256(), bytearray(), 0
        async for part in source:
            buffer += part
            if stored + len(buffer) > most:
                raise RecordingTooLarge(f"The recording is larger than {most / 1_000_000_000:.1f} GB.")
            while len(buffer) >= CHUNK:
                await self._put(content, stored // CHUNK, bytes(buffer[:CHUNK]), digest.update)
                del buffer[:CHUNK]
                stored += CHUNK
                await told(stored)
        if buffer:
            await self._put(content, stored // CHUNK, bytes(buffer), digest.update)
            stored += len(buffer)
        return replace(content, stored=stored, complete=True, sha256=digest.hexdigest())

    async def _put(self, content: Content, chunk: int, plain: bytes, count: Callable[[bytes], None]) -> None:
        def seal() -> bytes:
            count(plain)
            if content.key is None:
                return plain
            nonce = os.urandom(_NONCE_BYTES)
            return nonce + AESGCM(content.key).encrypt(nonce, plain, _place(content, chunk))

        # In a thread, since hashing and sealing a chunk takes some milliseconds that others would wait for.
        await self._blobs.put(content.blob(chunk), await asyncio.to_thread(seal))

    async def read(self, content: Content, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Stream bytes of what is stored."""
        for chunk, first, last in content.pieces(start, content.stored if end is None else end):
            if content.key is None:
                async for part in self._blobs.read(content.blob(chunk), start=first, end=last):
                    yield part
                continue
            sealed = b"".join([part async for part in self._blobs.read(content.blob(chunk))])
            plain = await asyncio.to_thread(_open, content.key, sealed, _place(content, chunk))
            if len(plain) < last:
                raise _damaged()
            yield plain[first:last]

    async def delete(self, content: Content) -> None:
        """Delete every chunk of a content."""
        await self._delete(f"{folder(content.recording_id)}/{content.number}/")

    async def delete_all(self, recording_id: RecordingId) -> int:
        """Delete whatever is kept of a recording."""
        return await self._delete(f"{folder(recording_id)}/")

    async def _delete(self, prefix: str) -> int:
        keys = [key async for key in self._blobs.keys(prefix.rstrip("/")) if key.startswith(prefix)]
        for key in keys:
            await self._blobs.delete(key)
        return len(keys)

    async def kept(self) -> AsyncIterator[RecordingId]:
        """Yield recordings of which something is kept."""
        last = ""
        async for key in self._blobs.keys("recordings"):
            name = key.split("/")[1]
            if name != last:
                last = name
                try:
                    yield RecordingId(UUID(hex=name))
                except ValueError:
                    continue  # somebody else's file: none of ours is called so


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise _damaged() from error


def _damaged() -> RecordingDamaged:
    return RecordingDamaged(
        "A part of this recording does not open: the file was changed or damaged after the hub stored it."
        " Restore the recordings' folder from a backup."
    )


def _place(content: Content, chunk: int) -> bytes:
    return _PURPOSE + content.recording_id.bytes + content.number.to_bytes(4, "big") + chunk.to_bytes(4, "big")
