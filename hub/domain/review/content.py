"""How a recording's bytes are kept: in chunks, each sealed by itself where that is configured. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import CallId, ChannelId, RecordingId, UserId
from hub.domain.review.ids import PlayId
from hub.domain.review.playing import Span

CHUNK = 1 << 20
"""Bytes of one chunk before sealing: what has to be read and opened to play from any second."""


class ContentKind(StrEnum):
    """Which of a recording's contents it is."""

    original = "original"
    """As the provider gave it, byte for byte."""
    playable = "playable"
    """For browsers: agent left, customer right, in a format they play. Only where the original is not that already."""
    redacted = "redacted"
    """With silence where numbers were said. It takes the place of the original, which is deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One content of a recording, in chunks of `CHUNK` bytes, the last one shorter."""

    recording_id: RecordingId
    number: int
    """Rises with each new content of a recording; a key and its nonces are never used for another one."""
    kind: ContentKind
    key: bytes | None = field(default=None, repr=False)
    """The 32 bytes it is sealed with; None if it is stored as it is. Kept sealed in the database."""
    stored: int = 0
    """Bytes that can be read so far."""
    complete: bool = False
    sha256: str = ""
    """Of all bytes before sealing, once complete, in hex."""
    media_type: str = ""
    created_at: datetime

    def blob(self, chunk: int) -> str:
        """Return where a chunk is kept."""
        return _blob(self.recording_id, self.number, chunk)

    @property
    def chunks(self) -> range:
        """The numbers of the chunks that can be read."""
        return range((self.stored + CHUNK - 1) // CHUNK)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (chunk, from, up to) for the bytes `start` to `end` (exclusive), as far as they are stored."""
        end = min(end, self.stored)
        for chunk in range(start // CHUNK, (end + CHUNK - 1) // CHUNK if end > start else start // CHUNK):
            base = chunk * CHUNK
            yield chunk, max(start - base, 0), min(end - base, CHUNK)


def chunk_keys(recording_id: RecordingId, number: int, stored: int) -> Sequence[str]:
    """Return where the chunks of a content of so many bytes are kept."""
    return [_blob(recording_id, number, chunk) for chunk in range((stored + CHUNK - 1) // CHUNK)]


def _blob(recording_id: RecordingId, number: int, chunk: int) -> str:
    return f"{folder(recording_id)}/{number}/{chunk:06d}"


def folder(recording_id: RecordingId) -> str:
    """Return the beginning of the keys of all that is kept of a recording."""
    return f"recordings/{recording_id.hex}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was learned of a recording's sound, once."""

    recording_id: RecordingId
    seconds: float
    codec: str
    rate: int
    channels: int
    peaks: tuple[bytes, ...] = field(default=(), repr=False)
    """For each lane, agent first, levels from 0 to 100, one byte each; one lane if the voices are mixed."""
    talk: dict[str, object] = field(default_factory=dict)
    """`hub.domain.review.talk.Talk` as JSON; empty if the voices are mixed."""
    looked_at: datetime


class WorkKind(StrEnum):
    """What is still to be done for a recording beside fetching it."""

    look = "look"
    """Waveform, talk figures, a playable variant."""
    transcribe = "transcribe"
    redact = "redact"
    forget_there = "forget_there"
    """Delete it at the provider, now that we have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One thing to do for one recording."""

    recording_id: RecordingId
    kind: WorkKind
    attempts: int = 0
    next_at: datetime
    began_at: datetime
    error: str = ""


class PlayKind(StrEnum):
    """What somebody did, or wanted to do, with a recording or a live call."""

    play = "play"
    download = "download"
    listen = "listen"
    """Live, and so are the next two."""
    whisper = "whisper"
    barge = "barge"
    refused = "refused"
    """Wanted to, and may not; `reason` holds the hub's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One line of the play log: who heard which seconds of what, when and why. Lines are never deleted singly."""

    id: PlayId
    recording_id: RecordingId
    """Of a live call: the call's own id, since nothing was recorded that could be named."""
    call_id: CallId
    kind: PlayKind
    user_id: UserId | None
    program: str = ""
    """The name of the token, if a program did it."""
    address: str = ""
    """Where the request came from."""
    reason: str = ""
    at: datetime
    last_at: datetime
    """When something of it was last heard or sent."""
    heard: tuple[Span, ...] = ()
    """Seconds that were played, as the player tells."""
    sent: tuple[Span, ...] = ()
    """Seconds that were sent, as the hub knows: more than was heard, since players read ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """The record that a recording was deleted: what it was, when, by whom, why, chained to the record before it."""

    number: int
    recording_id: RecordingId
    call_id: CallId
    channel_id: ChannelId
    began_at: datetime | None
    seconds: float | None
    size: int
    sha256: str
    """Of the original content, so that a copy that turns up elsewhere is known to be of this recording."""
    sealed: bool
    """It was sealed with a key of its own, and the key is gone: copies of the sealed bytes are unreadable, too."""
    transcript: bool
    """Its transcript was deleted with it."""
    deleted_at: datetime
    deleted_by: UserId | None
    """None: by rule."""
    reason: str
    previous: str
    """The hash of the record before; empty for the first."""
    hash: str
    """SHA-256 of this record and the one before: a record taken out or changed breaks the chain."""
