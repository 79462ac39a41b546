"""A hub with recorded calls on SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.recorded import RecordingHub, recording_hub


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[RecordingHub]:
    async with recording_hub(sqlite_url, tmp_path, transcribes=True) as made:
        yield made
