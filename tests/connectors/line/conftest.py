"""A fake LINE and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors.line.fake_line import FakeLine


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def server() -> AsyncIterator[FakeLine]:
    async with FakeLine() as running:
        yield running
