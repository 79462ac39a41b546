"""A system of its own for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.connectors.api_channel.system import OwnSystem


@pytest.fixture
async def system() -> AsyncIterator[OwnSystem]:
    async with OwnSystem() as running:
        yield running
