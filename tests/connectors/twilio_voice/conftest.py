"""A fake Twilio and a session for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.connectors.twilio_voice.provider import FakeTwilioVoice


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilioVoice]:
    async with FakeTwilioVoice() as server:
        yield server
