"""A small SMS centre and the hub's tools for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from hub.contract import Tools
from tests.connectors.conformance.kit import tools_for
from tests.connectors.smpp.smsc import Smsc


@pytest.fixture
async def smsc() -> AsyncIterator[Smsc]:
    async with Smsc() as server:
        yield server


@pytest.fixture
async def tools(tmp_path: Path) -> AsyncIterator[Tools]:
    async with aiohttp.ClientSession() as http:
        yield tools_for(http, tmp_path)
