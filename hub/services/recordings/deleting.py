"""Deletes recordings by rule and by hand, never under legal hold, and keeps the record that proves it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import structlog

from hub.domain.errors import Conflict, HubError, Invalid, NotFound
from hub.domain.ids import ChannelId, RecordingId, UserId
from hub.domain.recording import Recording, RecordingState
from hub.domain.review.content import Content, Deletion, WorkKind
from hub.domain.review.deleting import broken_at, chained
from hub.domain.review.rules import LONGEST_KEPT, Hold, RecordingRules, why_kept
from hub.ports import Storage, UnitOfWork
from hub.services.recordings.looking import main_content
from hub.services.recordings.means import Means, tell

log = structlog.get_logger(__name__)

BATCH = 100
PAGE = 1_000
TRIES = 3


async def delete(means: Means, recording_id: RecordingId, *, by: UserId | None, reason: str) -> Deletion:
    """Delete a recording and return the record of it; deleting again returns the same record.

    The keys go first, in the transaction that writes the record: from then on the bytes are unreadable if they were
    sealed, whatever becomes of them. Raises NotFound, Invalid, Conflict under legal hold.
    """
    if by is not None and not reason.strip():
        raise Invalid("Say why the recording is deleted: the reason stays in the record of deletions.")
    for tried in range(1, TRIES + 1):
        try:
            record = await _deleted(means, recording_id, by, reason.strip())
            break
        except Conflict:
            # Two deletions at once want the same place in the chain; a legal hold stays one.
            if tried == TRIES or await _held(means.storage, recording_id):
                raise
    try:
        await means.store.delete_all(recording_id)
    except HubError as error:
        log.warning("chunks not deleted; the hourly sweep tries again", problem=str(error))
    return record


async def _held(storage: Storage, recording_id: RecordingId) -> bool:
    async with storage.read() as uow:
        recording = await uow.recordings.get(recording_id)
        return recording is not None and bool(await _why_kept(uow, recording))


async def _why_kept(uow: UnitOfWork, recording: Recording) -> str:
    return why_kept(await uow.recordings.rules(recording.channel_id), await uow.recordings.hold(recording.id))


async def _deleted(means: Means, recording_id: RecordingId, by: UserId | None, reason: str) -> Deletion:
    now = means.now()
    async with means.storage.begin() as uow:
        recording = await uow.recordings.get(recording_id)
        if recording is None:
            raise NotFound("There is no such recording; it may have been deleted with its contact.")
        if recording.state is RecordingState.deleted and (before := await uow.recordings.deletion_of(recording_id)):
            return before
        if words := await _why_kept(uow, recording):
            raise Conflict(words)
        rules = await uow.recordings.rules(recording.channel_id)
        contents = list(await uow.recordings.contents(recording_id))
        transcript = not rules.transcripts_stay and await uow.transcripts.get(recording_id) is not None
        record = chained(
            _record(recording, contents, transcript=transcript, by=by, reason=reason, now=now),
            await uow.recordings.last_deletion(),
        )
        await uow.recordings.add_deletion(record)
        await _forget(uow, recording, transcript=transcript)
        who = "by rule" if by is None else "by hand"
        gone = replace(
            recording, state=RecordingState.deleted, blob=None, error=f"Deleted {who} on {now:%Y-%m-%d}: {reason}"
        )
        await uow.recordings.update(gone)
        await uow.reviews.refresh(recording.call_id)
        placed = await uow.recordings.placed(recording_id)
        if placed is not None:
            tell(uow, placed)
    return record


def _record(
    recording: Recording,
    contents: list[Content],
    *,
    transcript: bool,
    by: UserId | None,
    reason: str,
    now: datetime,
) -> Deletion:
    main = main_content(contents)
    return Deletion(
        number=0,
        recording_id=recording.id,
        call_id=recording.call_id,
        channel_id=recording.channel_id,
        began_at=recording.began_at,
        seconds=recording.duration,
        size=0 if main is None else main.stored,
        sha256="" if main is None else main.sha256,
        sealed=bool(contents) and all(one.key is not None for one in contents),
        transcript=transcript,
        deleted_at=now,
        deleted_by=by,
        reason=reason,
        previous="",
        hash="",
    )


async def _forget(uow: UnitOfWork, recording: Recording, *, transcript: bool) -> None:
    await uow.recordings.forget_content(recording.id)
    await uow.recordings.forget_look(recording.id)
    for kind in (WorkKind.look, WorkKind.transcribe, WorkKind.redact):
        await uow.recordings.end_work(recording.id, kind)
    if transcript:
        await uow.transcripts.delete(recording.id)


async def expire(means: Means) -> int:
    """Delete what is kept longer than its line's rules say; returns how many recordings and transcripts."""
    async with means.storage.read() as uow:
        rules = await uow.recordings.all_rules()
    return sum([await _expire_line(means, line) for line in rules])


