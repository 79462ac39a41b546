"""A shop for every test of surveys."""

import pytest

from tests.services.surveys.shop import Shop
from tests.services.workplace import Workplace


@pytest.fixture
def shop(place: Workplace) -> Shop:
    """A shop on each engine."""
    return Shop(place)
