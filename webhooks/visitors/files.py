"""Takes visitors' files in, bounded and looked at, and gives a thread's files out again."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from aiohttp import web

from hub.contract import upload_source
from hub.domain.errors import NotFound
from hub.domain.ids import AttachmentId, ExternalId
from hub.domain.interaction import Attachment, AttachmentState
from hub.ports import BlobStore
from hub.services import sniffing
from hub.services.ids import new_id
from webhooks.visitors.answers import Problem

FindAttachment = Callable[[AttachmentId], Awaitable[Attachment | None]]

UPLOADS = "upload/"
"""Where uploads wait in the blob store until the hub has fetched them as it fetches any provider's files."""
_CHUNK = 64 * 1024
_HARMFUL_HEADS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_HARMFUL_NAMES = re.compile(
    r"\.(?:exe|msi|msix|bat|cmd|com|scr|pif|ps1|vbs|vbe|jse?|mjs|wsf|wsh|hta|jar|apk|app|dmg|deb|rpm|sh|lnk|reg|cpl|iso)\s*$",
    re.IGNORECASE,
)
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/ogg", "audio/wav"})
"""Types a browser may show in place; everything else is only ever saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that was taken in."""

    id: str
    name: str
    media_type: str
    size: int


async def receive(
    blobs: BlobStore, thread: ExternalId, name: str, claimed: str, parts: AsyncIterator[bytes], max_bytes: int
) -> Received:
    """Store a visitor's file while it arrives. Raises Problem if it is empty, too large or of a harmful kind."""
    file_id = new_id().hex
    key = upload_source(thread, file_id)
    head = await anext(parts, b"")
    if not head:
        raise Problem(400, "empty", "The file is empty.")
    if _HARMFUL_NAMES.search(name) or head.startswith(_HARMFUL_HEADS):
        raise Problem(415, "file_refused", f"{name} was not accepted: programs are not taken.")
    media_type = sniffing.media_type(head, claimed=claimed, name=name)

    async def counted() -> AsyncIterator[bytes]:
        size = len(head)
        yield head
        async for part in parts:
            size += len(part)
            if size > max_bytes:
                raise too_large(max_bytes)
            yield part

    try:
        size = await blobs.put(key, counted())
    except BaseException:
        await blobs.delete(key)  # a store that writes as it reads may have kept the beginning
        raise
    return Received(id=file_id, name=name, media_type=media_type, size=size)


def too_large(max_bytes: int) -> Problem:
    """Say that a file is too large."""
    return Problem(413, "too_large", f"The file is too large: at most {max_bytes // 1_000_000} MB are taken.")


async def chunks(request: web.Request) -> AsyncIterator[bytes]:
    """Yield a request's body: first enough to tell its type by, then as it comes."""
    head = b""
    while len(head) < sniffing.HEAD and (part := await request.content.readany()):
        head += part
    if head:
        yield head
    while part := await request.content.read(_CHUNK):
        yield part


async def forget_uploads(blobs: BlobStore, before: datetime) -> int:
    """Delete uploads made before then: ingest has copied what messages took, the rest was never sent. Count them."""
    count = 0
    async for key in blobs.keys(UPLOADS):
        file_id = key.rpartition("/")[2]
        if re.fullmatch(r"[0-9a-f]{32}", file_id) and _made_at(UUID(hex=file_id)) < before:
            await blobs.delete(key)
            count += 1
    return count


def _made_at(file_id: UUID) -> datetime:
    """Return the time in a UUIDv7 (RFC 9562, section 5.7: 48 bits of milliseconds)."""
    return datetime.fromtimestamp((file_id.int >> 80) / 1000, UTC)


async def serve(request: web.Request, blobs: BlobStore, attachment: Attachment | None) -> web.StreamResponse:
    """Send a file, or the part of it that was asked for. Raises Problem if there is none."""
    if attachment is None or attachment.state is not AttachmentState.ready or attachment.blob is None:
        raise Problem(404, "gone", "This file is not here.")
    try:
        size = await blobs.size(attachment.blob)
    except NotFound:
        raise Problem(404, "gone", "This file is not here.") from None
    try:
        asked = request.http_range
        start, stop, _ = asked.indices(size)
    except ValueError:
        start, stop, asked = 0, size, slice(None)
    if start >= stop and size:
        raise Problem(416, "range", "The file has no such part.")
    partial = (asked.start, asked.stop) != (None, None)
    shown = attachment.media_type in _SHOWN
    way = "inline" if shown else "attachment"
    headers = {
        "Content-Type": attachment.media_type if shown else "application/octet-stream",
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(attachment.name, safe='')}",
        "Content-Length": str(stop - start),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=86400",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    if partial:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response = web.StreamResponse(status=206 if partial else 200, headers=headers)
    await response.prepare(request)
    if request.method != "HEAD":
        async for part in blobs.read(attachment.blob, start=start, end=stop):
            await response.write(part)
    await response.write_eof()
    return response
