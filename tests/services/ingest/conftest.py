"""A small hub on each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scripted import SmallHub, small_hub


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as made:
        yield made
