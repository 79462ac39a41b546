"""What reports need done by the clock: counting changed hours, the nightly check, files, mails."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import perf_counter

import structlog
from prometheus_client import CollectorRegistry, Gauge

from hub.contract.connector import Connector
from hub.domain.ids import ChannelId
from hub.ports import BlobStore, Clock, Storage
from hub.runtime.scheduler import MOST, Job
from hub.services.reports import checking, exports, rollup

log = structlog.get_logger(__name__)

COUNT_EVERY = timedelta(seconds=10)
SHARE = 0.1
"""Of a process's time at most this part goes into counting: what comes in goes first."""
AT_ONCE = 5.0
"""Seconds, its pauses included, after which the rest waits for the next beat."""
STEP = 1
"""Hours between two pauses: what comes in waits for one step at most."""


class Counting:
    """Counts changed hours anew and sums up days when they are quiet, never for more than a tenth of the time."""

    def __init__(self, storage: Storage, registry: CollectorRegistry) -> None:
        self._storage = storage
        self._begun = False
        self._behind = Gauge(
            "hub_reports_hours_behind", "Hours that changed and are still to be counted for reports.", registry=registry
        )

    async def run(self, now: datetime) -> int:
        """Count until nothing is left or it was enough; returns how many hours were counted."""
        if not self._begun:
            await rollup.begin_once(self._storage, now)
            self._begun = True
        started, done = perf_counter(), 0
        while (began := perf_counter()) - started < AT_ONCE:
            some = await rollup.count_some(self._storage.rollups, STEP)
            done += some
            if not some and not await rollup.sum_some(self._storage.rollups, now):
                break
            await asyncio.sleep((perf_counter() - began) * (1 / SHARE - 1))
        self._behind.set(await self._storage.rollups.dirty_count())
        return done


class Checking:
    """Compares a random sample of the cells with what they were counted from, and raises an alarm."""

    def __init__(self, storage: Storage, chance: Callable[[], float], registry: CollectorRegistry) -> None:
        self._storage = storage
        self._chance = chance
        self._wrong = Gauge(
            "hub_reports_check_differences",
            "Differences the last check of reports found between cells and messages; 0 when all is right.",
            registry=registry,
        )

    async def run(self, now: datetime) -> int:
        """Check unless it was done within a day; returns how many hours were looked at."""
        if not await checking.is_due(self._storage, now):
            return 0
        found = await checking.check_and_tell(self._storage, draw=self._chance(), now=now)
        self._wrong.set(len(found.differences))
        if found.differences:
            log.error("reports differ from the messages they are counted from", differences=found.differences)
        return found.hours


def report_jobs(
    storage: Storage,
    blobs: BlobStore,
    *,
    clock: Clock,
    chance: Callable[[], float],
    registry: CollectorRegistry,
    public_url: str,
    connector_of: Callable[[ChannelId], Connector | None],
) -> Sequence[Job]:
    """Return the jobs of reports."""
    link = f"{public_url}/inbox/"

    async def make_files(_now: datetime) -> int:
        return await exports.make_next(storage, blobs, link=link, now=clock.now)

    async def mail(now: datetime) -> int:
        from hub.services.reports import mailing  # not at the top: a hub that mails no report needs none of it

        return await mailing.send_due(storage, connector_of, now)

    async def hear_back(now: datetime) -> int:
        from hub.services.reports import bounces  # as above

        return await bounces.hear_back(storage, connector_of, now)

    async def forget_files(now: datetime) -> int:
        return await exports.forget_old(storage, blobs, now - exports.KEPT)

    return (
        Job("count reports", COUNT_EVERY, Counting(storage, registry).run),
        Job("check reports", timedelta(hours=1), Checking(storage, chance, registry).run),
        Job("make exports", timedelta(seconds=3), make_files, most=exports.MOST + MOST),
        Job("mail reports", timedelta(minutes=1), mail),
        Job("hear of mailed reports", timedelta(minutes=10), hear_back),
        Job("forget exports", timedelta(hours=1), forget_files),
    )
