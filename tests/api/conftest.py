"""A served API for each test, on both databases where that matters."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.workspace import Workspace


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Workspace]:
    """The API on SQLite."""
    async with Workspace.open(sqlite_url, tmp_path) as workspace:
        yield workspace


@pytest.fixture
async def either(database_url: str, tmp_path: Path) -> AsyncIterator[Workspace]:
    """The API on SQLite and on PostgreSQL."""
    async with Workspace.open(database_url, tmp_path) as workspace:
        yield workspace
