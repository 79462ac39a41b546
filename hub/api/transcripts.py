"""/transcripts: what was said in recordings, edited with history, found by words, with numbers taken out."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Search, Text
from hub.api.recordings import listener_of
from hub.domain.errors import Forbidden, NotFound
from hub.domain.ids import RecordingId
from hub.domain.recording import RecordingState
from hub.domain.review.rules import AgentsHear, why_not_played
from hub.domain.review.transcript import Line, LineRevision, TranscriptState
from hub.domain.review.views import TranscriptHit
from hub.domain.user import Action
from hub.domain.views import Page
from hub.ports import UnitOfWork
from hub.services.transcripts import editing

routes = Routes("transcripts")


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptView:
    """A transcript with its lines."""

    recording_id: RecordingId
    state: TranscriptState | None
    """None: nobody asked for one, or the hub has no engine."""
    engine: str
    language: str
    error: str
    """Why there is none, or not yet, in words."""
    redactions: int
    sound_deleted: bool
    """The recording itself is deleted; the words stay by the line's rules."""
    can_be_made: bool
    """The hub has an engine."""
    lines: tuple[Line, ...]


class LineEdit(Input):
    """Another wording."""

    text: Text


LineNumber = Annotated[int, Field(ge=0, le=1_000_000)]


@routes.get("/recordings/{recording_id}/transcript", Action.recordings_play)
async def get_transcript(deps: ApiDeps, caller: Caller, recording_id: RecordingId) -> TranscriptView:
    """Return what was said, by speaker and time. Who may play the recording may read it."""
    async with deps.storage.read() as uow:
        state = await _readable(uow, caller, recording_id)
        transcript = await uow.transcripts.get(recording_id)
        lines = await uow.transcripts.lines(recording_id)
    return TranscriptView(
        recording_id=recording_id,
        state=None if transcript is None else transcript.state,
        engine="" if transcript is None else transcript.engine,
        language="" if transcript is None else transcript.language,
        error="" if transcript is None else transcript.error,
        redactions=0 if transcript is None else transcript.redactions,
        sound_deleted=state is RecordingState.deleted,
        can_be_made=deps.transcribes and state is RecordingState.ready,
        lines=tuple(lines),
    )


async def _readable(uow: UnitOfWork, caller: Caller, recording_id: RecordingId) -> RecordingState:
    placed = await uow.recordings.placed(recording_id)
    if placed is None:
        raise NotFound("There is no such recording; it may have been deleted with its contact.")
    rules = await uow.recordings.rules(placed.recording.channel_id)
    if words := why_not_played(rules, listener_of(caller), placed.agents):
        raise Forbidden(words)
    return placed.recording.state


@routes.put("/recordings/{recording_id}/transcript/lines/{number}", Action.transcripts_write, people_only=True)
async def edit_line(
    deps: ApiDeps, caller: Caller, recording_id: RecordingId, number: LineNumber, body: LineEdit
) -> Line:
    """Correct a line; its earlier wording stays in the history."""
    return await editing.edit_line(deps.storage, recording_id, number, body.text, by=caller.person.id, now=deps.now())


@routes.get("/recordings/{recording_id}/transcript/revisions", Action.recordings_play)
async def list_line_revisions(deps: ApiDeps, caller: Caller, recording_id: RecordingId) -> tuple[LineRevision, ...]:
    """Return the earlier wordings of a transcript's lines, in the order they were replaced."""
    async with deps.storage.read() as uow:
        await _readable(uow, caller, recording_id)
        return tuple(await uow.transcripts.revisions(recording_id))


@routes.post("/recordings/{recording_id}/transcript", Action.transcripts_write, problems=(409,))
async def ask_for_transcript(deps: ApiDeps, recording_id: RecordingId) -> None:
    """Have the transcript made, or made anew: edits are lost. It comes in a while, told as `recording_changed`."""
    await editing.ask_for_transcript(deps.storage, recording_id, engine=deps.transcribes, now=deps.now())


@routes.post("/recordings/{recording_id}/redaction", Action.transcripts_write, problems=(409,))
async def ask_for_redaction(deps: ApiDeps, recording_id: RecordingId) -> None:
    """Have card and id numbers taken out of words and sound for good."""
    await editing.ask_for_redaction(deps.storage, recording_id, now=deps.now())


@routes.get("/transcripts/search", Action.recordings_play)
async def search_transcripts(
    deps: ApiDeps, caller: Caller, q: Search, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[TranscriptHit]:
    """Find what was said by its words, newest first. Agents find their own calls."""
    listener = listener_of(caller)
    if not listener.hears_all and listener.user_id is None:
        raise Forbidden("This token hears no recordings but a person's own: it needs the scope recordings_play_all.")
    agent = None if listener.hears_all else listener.user_id
    async with deps.storage.read() as uow:
        quiet = [rules.channel_id for rules in await uow.recordings.all_rules() if rules.agents_hear is AgentsHear.none]
        hidden = () if listener.hears_all else quiet
        return await uow.transcripts.search(q, agent=agent, hidden=hidden, cursor=cursor, limit=limit)
