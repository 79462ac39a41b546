"""A fake Viber and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors.viber.fake_viber import FakeViber


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def server() -> AsyncIterator[FakeViber]:
    async with FakeViber() as running:
        yield running
