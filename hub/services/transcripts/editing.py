"""Edits lines of transcripts, keeping what they said before, and asks for transcripts and redactions."""

from dataclasses import replace
from datetime import datetime

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import RecordingId, UserId
from hub.domain.recording import RecordingState
from hub.domain.review.content import Work, WorkKind
from hub.domain.review.transcript import TEXT_LIMIT, Line, LineRevision, TranscriptState
from hub.ports import Storage
from hub.services.recordings.means import tell


async def edit_line(
    storage: Storage, recording_id: RecordingId, number: int, text: str, *, by: UserId, now: datetime
) -> Line:
    """Change what a line says; its wording before stays readable. Raises NotFound, Invalid."""
    said = " ".join(text.split())
    if not said:
        raise Invalid("A line cannot be empty: write what was said.")
    if len(said) > TEXT_LIMIT:
        raise Invalid(f"A line has at most {TEXT_LIMIT} characters.")
    async with storage.begin() as uow:
        placed = await uow.recordings.placed(recording_id)
        line = next((one for one in await uow.transcripts.lines(recording_id) if one.number == number), None)
        if placed is None or line is None:
            raise NotFound("There is no such line; the transcript may have been made anew or deleted.")
        if line.text == said:
            return line
        await uow.transcripts.add_revision(
            recording_id, LineRevision(number=number, text=line.text, replaced_at=now, replaced_by=by)
        )
        changed = replace(line, text=said, edited=True)
        await uow.transcripts.update_line(recording_id, changed)
        tell(uow, placed)
    return changed


async def ask_for_transcript(storage: Storage, recording_id: RecordingId, *, engine: bool, now: datetime) -> None:
    """Have a transcript made, or made anew; edits of the one before are lost. Raises NotFound, Conflict."""
    if not engine:
        raise Conflict("The hub has no engine for transcripts. An admin chooses one with HUB_TRANSCRIPTS.")
    async with storage.begin() as uow:
        recording = await uow.recordings.get(recording_id)
        if recording is None or recording.state is RecordingState.deleted:
            raise NotFound("There is no such recording; it may have been deleted.")
        if await uow.recordings.look(recording_id) is None:
            raise Conflict("The recording has not been looked into yet. Try again shortly.")
        await uow.recordings.add_work(
            Work(recording_id=recording_id, kind=WorkKind.transcribe, next_at=now, began_at=now)
        )


async def ask_for_redaction(storage: Storage, recording_id: RecordingId, *, now: datetime) -> None:
    """Have card and id numbers taken out of transcript and sound. It cannot be undone. Raises NotFound, Conflict."""
    async with storage.begin() as uow:
        transcript = await uow.transcripts.get(recording_id)
        if transcript is None or transcript.state is not TranscriptState.ready:
            raise Conflict("Numbers are found in the transcript, and there is none. Have it made first.")
        await uow.recordings.add_work(Work(recording_id=recording_id, kind=WorkKind.redact, next_at=now, began_at=now))
