"""A rebuild of all waits, and of all reports, is killed in the middle beside a hub that serves, and goes on."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from hub.domain.reports.answers import Selection
from hub.runtime.secrets_box import SecretBox
from hub.services import waits_upkeep
from hub.services.reports import checking, groups, rollup
from storage.database import SqlStorage, open_storage
from storage.schema import migrate
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import CHECKOUT, HubProcess
from tests.e2e.waiting import until
from tests.storage.builders import CountingDoorbell, StandingClock
from tests.storage.reports.shop import MONTH, NOW, fill

pytestmark = pytest.mark.e2e
TALKS = 150


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """The hub's own database, filled before it starts."""
    (tmp_path / "hub" / "data").mkdir(parents=True)
    url = f"sqlite+aiosqlite:///{tmp_path / 'hub' / 'data' / 'hub.db'}"
    await migrate(url)
    box = SecretBox({"test": b"k" * 32})
    opened = await open_storage(url, secrets=box, doorbell=CountingDoorbell(), clock=StandingClock())
    try:
        await fill(opened, talks=TALKS)
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def hub(storage: SqlStorage, tmp_path: Path) -> AsyncIterator[HubProcess]:  # noqa: ARG001 - filled first
    async with HubProcess(tmp_path / "hub") as running:
        yield running


async def rebuild(hub: HubProcess, what: str) -> asyncio.subprocess.Process:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HUB_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hub", "rebuild", what, "--data-dir", str(hub.folder / "data")),
        cwd=hub.folder,
        env=kept | {"PYTHONPATH": str(CHECKOUT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def finished(process: asyncio.subprocess.Process) -> str:
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()
    return out.decode()


def facts(hub: HubProcess) -> dict[str, str]:
    with closing(sqlite3.connect(hub.folder / "data" / "hub.db", timeout=20)) as database:
        return dict(database.execute("SELECT name, value FROM facts").fetchall())


async def killed_in_the_middle(hub: HubProcess, what: str, under_way: str) -> None:
    """Kill a rebuild as a power cut would, as soon as it has noted how far it is."""
    process = await rebuild(hub, what)

    async def begun() -> bool:
        return bool(facts(hub).get(under_way))

    await until(begun, what=f"the rebuild of {what} begins", within=60, every=0.001)
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    assert facts(hub).get(under_way), "it stands where it was broken off"


async def test_what_is_killed_in_the_middle_goes_on_and_gives_the_same_figures(
    hub: HubProcess, storage: SqlStorage
) -> None:
    async def figures() -> object:
        return await groups.figures(storage.reports, MONTH, Selection(), NOW + timedelta(days=1))

    await rebuild_here(storage)
    right = await figures()
    with closing(sqlite3.connect(hub.folder / "data" / "hub.db", timeout=20)) as database, database:
        broken = "UPDATE waits SET ended_at = NULL, ended_by = NULL, answered_by = NULL"
        assert database.execute(broken).rowcount > TALKS
    for what, under_way in (("waits", "waits_rebuild"), ("rollups", "reports_rebuild")):
        await killed_in_the_middle(hub, what, under_way)
        assert "Going on with the rebuild that was broken off." in await finished(await rebuild(hub, what))
        assert not facts(hub).get(under_way)
    async with HubApi(hub) as person:
        assert len((await person.get("/reports/waits", [("figure", "waiting")]))["items"]) > 0, "the hub serves"
    assert await figures() == right
    assert (await checking.check(storage.rollups, draw=0.5)).differences == ()


async def rebuild_here(storage: SqlStorage) -> None:
    """Build everything anew without being disturbed: what the figures are to be."""
    place, _, _ = await waits_upkeep.step(storage, None)
    while place is not None:
        place, _, _ = await waits_upkeep.step(storage, place)
    await storage.rollups.mark_everything()
    await rollup.count_all(storage.rollups)
