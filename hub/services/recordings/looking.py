"""Looks into stored recordings once: waveform, who spoke when, a variant for browsers; and deletes at the provider."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import structlog

from hub.contract.calls import FetchesRecordings
from hub.contract.errors import RetryLater
from hub.domain.recording import Recording, RecordingState
from hub.domain.review.content import Content, ContentKind, Look, Work, WorkKind
from hub.ports import MediaUnreadable, UnitOfWork
from hub.ports.recordings import RecordingDamaged, Sound
from hub.services.recordings.means import Means, tell

log = structlog.get_logger(__name__)

FETCHES = 3
"""A recording that is damaged or too short is fetched this often in all; then what there is has to do."""
REFETCH_AFTER = timedelta(seconds=30)
SHORTER = 0.9
"""A recording with less of the seconds its provider announced is cut short."""
SLACK = 2.0
WORK_WAIT = timedelta(minutes=5)


def main_content(contents: "tuple[Content, ...] | list[Content]") -> Content | None:
    """Return what a recording consists of: its redacted content, else its original."""
    whole = [one for one in contents if one.complete and one.kind is not ContentKind.playable]
    return whole[-1] if whole else None


async def look(means: Means, work: Work) -> None:
    """Look into one recording and save what was learned. Its failure is a state of the recording, in words."""
    async with means.storage.read() as uow:
        placed = await uow.recordings.placed(work.recording_id)
        contents = list(await uow.recordings.contents(work.recording_id))
    content = main_content(contents)
    if placed is None or content is None or placed.recording.state is RecordingState.deleted:
        await _end(means, work)
        return
    recording = placed.recording
    try:
        async with means.media.look(content, recording.lanes) as sound:
            words = _too_short(recording, sound)
            if words and content.kind is ContentKind.original and placed.attempts < FETCHES:
                await _refetch(means, work, words)
                return
            await _save(means, work, content, contents, sound, words)
    except (MediaUnreadable, RecordingDamaged) as error:
        if isinstance(error, MediaUnreadable) and content.kind is ContentKind.original and placed.attempts < FETCHES:
            await _refetch(means, work, str(error))
            return
        await _broken(means, work, str(error))


def _too_short(recording: Recording, sound: Sound) -> str:
    """Say in words if sound is missing at the end; empty if all is there."""
    announced = recording.duration
    if announced is not None and sound.seconds < announced * SHORTER - SLACK:
        words = f"The provider announced {announced:.0f} seconds, but the file has {sound.seconds:.0f}."
        return f"{words} {sound.broken}".strip()
    return sound.broken


async def _save(means: Means, work: Work, content: Content, contents: list[Content], sound: Sound, words: str) -> None:
    """Keep what was learned at once, then the variant for browsers, whose making takes as long again."""
    old = [one for one in contents if one.kind is ContentKind.playable]
    async with means.storage.begin() as uow:
        there = await _learned(means, uow, work, sound, words)
    variant = await _variant(means, content, contents, sound.playable) if there and sound.playable is not None else None
    async with means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, WorkKind.look)
        placed = await uow.recordings.placed(work.recording_id)
        if placed is None or placed.recording.state is RecordingState.deleted:
            return  # the sweep deletes what was written meanwhile
        if variant is not None:
            await uow.recordings.update_content(variant)
        for one in old:
            await uow.recordings.forget_content(work.recording_id, one.number)
        tell(uow, placed)
    for one in old:
        await means.store.delete(one)


async def _learned(means: Means, uow: UnitOfWork, work: Work, sound: Sound, words: str) -> bool:
    """Keep waveform, talk and length; returns whether the recording is still there."""
    recording_id, now = work.recording_id, means.now()
    placed = await uow.recordings.placed(recording_id)
    if placed is None or placed.recording.state is RecordingState.deleted:
        return False
    await uow.recordings.save_look(
        Look(
            recording_id=recording_id,
            seconds=sound.seconds,
            codec=sound.codec,
            rate=sound.rate,
            channels=sound.channels,
            peaks=sound.peaks,
            talk=dict(sound.talk),
            looked_at=now,
        )
    )
    changed = replace(placed.recording, duration=sound.seconds, error=words)
    await uow.recordings.update(changed)
    rules = await uow.recordings.rules(changed.channel_id)
    if means.transcribes and rules.transcribe and await uow.transcripts.get(recording_id) is None:
        await uow.recordings.add_work(
            Work(recording_id=recording_id, kind=WorkKind.transcribe, next_at=now, began_at=now)
        )
    await uow.reviews.refresh(changed.call_id)
    tell(uow, replace(placed, recording=changed))
    return True


async def _variant(means: Means, content: Content, contents: list[Content], sound: AsyncIterator[bytes]) -> Content:
    variant = Content(
        recording_id=content.recording_id,
        number=max(one.number for one in contents) + 1,
        kind=ContentKind.playable,
        key=means.store.new_key(),
        media_type="audio/flac",
        created_at=means.now(),
    )
    async with means.storage.begin() as uow:
        await uow.recordings.add_content(variant)

    async def told(_stored: int) -> None:  # nobody plays it before it is whole
        return

    return await means.store.write(variant, sound, told=told, most=means.max_bytes)


async def _refetch(means: Means, work: Work, words: str) -> None:
    log.info("recording is fetched again", recording=str(work.recording_id), reason=words)
    async with means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, WorkKind.look)
        await uow.recordings.end_work(work.recording_id, WorkKind.forget_there)
        recording = await uow.recordings.get(work.recording_id)
        if recording is not None and recording.state is RecordingState.ready:
            await uow.recordings.update(replace(recording, state=RecordingState.pending))
            await uow.recordings.retry(recording.id, at=means.now() + REFETCH_AFTER, words=words)


async def _broken(means: Means, work: Work, words: str) -> None:
    log.warning("recording cannot be played", recording=str(work.recording_id), reason=words)
    async with means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, WorkKind.look)
        placed = await uow.recordings.placed(work.recording_id)
        if placed is not None:
            changed = replace(placed.recording, state=RecordingState.failed, error=words)
            await uow.recordings.update(changed)
            await uow.reviews.refresh(changed.call_id)
            tell(uow, replace(placed, recording=changed))


async def forget_there(means: Means, work: Work, connector: FetchesRecordings) -> None:
    """Delete a recording at its provider, once it was looked into and is whole here. Raises CredentialsRefused."""
    async with means.storage.read() as uow:
        recording = await uow.recordings.get(work.recording_id)
        looking = any(one.kind is WorkKind.look for one in await uow.recordings.work(work.recording_id))
    if recording is None or recording.source is None or recording.state is RecordingState.failed:
        await _end(means, work)
        return
    if looking or recording.state is RecordingState.pending:
        await _later(means, work, timedelta(minutes=1), "It is looked into first.")
        return
    try:
        await connector.delete_recording(recording.source)
    except RetryLater as error:
        due = means.backoff.wait(work.attempts, means.chance())
        await _later(means, work, max(due, error.after or due), str(error))
    else:
        await _end(means, work)


async def _later(means: Means, work: Work, wait: timedelta, words: str) -> None:
    async with means.storage.begin() as uow:
        await uow.recordings.retry_work(work, at=means.now() + wait, words=words)


async def _end(means: Means, work: Work) -> None:
    async with means.storage.begin() as uow:
        await uow.recordings.end_work(work.recording_id, work.kind)
