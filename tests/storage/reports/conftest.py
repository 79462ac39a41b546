"""One filled shop on each engine for tests that only read, and a small one of its own for each that changes it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import cast

import pytest

from hub.runtime.secrets_box import SecretBox
from storage.database import SqlStorage, open_storage
from tests.databases import Postgres, Sqlite
from tests.storage.builders import CountingDoorbell, StandingClock
from tests.storage.reports.shop import Shop, fill


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def made(request: pytest.FixtureRequest) -> Sqlite | Postgres:
    """Each engine's databases."""
    return cast("Sqlite | Postgres", request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
async def shop(
    made: Sqlite | Postgres, tmp_path_factory: pytest.TempPathFactory, secrets: SecretBox
) -> AsyncIterator[Shop]:
    """A shop for reading only."""
    async with AsyncExitStack() as stack:
        if isinstance(made, Sqlite):
            url = made.fresh(tmp_path_factory.mktemp("shop"))
        else:
            url = await stack.enter_async_context(made.fresh())
        storage = await open_storage(url, secrets=secrets, doorbell=CountingDoorbell(), clock=StandingClock())
        stack.push_async_callback(storage.close)
        yield await fill(storage)


@pytest.fixture
async def own_shop(storage: SqlStorage) -> Shop:
    """A small shop that a test may change."""
    return await fill(storage, talks=12)
