"""Makes figures of sums: values with their percentiles, compared with the period before. Empty sets are None."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.cells import Facet
from hub.domain.reports.drawn import DrawnHour, Tally
from hub.domain.reports.figures import Figure, Unit
from hub.domain.reports.histogram import Histogram
from hub.domain.reports.measures import BUCKETS, FIRST_CODE, REPLIES, Measure


class By(StrEnum):
    """By what figures are told apart."""

    nothing = "nothing"
    channel = "channel"
    team = "team"
    agent = "agent"
    tag = "tag"
    source = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a report is about. Empty tuples do not filter."""

    channel_ids: tuple[ChannelId, ...] = ()
    team_ids: tuple[TeamId | None, ...] = ()
    """None is what is with no team."""
    agent_ids: tuple[UserId, ...] = ()
    tag: str | None = None
    source: str | None = None

    def facet(self, by: By = By.nothing) -> Facet:
        """Return the facet that answers this. Raises Invalid, in words, for what no cell is cut by."""
        tagged = self.tag is not None or by is By.tag
        sourced = self.source is not None or by is By.source
        if tagged and sourced:
            raise Invalid("A report is cut by tag or by source, not by both. Take one of them away.")
        if (tagged or sourced) and (self.agent_ids or by is By.agent):
            raise Invalid("A report by tag or source cannot be cut by agent, too. Take one of them away.")
        if tagged:
            return Facet.tag
        return Facet.source if sourced else Facet.full

    @property
    def whole(self) -> bool:
        """Tell whether it is cut by nothing but channels."""
        return not (self.team_ids or self.agent_ids or self.tag is not None or self.source is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWaits:
    """The waits that are open now, of a selection."""

    n: int
    oldest: datetime | None
    """Since when the longest of them waits."""
    late: int = 0
    """How many are past their target."""
    pending: int = 0
    """How many have a target and time left."""


NONE_LATE: Mapping[Measure, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One figure's value. Which fields are set depends on its unit; an empty set has None, never 0."""

    figure: str
    n: int
    """How many waits or entries it is made of."""
    value: float | None = None
    """The number or the share; of a time that is known by its mean, the mean. None of other times."""
    p50: float | None = None
    """Seconds: half were at most this."""
    p90: float | None = None
    longest: float | None = None
    mean: float | None = None
    """Seconds. Beside the percentiles only: one forgotten customer hides in it."""
    before: "Value | None" = None
    """The same of the period before, if it was asked for."""
    change: float | None = None
    """How much more than before, as a part: 0.1 is a tenth more. Of times: by the median. None without either."""


@dataclass(slots=True)
class _Part:
    """What one measure sums up to."""

    n: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    buckets: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Sums:
    """Sums of cells, by measure."""

    parts: dict[int, _Part] = field(default_factory=dict)
    """By the measure's number."""

    def add(self, code: int, n: int, seconds: float, longest: float) -> None:
        """Add what the cells of one code sum up to."""
        number, bucket = code // BUCKETS, code % BUCKETS
        part = self.parts.get(number)
        if part is None:
            part = self.parts[number] = _Part()
        part.n += n
        part.seconds += seconds
        if longest > part.longest:
            part.longest = longest
        part.buckets[bucket] = part.buckets.get(bucket, 0) + n

    def count(self, *measures: Measure) -> int:
        """Return how many there are of these measures."""
        return sum(part.n for part in self._of(measures))

    def histogram(self, *measures: Measure) -> Histogram:
        """Return the durations of these measures together."""
        counts: dict[int, int] = {}
        total, longest = 0.0, None
        for part in self._of(measures):
            for bucket, n in part.buckets.items():
                counts[bucket] = counts.get(bucket, 0) + n
            total += part.seconds
            longest = part.longest if longest is None else max(longest, part.longest)
        return Histogram(counts, total, longest)

    def drawn(self, start: datetime) -> DrawnHour:
        """Return the same as what is drawn of a stretch of time."""
        codes, counts = list[int](), list[int]()
        for number, part in self.parts.items():
            codes += [number * BUCKETS + bucket for bucket in part.buckets]
            counts += part.buckets.values()
        return DrawnHour(start, codes, counts, self.histogram(*REPLIES).longest)

    def _of(self, measures: Sequence[Measure]) -> Sequence[_Part]:
        found = (self.parts.get(FIRST_CODE[measure] // BUCKETS) for measure in measures)
        return [part for part in found if part is not None]


def value_of(figure: Figure, sums: Sums, *, still_late: Mapping[Measure, int] = NONE_LATE) -> Value:
    """Return a figure's value. `still_late` is what is open past its target, which counts as late."""
    match figure.unit:
        case Unit.seconds:
            found = sums.histogram(*figure.measures)
            return Value(
                figure=figure.key,
                n=found.n,
                value=found.mean if figure.averaged else None,
                p50=found.percentile(0.5),
                p90=found.percentile(0.9),
                longest=found.longest,
                mean=found.mean,
            )
        case Unit.share:
            whole = sums.count(*figure.of) + sum(still_late.get(measure, 0) for measure in figure.of)
            part = sums.count(*figure.measures)
            return Value(figure=figure.key, n=whole, value=part / whole if whole else None)
        case Unit.number:
            n = sums.count(*figure.measures)
            return Value(figure=figure.key, n=n, value=float(n))


def compared(now: Value, before: Value) -> Value:
    """Return the value with that of the period before, and how much it changed."""
    new, old = main_of(now), main_of(before)
    change = (new - old) / old if new is not None and old else None
    return Value(
        figure=now.figure,
        n=now.n,
        value=now.value,
        p50=now.p50,
        p90=now.p90,
        longest=now.longest,
        mean=now.mean,
        before=before,
        change=change,
    )


def main_of(value: Value) -> float | None:
    """Return the number a value is compared by: its own, of times the median."""
    return value.p50 if value.value is None else value.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a series."""

    start: datetime
    end: datetime
    received: int
    sent: int
    began: int
    ended: int
    missed: int
    open: int | None
    """How many waits were open at its end; None for what has not come yet."""
    p50: float | None
    """Seconds to a reply, of the waits that ended in it."""
    p90: float | None
    attainment: float | None


def point_of(start: datetime, end: datetime, drawn: Tally, open_at_end: int | None) -> Point:
    """Return a point of the series."""
    times, in_time = drawn.replies(), drawn.count(Measure.in_time)
    due = in_time + drawn.count(Measure.late)
    return Point(
        start=start,
        end=end,
        received=drawn.count(Measure.received),
        sent=drawn.count(Measure.sent),
        began=drawn.count(Measure.began),
        ended=drawn.count(Measure.ended),
        missed=drawn.count(Measure.missed),
        open=open_at_end,
        p50=times.percentile(0.5),
        p90=times.percentile(0.9),
        attainment=in_time / due if due else None,
    )


def backlog(open_now: int, changes: Sequence[tuple[int, int]]) -> Sequence[int]:
    """Return how many waits were open at the end of each stretch, counted back from the end of the last.

    `changes` are the waits that began and ended in each stretch, oldest first; `open_now` were open when it ended.
    """
    found = []
    at = open_now
    for began, ended in reversed(changes):
        found.append(max(0, at))
        at -= began - ended
    return found[::-1]
