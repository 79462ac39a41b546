"""A workplace on SQLite with rules at work; the storage tests prove that both engines keep rules alike."""

import pytest

from tests.services.bots.bothub import BotHub
from tests.services.bots.conftest import bots
from tests.services.rules.rulehub import RuleHub

__all__ = ["bots"]


@pytest.fixture
def hub(bots: BotHub) -> RuleHub:
    """A small hub whose rules a test drives."""
    return RuleHub.open(bots)
