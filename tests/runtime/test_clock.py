"""The clock tells UTC, and durations never run backwards."""

from datetime import UTC, timedelta

from hub.runtime.clock import SystemClock


def test_the_time_is_aware_and_utc() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= second - first < timedelta(seconds=5)


def test_durations_never_run_backwards() -> None:
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()
