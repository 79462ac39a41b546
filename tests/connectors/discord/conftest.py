"""A fake Discord and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.peers.fake_discord import FakeDiscord


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        yield server
