"""A fake Graph API with one account, and a session, for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors._lib.fake_graph import FakeGraph, session
from tests.connectors.instagram.accounts import stock


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with session() as opened:
        yield opened


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph() as server:
        stock(server)
        yield server
