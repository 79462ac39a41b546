"""/recordings: hearing them with a log, their waveform, the rules, legal holds, deletions and their proof."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.attachments import byte_range, content_disposition
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line, Reason
from hub.domain.call import Lane, Recording, RecordingKind, RecordingState
from hub.domain.errors import Forbidden, NotFound
from hub.domain.ids import CallId, ChannelId, RecordingId, UserId
from hub.domain.review.content import ContentKind, Deletion, Play, PlayKind
from hub.domain.review.ids import ClipId, PlayId, PlaylistId
from hub.domain.review.playing import Span, seconds_of
from hub.domain.review.rules import (
    AgentsHear,
    Hold,
    Listener,
    RecordingRules,
    due_at,
    why_not_downloaded,
    why_not_played,
    why_silent,
)
from hub.domain.user import Action
from hub.domain.views import Page
from hub.ports import MediaUnreadable, UnitOfWork
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.services.recordings import deleting, playing
from hub.services.recordings.means import Means
from hub.services.recordings.playing import Asked, Opened

routes = Routes("recordings")

_FILE_ENDS = {"audio/mpeg": "mp3", "audio/flac": "flac", "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/amr": "amr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """A recording as the player shows it."""

    id: RecordingId
    call_id: CallId
    kind: RecordingKind
    state: RecordingState
    lanes: tuple[Lane, ...]
    """Whose voices are apart: two lanes are agent left, contact right in what is played."""
    seconds: float | None
    size: int | None
    media_type: str
    error: str
    """What is wrong with it, in words: also beside `ready`, where something is missing."""
    silent: str
    """Why there is nothing to hear now, in words; empty if there is."""
    fetching: bool
    """It can be heard while it is still being fetched; seeking comes when it is there."""
    redacted: bool
    why_not_play: str
    """Why you may not play it, in words; empty if you may."""
    why_not_download: str
    ask_reason: bool
    """Say why when you begin to play."""
    hold: str
    """The reason of a legal hold on it or its line; empty without one."""
    deleted_by_rule_at: datetime | None
    """When its line's rules delete it; None if they keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneView:
    """One lane of the waveform."""

    lane: Lane
    peaks: tuple[int, ...]
    """Levels from 0 to 100, evenly over the length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveformView:
    """The waveform and what the voices tell, made once."""

    seconds: float
    lanes: tuple[LaneView, ...]
    talk: dict[str, object]
    """Talk ratio, silences, interruptions, monologues (`hub.domain.review.talk.Talk`); empty if voices are mixed."""


class NewPlay(Input):
    """The beginning of playing or downloading."""

    kind: Literal["play", "download"] = "play"
    reason: Reason = ""


class HeardSpans(Input):
    """What a player played since it last told."""

    spans: Annotated[tuple[tuple[float, float], ...], Field(max_length=200)]
    """Seconds from, up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayView:
    """A line of the play log."""

    id: PlayId
    recording_id: RecordingId
    call_id: CallId
    kind: PlayKind
    user_id: UserId | None
    program: str
    address: str
    reason: str
    at: datetime
    last_at: datetime
    heard: tuple[Span, ...]
    heard_seconds: float
    sent: tuple[Span, ...]
    sent_seconds: float


class RulesEdit(Input):
    """A line's rules; all of them."""

    keep_days: int | None = None
    keep_transcripts_days: int | None = None
    transcripts_stay: bool = False
    hold: bool = False
    hold_reason: Reason = ""
    agents_hear: AgentsHear = AgentsHear.own
    agents_download: bool = False
    ask_reason: bool = False
    transcribe: bool = True
    redact: bool = False


class WithReason(Input):
    """Something that needs a reason."""

    reason: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionsView:
    """Records of deletions, and whether their chain is whole."""

    items: tuple[Deletion, ...]
    next: int | None
    """Give it as `after` for the next page."""
    broken_at: int | None
    """The first record that was changed or does not follow from the one before; None if all do."""


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


def listener_of(caller: Caller) -> Listener:
    """Return who wants to hear, with what the role or the token grants."""
    actions = caller.actions
    return Listener(
        user_id=caller.user_id,
        hears_own=Action.recordings_play in actions,
        hears_all=Action.recordings_play_all in actions,
        downloads=Action.recordings_download in actions,
    )


