"""Periods as people mean them: in their time zone, over changes of the clock, and what is summed for them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.domain.reports.happened import DAY, HOUR
from hub.domain.reports.period import Named, Span, Step, period_between, period_named, spans_of

NOW = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
zones = st.sampled_from(["Europe/Warsaw", "Asia/Seoul", "America/Sao_Paulo", "UTC", "America/New_York", "Asia/Kolkata"])
hours = st.integers(0, 15 * 366 * 24).map(lambda hour: datetime(2015, 1, 1, tzinfo=UTC) + hour * HOUR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_today_is_the_askers_day() -> None:
    seoul = period_named(Named.today, NOW, "Asia/Seoul").span
    assert (seoul.start, seoul.end) == (at("2026-11-22T15:00+00:00"), at("2026-11-23T15:00+00:00"))
    warsaw = period_named(Named.today, NOW, "Europe/Warsaw").span
    assert (warsaw.start, warsaw.end) == (at("2026-11-21T23:00+00:00"), at("2026-11-22T23:00+00:00"))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        (Named.yesterday, "2026-11-21", "2026-11-22"),
        (Named.last_7_days, "2026-11-16", "2026-11-23"),
        (Named.last_30_days, "2026-10-24", "2026-11-23"),
        (Named.this_week, "2026-11-16", "2026-11-23"),
        (Named.last_week, "2026-11-09", "2026-11-16"),
        (Named.this_month, "2026-11-01", "2026-12-01"),
        (Named.last_month, "2026-10-01", "2026-11-01"),
    ],
)
def test_named_periods_are_whole_days(name: Named, start: str, end: str) -> None:
    span = period_named(name, NOW, "UTC").span
    assert (span.start, span.end) == (at(f"{start}T00:00+00:00"), at(f"{end}T00:00+00:00"))


def test_the_day_the_clock_changes_has_23_or_25_hours() -> None:
    spring = period_between(at("2026-03-28T23:00+00:00"), at("2026-03-29T22:00+00:00"), "Europe/Warsaw")
    assert spring.steps(Step.day) == [spring.span]
    assert len(spring.steps(Step.hour)) == 23
    autumn = period_between(at("2026-10-24T22:00+00:00"), at("2026-10-25T23:00+00:00"), "Europe/Warsaw")
    assert len(autumn.steps(Step.hour)) == 25


def test_the_period_before_has_as_many_days_also_over_a_change_of_the_clock() -> None:
    week = period_named(Named.last_7_days, at("2026-10-28T12:00+00:00"), "Europe/Warsaw")
    before = week.before().span
    assert before.end == week.span.start
    assert before.start == at("2026-10-14T22:00+00:00")


def test_some_hours_are_compared_with_the_hours_before() -> None:
    morning = period_between(at("2026-11-22T08:00+00:00"), at("2026-11-22T12:00+00:00"), "UTC")
    assert morning.before().span == Span(start=at("2026-11-22T04:00+00:00"), end=at("2026-11-22T08:00+00:00"))


@given(hours, st.integers(1, 900), zones, st.sampled_from([Step.day, Step.week, Step.month]))
def test_steps_cover_the_period_without_gap_or_overlap(start: datetime, days: int, zone: str, step: Step) -> None:
    period = period_between(start, start + timedelta(days=min(days, 700)), zone)
    steps = period.steps(step)
    assert steps[0].start == period.span.start
    assert steps[-1].end == period.span.end
    assert all(one.end == following.start for one, following in pairwise(steps))


@given(hours, st.integers(1, 20_000))
def test_days_and_hours_together_are_the_stretch(start: datetime, count: int) -> None:
    span = period_between(start, start + count * HOUR, "UTC").span
    parts = spans_of(span)
    assert sum((one.length for one in (*parts.days, *parts.hours)), timedelta()) == span.length
    assert all(one.start.hour == 0 and one.end.hour == 0 for one in parts.days)
    assert all(one.length < DAY or not parts.days for one in parts.hours)


@pytest.mark.parametrize(
    ("start", "end", "zone", "words"),
    [
        ("2026-01-02T00:00+00:00", "2026-01-01T00:00+00:00", "UTC", "ends before"),
        ("2026-01-01T00:00+00:00", "2026-01-01T00:00+00:00", "UTC", "ends before"),
        ("1970-01-01T00:00+00:00", "2026-01-01T00:00+00:00", "UTC", "between the years"),
        ("2010-01-01T00:00+00:00", "2026-01-01T00:00+00:00", "UTC", "longer than"),
        ("2026-01-01T00:00+00:00", "2026-01-02T00:00+00:00", "Mars/Olympus", "no time zone"),
        ("2026-01-01T00:00+00:00", "2026-01-02T00:00+00:00", "../etc/passwd", "no time zone"),
        ("2026-01-01T00:00+00:00", "2026-01-02T00:00+00:00", "", "no time zone"),
    ],
)
def test_an_absurd_period_is_refused_in_words(start: str, end: str, zone: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        period_between(at(start), at(end), zone)


def test_too_many_points_are_refused_in_words() -> None:
    period = period_between(at("2026-01-01T00:00+00:00"), at("2026-12-01T00:00+00:00"), "UTC")
    with pytest.raises(Invalid, match="longer steps"):
        period.steps(Step.hour)


def test_a_zone_off_the_full_hour_says_so() -> None:
    assert not period_named(Named.today, NOW, "Asia/Kolkata").whole_hours
    assert period_named(Named.today, NOW, "Asia/Seoul").whole_hours
