"""What was heard of a recording: ranges of seconds, put together. Pure."""

from collections.abc import Iterable

from hub.domain.errors import Invalid

Span = tuple[float, float]
"""Seconds from, up to."""
SPANS_LIMIT = 500
_TOUCHING = 0.25
"""Ranges closer than this are one: players report in steps of about a quarter of a second."""


def heard(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the ranges sorted and put together, to a tenth of a second.

    More than 500 pieces are joined over their smallest gaps: the log then says rather more than less.
    """
    joined: list[Span] = []
    for start, end in sorted((round(start, 1), round(end, 1)) for start, end in spans if end > start):
        if joined and start <= joined[-1][1] + _TOUCHING:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    while len(joined) > SPANS_LIMIT:
        _, place = min((joined[n + 1][0] - joined[n][1], n) for n in range(len(joined) - 1))
        joined[place : place + 2] = [(joined[place][0], joined[place + 1][1])]
    return tuple(joined)


def seconds_of(spans: Iterable[Span]) -> float:
    """Return how many different seconds the ranges cover."""
    return round(sum(end - start for start, end in heard(spans)), 1)


def check_spans(spans: Iterable[Span], duration: float | None) -> None:
    """Raise Invalid for ranges that are none, or lie behind the end of a recording of this length."""
    for start, end in spans:
        if not 0 <= start <= end < 360_000:
            raise Invalid("A range of seconds begins at 0 or later and ends after it begins.")
        if duration is not None and start > duration + 5:
            raise Invalid("That place lies behind the end of the recording.")
