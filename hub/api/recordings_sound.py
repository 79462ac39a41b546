"""/recordings/{id}/audio and /download: the sound itself, in ranges, each byte noted in the log of plays."""

import random
from typing import Annotated

from aiohttp import web

from hub.api._framework.params import Named
from hub.api._framework.routing import Routes
from hub.api.attachments import byte_range, content_disposition
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.recordings import program_of
from hub.domain.errors import Forbidden
from hub.domain.ids import RecordingId
from hub.domain.review.content import PlayKind
from hub.domain.review.ids import PlayId
from hub.domain.user import Action
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.services.recordings import playing
from hub.services.recordings.means import Means
from hub.services.recordings.playing import Opened

routes = Routes("recordings")


_FILE_ENDS = {"audio/mpeg": "mp3", "audio/flac": "flac", "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/amr": "amr"}


def recording_means(deps: ApiDeps) -> Means:
    """Return what recordings are worked on with from here: reading and deleting; new ones are the workers' matter."""
    store = RecordingStore(deps.blobs, sealed=False)
    return Means(
        storage=deps.storage,
        store=store,
        media=RecordingMediaWork(store),
        now=deps.now,
        chance=random.SystemRandom().random,
        transcribes=deps.transcribes,
    )


_SOUND = {200: "audio/*", 206: "audio/*", 304: ""}


@routes.get("/recordings/{recording_id}/audio", Action.recordings_play, media=_SOUND, problems=(416,))
async def stream_recording(
    deps: ApiDeps,
    caller: Caller,
    request: web.Request,
    recording_id: RecordingId,
    play_id: Annotated[PlayId, Named(name="play")],
) -> web.StreamResponse:
    """Stream a recording to a player: agent left, customer right. Ranges are understood once it is all there."""
    return await _sound(deps, caller, request, recording_id, play_id, PlayKind.play)


@routes.get("/recordings/{recording_id}/download", Action.recordings_play, media=_SOUND, problems=(416,))
async def download_recording(
    deps: ApiDeps,
    caller: Caller,
    request: web.Request,
    recording_id: RecordingId,
    play_id: Annotated[PlayId, Named(name="play")],
) -> web.StreamResponse:
    """Return a recording as a file, as the provider gave it; its name carries the number of its line in the log."""
    return await _sound(deps, caller, request, recording_id, play_id, PlayKind.download)


async def _sound(
    deps: ApiDeps,
    caller: Caller,
    request: web.Request,
    recording_id: RecordingId,
    play_id: PlayId,
    kind: PlayKind,
) -> web.StreamResponse:
    opened = await playing.opened(
        deps.storage, recording_id, play_id, user_id=caller.user_id, program=program_of(caller), now=deps.now()
    )
    if opened.play.kind is not kind:
        raise Forbidden(f"Begin a {kind.value} of this recording first: each is logged.")
    store = recording_means(deps).store
    if not opened.content.complete:
        return await _growing(deps, request, opened)
    size, tag = opened.content.stored, f"{recording_id}-{opened.content.number}"
    headers = _headers(opened, tag)
    if any(known.value in (tag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    start, end = byte_range(request, size, tag)
    response = web.StreamResponse(status=200 if (start, end) == (0, size) else 206, headers=headers)
    if response.status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.content_type = opened.content.media_type
    response.content_length = end - start
    await response.prepare(request)
    sent = start
    try:
        if request.method != "HEAD":
            async for part in store.read(opened.content, start=start, end=end):
                await response.write(part)
                sent += len(part)
            await response.write_eof()
    finally:
        # Also when the player breaks off: what was sent was sent.
        await playing.note_sent(deps.storage, opened, start, sent, deps.now())
    return response


async def _growing(deps: ApiDeps, request: web.Request, opened: Opened) -> web.StreamResponse:
    """Stream what is there of a recording and what still comes, without a length, since nobody knows it yet."""
    response = web.StreamResponse(headers=_headers(opened, "") | {"Accept-Ranges": "none", "Cache-Control": "no-store"})
    response.content_type = opened.content.media_type or "application/octet-stream"
    response.enable_chunked_encoding()
    await response.prepare(request)
    sent = 0
    try:
        if request.method != "HEAD":
            async for part in playing.follow(deps.storage, recording_means(deps).store, opened.content):
                await response.write(part)
                sent += len(part)
            await response.write_eof()
    finally:
        await playing.note_sent(deps.storage, opened, 0, sent, deps.now())
    return response


def _headers(opened: Opened, tag: str) -> dict[str, str]:
    end = _FILE_ENDS.get(opened.content.media_type, "wav")
    day = opened.recording.began_at or opened.recording.created_at
    name = f"call-{day:%Y-%m-%d-%H%M}-{opened.play.id}.{end}"
    return {
        **({"ETag": f'"{tag}"'} if tag else {}),
        "Accept-Ranges": "bytes",
        # Kept by the browser that plays it for as long as it plays; another play is another line of the log.
        "Cache-Control": "private, max-age=3600",
        "Content-Disposition": content_disposition(name, inline=opened.play.kind is PlayKind.play),
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
