"""/attachments: files streamed up and down, with ranges, never run by a browser as anything but what they are."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from aiohttp import web
from pydantic import StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.problems import Problem
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.domain.errors import NotFound
from hub.domain.ids import AttachmentId
from hub.domain.interaction import Attachment, AttachmentState
from hub.domain.phrase import said
from hub.domain.user import Action
from hub.domain.views import AttachmentView
from hub.ports import BlobStore, MediaUnreadable
from hub.services import attachments
from hub.services import voice as voice_notes

routes = Routes("attachments")

CHUNK_WITHIN = 30.0
"""Seconds an uploader may be silent."""
_INLINE = frozenset(
    {
        "application/pdf",
        "audio/aac",
        "audio/amr",
        "audio/flac",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "audio/webm",
        "audio/x-wav",
        "image/avif",
        "image/bmp",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "video/mp4",
        "video/ogg",
        "video/quicktime",
        "video/webm",
    }
)
"""What a browser may show by itself. SVG and HTML hold scripts and are always downloads."""
_FOR_EVER = "private, max-age=31536000, immutable"

FileName = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00]*$")]


@routes.post("/attachments", Action.conversations_write, upload=True)
async def upload_attachment(
    deps: ApiDeps,
    caller: Caller,
    request: web.Request,
    attachment_id: Annotated[AttachmentId, Named(name="id")],
    name: FileName,
    voice: bool = False,
) -> Created[AttachmentView]:
    """Upload a file, to be given to a message afterwards. The body is the file itself.

    With `voice` it is a recording: sent as a voice note where the channel knows such, else as a file.
    """
    made = await attachments.upload(
        deps.storage,
        deps.blobs,
        id=attachment_id,
        name=name,
        media_type=request.content_type,
        content=chunks(request),
        max_bytes=deps.attachment_max_bytes,
        by=caller.user_id,
        now=deps.now(),
        voice=voice,
    )
    return Created(attachment_view(made.record), new=made.created)


@routes.get(
    "/attachments/{attachment_id}",
    Action.conversations_read,
    media={200: "*/*", 206: "*/*", 304: ""},
    problems=(416,),
)
async def get_attachment(
    deps: ApiDeps, request: web.Request, attachment_id: AttachmentId, download: bool = False
) -> web.StreamResponse:
    """Return a file; ranges and If-None-Match are understood."""
    attachment = await _attachment(deps, attachment_id)
    if attachment.state is not AttachmentState.ready or attachment.blob is None:
        raise NotFound(attachment.error or "The file is still at the provider; the hub is fetching it.")
    inline = attachment.media_type in _INLINE and not download
    return await serve_blob(
        request,
        deps.blobs,
        attachment.blob,
        tag=str(attachment.id),
        media_type=attachment.media_type,
        disposition=content_disposition(attachment.name, inline=inline),
    )


@routes.get(
    "/attachments/{attachment_id}/playable",
    Action.conversations_read,
    media={200: "audio/*", 206: "audio/*", 304: ""},
    problems=(416,),
)
async def get_playable(deps: ApiDeps, request: web.Request, attachment_id: AttachmentId) -> web.StreamResponse:
    """Return sound in a form every browser plays: the file itself, or an MP3 made of it once."""
    attachment = await _attachment(deps, attachment_id)
    if attachment.state is not AttachmentState.ready or attachment.blob is None:
        raise NotFound(attachment.error or "The file is still at the provider; the hub is fetching it.")
    if not attachment.media_type.startswith(("audio/", "video/")):
        raise NotFound("This file has no sound to play.")
    try:
        key, media_type = await voice_notes.for_browsers(deps.storage, deps.blobs, deps.media, attachment)
    except MediaUnreadable:
        raise NotFound("This sound cannot be played here: the file is damaged. Download it instead.") from None
    return await serve_blob(
        request,
        deps.blobs,
        key,
        tag=f"{attachment.id}-playable",
        media_type=media_type,
        disposition=content_disposition(attachment.name, inline=True),
    )


@routes.get("/attachments/{attachment_id}/thumbnail", Action.conversations_read, media={200: "image/webp", 304: ""})
async def get_thumbnail(deps: ApiDeps, request: web.Request, attachment_id: AttachmentId) -> web.StreamResponse:
    """Return a picture's small version."""
    attachment = await _attachment(deps, attachment_id)
    if attachment.thumbnail is None:
        raise NotFound("This file has no small version.")
    return await serve_blob(
        request,
        deps.blobs,
        attachment.thumbnail,
        tag=f"{attachment.id}-small",
        media_type="image/webp",
        disposition="inline",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTrouble:
    """Why a file is not there."""

    words: str
    """In the caller's language as far as the connector's words are known in it; empty if nothing is wrong."""


@routes.get("/attachments/{attachment_id}/trouble", Action.conversations_read)
async def get_file_trouble(deps: ApiDeps, caller: Caller, attachment_id: AttachmentId) -> FileTrouble:
    """Say why a file could not be fetched: what `error` says in English, in the caller's language."""
    attachment = await _attachment(deps, attachment_id)
    async with deps.storage.read() as uow:
        entry = await uow.timeline.get(attachment.interaction_id) if attachment.interaction_id is not None else None
        channel = await uow.channels.get(entry.channel_id) if entry is not None else None
    texts = deps.registry.texts(channel.connector if channel is not None else "", caller.language)
    return FileTrouble(words=said(attachment.error, texts))


@routes.delete("/attachments/{attachment_id}", Action.conversations_write, problems=(409,))
async def discard_attachment(deps: ApiDeps, caller: Caller, attachment_id: AttachmentId) -> None:
    """Throw away a file one uploaded and sent to nobody."""
    await attachments.discard(deps.storage, deps.blobs, attachment_id, by=caller.user_id)


def attachment_view(attachment: Attachment) -> AttachmentView:
    """Return a file as the screens show it."""
    return AttachmentView(
        id=attachment.id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
        state=attachment.state,
        thumbnail=attachment.thumbnail is not None,
        width=attachment.width,
        height=attachment.height,
        duration=attachment.duration,
        voice=attachment.voice,
        inline=attachment.inline,
        content_id=attachment.content_id,
        error=attachment.error,
        peaks=attachment.peaks,
    )


def content_disposition(name: str, *, inline: bool) -> str:
    """Return the header's value (RFC 6266): the name in plain ASCII, and in full for those who can."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _attachment(deps: ApiDeps, attachment_id: AttachmentId) -> Attachment:
    async with deps.storage.read() as uow:
        attachment = await uow.timeline.attachment(attachment_id)
    if attachment is None:
        raise NotFound("There is no such file; it may have been deleted.")
    return attachment


async def chunks(request: web.Request) -> AsyncIterator[bytes]:
    """Give the body of an upload in pieces. Raises Problem (408) if it stops in the middle."""
    while True:
        try:
            async with asyncio.timeout(CHUNK_WITHIN):
                chunk = await request.content.readany()
        except TimeoutError:
            raise Problem(408, "The upload stopped in the middle. Try again.") from None
        if not chunk:
            return
        yield chunk


async def serve_blob(
    request: web.Request, blobs: BlobStore, key: str, *, tag: str, media_type: str, disposition: str
) -> web.StreamResponse:
    """Answer with a stored file that never changes; ranges and If-None-Match are understood."""
    headers = {
        "ETag": f'"{tag}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": _FOR_EVER,
        "Content-Disposition": disposition,
        "Content-Security-Policy": _csp(media_type),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if any(known.value in (tag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    size = await blobs.size(key)
    start, end = byte_range(request, size, tag)
    response = web.StreamResponse(status=200 if (start, end) == (0, size) else 206, headers=headers)
    if response.status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.content_type = media_type
    response.content_length = end - start
    await response.prepare(request)
    if request.method != "HEAD":
        async for chunk in blobs.read(key, start=start, end=end):
            await response.write(chunk)
    await response.write_eof()
    return response


def byte_range(request: web.Request, size: int, tag: str) -> tuple[int, int]:
    """Return the bytes asked for, end exclusive; all of them if the range is of another version or malformed."""
    if request.headers.get("If-Range", f'"{tag}"') != f'"{tag}"':
        return 0, size
    try:
        wanted = request.http_range
    except ValueError:
        return 0, size
    if wanted.start is None and wanted.stop is None:
        return 0, size
    start, end, _ = wanted.indices(size)
    if start >= end:
        raise Problem(416, "There are no such bytes in the file.", headers={"Content-Range": f"bytes */{size}"})
    return start, end


def _csp(media_type: str) -> str:
    if media_type == "application/pdf":  # a sandbox would keep the browser's own viewer out
        return "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return "default-src 'none'; sandbox; frame-ancestors 'none'"
