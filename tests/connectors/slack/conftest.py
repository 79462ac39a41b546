"""A fake Slack and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.peers.fake_slack import FakeSlack


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server