def program_of(caller: Caller) -> str:
    """Return the name of the token; empty for a person."""
    return caller.token.name if caller.token is not None else ""


@routes.get("/calls/{call_id}/recordings", Action.recordings_play)
async def list_recordings(deps: ApiDeps, caller: Caller, call_id: CallId) -> tuple[RecordingView, ...]:
    """List a call's recordings with what you may do with them, in the order they began."""
    async with deps.storage.read() as uow:
        agents = await uow.recordings.agents_of(call_id)
        if agents is None:
            raise NotFound("There is no such call; it may have been deleted with its contact.")
        found = await uow.recordings.of_call(call_id)
        return tuple([await _view(uow, recording, agents, listener_of(caller)) for recording in found])


async def _view(uow: UnitOfWork, recording: Recording, agents: tuple[UserId, ...], listener: Listener) -> RecordingView:
    rules = await uow.recordings.rules(recording.channel_id)
    hold = await uow.recordings.hold(recording.id)
    contents = await uow.recordings.contents(recording.id)
    content, due = playing.chosen(contents), due_at(rules, recording)
    return RecordingView(
        id=recording.id,
        call_id=recording.call_id,
        kind=recording.kind,
        state=recording.state,
        lanes=recording.lanes,
        seconds=recording.duration,
        size=recording.size,
        media_type=recording.media_type,
        error=recording.error,
        silent="" if content is not None else why_silent(recording) or "The hub is about to fetch this recording.",
        fetching=content is not None and not content.complete,
        redacted=any(one.kind is ContentKind.redacted and one.complete for one in contents),
        why_not_play=why_not_played(rules, listener, agents),
        why_not_download=why_not_downloaded(rules, listener, agents),
        ask_reason=rules.ask_reason,
        hold=hold.reason if hold is not None else rules.hold_reason if rules.hold else "",
        deleted_by_rule_at=due,
    )


@routes.get("/recordings/{recording_id}/waveform", Action.recordings_play)
async def get_waveform(deps: ApiDeps, caller: Caller, recording_id: RecordingId) -> WaveformView:
    """Return the waveform of both lanes, and talk ratio, silences and interruptions. Not there yet is 404."""
    async with deps.storage.read() as uow:
        placed = await uow.recordings.placed(recording_id)
        if placed is None:
            raise NotFound("There is no such recording; it may have been deleted with its contact.")
        rules = await uow.recordings.rules(placed.recording.channel_id)
        if words := why_not_played(rules, listener_of(caller), placed.agents):
            raise Forbidden(words)
        look = await uow.recordings.look(recording_id)
    if look is None:
        raise NotFound(why_silent(placed.recording) or "The waveform is being drawn. Try again in a few seconds.")
    lanes = (Lane.agent, Lane.contact) if len(look.peaks) == 2 else (Lane.mixed,)
    return WaveformView(
        seconds=look.seconds,
        lanes=tuple(LaneView(lane=lane, peaks=tuple(found)) for lane, found in zip(lanes, look.peaks, strict=True)),
        talk=look.talk,
    )


@routes.post("/recordings/{recording_id}/plays", Action.recordings_play)
async def begin_play(deps: ApiDeps, caller: Caller, recording_id: RecordingId, body: NewPlay) -> Created[PlayView]:
    """Say that you are about to play or download, and why; it is logged, and so is a refusal.

    The id it returns is what the sound is asked for with.
    """
    asked = Asked(listener=listener_of(caller), program=program_of(caller), address=caller.address, reason=body.reason)
    play = await playing.begin(deps.storage, recording_id, asked, kind=PlayKind(body.kind), now=deps.now())
    return Created(_play(play))


@routes.put("/plays/{play_id}/heard", Action.recordings_play, problems=(409,))
async def tell_heard(deps: ApiDeps, caller: Caller, play_id: PlayId, body: HeardSpans) -> PlayView:
    """Add seconds that were heard to your play; players tell every few seconds and at the end."""
    play = await playing.tell_heard(
        deps.storage, play_id, body.spans, user_id=caller.user_id, program=program_of(caller), now=deps.now()
    )
    return _play(play)


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
    reviews = Action.reviews_write in caller.actions
    found = await playing.begin_clip(deps.storage, playlist_id, clip_id, asked, reviews=reviews, now=deps.now())
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


