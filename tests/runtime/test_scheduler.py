"""Timed jobs run on their own beat, and one that fails harms no other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from hub.runtime.leases import LeaseKeeper
from hub.runtime.scheduler import Job, Scheduler, standard_jobs
from storage import open_blobs
from tests.scripted import SmallHub, says, small_hub


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    with capture_logs():
        async with small_hub(database_url, tmp_path) as hub:
            yield hub


def scheduler(hub: SmallHub, jobs: list[Job], registry: CollectorRegistry) -> Scheduler:
    leases = LeaseKeeper(hub.storage, hub.clock, "test", shared=False)
    return Scheduler(jobs, clock=hub.clock, leases=leases, chance=lambda: 0.0, registry=registry, first_after=0.0)


async def test_a_job_that_fails_is_counted_runs_again_and_stops_no_other(hub: SmallHub) -> None:
    runs: asyncio.Queue[str] = asyncio.Queue()

    async def good(_now: datetime) -> int:
        runs.put_nowait("good")
        return 2

    async def bad(_now: datetime) -> int:
        runs.put_nowait("bad")
        raise ValueError("no")

    beat = timedelta(milliseconds=1)
    registry = CollectorRegistry()
    loop = asyncio.create_task(scheduler(hub, [Job("good", beat, good), Job("bad", beat, bad)], registry).run())
    seen = [await runs.get() for _ in range(8)]
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert seen.count("good") >= 2
    assert seen.count("bad") >= 2
    assert (registry.get_sample_value("hub_jobs_total", {"job": "bad", "outcome": "failed"}) or 0) >= 2
    assert (registry.get_sample_value("hub_job_items_total", {"job": "good"}) or 0) >= 4


async def test_a_job_is_given_up_after_its_own_time_and_counted_as_failed(hub: SmallHub) -> None:
    async def never(_now: datetime) -> int:
        await asyncio.Event().wait()
        return 1

    registry = CollectorRegistry()
    stuck = Job("stuck", timedelta(hours=1), never, most=timedelta(milliseconds=20))
    assert not await scheduler(hub, [stuck], registry).run_once(stuck)
    assert registry.get_sample_value("hub_jobs_total", {"job": "stuck", "outcome": "failed"}) == 1


async def test_the_jobs_every_installation_has_run_on_a_real_database(hub: SmallHub, tmp_path: Path) -> None:
    await hub.hears(says("hello", at=hub.clock.now()))
    jobs = standard_jobs(hub.storage, open_blobs((tmp_path / "blobs").as_uri()), journal_kept=timedelta(days=1))
    timer = scheduler(hub, list(jobs), CollectorRegistry())
    hub.clock.forward(days=2)
    assert [await timer.run_once(job) for job in jobs] == [True] * len(jobs)
    assert len(await hub.conversations()) == 1
