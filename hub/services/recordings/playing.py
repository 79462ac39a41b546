"""Playing and downloading: who may, why, and the log of every second that was heard or sent."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import RecordingId, UserId
from hub.domain.recording import Lane, Recording, RecordingState
from hub.domain.review.comment import Clip
from hub.domain.review.content import Content, ContentKind, Play, PlayKind
from hub.domain.review.ids import ClipId, PlayId, PlaylistId
from hub.domain.review.playing import Span, check_spans, heard
from hub.domain.review.rules import Listener, why_not_downloaded, why_not_played, why_silent
from hub.ports import Storage
from hub.ports.recordings import Placed, RecordingBlobs
from hub.services.ids import new_id

log = structlog.get_logger(__name__)

PLAY_ENDS = timedelta(hours=12)
"""A play is good for this long after it was begun: then one has to begin, and be logged, anew."""
REASON_LIMIT = 500
POLL = 0.5
"""Seconds between looks for more of a recording that is still being fetched."""
STALLED = 120.0
"""Seconds without more of it, after which a stream ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks to hear a recording, from where and why."""

    listener: Listener
    program: str = ""
    address: str = ""
    reason: str = ""


async def begin(storage: Storage, recording_id: RecordingId, asked: Asked, *, kind: PlayKind, now: datetime) -> Play:
    """Log that somebody is about to play or download, and return the log's line: what streams are asked for with.

    Raises Forbidden in words, which is logged, too; Invalid if the line asks for a reason and none is given;
    NotFound if there is nothing to hear.
    """
    async with storage.read() as uow:
        placed = await uow.recordings.placed(recording_id)
        if placed is None:
            raise NotFound("There is no such recording; it may have been deleted with its contact.")
        rules = await uow.recordings.rules(placed.recording.channel_id)
        contents = await uow.recordings.contents(recording_id)
    judge = why_not_downloaded if kind is PlayKind.download else why_not_played
    if words := judge(rules, asked.listener, placed.agents):
        await _refused(storage, placed, asked, words, now)
        raise Forbidden(words)
    if chosen(contents, original=kind is PlayKind.download) is None:
        raise NotFound(why_silent(placed.recording) or "The hub is about to fetch this recording. Try again shortly.")
    reason = asked.reason.strip()[:REASON_LIMIT]
    if rules.ask_reason and not reason:
        raise Invalid("On this line, say why you play or download a recording: it is written into its log.")
    play = _line(placed, asked, kind, reason, now)
    async with storage.begin() as uow:
        await uow.recordings.add_play(play)
    return play


async def _refused(storage: Storage, placed: Placed, asked: Asked, words: str, now: datetime) -> None:
    log.warning(
        "recording refused",
        recording=str(placed.recording.id),
        user=str(asked.listener.user_id or asked.program),
        reason=words,
    )
    async with storage.begin() as uow:
        await uow.recordings.add_play(_line(placed, asked, PlayKind.refused, words, now))


def _line(placed: Placed, asked: Asked, kind: PlayKind, reason: str, now: datetime) -> Play:
    return Play(
        id=PlayId(new_id()),
        recording_id=placed.recording.id,
        call_id=placed.recording.call_id,
        kind=kind,
        user_id=asked.listener.user_id,
        program=asked.program,
        address=asked.address,
        reason=reason,
        at=now,
        last_at=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardClip:
    """A clip to hear: of which content, whose voices are on its lanes, and the log's line."""

    clip: Clip
    content: Content
    lanes: tuple[Lane, ...]
    play: Play


async def begin_clip(
    storage: Storage, playlist_id: PlaylistId, clip_id: ClipId, asked: Asked, *, reviews: bool, now: datetime
) -> HeardClip:
    """Log that somebody hears a clip: only its seconds, of a playlist that is shared or theirs to make.

    Raises NotFound where there is none for them, or nothing to hear any more.
    """
    async with storage.read() as uow:
        playlist = await uow.reviews.playlist(playlist_id)
        clips = () if playlist is None or not (playlist.shared or reviews) else playlist.clips
        clip = next((one for one in clips if one.id == clip_id), None)
        if clip is None:
            raise NotFound("There is no such clip; it may have been taken out of the playlist.")
        for recording in await uow.recordings.of_call(clip.call_id):
            contents = await uow.recordings.contents(recording.id)
            content = chosen(contents, original=True)
            placed = await uow.recordings.placed(recording.id)
            if content is not None and content.complete and placed is not None:
                break
        else:
            raise NotFound("The recording of this clip was deleted, or is not here yet.")
    line = _line(placed, asked, PlayKind.play, f"Clip “{clip.title}”"[:REASON_LIMIT], now)
    play = replace(line, sent=heard([(clip.start, clip.end)]))
    async with storage.begin() as uow:
        await uow.recordings.add_play(play)
    both = len(recording.lanes) == 2
    lanes = (Lane.agent, Lane.contact) if both and content.kind is ContentKind.redacted else recording.lanes
    return HeardClip(clip=clip, content=content, lanes=lanes, play=play)


