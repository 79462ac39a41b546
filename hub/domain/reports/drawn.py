"""What is drawn over time: the counts of hours, added up for a point of a series or for an hour of the week."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from hub.domain.reports.histogram import Histogram
from hub.domain.reports.measures import BUCKETS, FIRST_CODE, REPLIES, Measure

_REPLIES = frozenset(FIRST_CODE[measure] // BUCKETS for measure in REPLIES)


class DrawnHour(NamedTuple):
    """What was counted in one hour."""

    start: datetime
    codes: Sequence[int]
    """Measures with their buckets (`measures.FIRST_CODE`), of what is drawn only; one may stand here several times."""
    counts: Sequence[int]
    """How many each code has here."""
    longest: float | None
    """Seconds of the longest reply; None without replies."""


class Tally:
    """Hours added up."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._longest: float | None = None

    def add(self, hour: DrawnHour) -> None:
        """Add an hour: a month of a busy shop has a hundred thousand codes, so this is all that is done with each."""
        counts = self._counts
        for code, n in zip(hour.codes, hour.counts, strict=True):
            counts[code] = counts.get(code, 0) + n
        if hour.longest is not None:
            self._longest = hour.longest if self._longest is None else max(self._longest, hour.longest)

    def count(self, measure: Measure) -> int:
        """Return how many there are of a measure that is not timed."""
        return self._counts.get(FIRST_CODE[measure], 0)

    def replies(self) -> Histogram:
        """Return the durations of all replies, the sum of their seconds left out."""
        found: dict[int, int] = {}
        for code, n in self._counts.items():
            if code // BUCKETS in _REPLIES:
                bucket = code % BUCKETS
                found[bucket] = found.get(bucket, 0) + n
        return Histogram(found, 0.0, self._longest)
