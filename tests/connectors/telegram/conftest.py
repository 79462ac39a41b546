"""A fake Bot API server and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.peers.telegram_api import FakeTelegram


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
