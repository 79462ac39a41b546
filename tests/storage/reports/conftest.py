"""One filled shop on each engine for tests that only read, and a small one of its own for each that changes it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import make_url

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
        url = await _fresh(stack, made, tmp_path_factory.mktemp("shop"))
        yield await fill(await _opened(stack, url, secrets))


@pytest.fixture(scope="session")
async def small_shop(
    made: Sqlite | Postgres, tmp_path_factory: pytest.TempPathFactory, secrets: SecretBox
) -> AsyncIterator[tuple[str, Shop]]:
    """A small shop nobody is connected to, to copy from, and its URL: filling it takes longer than most tests."""
    async with AsyncExitStack() as stack:
        url = await _fresh(stack, made, tmp_path_factory.mktemp("small"))
        async with AsyncExitStack() as filling:
            small = await fill(await _opened(filling, url, secrets), talks=12)
        yield url, small


@pytest.fixture
async def own_shop(
    made: Sqlite | Postgres, small_shop: tuple[str, Shop], tmp_path: Path, secrets: SecretBox
) -> AsyncIterator[Shop]:
    """A small shop that a test may change."""
    url, small = small_shop
    async with AsyncExitStack() as stack:
        if isinstance(made, Sqlite):
            mine = Sqlite(Path(make_url(url).database or "")).fresh(tmp_path)
        else:
            mine = await stack.enter_async_context(made.copied(url))
        yield replace(
            small,
            storage=await _opened(stack, mine, secrets),
            waits=list(small.waits),
            received=list(small.received),
            calls=list(small.calls),
        )


async def _fresh(stack: AsyncExitStack, made: Sqlite | Postgres, folder: Path) -> str:
    return made.fresh(folder) if isinstance(made, Sqlite) else await stack.enter_async_context(made.fresh())


async def _opened(stack: AsyncExitStack, url: str, secrets: SecretBox) -> SqlStorage:
    storage = await open_storage(url, secrets=secrets, doorbell=CountingDoorbell(), clock=StandingClock())
    stack.push_async_callback(storage.close)
    return storage
