"""A session, and fake mail servers, for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.peers.fake_imap import FakeImap
from tests.peers.fake_smtp import FakeSmtp


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def imap() -> AsyncIterator[FakeImap]:
    async with FakeImap() as server:
        yield server


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as server:
        yield server
