"""A storage on each engine, with a standing clock and a doorbell that counts."""

import os
from collections.abc import AsyncIterator

import pytest

from hub.runtime.secrets_box import SecretBox
from storage.database import SqlStorage, open_storage
from tests.storage.builders import CountingDoorbell, StandingClock


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def doorbell() -> CountingDoorbell:
    return CountingDoorbell()


@pytest.fixture(scope="session")
def secrets() -> SecretBox:
    return SecretBox({"k1": os.urandom(32)})


@pytest.fixture
async def storage(
    database_url: str, clock: StandingClock, doorbell: CountingDoorbell, secrets: SecretBox
) -> AsyncIterator[SqlStorage]:
    """A storage on a fresh database, once on each engine."""
    opened = await open_storage(database_url, secrets=secrets, doorbell=doorbell, clock=clock)
    yield opened
    await opened.close()
