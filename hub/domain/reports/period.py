"""Periods in the asker's time zone: which hours they take, the one before, and the steps of a series."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hub.domain.errors import Invalid
from hub.domain.reports.happened import DAY, HOUR, hour_of

LONGEST = timedelta(days=1_100)
"""Three years: what a person can look at, and what is summed at once."""
EARLIEST, LATEST = 2000, 2200


class Named(StrEnum):
    """Periods people ask for by name, in their time zone. Weeks begin on Monday."""

    today = "today"
    yesterday = "yesterday"
    last_7_days = "last_7_days"
    last_30_days = "last_30_days"
    last_90_days = "last_90_days"
    this_week = "this_week"
    last_week = "last_week"
    this_month = "this_month"
    last_month = "last_month"


class Step(StrEnum):
    """How long one point of a series is."""

    hour = "hour"
    day = "day"
    week = "week"
    month = "month"


MOST_POINTS = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time: from the first moment up to, and without, the last."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """A stretch of time as whole UTC days and the hours before and after them: what is summed to know it."""

    days: Sequence[Span]
    hours: Sequence[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of whole hours in a time zone."""

    span: Span
    zone: str

    @property
    def local(self) -> tzinfo:
        """The time zone."""
        return zone_of(self.zone)

    @property
    def whole_hours(self) -> bool:
        """Tell whether the zone's days begin on the full hour UTC; else days are cut up to 45 minutes early."""
        ends = (self.span.start, self.span.end)
        return not any((at.astimezone(self.local).utcoffset() or timedelta()) % HOUR for at in ends)

    def before(self) -> "Period":
        """Return the period to compare with: the same number of days, or of hours within a day, just before."""
        start, end = (at.astimezone(self.local) for at in (self.span.start, self.span.end))
        if start.timetz() == end.timetz() and start.time() == time():
            days = (end.date() - start.date()).days
            began = _midnight(start.date() - timedelta(days=days), self.local)
            return Period(span=Span(start=hour_of(began), end=self.span.start), zone=self.zone)
        return Period(span=Span(start=self.span.start - self.span.length, end=self.span.start), zone=self.zone)

    def steps(self, step: Step) -> Sequence[Span]:
        """Return the points of a series, in order; the first and the last may be shorter.

        Raises Invalid if there are too many.
        """
        found = []
        for start, end in _steps(self.span, step, self.local):
            found.append(Span(start=start, end=end))
            if len(found) > MOST_POINTS:
                raise Invalid(
                    f"The period has more than {MOST_POINTS} steps of a {step}. Take longer steps or a shorter period."
                )
        return found


def week_hour_of(at: datetime, local: tzinfo) -> tuple[int, int]:
    """Return the weekday, 0 is Monday, and the hour a moment falls on by a zone's clock."""
    here = at.astimezone(local)
    return here.weekday(), here.hour


def hours_of_week(period: Period, weekday: int | None, hour: int | None) -> tuple[Span, ...]:
    """Return the hours of a period that fall on an hour of the week; none, which means all, without either.

    Raises Invalid if only one of them is given, or the period has no such hour.
    """
    if weekday is None and hour is None:
        return ()
    if weekday is None or hour is None:
        raise Invalid("An hour of the week needs both: its weekday and its hour.")
    found, at = list[Span](), period.span.start
    while at < period.span.end:
        if week_hour_of(at, period.local) == (weekday, hour):
            found.append(Span(start=at, end=at + HOUR))
        at += HOUR
    if not found:
        raise Invalid("The period has no such hour of the week. Take a longer one.")
    return _joined(found)


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its IANA name. Raises Invalid for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(f"There is no time zone {name[:64]!r}. Take a name like Europe/Warsaw or Asia/Seoul.") from error


def period_between(start: datetime, end: datetime, zone: str) -> Period:
    """Return a period; its ends are cut to full hours, outwards. Raises Invalid for an absurd one."""
    zone_of(zone)
    if not (EARLIEST <= start.year < LATEST and EARLIEST <= end.year < LATEST):
        raise Invalid(f"A period lies between the years {EARLIEST} and {LATEST}.")
    if end <= start:
        raise Invalid("The period ends before it begins. Swap its ends.")
    if end - start > LONGEST:
        raise Invalid(f"The period is longer than {LONGEST.days} days. Take a shorter one.")
    last = hour_of(end)
    return Period(span=Span(start=hour_of(start), end=last if last == end else last + HOUR), zone=zone)


def period_named(name: Named, now: datetime, zone: str) -> Period:
    """Return a period by name, as seen at `now` in the zone: `last_7_days` are today and the six days before."""
    local = zone_of(zone)
    today = now.astimezone(local).date()
    first, last = _days(name, today)
    start, end = _midnight(first, local), _midnight(last + timedelta(days=1), local)
    return period_between(start, end, zone)


def _days(name: Named, today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    first_of_month = today.replace(day=1)
    match name:
        case Named.today:
            return today, today
        case Named.yesterday:
            return today - timedelta(days=1), today - timedelta(days=1)
        case Named.last_7_days | Named.last_30_days | Named.last_90_days:
            days = int(name.value.split("_")[1])
            return today - timedelta(days=days - 1), today
        case Named.this_week:
            return monday, monday + timedelta(days=6)
        case Named.last_week:
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case Named.this_month:
            return first_of_month, _next_month(first_of_month) - timedelta(days=1)
        case Named.last_month:
            last = first_of_month - timedelta(days=1)
            return last.replace(day=1), last


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _midnight(day: date, local: tzinfo) -> datetime:
    """Return a day's first moment; where the clock jumps over midnight, the moment it jumps."""
    return datetime.combine(day, time(), local).astimezone(UTC)


def _steps(span: Span, step: Step, local: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    at = span.start
    while at < span.end:
        following = min(_after(at, step, local), span.end)
        yield at, following
        at = following


def _after(at: datetime, step: Step, local: tzinfo) -> datetime:
    if step is Step.hour:
        return hour_of(at) + HOUR
    # Cells are whole hours: in a zone that is half an hour off, a day begins with the hour its midnight is in.
    day = (at + HOUR - timedelta(microseconds=1)).astimezone(local).date()
    match step:
        case Step.day:
            following = day + timedelta(days=1)
        case Step.week:
            following = day + timedelta(days=7 - day.weekday())
        case Step.month:
            following = _next_month(day.replace(day=1))
    return max(hour_of(_midnight(following, local)), at + HOUR)


def spans_of(span: Span, without: Collection[datetime] = ()) -> Spans:
    """Return a stretch of whole hours as whole UTC days and the hours around them.

    The days that begin at the moments `without`, whose sums are not there, are told as hours.
    """
    first = span.start.replace(hour=0)
    first = first if first == span.start else first + DAY
    last = span.end.replace(hour=0)
    if last <= first:
        return Spans(days=(), hours=(span,))
    days, hours = list[Span](), [Span(start=span.start, end=first)]
    for day in sorted(day for day in without if first <= day < last):
        days.append(Span(start=first, end=day))
        hours.append(Span(start=day, end=day + DAY))
        first = day + DAY
    days.append(Span(start=first, end=last))
    hours.append(Span(start=last, end=span.end))
    return Spans(days=_joined(days), hours=_joined(hours))


def _joined(parts: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for one in parts:
        if found and found[-1].end == one.start:
            found[-1] = Span(start=found[-1].start, end=one.end)
        elif one.start < one.end:
            found.append(one)
    return tuple(found)
