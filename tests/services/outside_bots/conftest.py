"""A hub with a bot outside, reached by its webhook or listening on the WebSocket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.outside_bots.world import BotWorld


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[BotWorld]:
    """A bot with a webhook."""
    async with BotWorld.open(sqlite_url, tmp_path) as world:
        yield world


@pytest.fixture
async def either(database_url: str, tmp_path: Path) -> AsyncIterator[BotWorld]:
    """A bot with a webhook, on both engines."""
    async with BotWorld.open(database_url, tmp_path) as world:
        yield world


@pytest.fixture
async def listening(sqlite_url: str, tmp_path: Path) -> AsyncIterator[BotWorld]:
    """A bot without a webhook."""
    async with BotWorld.open(sqlite_url, tmp_path, webhook=False) as world:
        yield world
