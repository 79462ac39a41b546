"""The stored audio of a call: what was recorded, how far it is, and whose voice is where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import CallId, ChannelId, ExternalId, RecordingId


class RecordingKind(StrEnum):
    """What was recorded."""

    call = "call"
    voicemail = "voicemail"


class RecordingState(StrEnum):
    """How far a recording is."""

    running = "running"
    """Being recorded at the provider."""
    pending = "pending"
    """At the provider; the hub is fetching it."""
    ready = "ready"
    absent = "absent"
    """The provider recorded nothing (silence, hung up at the beep); `error` says so in words."""
    failed = "failed"
    """Could not be fetched or is broken; `error` says why in words."""
    deleted = "deleted"
    """Deleted by rule or by hand; the record of the deletion stays."""


class Lane(StrEnum):
    """Whose voice is on one channel of the audio."""

    agent = "agent"
    contact = "contact"
    mixed = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The stored audio of a call, or of one stretch of it."""

    id: RecordingId
    call_id: CallId
    channel_id: ChannelId
    external_id: ExternalId
    kind: RecordingKind = RecordingKind.call
    state: RecordingState
    source: ExternalId | None = None
    """Where the connector fetches it."""
    lanes: tuple[Lane, ...] = (Lane.mixed,)
    """Whose voice each audio channel holds, as the provider stores it."""
    began_at: datetime | None = None
    """When the audio begins; to place marks of the call on it."""
    duration: float | None = None
    """Seconds, by the provider until we have measured it."""
    size: int | None = None
    media_type: str = ""
    blob: str | None = None
    """Key in the blob store."""
    error: str = ""
    created_at: datetime
