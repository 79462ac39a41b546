"""Does what is due by the clock: a short list of jobs, each on its own beat, none able to stop another."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from hub.ports import BlobStore, Clock, Storage
from hub.runtime.leases import LeaseKeeper
from hub.services import attachments, conversations, hours, targets, waits_upkeep

log = structlog.get_logger(__name__)

BATCH = 500
UPLOAD_KEPT = timedelta(hours=24)
FIRST_WITHIN = 20.0
"""Seconds over which first beats are spread: all at once they would hold up what came in while the hub was down."""
MOST = timedelta(minutes=10)
"""After this long a job is given up until its next beat."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again. `run` takes the time and returns how much it did."""

    name: str
    every: timedelta
    run: Callable[[datetime], Awaitable[int]]
    jitter: float = 0.1
    """Part of `every` by which a beat may come later, so that jobs and nodes do not all start together."""
    most: timedelta = MOST
    """After this long it is given up until its next beat."""


class Scheduler:
    """Runs jobs while this process holds the lease: one node of many does them."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        clock: Clock,
        leases: LeaseKeeper,
        chance: Callable[[], float],
        registry: CollectorRegistry,
        first_after: float = 1.0,
    ) -> None:
        """`chance` gives fresh numbers in [0, 1); `first_after` is the seconds from start to the earliest beat."""
        self._jobs = tuple(jobs)
        self._clock = clock
        self._leases = leases
        self._chance = chance
        self._first_after = first_after
        self._runs = Counter(
            "hub_jobs_total", "Timed jobs, by outcome: done, failed.", ("job", "outcome"), registry=registry
        )
        self._done = Counter("hub_job_items_total", "What timed jobs did, in items.", ("job",), registry=registry)
        self._seconds = Histogram("hub_job_seconds", "Time of one run of a job.", ("job",), registry=registry)
        self._last = Gauge(
            "hub_job_last_success_timestamp_seconds", "When a job last ended well.", ("job",), registry=registry
        )

    async def run(self) -> None:
        """Run all jobs until cancelled; when another node takes over, wait until it is gone."""
        await self._leases.serve("scheduler", self._beat_all)

    async def run_once(self, job: Job) -> bool:
        """Run one job now; tells whether it ended well. Its failure is logged and counted, and harms nothing else."""
        try:
            with self._seconds.labels(job.name).time():
                async with asyncio.timeout(job.most.total_seconds()):
                    count = await job.run(self._clock.now())
        except Exception:
            self._runs.labels(job.name, "failed").inc()
            log.exception("job failed; it runs again at its next beat", job=job.name)
            return False
        self._runs.labels(job.name, "done").inc()
        self._done.labels(job.name).inc(count)
        self._last.labels(job.name).set(self._clock.now().timestamp())
        if count:
            log.info("job done", job=job.name, count=count)
        return True

    async def _beat_all(self) -> None:
        async with asyncio.TaskGroup() as beats:
            for job in self._jobs:
                beats.create_task(self._beat(job), name=f"job {job.name}")

    async def _beat(self, job: Job) -> None:
        spread = min(job.every.total_seconds(), FIRST_WITHIN)
        await asyncio.sleep(self._first_after + spread * self._chance())
        while True:
            await self.run_once(job)
            await asyncio.sleep(job.every.total_seconds() * (1 + job.jitter * self._chance()))


def standard_jobs(storage: Storage, blobs: BlobStore, *, journal_kept: timedelta) -> Sequence[Job]:
    """Return the jobs every installation needs. `journal_kept` is how long raw events stay after they were read."""

    async def wake_snoozes(now: datetime) -> int:
        return await _all(lambda: conversations.wake_due(storage, now, limit=BATCH))

    async def expire_contacts(now: datetime) -> int:
        async def some() -> int:
            async with storage.begin() as uow:
                count, keys = await uow.contacts.expire(now, BATCH)
            for key in keys:
                await blobs.delete(key)
            return count

        return await _all(some)

    async def forget_uploads(now: datetime) -> int:
        return await _all(lambda: attachments.forget_uploads(storage, blobs, before=now - UPLOAD_KEPT, limit=BATCH))

    async def prune_journal(now: datetime) -> int:
        async def some() -> int:
            async with storage.begin() as uow:
                return await uow.journal.prune(now - journal_kept, BATCH)

        return await _all(some)

    async def renew_parked(now: datetime) -> int:  # noqa: ARG001 - what is here by now needs no clock
        async with storage.begin() as uow:
            return await uow.journal.renew_met()

    async def prune_notices(now: datetime) -> int:  # noqa: ARG001 - storage knows how many it keeps
        async with storage.begin() as uow:
            return await uow.prune_notices()

    return (
        Job("say what is due", timedelta(seconds=1), lambda now: targets.say_due(storage, now)),
        Job("bring waits up to date", timedelta(minutes=1), lambda now: waits_upkeep.bring_up_to_date(storage, now)),
        Job("write down holidays to come", timedelta(days=1), lambda now: hours.extend_holidays(storage, now)),
        Job("wake snoozes", timedelta(seconds=15), wake_snoozes),
        Job("expire provisional contacts", timedelta(minutes=10), expire_contacts),
        Job("read what was parked", timedelta(seconds=30), renew_parked),
        Job("forget uploads", timedelta(hours=1), forget_uploads),
        Job("prune journal", timedelta(minutes=10), prune_journal),
        Job("prune notices", timedelta(minutes=10), prune_notices),
    )


async def _all(some: Callable[[], Awaitable[int]]) -> int:
    """Repeat a bounded step until it leaves nothing; between the steps others get their turn at the database."""
    total = 0
    while count := await some():
        total += count
        if count < BATCH:
            break
        await asyncio.sleep(0)
    return total
