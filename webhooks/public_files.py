"""Gives single files to providers that fetch what we send them: by a signed, ending link, without a session."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from hub.domain.errors import NotFound
from hub.domain.ids import AttachmentId
from hub.domain.interaction import Attachment
from hub.ports import BlobStore, Clock
from hub.services import voice
from hub.services.file_links import Form, verify

FindAttachment = Callable[[AttachmentId], Awaitable[Attachment | None]]

_GONE = "There is no such file, or its link has ended."


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFiles:
    """Answers `/files/<token>`, and `/files/<token>/<any name>` for providers that look at an address's ending.

    There is nothing else below `/files`: no list, no names to guess.
    """

    find: FindAttachment
    blobs: BlobStore
    clock: Clock
    keys: tuple[bytes, ...]

    def routes(self) -> list[web.RouteDef]:
        """Return the door's routes; HEAD is answered, too."""
        return [web.get("/files/{token}", self.handle), web.get("/files/{token}/{name}", self.handle)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Send the file of a token, or the part of it that was asked for."""
        linked = verify(request.match_info["token"], self.clock.now(), *self.keys)
        attachment = await self.find(linked.attachment_id) if linked is not None else None
        if linked is None or attachment is None:
            return _no_file()
        converted = linked.form is Form.converted
        key = attachment.converted if converted else attachment.blob
        if key is None:
            return _no_file()
        try:
            size = await self.blobs.size(key)
        except NotFound:
            return _no_file()
        media_type = attachment.media_type
        if converted:
            media_type = voice.media_type_of(key)
        return await self._send(request, key, size, media_type, attachment.name)

    async def _send(self, request: web.Request, key: str, size: int, media_type: str, name: str) -> web.StreamResponse:
        headers = {
            "Content-Type": media_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, max-age=600",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Robots-Tag": "noindex",
        }
        start, end = _range(request, size)
        if start >= end and size:
            return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = web.StreamResponse(status=200 if (start, end) == (0, size) else 206, headers=headers)
        if response.status == 206:
            response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        response.content_length = end - start
        await response.prepare(request)
        if request.method != "HEAD":
            async for part in self.blobs.read(key, start=start, end=end):
                await response.write(part)
        await response.write_eof()
        return response


def _no_file() -> web.Response:
    return web.Response(status=404, text=_GONE)


def _range(request: web.Request, size: int) -> tuple[int, int]:
    """Return the bytes asked for, end exclusive; all of them if the range is malformed."""
    try:
        asked = request.http_range
    except ValueError:
        return 0, size
    if (asked.start, asked.stop) == (None, None):
        return 0, size
    start, end, _ = asked.indices(size)
    return start, end
