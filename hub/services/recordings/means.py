"""What the use cases of recordings work with, and what each of their changes tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.changes import Change, ChangeKind
from hub.domain.retry import Backoff
from hub.ports import Storage, UnitOfWork
from hub.ports.recordings import Placed, RecordingBlobs, RecordingMedia

MAX_BYTES = 4_000_000_000
"""Bytes of one recording: four hours of stereo at 48 kHz are below 3 GB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What recordings are worked on with."""

    storage: Storage
    store: RecordingBlobs
    media: RecordingMedia
    now: Callable[[], datetime]
    chance: Callable[[], float]
    max_bytes: int = MAX_BYTES
    transcribes: bool = False
    """The hub has an engine for transcripts."""
    backoff: Backoff = Backoff(first=timedelta(seconds=5), longest=timedelta(hours=1), give_up=timedelta(days=3))  # noqa: RUF009 - immutable


def tell(uow: UnitOfWork, placed: Placed) -> None:
    """Note that a recording is another than before: for lists, the review page and the call's entry."""
    recording = placed.recording
    uow.note(
        Change(kind=ChangeKind.recording_changed, subject_id=recording.id, conversation_id=placed.conversation_id),
        Change(
            kind=ChangeKind.interaction_changed,
            subject_id=placed.interaction_id,
            conversation_id=placed.conversation_id,
        ),
    )
