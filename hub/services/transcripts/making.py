"""Makes transcripts of recordings with the engine the hub has, and takes numbers out where the line says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from hub.domain.recording import Lane, RecordingState
from hub.domain.retry import Backoff, in_words
from hub.domain.review.content import Content, ContentKind, Work, WorkKind
from hub.domain.review.redaction import Redaction, redact
from hub.domain.review.transcript import Heard, Line, Transcript, TranscriptState, in_turns
from hub.ports import MediaUnreadable, UnitOfWork
from hub.ports.recordings import Placed, RecordingDamaged
from hub.ports.transcripts import TranscriptEngine, TranscriptFailed, TranscriptLater
from hub.services.recordings.looking import main_content
from hub.services.recordings.means import Means, tell
from hub.services.transcripts.cutting import Piece, pieces

log = structlog.get_logger(__name__)

HELD = timedelta(hours=2)
"""For how long a transcript being made is nobody else's: engines without special hardware are slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What transcripts are made with."""

    means: Means
    engine: TranscriptEngine
    language: str = ""
    """What is spoken, as ISO 639-1; empty lets the engine find out."""
    backoff: Backoff = Backoff(first=timedelta(seconds=30), longest=timedelta(hours=2), give_up=timedelta(days=1))  # noqa: RUF009 - immutable


async def transcribe(making: Making, work: Work) -> None:
    """Make one transcript, or say in words why there is none."""
    means = making.means
    async with means.storage.read() as uow:
        placed = await uow.recordings.placed(work.recording_id)
        content = main_content(list(await uow.recordings.contents(work.recording_id)))
        look = await uow.recordings.look(work.recording_id)
    if placed is None or content is None or look is None or placed.recording.state is RecordingState.deleted:
        await _end(means, work)
        return
    lanes = _lanes_of(content, placed)
    plan = pieces(lanes, look.talk, look.seconds, longest=making.engine.longest, gap=making.engine.gap)
    try:
        heard = await _hear(making, content, plan)
    except TranscriptLater as error:
        await _later(making, work, placed, str(error), after=error.after)
    except (TranscriptFailed, MediaUnreadable, RecordingDamaged) as error:
        await _failed(making, work, placed, str(error))
    else:
        await _save(making, work, placed, in_turns(heard))


def _lanes_of(content: Content, placed: Placed) -> Sequence[Lane]:
    """Return whose voice is on each channel: a redacted content has the agent left, whatever the original had."""
    lanes = placed.recording.lanes
    both = len(lanes) == 2
    return (Lane.agent, Lane.contact) if both and content.kind is ContentKind.redacted else lanes


async def _hear(making: Making, content: Content, plan: Sequence[Piece]) -> list[tuple[Lane, Sequence[Heard]]]:
    found: list[tuple[Lane, Sequence[Heard]]] = []
    async with making.means.media.voices(content) as voices:
        for piece in plan:
            sound = await voices.cut(piece.lane, piece.start, piece.end)
            said = await making.engine.hear(sound, language=making.language)
            found.append((piece.speaker, [_placed_in(one, piece) for one in said]))
    return found


def _placed_in(one: Heard, piece: Piece) -> Heard:
    start = min(piece.start + max(one.start, 0.0), piece.end)
    return replace(one, start=start, end=min(max(piece.start + one.end, start), piece.end))


async def _save(making: Making, work: Work, placed: Placed, lines: Sequence[Line]) -> None:
    means, now = making.means, making.means.now()
    async with means.storage.read() as uow:
        rules = await uow.recordings.rules(placed.recording.channel_id)
    done = redact(lines) if rules.redact else Redaction(lines=tuple(lines), silence=(), count=0)
    transcript = Transcript(
        recording_id=work.recording_id,
        call_id=placed.recording.call_id,
        state=TranscriptState.ready,
        engine=making.engine.name,
        language=making.language,
        created_at=work.began_at,
        made_at=now,
        redactions=done.count,
    )
    # The sound is silenced before the words can be read: nobody finds the place in between.
    silenced = await _silenced(means, work, placed, done) if done.silence else None
    async with means.storage.begin() as uow:
        if not await _still_there(uow, work):
            return  # what was written meanwhile is swept away
        await uow.transcripts.replace_lines(transcript, done.lines)
        await uow.recordings.end_work(work.recording_id, work.kind)
        if silenced is not None:
            await put_in_place(uow, silenced, means)
        tell(uow, placed)
    if silenced is not None:
        await _drop_others(means, silenced)


