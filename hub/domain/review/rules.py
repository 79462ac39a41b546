"""What a line says of its recordings: how long they are kept, who hears them, and what holds a deletion back. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hub.domain.ids import ChannelId, RecordingId, UserId
from hub.domain.recording import Recording, RecordingState

LONGEST_KEPT = 36_500


class AgentsHear(StrEnum):
    """Which recordings agents may play."""

    own = "own"
    """Of calls they took part in."""
    none = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRules:
    """The rules of one line (a voice channel). These defaults hold until somebody sets others."""

    channel_id: ChannelId
    keep_days: int | None = None
    """Days after the call in which a recording is deleted; None keeps it."""
    keep_transcripts_days: int | None = None
    """Days for transcripts, if they outlive their recording; None: deleted together with it."""
    transcripts_stay: bool = False
    """A transcript outlives its recording, for `keep_transcripts_days` or for ever."""
    hold: bool = False
    """Legal hold: nothing of this line is deleted, whatever else says so."""
    hold_reason: str = ""
    agents_hear: AgentsHear = AgentsHear.own
    agents_download: bool = False
    """Agents may download what they may play."""
    ask_reason: bool = False
    """Whoever plays or downloads has to say why."""
    transcribe: bool = True
    """Make a transcript, if the hub has an engine."""
    redact: bool = False
    """Take card and id numbers out of transcript and recording as soon as they are known."""
    changed_at: datetime | None = None
    changed_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold on one recording."""

    recording_id: RecordingId
    reason: str
    by: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who wants to hear a recording, and what their role grants."""

    user_id: UserId | None
    """None for a program."""
    hears_own: bool
    hears_all: bool
    downloads: bool


def due_at(rules: RecordingRules, recording: Recording) -> datetime | None:
    """Return when a recording is deleted by rule; None if never, hold or not."""
    began = recording.began_at or recording.created_at
    return None if rules.keep_days is None else began + timedelta(days=rules.keep_days)


def why_kept(rules: RecordingRules, hold: Hold | None) -> str:
    """Say in words why a recording must not be deleted now; empty if it may be."""
    if hold is not None:
        return f"This recording is under legal hold: {hold.reason}"
    if rules.hold:
        return f"This line is under legal hold: {rules.hold_reason or 'no reason was given'}"
    return ""


def why_not_played(rules: RecordingRules, listener: Listener, agents: Collection[UserId]) -> str:
    """Say in words why somebody may not play a recording of these agents; empty if they may."""
    if listener.hears_all:
        return ""
    if not listener.hears_own:
        return "Your role may not play recordings. Ask an admin for the right."
    if rules.agents_hear is AgentsHear.none:
        return "On this line agents do not hear recordings. Ask a manager to play it to you."
    if listener.user_id is None or listener.user_id not in agents:
        return "You may play the recordings of your own calls only. Ask a manager for this one."
    return ""


def why_not_downloaded(rules: RecordingRules, listener: Listener, agents: Collection[UserId]) -> str:
    """Say in words why somebody may not download a recording; empty if they may."""
    if words := why_not_played(rules, listener, agents):
        return words
    if listener.downloads or rules.agents_download:
        return ""
    return "You may play this recording, but not download it. Ask a manager."


def why_silent(recording: Recording) -> str:
    """Say in words why there is nothing to play; empty if there is. Screens tell the states apart by `state`."""
    match recording.state:
        case RecordingState.ready | RecordingState.pending:
            return ""
        case RecordingState.running:
            return "The call is still being recorded."
        case RecordingState.absent:
            return recording.error or "The provider recorded nothing of this call."
        case RecordingState.deleted:
            return recording.error or "This recording was deleted."
        case RecordingState.failed:
            return recording.error or "This recording could not be fetched."