async def _expire_line(means: Means, rules: RecordingRules) -> int:
    async with means.storage.read() as uow:
        recordings = await uow.recordings.expired(rules, means.now(), BATCH)
        transcripts = await uow.transcripts.expired(rules, means.now(), BATCH)
    done = 0
    for recording_id in recordings:
        try:
            await delete(means, recording_id, by=None, reason=f"kept for {rules.keep_days} days")
            done += 1
        except Conflict as error:
            log.info("recording not deleted by rule", recording=str(recording_id), reason=str(error))
    async with means.storage.begin() as uow:
        for recording_id in transcripts:
            await uow.transcripts.delete(recording_id)
    return done + len(transcripts)


async def sweep(means: Means) -> int:
    """Delete files of recordings that are gone or deleted; returns of how many. An erased contact's go this way."""
    seen: list[RecordingId] = []
    done = 0
    async for recording_id in means.store.kept():
        seen.append(recording_id)
        if len(seen) == PAGE:
            done += await _sweep(means, seen)
            seen.clear()
    return done + await _sweep(means, seen)


async def _sweep(means: Means, ids: list[RecordingId]) -> int:
    async with means.storage.read() as uow:
        known = await uow.recordings.known(ids)
    gone = [recording_id for recording_id in ids if recording_id not in known]
    for recording_id in gone:
        await means.store.delete_all(recording_id)
    return len(gone)


async def hold(storage: Storage, recording_id: RecordingId, *, reason: str, by: UserId | None, now: datetime) -> Hold:
    """Put a recording under legal hold. Raises NotFound, Invalid."""
    if not reason.strip():
        raise Invalid("Say why: whoever wants to delete the recording will read it.")
    held = Hold(recording_id=recording_id, reason=reason.strip(), by=by, at=now)
    async with storage.begin() as uow:
        recording = await uow.recordings.get(recording_id)
        if recording is None or recording.state is RecordingState.deleted:
            raise NotFound("There is no such recording; it may have been deleted.")
        await uow.recordings.save_hold(held)
    log.info("legal hold set", recording=str(recording_id), by=str(by), reason=held.reason)
    return held


async def end_hold(storage: Storage, recording_id: RecordingId, *, by: UserId | None) -> None:
    """End the legal hold on a recording; the line's may go on."""
    async with storage.begin() as uow:
        await uow.recordings.end_hold(recording_id)
    log.info("legal hold ended", recording=str(recording_id), by=str(by))


async def set_rules(storage: Storage, rules: RecordingRules) -> RecordingRules:
    """Save a line's rules. Raises NotFound, Invalid."""
    for days in (rules.keep_days, rules.keep_transcripts_days):
        if days is not None and not 1 <= days <= LONGEST_KEPT:
            raise Invalid(f"Days to keep are 1 to {LONGEST_KEPT}; leave it empty to keep for ever.")
    if rules.hold and not rules.hold_reason.strip():
        raise Invalid("Say why the line is under legal hold: whoever wants to delete a recording will read it.")
    async with storage.begin() as uow:
        if await uow.channels.get(ChannelId(rules.channel_id)) is None:
            raise NotFound("There is no such channel.")
        await uow.recordings.save_rules(rules)
    log.info("recording rules changed", channel=str(rules.channel_id), by=str(rules.changed_by))
    return rules


async def chain_broken_at(storage: Storage) -> int | None:
    """Return the first record of the chain of deletions that does not follow from the one before; None if all do."""
    last: Deletion | None = None
    async for page in _pages(storage):
        if (broken := broken_at(page, before=last)) is not None:
            return broken
        last = page[-1]
    return None


async def _pages(storage: Storage) -> AsyncIterator[list[Deletion]]:
    after = 0
    while True:
        async with storage.read() as uow:
            page = list(await uow.recordings.deletions(after=after, limit=PAGE))
        if not page:
            return
        yield page
        after = page[-1].number