async def redact_again(means: Means, work: Work) -> None:
    """Take numbers out of a transcript that is there, its earlier wordings and the sound: asked for by a person."""
    async with means.storage.read() as uow:
        placed = await uow.recordings.placed(work.recording_id)
        transcript = await uow.transcripts.get(work.recording_id)
        lines = await uow.transcripts.lines(work.recording_id)
        earlier = await uow.transcripts.revisions(work.recording_id)
    if placed is None or transcript is None:
        await _end(means, work)
        return
    done = redact(lines)
    by_number = {line.number: line for line in lines}
    # What an earlier wording held is as secret as what the line holds now.
    worded = [redact([replace(by_number[r.number], text=r.text)]) for r in earlier if r.number in by_number]
    spans = tuple({*done.silence, *(span for one in worded for span in one.silence)})
    silenced = await _silenced(means, work, placed, replace(done, silence=tuple(sorted(spans)))) if spans else None
    async with means.storage.begin() as uow:
        if not await _still_there(uow, work):
            return
        count = transcript.redactions + done.count
        if done.count:
            await uow.transcripts.replace_lines(replace(transcript, redactions=count), done.lines)
        kept = [
            replace(revision, text=one.lines[0].text)
            for revision, one in zip((r for r in earlier if r.number in by_number), worded, strict=True)
        ]
        await uow.transcripts.replace_revisions(work.recording_id, kept)
        await uow.recordings.end_work(work.recording_id, work.kind)
        if silenced is not None:
            await put_in_place(uow, silenced, means)
        tell(uow, placed)
    if silenced is not None:
        await _drop_others(means, silenced)


async def _silenced(means: Means, work: Work, placed: Placed, done: Redaction) -> Content | None:
    """Write the recording with silence in places as a new content; None if there is no sound left to silence."""
    async with means.storage.read() as uow:
        contents = list(await uow.recordings.contents(work.recording_id))
    content = main_content(contents)
    if content is None:
        return None
    made = Content(
        recording_id=work.recording_id,
        number=max(one.number for one in contents) + 1,
        kind=ContentKind.redacted,
        key=means.store.new_key(),
        media_type="audio/flac",
        created_at=means.now(),
    )
    async with means.storage.begin() as uow:
        await uow.recordings.add_content(made)

    async def told(_stored: int) -> None:  # nobody plays it before it is whole
        return

    async with means.media.silenced(content, _lanes_of(content, placed), done.silence) as sound:
        return await means.store.write(made, sound, told=told, most=means.max_bytes)


async def put_in_place(uow: UnitOfWork, silenced: Content, means: Means) -> None:
    """Let a redacted content take the place of all others, their keys gone, and have it looked into."""
    for one in await uow.recordings.contents(silenced.recording_id):
        if one.number != silenced.number:
            await uow.recordings.forget_content(one.recording_id, one.number)
    await uow.recordings.update_content(silenced)
    recording = await uow.recordings.get(silenced.recording_id)
    if recording is not None:
        lanes = (Lane.agent, Lane.contact) if len(recording.lanes) == 2 else recording.lanes
        changed = replace(recording, size=silenced.stored, media_type=silenced.media_type, lanes=lanes)
        await uow.recordings.update(changed)
    now = means.now()
    await uow.recordings.add_work(
        Work(recording_id=silenced.recording_id, kind=WorkKind.look, next_at=now, began_at=now)
    )


async def _drop_others(means: Means, silenced: Content) -> None:
    """Delete the chunks of what was silenced; their keys are gone already."""
    for number in range(1, silenced.number):
        await means.store.delete(replace(silenced, number=number))


async def _still_there(uow: UnitOfWork, work: Work) -> bool:
    recording = await uow.recordings.get(work.recording_id)
    return recording is not None and recording.state is not RecordingState.deleted


async def _later(making: Making, work: Work, placed: Placed, words: str, *, after: float | None) -> None:
    means, now = making.means, making.means.now()
    due = making.backoff.next_try(
        began=work.began_at,
        now=now,
        failures=work.attempts,
        chance=means.chance(),
        after=None if after is None else timedelta(seconds=after),
    )
    if due is None:
        tried = in_words(making.backoff.give_up)
        await _failed(making, work, placed, f"{words} Given up after {tried}. Ask for the transcript again.")
        return
    log.info("transcript not made yet", recording=str(work.recording_id), reason=words)
    async with means.storage.begin() as uow:
        await uow.recordings.retry_work(work, at=due, words=words)
        await uow.transcripts.save(_transcript(making, work, placed, TranscriptState.queued, words))


async def _failed(making: Making, work: Work, placed: Placed, words: str) -> None:
    log.warning("transcript not made", recording=str(work.recording_id), reason=words)
    async with making.means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, work.kind)
        await uow.transcripts.save(_transcript(making, work, placed, TranscriptState.failed, words))
        tell(uow, placed)


def _transcript(making: Making, work: Work, placed: Placed, state: TranscriptState, words: str) -> Transcript:
    return Transcript(
        recording_id=work.recording_id,
        call_id=placed.recording.call_id,
        state=state,
        engine=making.engine.name,
        language=making.language,
        error=words,
        created_at=work.began_at,
    )


async def _end(means: Means, work: Work) -> None:
    async with means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, work.kind)
