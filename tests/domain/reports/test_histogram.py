"""Percentiles of histograms: at most 2 % off, whatever the durations, and the same however they are added up."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.reports.histogram import LONGEST, SHORTEST, Histogram, bucket_of, rank_of, seconds_of

durations = st.floats(min_value=0, max_value=LONGEST, allow_nan=False)
samples = st.lists(durations, min_size=1, max_size=200)


def nearest_rank(values: Sequence[float], share: float) -> float:
    """The exact one, to compare with."""
    return sorted(values)[rank_of(share, len(values)) - 1]


@given(samples, st.sampled_from([0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0]))
def test_a_percentile_is_at_most_two_percent_off(values: list[float], share: float) -> None:
    exact, found = nearest_rank(values, share), Histogram.of(values).percentile(share)
    assert found is not None
    assert abs(found - exact) <= max(0.02 * exact, SHORTEST)


@given(samples, samples)
def test_adding_two_histograms_is_the_histogram_of_both(ours: list[float], theirs: list[float]) -> None:
    both, one = Histogram.of(ours) + Histogram.of(theirs), Histogram.of([*ours, *theirs])
    assert (both.counts, both.longest, both.n) == (one.counts, one.longest, one.n)
    assert both.total == pytest.approx(one.total)


@given(durations, durations)
def test_a_longer_duration_is_never_in_an_earlier_bucket(one: float, other: float) -> None:
    assert bucket_of(min(one, other)) <= bucket_of(max(one, other))


@given(durations)
def test_a_bucket_stands_for_its_durations_within_two_percent(seconds: float) -> None:
    assert abs(seconds_of(bucket_of(seconds)) - seconds) <= max(0.02 * seconds, SHORTEST)


@pytest.mark.parametrize(("share", "n", "rank"), [(0.5, 4, 2), (0.5, 5, 3), (0.9, 10, 9), (0.9, 11, 10), (1, 3, 3)])
def test_the_rank_is_the_nearest_one(share: float, n: int, rank: int) -> None:
    assert rank_of(share, n) == rank


def test_nothing_has_no_percentile_and_no_mean() -> None:
    nothing = Histogram()
    assert (nothing.percentile(0.5), nothing.mean, nothing.longest, nothing.n) == (None, None, None, 0)


def test_the_highest_percentile_is_the_longest_duration_itself() -> None:
    assert Histogram.of([3.0, 1234.567]).percentile(1) == 1234.567


def test_one_forgotten_customer_hides_in_the_mean_and_not_in_the_longest() -> None:
    found = Histogram.of([*[60.0] * 99, 500_000.0])
    assert found.percentile(0.5) == pytest.approx(60, rel=0.02)
    assert found.mean == pytest.approx(5059.4)
    assert found.longest == 500_000.0


@pytest.mark.parametrize("share", [0, -1, 1.01])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Histogram().percentile(share)


@pytest.mark.parametrize("seconds", [-5.0, LONGEST * 10, float("inf")])
def test_absurd_durations_fall_into_the_outermost_buckets(seconds: float) -> None:
    assert bucket_of(seconds) in {0, bucket_of(LONGEST)}
