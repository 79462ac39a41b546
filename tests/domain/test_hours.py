"""Business time on the wall clock, against a slow and obvious model, through every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.domain.hours import ALL_DAY, ALWAYS, CLOSED, Calendar, Hours, Span, Spans, Version, zone_of
from hub.domain.ids import CalendarId
from hub.domain.opening_times import parse_day, parse_week
from hub.services.ids import new_id

ZONES = ("Europe/Warsaw", "Asia/Seoul", "America/Sao_Paulo")
OFFICE: tuple[Spans, ...] = ((Span(540, 1020),),) * 5 + (CLOSED, CLOSED)
STEP = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CHANGES = [
    # The days on which clocks change: spring and autumn in Warsaw, at midnight in Sao Paulo, Seoul's summer of 1988.
    ("Europe/Warsaw", datetime(2026, 3, 28, 20, tzinfo=UTC)),
    ("Europe/Warsaw", datetime(2026, 10, 24, 20, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 2, 17, 20, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 3, 20, tzinfo=UTC)),
    ("Asia/Seoul", datetime(1988, 5, 7, 12, tzinfo=UTC)),
    ("Asia/Seoul", datetime(1988, 10, 8, 12, tzinfo=UTC)),
]


def shows_opening_time(hours: Hours, at: datetime) -> bool:
    """The obvious model: look at the clock on the wall."""
    wall = at.astimezone(ZoneInfo(hours.zone))
    minute = wall.hour * 60 + wall.minute
    return any(s.opens <= minute < s.closes for s in hours.days.get(wall.date(), hours.week[wall.weekday()]))


def counted(hours: Hours, start: datetime, steps: int) -> float:
    """The slow model: look at the wall clock every quarter of an hour."""
    return sum(STEP.total_seconds() for n in range(steps) if shows_opening_time(hours, start + n * STEP))


@st.composite
def spans_of_a_day(draw: st.DrawFn) -> Spans:
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=4)))
    return tuple(Span(a * 15, b * 15) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def hours_and_start(draw: st.DrawFn) -> tuple[Hours, datetime]:
    anywhere = st.integers(15 * 365 * 96, 70 * 365 * 96).map(lambda quarters: EPOCH + quarters * STEP)
    zone, start = draw(st.sampled_from(CHANGES) | st.tuples(st.sampled_from(ZONES), anywhere))
    week = tuple(draw(st.lists(spans_of_a_day(), min_size=7, max_size=7)))
    own = draw(st.dictionaries(st.integers(0, 3), spans_of_a_day(), max_size=2))
    return Hours(zone=zone, week=week, days={start.date() + timedelta(days=n): d for n, d in own.items()}), start


@given(hours_and_start(), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_business_seconds_are_the_quarters_at_which_the_wall_clock_shows_an_opening_time(
    case: tuple[Hours, datetime], steps: int
) -> None:
    hours, start = case
    assert hours.business_seconds(start, start + steps * STEP) == counted(hours, start, steps)
    assert sum((b - a).total_seconds() for a, b in hours.openings(start, start + steps * STEP)) == counted(
        hours, start, steps
    )


@given(hours_and_start(), st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_a_place_is_open_when_the_wall_clock_says_so_and_the_next_opening_is_the_first_such_moment(
    case: tuple[Hours, datetime], steps: int
) -> None:
    hours, start = case
    at = start + steps * STEP
    assert hours.is_open(at) == shows_opening_time(hours, at)
    opening = hours.next_opening(at)
    first = next((at + n * STEP for n in range(96 * 9) if shows_opening_time(hours, at + n * STEP)), None)
    assert first is None or opening == first


@given(hours_and_start(), st.integers(0, 400), st.integers(1, 30 * 3600))
@settings(max_examples=40, deadline=None)
def test_a_due_time_is_the_first_moment_by_which_the_business_time_has_passed(
    case: tuple[Hours, datetime], steps: int, seconds: int
) -> None:
    hours, start = case
    at = start + steps * STEP
    due = hours.add_business_time(at, seconds)
    assert due is None or hours.business_seconds(at, due) == seconds
    assert due is None or hours.business_seconds(at, due - timedelta(seconds=1)) == seconds - 1


@given(hours_and_start(), st.lists(st.integers(0, 400), min_size=3, max_size=3))
@settings(max_examples=40, deadline=None)
def test_business_seconds_of_two_stretches_are_those_of_the_whole(
    case: tuple[Hours, datetime], steps: list[int]
) -> None:
    hours, start = case
    a, b, c = (start + n * STEP for n in sorted(steps))
    assert hours.business_seconds(a, c) == hours.business_seconds(a, b) + hours.business_seconds(b, c)


@given(st.sampled_from(ZONES), st.integers(0, 2 * 10**15), st.integers(0, 10**12))
@example("Europe/Warsaw", 1774744200_000_000, 3_600_000_000)
@settings(max_examples=40, deadline=None)
def test_around_the_clock_business_time_is_calendar_time_to_the_microsecond(zone: str, since: int, micros: int) -> None:
    start = EPOCH + timedelta(microseconds=since)
    end = start + timedelta(microseconds=micros)
    hours = Hours(zone=zone)
    assert hours.business_seconds(start, end) == micros / 1e6
    assert hours.add_business_time(start, micros / 1e6) == end
    assert hours.closes_at(start) is None


def test_a_holiday_is_closed_and_a_day_of_its_own_has_its_own_hours() -> None:
    hours = Hours(
        zone="Europe/Warsaw",
        week=OFFICE,
        days={date(2026, 11, 11): CLOSED, date(2026, 11, 14): parse_day([("10:00", "14:00")])},
    )
    tuesday, friday = datetime(2026, 11, 10, 15, tzinfo=UTC), datetime(2026, 11, 13, 15, tzinfo=UTC)
    assert hours.add_business_time(tuesday, 3600) == datetime(2026, 11, 10, 16, tzinfo=UTC)
    assert hours.add_business_time(tuesday, 3601) == datetime(2026, 11, 12, 8, 0, 1, tzinfo=UTC)
    assert hours.business_seconds(friday, friday + timedelta(days=1)) == 3600 + 4 * 3600
    assert hours.next_opening(datetime(2026, 11, 10, 17, tzinfo=UTC)) == datetime(2026, 11, 12, 8, tzinfo=UTC)


def test_a_place_says_when_it_closes_across_midnight_and_the_year() -> None:
    hours = Hours(week=parse_week([[("20:00", "04:00")]] * 7))
    assert hours.closes_at(datetime(2026, 12, 31, 21, tzinfo=UTC)) == datetime(2027, 1, 1, 4, tzinfo=UTC)
    assert hours.closes_at(datetime(2026, 12, 31, 12, tzinfo=UTC)) is None


def test_a_place_that_never_opens_has_no_next_opening_and_no_due_time() -> None:
    never = Hours(week=(CLOSED,) * 7)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert never.next_opening(at) is None
    assert never.add_business_time(at, 1) is None
    assert never.business_seconds(at, at + timedelta(days=4000)) == 0
    assert not never.is_open(at)


def test_a_wait_that_ends_before_it_starts_takes_no_time() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert ALWAYS.business_seconds(at, at - timedelta(hours=1)) == 0


def test_an_edit_is_a_version_that_leaves_the_past_alone() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    versions = [
        Version(number=n + 1, since=start + timedelta(days=n), hours=Hours(week=(day,) * 7))
        for n, day in enumerate((ALL_DAY, CLOSED))
    ]
    calendar = Calendar(id=CalendarId(new_id()), name="Shop", versions=tuple(versions))
    assert [calendar.version_at(start + timedelta(days=n, hours=-1)).number for n in (0, 1, 2)] == [1, 1, 2]
    assert calendar.hours.week[0] == CLOSED


def test_night_shifts_are_written_as_one_and_belong_to_two_days() -> None:
    week = parse_week([[("22:00", "06:00")], [], [], [], [("09:00", "12:00"), ("13:00", "24:00")], [], []])
    assert week[0] == (Span(1320, 1440),)
    assert week[1] == (Span(0, 360),)
    assert [str(span) for span in week[4]] == ["09:00-12:00", "13:00-24:00"]


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ([[("09:00", "12:00"), ("11:00", "17:00")], [], [], [], [], [], []], "09:00-12:00 and 11:00-17:00 overlap"),
        ([[("22:00", "06:00")], [("05:00", "09:00")], [], [], [], [], []], "overlap"),
        ([[("09:00", "09:00")], [], [], [], [], [], []], "same time"),
        ([[("9", "17:00")], [], [], [], [], [], []], "'9' is no time of day"),
        ([[("09:00", "24:01")], [], [], [], [], [], []], "ends at 24:00"),
        ([[("09:00", "17:75")], [], [], [], [], [], []], "is no time of day"),
        ([[("24:00", "06:00")], [], [], [], [], [], []], "open before 24:00"),
        ([[("09:00", "17:00")]], "seven days"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words(week: list[list[tuple[str, str]]], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse_week(week)


@pytest.mark.parametrize("name", ["Mars/Olympus", "Europe", "", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000])
def test_an_unknown_zone_is_refused_in_words(name: str) -> None:
    with pytest.raises(Invalid, match="no time zone called"):
        zone_of(name)


def test_days_and_weeks_are_checked_when_hours_are_made() -> None:
    with pytest.raises(Invalid, match="overlap"):
        Hours(days={date(2026, 1, 1): (Span(0, 60), Span(30, 90))})
    with pytest.raises(Invalid, match="seven days"):
        Hours(week=(ALL_DAY,))
    with pytest.raises(Invalid, match="open before they close"):
        parse_day([("22:00", "06:00")])
