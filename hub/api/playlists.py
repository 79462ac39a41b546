"""/playlists: clips of calls worth hearing again, and their sound."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Reason, Word
from hub.api.recordings import listener_of
from hub.api.recordings_sound import recording_means
from hub.domain.errors import NotFound
from hub.domain.ids import CallId
from hub.domain.review.comment import Clip, Playlist
from hub.domain.review.ids import ClipId, PlaylistId
from hub.domain.user import Action
from hub.ports import MediaUnreadable
from hub.services.recordings import playing
from hub.services.recordings.playing import Asked
from hub.services.reviews import comments

routes = Routes("reviews")


Seconds = Annotated[float, Field(ge=0, le=360_000)]


class PlaylistEdit(Input):
    """A playlist's name and who may hear it."""

    name: Word
    description: Reason = ""
    shared: bool = False


class ClipEdit(Input):
    """A clip; its call is fixed once it is in the playlist."""

    id: ClipId
    call_id: CallId
    start: Seconds
    end: Seconds
    title: Word
    note: Reason = ""


class ClipsEdit(Input):
    """All clips of a playlist, in order."""

    clips: Annotated[tuple[ClipEdit, ...], Field(max_length=500)]


@routes.get("/playlists", Action.reviews_read, people_only=True)
async def list_playlists(deps: ApiDeps, caller: Caller) -> tuple[Playlist, ...]:
    """List playlists with their clips, by name; agents see those that are shared."""
    async with deps.storage.read() as uow:
        return tuple(await uow.reviews.playlists(shared_only=not caller.reviews))


@routes.put("/playlists/{playlist_id}", Action.reviews_write, people_only=True)
async def save_playlist(
    deps: ApiDeps, caller: Caller, playlist_id: PlaylistId, body: PlaylistEdit
) -> Created[Playlist]:
    """Make a playlist under an id of yours, or change its name and who hears it."""
    playlist = Playlist(
        id=playlist_id,
        name=body.name,
        description=body.description,
        shared=body.shared,
        created_by=caller.person.id,
        created_at=deps.now(),
    )
    made = await comments.save_playlist(deps.storage, playlist)
    return Created(made.record, new=made.created)


@routes.put("/playlists/{playlist_id}/clips", Action.reviews_write, people_only=True)
async def save_clips(deps: ApiDeps, caller: Caller, playlist_id: PlaylistId, body: ClipsEdit) -> Playlist:
    """Keep these clips in this order and no others: adds, removes, renames and sorts at once."""
    clips = [
        Clip(
            id=clip.id,
            call_id=clip.call_id,
            start=clip.start,
            end=clip.end,
            title=clip.title,
            note=clip.note,
            added_by=caller.person.id,
            added_at=deps.now(),
        )
        for clip in body.clips
    ]
    return await comments.save_clips(deps.storage, playlist_id, clips)


@routes.delete("/playlists/{playlist_id}", Action.reviews_write, people_only=True)
async def delete_playlist(deps: ApiDeps, playlist_id: PlaylistId) -> None:
    """Delete a playlist; its calls stay."""
    async with deps.storage.begin() as uow:
        await uow.reviews.delete_playlist(playlist_id)


@routes.get(
    "/playlists/{playlist_id}/clips/{clip_id}/audio",
    Action.reviews_read,
    people_only=True,
    media={200: "audio/flac"},
)
async def hear_clip(
    deps: ApiDeps, caller: Caller, request: web.Request, playlist_id: PlaylistId, clip_id: ClipId
) -> web.StreamResponse:
    """Return the sound of one clip, its seconds and no others; each time is a line of the play log."""
    asked = Asked(listener=listener_of(caller), address=caller.address)
    found = await playing.begin_clip(deps.storage, playlist_id, clip_id, asked, reviews=caller.reviews, now=deps.now())
    media = recording_means(deps).media
    try:
        async with media.clip(found.content, found.lanes, found.clip.start, found.clip.end) as sound:
            response = web.StreamResponse(headers={"Cache-Control": "no-store", "Accept-Ranges": "none"})
            response.content_type = "audio/flac"
            await response.prepare(request)
            if request.method != "HEAD":
                async for part in sound:
                    await response.write(part)
            await response.write_eof()
            return response
    except MediaUnreadable:
        raise NotFound("The recording of this clip is damaged.") from None
