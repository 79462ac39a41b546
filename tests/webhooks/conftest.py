"""The small hub that visitors visit, on each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.webhooks.visiting import Visiting, visiting


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Visiting]:
    async with visiting(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def small_hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Visiting]:
    """The same on SQLite only: for what no database decides."""
    async with visiting(sqlite_url, tmp_path) as made:
        yield made
