"""Recordings: their records, their bytes, and what looks into their sound."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hub.domain.errors import HubError
from hub.domain.ids import CallId, ChannelId, ConversationId, InteractionId, RecordingId, UserId
from hub.domain.recording import Lane, Recording
from hub.domain.review.content import Content, Deletion, Look, Play, Work, WorkKind
from hub.domain.review.ids import PlayId
from hub.domain.review.playing import Span
from hub.domain.review.rules import Hold, RecordingRules
from hub.domain.views import Page


class RecordingBlobs(Protocol):
    """The bytes of recordings: chunks in the blob store, sealed where the hub is configured so."""

    def new_key(self) -> bytes | None:
        """Return a key for a new content; None where recordings are stored as they are."""
        ...

    async def write(
        self, content: Content, source: AsyncIterator[bytes], *, told: Callable[[int], Awaitable[None]], most: int
    ) -> Content:
        """Store a stream chunk by chunk and return the content complete, with its hash.

        `told` is called after each chunk with the bytes that can be read by then. Raises RecordingTooLarge beyond
        `most` bytes, what the source raises, and the blob store's errors; what was stored stays readable.
        """
        ...

    def read(self, content: Content, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Stream bytes `start` to `end` (exclusive) of what is stored. Raises RecordingDamaged, NotFound."""
        ...

    async def delete(self, content: Content) -> None:
        """Delete every chunk of a content, also of one that was never completed."""
        ...

    async def delete_all(self, recording_id: RecordingId) -> int:
        """Delete whatever is kept of a recording; returns how many chunks there were."""
        ...

    def kept(self) -> AsyncIterator[RecordingId]:
        """Yield recordings of which something is kept, each once."""
        ...


class RecordingTooLarge(HubError):
    """A recording is larger than the hub takes."""


class RecordingDamaged(HubError):
    """What is stored of a recording does not open: it was changed, or its key is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What the media process made of a recording."""

    seconds: float
    codec: str
    rate: int
    channels: int
    peaks: tuple[bytes, ...]
    talk: Mapping[str, object]
    broken: str = ""
    """Why the sound ends before its file says, in words; empty if it does not."""
    playable: AsyncIterator[bytes] | None = field(default=None, repr=False)
    """A variant for browsers (FLAC), if the content is not one already; made when it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A recording to fetch now."""

    recording: Recording
    attempts: int
    """Tries before this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A recording with what its call says of it."""

    recording: Recording
    agents: tuple[UserId, ...]
    conversation_id: ConversationId
    interaction_id: InteractionId
    attempts: int
    """How often it was fetched, or tried to be."""


class Recordings(Protocol):
    """Recordings: their rules, contents, looks and work, the log of plays, the proofs of deletions."""

    async def get(self, recording_id: RecordingId) -> Recording | None:
        """Return it, locked until the unit of work ends."""
        ...

    async def of_call(self, call_id: CallId) -> Sequence[Recording]:
        """Return them in the order they began."""
        ...

    async def placed(self, recording_id: RecordingId) -> Placed | None: ...
    async def agents_of(self, call_id: CallId) -> tuple[UserId, ...] | None:
        """Return who spoke; None if there is no such call."""
        ...

    async def update(self, recording: Recording) -> None: ...
    async def claim(self, now: datetime, *, until: datetime, limit: int) -> Sequence[Claimed]:
        """Return recordings whose fetch is due, and keep them from others until then."""
        ...

    async def retry(self, recording_id: RecordingId, *, at: datetime, words: str) -> None:
        """Fetch it again then; `words` say what went wrong."""
        ...

    async def rules(self, channel_id: ChannelId) -> RecordingRules:
        """Return the line's rules, the defaults where nobody set any."""
        ...

    async def all_rules(self) -> Sequence[RecordingRules]: ...
    async def save_rules(self, rules: RecordingRules) -> None: ...
    async def hold(self, recording_id: RecordingId) -> Hold | None: ...
    async def save_hold(self, hold: Hold) -> None: ...
    async def end_hold(self, recording_id: RecordingId) -> None: ...
    async def contents(self, recording_id: RecordingId) -> Sequence[Content]:
        """Return its contents, oldest first, keys opened."""
        ...

    async def add_content(self, content: Content) -> None: ...
    async def update_content(self, content: Content) -> None:
        """Save what is stored of it, whether it is complete, its hash and media type; never its key."""
        ...

    async def forget_content(self, recording_id: RecordingId, number: int | None = None) -> None:
        """Delete one content's record, or all of a recording's, with their keys."""
        ...

    async def look(self, recording_id: RecordingId) -> Look | None: ...
    async def save_look(self, look: Look) -> None: ...
    async def forget_look(self, recording_id: RecordingId) -> None: ...
    async def add_work(self, work: Work) -> None:
        """Add it, or make it due anew if it is there."""
        ...

    async def claim_work(
        self, kinds: Collection[WorkKind], now: datetime, *, until: datetime, limit: int
    ) -> Sequence[Work]: ...
    async def retry_work(self, work: Work, *, at: datetime, words: str) -> None: ...
    async def end_work(self, recording_id: RecordingId, kind: WorkKind | None = None) -> None: ...
    async def work(self, recording_id: RecordingId) -> Sequence[Work]: ...
    async def add_play(self, play: Play) -> None: ...
    async def play(self, play_id: PlayId) -> Play | None: ...
    async def update_play(self, play: Play) -> None:
        """Save when and what was heard and sent; who, what and why never change."""
        ...

    async def plays(
        self, *, call_id: CallId | None, user_id: UserId | None, cursor: str | None, limit: int
    ) -> Page[Play]:
        """Return the log, newest first."""
        ...

    async def expired(self, rules: RecordingRules, now: datetime, limit: int) -> Sequence[RecordingId]:
        """Return recordings of this line that are kept longer than the rules say and not under hold."""
        ...

    async def last_deletion(self) -> Deletion | None:
        """Return the newest record of the chain, locked until the unit of work ends."""
        ...

    async def add_deletion(self, deletion: Deletion) -> None:
        """Raises Conflict if another record was added meanwhile."""
        ...

    async def deletions(self, *, after: int, limit: int) -> Sequence[Deletion]: ...
    async def deletion_of(self, recording_id: RecordingId) -> Deletion | None: ...
    async def known(self, ids: Collection[RecordingId]) -> frozenset[RecordingId]:
        """Return which of these there are."""
        ...

    async def reseal(self) -> int:
        """Seal every content's key with the newest of the hub's keys; returns how many."""
        ...


class Voices(Protocol):
    """A recording laid out for speech recognition."""

    async def cut(self, lane: int | None, start: float, end: float) -> bytes:
        """Return one voice (None: all mixed) between two seconds as 16 kHz mono WAV. Raises MediaUnreadable."""
        ...


class RecordingMedia(Protocol):
    """Looks into recordings in processes of their own; what a damaged or hostile file does harms nobody.

    Each raises MediaUnreadable, in words, and what the store raises; what it gives is there while the block runs.
    """

    def look(self, content: Content, lanes: Sequence[Lane]) -> AbstractAsyncContextManager[Sound]: ...
    def silenced(
        self, content: Content, lanes: Sequence[Lane], spans: Sequence[Span]
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Give it as FLAC with silence in these seconds, agent left."""
        ...

    def clip(
        self, content: Content, lanes: Sequence[Lane], start: float, end: float
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Give what lies between two seconds as FLAC, agent left."""
        ...

    def voices(self, content: Content) -> AbstractAsyncContextManager[Voices]: ...
