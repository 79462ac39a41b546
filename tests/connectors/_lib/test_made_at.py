"""Whether a delivery is younger than a provider's memory for keys."""

from datetime import timedelta
from uuid import UUID

import pytest

from connectors._lib.made_at import is_younger
from hub.domain.ids import DeliveryId
from tests.connectors.conformance.kit import NOW


def made(ago: timedelta, *, version: int = 7) -> DeliveryId:
    milliseconds = int((NOW - ago).timestamp() * 1000)
    return DeliveryId(UUID(int=(milliseconds << 80) | (version << 76) | (2 << 62)))


@pytest.mark.parametrize(
    ("ago", "younger"),
    [
        (timedelta(), True),
        (timedelta(minutes=59, seconds=59), True),
        (timedelta(hours=1), False),
        (timedelta(days=800), False),
        (timedelta(minutes=-1), True),
    ],
)
def test_the_time_in_the_id_counts(ago: timedelta, younger: bool) -> None:
    assert is_younger(made(ago), timedelta(hours=1), NOW) is younger


def test_an_id_without_a_time_is_old() -> None:
    assert not is_younger(made(timedelta(), version=4), timedelta(hours=1), NOW)