def chosen(contents: Sequence[Content], *, original: bool = False) -> Content | None:
    """Return the content to serve: the variant for browsers, what was redacted, the original, what is there so far."""
    whole = {one.kind: one for one in contents if one.complete}
    order = (ContentKind.redacted, ContentKind.original, ContentKind.playable)
    found = [whole[kind] for kind in (order if original else order[::-1]) if kind in whole]
    if found:
        # A redaction replaces the original; between the two, what is silenced counts.
        silenced = whole.get(ContentKind.redacted)
        return silenced if silenced is not None and found[0].kind is ContentKind.original else found[0]
    partly = [one for one in contents if one.kind is ContentKind.original and one.stored]
    return partly[-1] if partly else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a stream is made of."""

    play: Play
    recording: Recording
    content: Content
    seconds: float | None


async def opened(
    storage: Storage, recording_id: RecordingId, play_id: PlayId, *, user_id: UserId | None, program: str, now: datetime
) -> Opened:
    """Return what a begun play may hear now. Raises Forbidden, NotFound."""
    async with storage.read() as uow:
        play = await uow.recordings.play(play_id)
        placed = await uow.recordings.placed(recording_id)
        contents = await uow.recordings.contents(recording_id)
        look = await uow.recordings.look(recording_id)
    _own(play, user_id, program)
    if play is None or play.recording_id != recording_id or play.kind is PlayKind.refused:
        raise Forbidden("Begin to play this recording first: each play is logged.")
    if now - play.at > PLAY_ENDS:
        raise Forbidden("This play was begun long ago. Begin anew.")
    if placed is None or placed.recording.state is RecordingState.deleted:
        raise NotFound("This recording was deleted.")
    content = chosen(contents, original=play.kind is PlayKind.download)
    if content is None:
        raise NotFound(why_silent(placed.recording) or "There is nothing to hear yet.")
    seconds = look.seconds if look is not None else placed.recording.duration
    return Opened(play=play, recording=placed.recording, content=content, seconds=seconds)


def _own(play: Play | None, user_id: UserId | None, program: str) -> None:
    if play is None or (play.user_id, play.program) != (user_id, program):
        raise Forbidden("Begin to play this recording first: each play is logged.")


async def tell_heard(
    storage: Storage, play_id: PlayId, spans: Iterable[Span], *, user_id: UserId | None, program: str, now: datetime
) -> Play:
    """Add seconds to what was heard in a play, as its player tells. Raises Forbidden, Invalid, Conflict."""
    told = tuple(spans)
    async with storage.begin() as uow:
        play = await uow.recordings.play(play_id)
        _own(play, user_id, program)
        if play is None or play.kind is not PlayKind.play:
            raise Conflict("Only a play has seconds that were heard.")
        recording = await uow.recordings.get(play.recording_id)
        check_spans(told, None if recording is None else recording.duration)
        after = replace(play, heard=heard([*play.heard, *told]), last_at=now)
        if after.heard != play.heard:
            await uow.recordings.update_play(after)
    return after


async def note_sent(storage: Storage, opened: Opened, start: int, end: int, now: datetime) -> None:
    """Add bytes to what was sent in a play, as the seconds they hold.

    How many seconds bytes hold is known once the recording is whole; before, all of it counts as sent.
    """
    if opened.seconds is None or end <= start:
        return
    async with storage.begin() as uow:
        contents = await uow.recordings.contents(opened.recording.id)
        size = next((one.stored for one in contents if one.number == opened.content.number and one.complete), None)
        span = (0.0, opened.seconds) if size is None else (start / size * opened.seconds, end / size * opened.seconds)
        play = await uow.recordings.play(opened.play.id)
        if play is not None:
            await uow.recordings.update_play(replace(play, sent=heard([*play.sent, span]), last_at=now))


async def follow(storage: Storage, store: RecordingBlobs, content: Content) -> AsyncIterator[bytes]:
    """Stream a recording that is still being fetched, as it comes; ends with it, or when nothing more comes."""
    place, idle = 0, 0.0
    current: Content | None = content
    while current is not None and idle < STALLED:
        if current.stored > place:
            idle = 0.0
            async for part in store.read(current, start=place):
                place += len(part)
                yield part
        if current.complete:
            return
        await asyncio.sleep(POLL)
        idle += POLL
        async with storage.read() as uow:
            contents = await uow.recordings.contents(content.recording_id)
        current = next((one for one in contents if one.number == content.number), None)