@routes.get("/plays", Action.recordings_log)
async def list_plays(
    deps: ApiDeps,
    call_id: Annotated[CallId | None, Named(name="call")] = None,
    user_id: Annotated[UserId | None, Named(name="user")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[PlayView]:
    """Return the log of who played, downloaded or was refused what, newest first."""
    async with deps.storage.read() as uow:
        page = await uow.recordings.plays(call_id=call_id, user_id=user_id, cursor=cursor, limit=limit)
    return Page(items=tuple(_play(play) for play in page.items), next=page.next)


def _play(play: Play) -> PlayView:
    return PlayView(
        id=play.id,
        recording_id=play.recording_id,
        call_id=play.call_id,
        kind=play.kind,
        user_id=play.user_id,
        program=play.program,
        address=play.address,
        reason=play.reason,
        at=play.at,
        last_at=play.last_at,
        heard=play.heard,
        heard_seconds=seconds_of(play.heard),
        sent=play.sent,
        sent_seconds=seconds_of(play.sent),
    )


@routes.get("/channels/{channel_id}/recording-rules", Action.recordings_log)
async def get_recording_rules(deps: ApiDeps, channel_id: ChannelId) -> RecordingRules:
    """Return the rules of a line's recordings; the defaults where nobody set any."""
    async with deps.storage.read() as uow:
        return await uow.recordings.rules(channel_id)


@routes.put("/channels/{channel_id}/recording-rules", Action.recordings_manage)
async def set_recording_rules(deps: ApiDeps, caller: Caller, channel_id: ChannelId, body: RulesEdit) -> RecordingRules:
    """Set how long a line's recordings are kept, who hears them, and a legal hold on all of them."""
    rules = RecordingRules(channel_id=channel_id, **body.model_dump(), changed_at=deps.now(), changed_by=caller.user_id)
    return await deleting.set_rules(deps.storage, rules)


@routes.put("/recordings/{recording_id}/hold", Action.recordings_manage)
async def hold_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId, body: WithReason) -> Hold:
    """Put one recording under legal hold: neither a rule nor a person deletes it."""
    return await deleting.hold(deps.storage, recording_id, reason=body.reason, by=caller.user_id, now=deps.now())


@routes.delete("/recordings/{recording_id}/hold", Action.recordings_manage)
async def release_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId) -> None:
    """End the legal hold on one recording."""
    await deleting.end_hold(deps.storage, recording_id, by=caller.user_id)


@routes.post("/recordings/{recording_id}/deletion", Action.recordings_manage, problems=(409,))
async def delete_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId, body: WithReason) -> Deletion:
    """Delete a recording, its key first, and return the record that proves it. A legal hold answers 409."""
    return await deleting.delete(recording_means(deps), recording_id, by=caller.user_id, reason=body.reason)


@routes.get("/recordings/{recording_id}/deletion", Action.recordings_log)
async def get_deletion(deps: ApiDeps, recording_id: RecordingId) -> Deletion:
    """Return the record that a recording was deleted."""
    async with deps.storage.read() as uow:
        found = await uow.recordings.deletion_of(recording_id)
    if found is None:
        raise NotFound("This recording was not deleted.")
    return found


@routes.get("/deletions", Action.recordings_log)
async def list_deletions(
    deps: ApiDeps, after: Annotated[int, Field(ge=0, le=2**31)] = 0, limit: Limit = 50
) -> DeletionsView:
    """List the records of deletions in their order, each bound to the one before by its hash, and check them all."""
    async with deps.storage.read() as uow:
        found = await uow.recordings.deletions(after=after, limit=limit + 1)
    more = found[limit - 1].number if len(found) > limit else None
    broken = await deleting.chain_broken_at(deps.storage)
    return DeletionsView(items=tuple(found[:limit]), next=more, broken_at=broken)
