"""/recordings and /plays: what was recorded, who may hear it, its waveform, and the log of who heard what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Reason
from hub.domain.errors import Forbidden, NotFound
from hub.domain.ids import CallId, RecordingId, UserId
from hub.domain.recording import Lane, Recording, RecordingKind, RecordingState
from hub.domain.review.content import ContentKind, Play, PlayKind
from hub.domain.review.ids import PlayId
from hub.domain.review.playing import Span, seconds_of
from hub.domain.review.rules import (
    Listener,
    due_at,
    why_not_downloaded,
    why_not_played,
    why_silent,
)
from hub.domain.user import Action
from hub.domain.views import Page
from hub.ports import UnitOfWork
from hub.services.recordings import playing
from hub.services.recordings.playing import Asked

routes = Routes("recordings")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """A recording as the player shows it."""

    id: RecordingId
    call_id: CallId
    kind: RecordingKind
    state: RecordingState
    lanes: tuple[Lane, ...]
    """Whose voices are apart: two lanes are agent left, contact right in what is played."""
    began_at: datetime | None
    """When its first second was; None where the provider does not say it."""
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
        began_at=recording.began_at,
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
