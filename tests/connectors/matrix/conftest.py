"""A fake homeserver and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors.matrix.homeserver import FakeHomeserver


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def server() -> AsyncIterator[FakeHomeserver]:
    async with FakeHomeserver() as fake:
        yield fake
