"""What was said in recordings, and the engines that make words of speech."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.errors import HubError
from hub.domain.ids import ChannelId, RecordingId, UserId
from hub.domain.review.rules import RecordingRules
from hub.domain.review.transcript import Heard, Line, LineRevision, Transcript
from hub.domain.review.views import TranscriptHit
from hub.domain.views import Page


class Transcripts(Protocol):
    """What was said."""

    async def get(self, recording_id: RecordingId) -> Transcript | None: ...
    async def save(self, transcript: Transcript) -> None: ...
    async def lines(self, recording_id: RecordingId) -> Sequence[Line]: ...
    async def replace_lines(self, transcript: Transcript, lines: Sequence[Line]) -> None:
        """Keep these lines and no others; they are found by search from now on."""
        ...

    async def update_line(self, recording_id: RecordingId, line: Line) -> None: ...
    async def add_revision(self, recording_id: RecordingId, revision: LineRevision) -> None: ...
    async def revisions(self, recording_id: RecordingId) -> Sequence[LineRevision]: ...
    async def replace_revisions(self, recording_id: RecordingId, revisions: Sequence[LineRevision]) -> None: ...
    async def delete(self, recording_id: RecordingId) -> None:
        """Delete its lines and revisions; that there was one stays."""
        ...

    async def expired(self, rules: RecordingRules, now: datetime, limit: int) -> Sequence[RecordingId]:
        """Return transcripts that outlived their recording longer than the rules say."""
        ...

    async def search(
        self, text: str, *, agent: UserId | None, hidden: Collection[ChannelId], cursor: str | None, limit: int
    ) -> Page[TranscriptHit]:
        """Find lines by their words, newest first; with `agent` only in calls they took part in; not on `hidden`."""
        ...


class TranscriptEngine(Protocol):
    """Makes words of speech, one channel at a time."""

    @property
    def name(self) -> str:
        """What made a transcript, as it is shown: `openai:whisper-1`."""
        ...

    @property
    def longest(self) -> float:
        """Seconds of the longest sound it takes at once."""
        ...

    @property
    def gap(self) -> float:
        """Seconds of silence within one sound that do it no harm."""
        ...

    async def hear(self, sound: bytes, *, language: str) -> Sequence[Heard]:
        """Return what is said in 16 kHz mono sound (a WAV file), with seconds from its beginning.

        Raises TranscriptLater (busy, time-out: try again) or TranscriptFailed (never will be), in words.
        """
        ...


class TranscriptLater(HubError):
    """The engine cannot do it now; `after` seconds if it says how long."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class TranscriptFailed(HubError):
    """The engine cannot do it at all."""
