"""Counts hours anew that changed: a bounded batch at a time, from the entries and waits themselves."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from hub.domain.reports.cells import cells_of
from hub.ports import Facts, RollUps, Storage

BATCH = 48
"""Hours of one transaction: two days."""
FACT = "reports_counted"
"""Set once every hour from before there were reports is marked to be counted."""


async def count_some(rollups: RollUps, limit: int = BATCH) -> int:
    """Count the newest changed hours anew; returns how many were put in place.

    It may be done by several at once and be broken off anywhere: what is not put in place stays marked.
    """
    marked = await rollups.dirty(limit)
    if not marked:
        return 0
    facts = await rollups.facts([hour for hour, _ in marked])
    marks = dict(marked)
    return await rollups.replace([(one.hour, marks[one.hour], cells_of(one)) for one in facts])


async def count_all(rollups: RollUps, told: Callable[[int], Awaitable[None]] | None = None) -> int:
    """Count until nothing is marked; `told` hears how many hours are left. Returns how many were counted."""
    done = 0
    while await rollups.dirty(1):
        done += await count_some(rollups)
        if told is not None:
            await told(await rollups.dirty_count())
    return done


async def begin_once(storage: Storage, now: datetime) -> int:
    """Have all that happened before there were reports counted, once; returns how many hours that are."""
    async with storage.read() as uow:
        if await _began(uow.facts):
            return 0
    count = await storage.rollups.mark_everything()
    async with storage.begin() as uow:
        await uow.facts.put(FACT, now.isoformat())
    return count


async def _began(facts: Facts) -> bool:
    return bool(await facts.get(FACT))
