"""What was said, line by line: two channels' words put into turns, and what an edit leaves behind. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import CallId, RecordingId, UserId
from hub.domain.recording import Lane

JOIN_WITHIN = 1.0
"""Seconds: pieces of one speaker closer than this are one line, unless it grows too long or the other speaks."""
LINE_SECONDS = 30.0
TEXT_LIMIT = 5_000
LINES_LIMIT = 20_000


class TranscriptState(StrEnum):
    """How far a transcript is."""

    queued = "queued"
    ready = "ready"
    failed = "failed"
    """`error` says why in words."""
    deleted = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One piece of speech as an engine heard it on one channel."""

    start: float
    """Seconds from the beginning of the recording."""
    end: float
    text: str
    confidence: float | None = None
    """0 to 1, where the engine says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One turn of a speaker."""

    number: int
    """Its place in the transcript, from 0; stays when the text is edited."""
    speaker: Lane
    start: float
    end: float
    text: str
    confidence: float | None = None
    edited: bool = False
    redacted: bool = False
    """Numbers were taken out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of one recording; its lines are kept apart."""

    recording_id: RecordingId
    call_id: CallId
    state: TranscriptState
    engine: str = ""
    """What made it: `openai:whisper-1`, `sherpa-onnx:folder`."""
    language: str = ""
    error: str = ""
    created_at: datetime
    made_at: datetime | None = None
    redactions: int = 0
    """How many numbers were taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRevision:
    """An earlier wording of a line somebody edited. What a redaction took out is not kept anywhere."""

    number: int
    text: str
    replaced_at: datetime
    replaced_by: UserId


def in_turns(channels: Iterable[tuple[Lane, Sequence[Heard]]]) -> tuple[Line, ...]:
    """Return the channels' pieces as one conversation in order of time, neighbours of one speaker joined.

    Blank pieces are left out; times that run backwards are put right.
    """
    pieces = sorted(
        (
            (lane, replace(piece, text=" ".join(piece.text.split())[:TEXT_LIMIT], end=max(piece.start, piece.end)))
            for lane, found in channels
            for piece in found
            if piece.text.strip()
        ),
        key=lambda pair: (pair[1].start, pair[1].end, pair[0]),
    )
    lines: list[Line] = []
    for lane, piece in pieces:
        last = lines[-1] if lines else None
        if last is not None and _joins(last, lane, piece):
            lines[-1] = replace(
                last,
                end=max(last.end, piece.end),
                text=f"{last.text} {piece.text}",
                confidence=_least(last.confidence, piece.confidence),
            )
            continue
        lines.append(
            Line(
                number=len(lines),
                speaker=lane,
                start=round(piece.start, 2),
                end=round(piece.end, 2),
                text=piece.text,
                confidence=piece.confidence,
            )
        )
    return tuple(lines[:LINES_LIMIT])


def _joins(last: Line, lane: Lane, piece: Heard) -> bool:
    return (
        last.speaker is lane
        and piece.start - last.end <= JOIN_WITHIN
        and piece.end - last.start <= LINE_SECONDS
        and len(last.text) + len(piece.text) < TEXT_LIMIT
    )


def _least(first: float | None, second: float | None) -> float | None:
    known = [value for value in (first, second) if value is not None]
    return min(known) if known else None
