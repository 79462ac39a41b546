"""Cuts a recording into the pieces an engine hears: by speaker and turn where the voices are apart. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.domain.recording import Lane

AROUND = 0.3
"""Seconds before and after what is spoken: first sounds are soft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One stretch of one voice."""

    speaker: Lane
    lane: int | None
    """The channel of the audio; None for all mixed."""
    start: float
    end: float


def pieces(
    lanes: Sequence[Lane], talk: Mapping[str, object], seconds: float, *, longest: float, gap: float
) -> tuple[Piece, ...]:
    """Return the pieces in order of time; none longer than `longest`, pauses over `gap` left out where lanes tell."""
    found: list[Piece] = []
    if talk:
        for speaker, name in ((Lane.agent, "agent_turns"), (Lane.contact, "contact_turns")):
            spans = _spans(talk.get(name))
            for start, end in _joined(spans, seconds, longest, gap):
                found.append(Piece(speaker=speaker, lane=lanes.index(speaker), start=start, end=end))
    else:
        speaker = lanes[0] if len(lanes) == 1 else Lane.mixed
        found += [Piece(speaker=speaker, lane=None, start=a, end=b) for a, b in _split(0.0, seconds, longest)]
    return tuple(sorted(found, key=lambda piece: (piece.start, piece.end, piece.speaker)))


def _spans(value: object) -> list[tuple[float, float]]:
    if not isinstance(value, (list, tuple)):
        return []
    return [(float(start), float(end)) for start, end in value]


def _joined(
    spans: Sequence[tuple[float, float]], seconds: float, longest: float, gap: float
) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for spoken, ended in spans:
        start, end = max(0.0, spoken - AROUND), min(seconds, ended + AROUND)
        if joined and start - joined[-1][1] <= gap and end - joined[-1][0] <= longest:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined += _split(start, end, longest)
    return joined


def _split(start: float, end: float, longest: float) -> list[tuple[float, float]]:
    parts: list[tuple[float, float]] = []
    while end - start > longest:
        parts.append((start, start + longest))
        start += longest
    return [*parts, (start, end)] if end > start else parts
