"""How much is too much: buckets, places, and whom a request is counted on."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.visitors.limits import Buckets, Places, Seats, client_key

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


class Time:
    """Seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0.1, 10)), max_size=60))
def test_a_bucket_never_grants_more_than_its_burst_and_what_flowed_in(takes: list[tuple[float, float]]) -> None:
    time = Time()
    buckets = Buckets(rate=2, burst=10, monotonic=time)
    granted = 0.0
    for pause, cost in takes:
        time.now += pause
        granted += cost * (buckets.take("a", cost) == 0)
    assert granted <= 10 + 2 * time.now + 1e-6


@given(st.floats(0.1, 20))
def test_after_the_wait_it_names_a_bucket_grants(cost: float) -> None:
    time = Time()
    buckets = Buckets(rate=2, burst=10, monotonic=time)
    buckets.take("a", 10)
    wait = buckets.take("a", cost)
    time.now += wait + 1e-6
    assert wait > 0
    assert buckets.take("a", cost) == 0


def test_keys_have_buckets_of_their_own() -> None:
    buckets = Buckets(rate=1, burst=1, monotonic=Time())
    assert (buckets.take("a"), buckets.take("b"), buckets.take("a")) == (0, 0, 1)


def test_the_number_of_buckets_is_bounded_and_the_idle_one_goes_first() -> None:
    buckets = Buckets(rate=1, burst=1, monotonic=Time(), capacity=2)
    buckets.take("old")
    buckets.take("busy")
    buckets.take("old")
    buckets.take("new")
    assert (buckets.take("old"), buckets.take("busy")) == (1, 0)


def test_seats_are_taken_at_every_counter_or_at_none() -> None:
    all_, each = Places(2), Places(1)
    with Seats(((all_, "all"), (each, "a"))) as first, Seats(((all_, "all"), (each, "a"))) as second:
        assert (first, second) == (True, False)
        with Seats(((all_, "all"), (each, "b"))) as third:
            assert third
    with Seats(((all_, "all"), (each, "a"))) as again:
        assert again


@pytest.mark.parametrize(
    ("peer", "forwarded", "key"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (None, "", "unknown"),
    ],
)
def test_whom_a_request_is_counted_on(peer: str | None, forwarded: str, key: str) -> None:
    assert client_key(peer, forwarded, PROXIES) == key
