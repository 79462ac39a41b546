"""A fake Asterisk for each test, true to the api-docs to the end."""

from collections.abc import AsyncIterator

import pytest

from tests.peers.fake_ari import FakeAri


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []
