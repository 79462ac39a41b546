"""What every room's tests share: fresh migrated databases on both engines."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL

from hub.services import passwords
from tests.databases import Postgres, Sqlite, start_server, stop_server

_RUN = "HUB_TEST_RUN"

# Examples are bounded in number, not in time: a busy machine must not fail a test. CI's fixed seed stays.
settings.register_profile("hub", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hub")


_MEMORY = Path("/dev/shm")  # noqa: S108 - what pytest makes in it is private, as in /tmp
_ROOM = 4 * 1024**3


def pytest_configure() -> None:
    """Name this run and choose where its files lie, in memory if there is much; workers inherit both."""
    # Collected tests are many objects that stay: looking at them took a tenth of the run.
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault(_RUN, str(os.getpid()))
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # it is asked for anew


def pytest_collection_finish() -> None:
    """Take modules and collected tests out of what the garbage collector looks at again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's PostgreSQL server, after the last worker is done."""
    if not hasattr(config, "workerinput"):
        stop_server(os.environ[_RUN])


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> passwords.Cost:
    """Passwords cost nothing where their price is not the subject: a tenth of a second each adds up to a minute."""
    cost = passwords.Cost(memory=8, passes=1, lanes=1)
    passwords.take(cost)
    return cost


@pytest.fixture(scope="session")
def postgres_server() -> URL:
    """The run's PostgreSQL server."""
    return start_server(os.environ[_RUN])


@pytest.fixture(scope="session")
async def postgres(postgres_server: URL) -> AsyncIterator[Postgres]:
    """This worker's migrated PostgreSQL database to copy from."""
    postgres = await Postgres.prepare(postgres_server)
    yield postgres
    await postgres.remove()


@pytest.fixture(scope="session")
async def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """This worker's migrated SQLite database to copy from."""
    return await Sqlite.prepare(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite_url(sqlite: Sqlite, tmp_path: Path) -> str:
    """A fresh migrated SQLite database."""
    return sqlite.fresh(tmp_path)


@pytest.fixture
async def postgres_url(postgres: Postgres) -> AsyncIterator[str]:
    """A fresh migrated PostgreSQL database."""
    async with postgres.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once on each engine."""
    return cast("str", request.getfixturevalue(f"{request.param}_url"))
