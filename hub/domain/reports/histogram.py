"""Histograms of durations in buckets that grow by a constant factor: they add up, and percentiles err by at most 2 %.

Each bucket stands for the durations between two powers of `_GROWTH`; its middle is at most `ERROR` away from any of
them (the idea of DDSketch, https://www.vldb.org/pvldb/vol12/p2195-masson.pdf). Adding two histograms is adding counts,
which every database does with SUM.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, log

ERROR = 0.0195
"""How far a percentile may be from the exact one, as part of it; below the 2 % promised, so that rounding has room."""
SHORTEST = 0.001
"""Seconds; whatever is shorter counts as nothing."""
LONGEST = 100 * 366 * 86_400.0
"""Seconds; whatever is longer falls into the last bucket."""
NOTHING = 0
"""The bucket of durations shorter than `SHORTEST`."""

_GROWTH = (1 + ERROR) / (1 - ERROR)
_LOG = log(_GROWTH)


def bucket_of(seconds: float) -> int:
    """Return the bucket of a duration: 0 for none, 1 and up for the rest. A negative duration counts as none."""
    if seconds < SHORTEST:
        return NOTHING
    if seconds > LONGEST:
        seconds = LONGEST
    return 1 + ceil(log(seconds / SHORTEST) / _LOG)


def seconds_of(bucket: int) -> float:
    """Return the duration a bucket stands for: its middle, in the sense that both ends err by the same part."""
    if bucket <= NOTHING:
        return 0.0
    top: float = SHORTEST * _GROWTH ** (bucket - 1)
    return 2 * top / (1 + _GROWTH)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Durations by bucket, with what adds up exactly beside them."""

    counts: Mapping[int, int] = field(default_factory=dict)
    """How many durations each bucket has; buckets without any are left out."""
    total: float = 0.0
    """Seconds of all together."""
    longest: float | None = None
    """Seconds of the longest; None if there is none."""

    @classmethod
    def of(cls, durations: Iterable[float]) -> "Histogram":
        """Return the histogram of some durations in seconds."""
        counts: dict[int, int] = {}
        total, longest = 0.0, None
        for seconds in durations:
            bucket = bucket_of(seconds)
            counts[bucket] = counts.get(bucket, 0) + 1
            total += seconds
            longest = seconds if longest is None else max(longest, seconds)
        return cls(counts, total, longest)

    @property
    def n(self) -> int:
        """How many durations there are."""
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """Return the mean in seconds, exact; None of nothing."""
        n = self.n
        return self.total / n if n else None

    def percentile(self, share: float) -> float | None:
        """Return the nearest-rank percentile in seconds, at most 2 % off; None of nothing, the longest for 1.

        Raises ValueError unless `share` lies in (0, 1].
        """
        if not 0 < share <= 1:
            raise ValueError(f"a percentile is asked for by a share in (0, 1], not {share}")
        n = self.n
        if not n:
            return None
        rank = rank_of(share, n)
        if rank == n:
            return self.longest
        seen = 0
        for bucket in sorted(self.counts):
            seen += self.counts[bucket]
            if seen >= rank:
                middle = seconds_of(bucket)
                return middle if self.longest is None else min(middle, self.longest)
        raise AssertionError("the ranks end with the last bucket")

    def __add__(self, other: "Histogram") -> "Histogram":
        counts = dict(self.counts)
        for bucket, count in other.counts.items():
            counts[bucket] = counts.get(bucket, 0) + count
        ends = [one for one in (self.longest, other.longest) if one is not None]
        return Histogram(counts, self.total + other.total, max(ends, default=None))


def rank_of(share: float, n: int) -> int:
    """Return the nearest rank, 1 to n: the smallest whose part of all is at least the share."""
    return max(1, min(n, ceil(share * n - 1e-9)))
