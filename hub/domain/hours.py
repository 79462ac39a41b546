"""Business hours: when a team is there, on the wall clock of its own zone, and how long that is between two moments.

A place is open whenever the clock on its wall shows an opening time. So where clocks are put forward, hours that the
day does not have are not counted, and where they are put back, an hour that comes twice counts twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from hub.domain.errors import Invalid
from hub.domain.ids import CalendarId

DAY = 24 * 60
"""Minutes of a day."""
LOOKAHEAD = 5
"""Years within which an opening has to come; a calendar that stays closed longer never opens."""
FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Between them hours are known; before and after, a place counts as closed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_MICROSECONDS = 86_400_000_000
_PROBE = 6 * 3_600_000_000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of one day on the wall clock, in minutes since midnight: `Span(540, 1020)` is 09:00 to 17:00."""

    opens: int
    closes: int
    """Not part of it; 1440 is the midnight at the day's end."""

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY:
            raise Invalid(f"{self}: hours open before they close, between 00:00 and 24:00.")

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


Spans = tuple[Span, ...]
ALL_DAY: Spans = (Span(0, DAY),)
CLOSED: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """One version of a calendar: the hours of the week, and the days that are different.

    Raises Invalid for an unknown zone, a week that is not seven days, and spans of one day that overlap.
    """

    zone: str = "UTC"
    """IANA name: `Europe/Warsaw`."""
    week: tuple[Spans, ...] = (ALL_DAY,) * 7
    """Monday first. At first: always open."""
    days: Mapping[date, Spans] = field(default_factory=dict)
    """Days with hours of their own instead of the weekday's: holidays are `CLOSED`."""
    _years: dict[int, "_Year"] = field(default_factory=dict, init=False, repr=False, compare=False)
    _always: bool = field(default=False, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zone_of(self.zone)
        object.__setattr__(self, "_always", not self.days and all(spans == ALL_DAY for spans in self.week))
        if len(self.week) != 7:
            raise Invalid("A week has seven days: give the hours of each, Monday first.")
        for spans in (*self.week, *self.days.values()):
            check_order(spans)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the place is open at a moment."""
        moment = _micros(at)
        year = self._year(at.astimezone(UTC).year)
        index = bisect_right(year.starts, moment) - 1
        return index >= 0 and moment < year.ends[index]

    def business_seconds(self, start: datetime, end: datetime) -> float:
        """Return how many open seconds lie between two moments; 0 if `end` is not after `start`."""
        if end <= start:
            return 0.0
        if self._always:
            return (end - start).total_seconds()
        first, last = start.astimezone(UTC).year, end.astimezone(UTC).year
        between = sum(self._year(year).total for year in range(first, last))
        return (between + self._year(last).before(_micros(end)) - self._year(first).before(_micros(start))) / 1e6

    def next_opening(self, at: datetime) -> datetime | None:
        """Return the first moment from `at` on at which the place is open; None if none comes within five years."""
        if self._always or self.is_open(at):
            return at
        moment = _micros(at)
        for year in self._years_from(at):
            index = bisect_left(year.starts, moment)
            if index < len(year.starts):
                return _moment(year.starts[index])
        return None

    def closes_at(self, at: datetime) -> datetime | None:
        """Return when the place closes that is open at `at`; None if it is closed, or never closes again."""
        if not self.is_open(at):
            return None
        moment = _micros(at)
        closing = None
        for year in self._years_from(at):
            for start, end in zip(year.starts, year.ends, strict=True):
                if end <= moment:
                    continue
                if closing is not None and start > closing:
                    return _moment(closing)
                closing = end
        return None

    def add_business_time(self, at: datetime, seconds: float) -> datetime | None:
        """Return the first moment by which so many open seconds have passed since `at`: when a target is due.

        None if they do not pass within five years (a calendar that hardly opens has no due time to show).
        """
        if seconds <= 0:
            return at
        wanted = round(seconds * 1e6)
        moment = _micros(at)
        for year in self._years_from(at):
            passed = year.before(moment)
            if passed + wanted <= year.total:
                index = bisect_left(year.sums, passed + wanted) - 1
                return _moment(year.starts[index] + passed + wanted - year.sums[index])
            wanted -= year.total - passed
        return None

    def openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open intervals between two moments, cut to them, in order."""
        first, last = _micros(start), _micros(end)
        for number in range(start.astimezone(UTC).year, end.astimezone(UTC).year + 1):
            year = self._year(number)
            for opens, closes in zip(year.starts, year.ends, strict=True):
                if opens < last and closes > first:
                    yield _moment(max(opens, first)), _moment(min(closes, last))

    def _years_from(self, at: datetime) -> Iterator["_Year"]:
        first = at.astimezone(UTC).year
        return (self._year(number) for number in range(first, min(first + LOOKAHEAD, LAST_YEAR) + 1))

    def _year(self, number: int) -> "_Year":
        found = self._years.get(number)
        if found is None:
            found = _year_of(self, number) if FIRST_YEAR <= number <= LAST_YEAR else _Year((), ())
            if FIRST_YEAR <= number <= LAST_YEAR:
                self._years[number] = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A calendar's hours from one moment on, until the next version's."""

    number: int
    """1 for the calendar's first."""
    since: datetime
    hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Business hours with a name. Every edit is a new version, so what was measured stays as it was."""

    id: CalendarId
    name: str
    versions: tuple[Version, ...]
    """At least one, oldest first; the first also holds for all time before it."""

    def version_at(self, at: datetime) -> Version:
        """Return the version valid at a moment."""
        found = self.versions[0]
        for version in self.versions:
            if version.since <= at:
                found = version
        return found

    @property
    def hours(self) -> Hours:
        """The newest version's hours."""
        return self.versions[-1].hours


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name. Raises Invalid for a name the time zone data does not have."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # OSError: names such as "Europe" are folders of the time zone data.
        raise Invalid(
            f"There is no time zone called {name[:60]!r}. Use a name such as Europe/Warsaw or Asia/Seoul."
        ) from None


def check_order(spans: Sequence[Span]) -> None:
    """Raise Invalid for spans of one day that overlap or are not in order."""
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise Invalid(f"{earlier} and {later} overlap. Give each part of a day once, in order.")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class _Year:
    """The open intervals of one UTC year, in microseconds since 1970."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sums: tuple[int, ...] = (0,)
    """How much is open before each interval; one more at the end, for the whole year."""

    @property
    def total(self) -> int:
        return self.sums[-1]

    def before(self, moment: int) -> int:
        """Return how much is open in this year before a moment."""
        index = bisect_right(self.starts, moment) - 1
        if index < 0:
            return 0
        return self.sums[index] + min(moment, self.ends[index]) - self.starts[index]


def _year_of(hours: Hours, number: int) -> _Year:
    starts: list[int] = []
    ends: list[int] = []
    for since, until, offset in _offsets(hours.zone, number):
        first, last = (since + offset) // _DAY_MICROSECONDS, (until + offset - 1) // _DAY_MICROSECONDS
        for index in range(first, last + 1):
            day = (_EPOCH + timedelta(days=index)).date()
            midnight = index * _DAY_MICROSECONDS - offset
            for span in hours.days.get(day, hours.week[day.weekday()]):
                opens = max(midnight + span.opens * 60_000_000, since)
                closes = min(midnight + span.closes * 60_000_000, until)
                if opens >= closes:
                    continue
                if ends and ends[-1] == opens:
                    ends[-1] = closes
                else:
                    starts.append(opens)
                    ends.append(closes)
    lengths = (end - start for start, end in zip(starts, ends, strict=True))
    return _Year(tuple(starts), tuple(ends), tuple(accumulate(lengths, initial=0)))


@lru_cache(maxsize=512)
def _offsets(zone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Return the stretches of a UTC year with one offset: (from, until, wall clock minus UTC), microseconds."""
    info = zone_of(zone)

    def offset(moment: int) -> int:
        return (_moment(moment).astimezone(info).utcoffset() or timedelta()) // _MICROSECOND

    start, end = _micros(datetime(year, 1, 1, tzinfo=UTC)), _micros(datetime(year + 1, 1, 1, tzinfo=UTC))
    found: list[tuple[int, int, int]] = []
    since, current = start, offset(start)
    for probe in (*range(start + _PROBE, end, _PROBE), end - 1):
        if offset(probe) == current:
            continue
        low, high = max(since, probe - _PROBE), probe
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == current else (low, middle)
        found.append((since, high, current))
        since, current = high, offset(high)
    return (*found, (since, end, current))


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


ALWAYS = Hours()
"""Open around the clock: what holds where no calendar was chosen."""
