"""A fake VK and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors.vk.fake_vk import FakeVk


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def server() -> AsyncIterator[FakeVk]:
    async with FakeVk() as running:
        running.answers["messages.getHistory"] = {"count": 0, "items": []}
        yield running
