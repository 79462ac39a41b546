"""Makes figures of sums: values with their percentiles, compared with the period before. Empty sets are None."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.cells import Amount, Facet, Measure
from hub.domain.reports.figures import Figure, Unit
from hub.domain.reports.histogram import Histogram


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
    team_ids: tuple[TeamId, ...] = ()
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
    def drawn(self) -> Facet:
        """Return the facet from which it is drawn over time: the brief one unless it is narrower than channels."""
        narrow = self.team_ids or self.agent_ids or self.tag is not None or self.source is not None
        return self.facet() if narrow else Facet.brief


class Sum(NamedTuple):
    """Cells added up: one bucket of one measure of one group."""

    group: object
    """The id, tag, source or start it is told apart by; None for nothing, or for what has none."""
    measure: Measure
    bucket: int
    n: int
    seconds: float
    longest: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One figure's value. Which fields are set depends on its unit; an empty set has None, never 0."""

    figure: str
    n: int
    """How many waits or entries it is made of."""
    value: float | None = None
    """The number or the share."""
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
class Sums:
    """Sums of one group, by measure."""

    parts: dict[Measure, dict[int, Amount]] = field(default_factory=dict)
    """Each measure's buckets."""

    def add(self, one: Sum) -> None:
        """Add what the cells of one bucket sum up to."""
        buckets = self.parts.get(one.measure)
        if buckets is None:
            buckets = self.parts[one.measure] = {}
        amount = buckets.get(one.bucket)
        if amount is None:
            buckets[one.bucket] = Amount(one.n, one.seconds, one.longest)
            return
        amount.n += one.n
        amount.seconds += one.seconds
        amount.longest = max(amount.longest, one.longest)

    def count(self, *measures: Measure) -> int:
        """Return how many there are of these measures."""
        return sum(amount.n for measure in measures for amount in self.parts.get(measure, {}).values())

    def histogram(self, *measures: Measure) -> Histogram:
        """Return the durations of these measures together."""
        counts: dict[int, int] = {}
        total, longest = 0.0, None
        for measure in measures:
            for bucket, amount in self.parts.get(measure, {}).items():
                counts[bucket] = counts.get(bucket, 0) + amount.n
                total += amount.seconds
                longest = amount.longest if longest is None else max(longest, amount.longest)
        return Histogram(counts, total, longest)


def grouped(sums: Iterable[Sum]) -> Mapping[object, Sums]:
    """Return the sums of each group."""
    found: dict[object, Sums] = {}
    for one in sums:
        found.setdefault(one.group, Sums()).add(one)
    return found


def together(sums: Iterable[Sum]) -> Sums:
    """Return the sums of all groups together."""
    found = Sums()
    for one in sums:
        found.add(one)
    return found


def value_of(figure: Figure, sums: Sums, *, still_late: int = 0) -> Value:
    """Return a figure's value. `still_late` are the waits open past their target, which count as late."""
    match figure.unit:
        case Unit.seconds:
            found = sums.histogram(*figure.measures)
            return Value(
                figure=figure.key,
                n=found.n,
                p50=found.percentile(0.5),
                p90=found.percentile(0.9),
                longest=found.longest,
                mean=found.mean,
            )
        case Unit.share:
            whole = sums.count(*figure.of) + (still_late if Measure.late in figure.of else 0)
            part = sums.count(*figure.measures)
            return Value(figure=figure.key, n=whole, value=part / whole if whole else None)
        case Unit.number:
            n = sums.count(*figure.measures)
            return Value(figure=figure.key, n=n, value=float(n))


def compared(now: Value, before: Value) -> Value:
    """Return the value with that of the period before, and how much it changed."""
    new, old = _main(now), _main(before)
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


def _main(value: Value) -> float | None:
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


def point_of(start: datetime, end: datetime, sums: Sums, open_at_end: int | None) -> Point:
    """Return a point of the series."""
    times = sums.histogram(Measure.first_response, Measure.later_reply)
    due = sums.count(Measure.in_time, Measure.late)
    return Point(
        start=start,
        end=end,
        received=sums.count(Measure.received),
        sent=sums.count(Measure.sent),
        began=sums.count(Measure.began),
        ended=sums.count(Measure.ended),
        missed=sums.count(Measure.missed),
        open=open_at_end,
        p50=times.percentile(0.5),
        p90=times.percentile(0.9),
        attainment=sums.count(Measure.in_time) / due if due else None,
    )


def backlog(open_now: int, changes: Sequence[tuple[int, int]]) -> Sequence[int]:
    """Return how many waits were open at the end of each stretch, counted back from now.

    `changes` are the waits that began and ended in each stretch, oldest first; the last one ends now.
    """
    found = []
    at = open_now
    for began, ended in reversed(changes):
        found.append(max(0, at))
        at -= began - ended
    return found[::-1]
