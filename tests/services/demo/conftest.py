"""Demos of a shorter month on each engine: one that is only looked at, and fresh ones to change."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from tests.databases import Postgres, Sqlite
from tests.services.demo.played import Played, played


@pytest.fixture(scope="session")
async def sqlite_demo(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    """A demo on SQLite, for all tests that only look at one."""
    folder = tmp_path_factory.mktemp("demo")
    async with played(sqlite.fresh(folder), folder) as demo:
        await demo.make()
        yield demo


@pytest.fixture(scope="session")
async def postgres_demo(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    """A demo on PostgreSQL, for all tests that only look at one."""
    async with postgres.fresh() as url, played(url, tmp_path_factory.mktemp("demo")) as demo:
        await demo.make()
        yield demo


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest) -> Played:
    """A demo on each engine, to look at."""
    return cast("Played", request.getfixturevalue(f"{request.param}_demo"))


@pytest.fixture
async def sqlite_own(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Played]:
    """A hub on SQLite in which a test makes the demo, where the engine makes no difference."""
    async with played(sqlite_url, tmp_path) as demo:
        yield demo
