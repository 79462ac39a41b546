"""A small hub on each engine whose one channel carries phone calls."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.domain.channel import ChannelKind
from tests.scripted import SmallHub, small_hub


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path, kind=ChannelKind("voice")) as made:
        yield made
