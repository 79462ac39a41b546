"""What is drawn adds up: from hours in any order, and from their sums, to the same points."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.reports.answers import Sums, point_of
from hub.domain.reports.drawn import DrawnHour, Tally
from hub.domain.reports.histogram import bucket_of
from hub.domain.reports.measures import DRAWN, FIRST_CODE, REPLIES, Measure

START = datetime(2026, 3, 20, 5, tzinfo=UTC)
COUNTED = sorted(DRAWN - set(REPLIES))
Happened = list[tuple[int, Measure, float]]
happened = st.lists(
    st.tuples(st.integers(0, 50), st.sampled_from([*COUNTED, *REPLIES]), st.floats(0.01, 1_000_000)), max_size=60
)


def code_of(measure: Measure, seconds: float) -> int:
    return FIRST_CODE[measure] + bucket_of(seconds * (measure in REPLIES))


def hours_of(events: Happened) -> list[DrawnHour]:
    """One hour for each event: hours add up however they are cut."""
    return [
        DrawnHour(START + timedelta(hours=hour), [code_of(measure, seconds)], [1], longest(measure, seconds))
        for hour, measure, seconds in events
    ]


def longest(measure: Measure, seconds: float) -> float | None:
    return {True: seconds}.get(measure in REPLIES)


def tallied(hours: list[DrawnHour]) -> Tally:
    tally = Tally()
    for hour in hours:
        tally.add(hour)
    return tally


@given(happened, st.integers())
def test_hours_add_up_in_any_order_and_as_the_sums_of_a_day_do(events: Happened, seed: int) -> None:
    sums = Sums()
    for _, measure, seconds in events:
        taken = seconds * (measure in REPLIES)
        sums.add(code_of(measure, seconds), 1, taken, taken)
    mixed = hours_of(events)
    Random(seed).shuffle(mixed)  # noqa: S311 - it plays
    points = [
        point_of(START, START + timedelta(hours=51), tally, None)
        for tally in (tallied(hours_of(events)), tallied(mixed), tallied([sums.drawn(START)]))
    ]
    assert points[0] == points[1] == points[2]
    assert points[0].received == sum(measure is Measure.received for _, measure, _ in events)
    assert tallied(mixed).replies().n == sum(measure in REPLIES for _, measure, _ in events)


def test_the_ninth_tenth_of_few_replies_is_the_longest_of_them_exactly() -> None:
    events = [(0, Measure.first_response, 61.0), (1, Measure.later_reply, 3_599.5), (1, Measure.received, 9e9)]
    point = point_of(START, START + timedelta(hours=2), tallied(hours_of(events)), None)
    assert point.p90 == 3_599.5


def test_nothing_has_no_times_and_no_share() -> None:
    point = point_of(START, START + timedelta(hours=2), Tally(), 0)
    assert (point.received, point.p50, point.p90, point.attainment) == (0, None, None, None)
