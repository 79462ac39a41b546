"""Counts hours anew that changed: a bounded batch at a time, from the entries and waits themselves."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise

from hub.domain.reports.cells import Cells, Sheet, counting
from hub.domain.reports.happened import HourFacts
from hub.ports import Facts, RollUps, Storage

BATCH = 12
"""Hours of one transaction."""
GENTLY = 100
"""Facts counted at one go: about 2 ms, after which others get their turn."""
END = datetime(9999, 1, 1, tzinfo=UTC)
FACT = "reports_counted"
"""Set once every hour from before there were reports is marked to be counted."""


async def count_some(rollups: RollUps, limit: int = BATCH) -> int:
    """Count the newest changed hours anew; returns how many were put in place.

    It may be done by several at once and be broken off anywhere: what is not put in place stays marked.
    """
    marked = await rollups.dirty(limit)
    if not marked:
        return 0
    counted = []
    facts = await rollups.facts(marked[0][0])
    for (hour, mark), (following, _) in pairwise(marked):
        # The database reads the next hour meanwhile: in a thread or a process of its own.
        cells, read = await asyncio.gather(_cells(facts), rollups.facts(following))
        counted.append((hour, mark, cells))
        facts = read
    counted.append((*marked[-1], await _cells(facts)))
    return await rollups.replace(counted)


async def _cells(facts: HourFacts) -> Cells:
    sheet = Sheet()
    for place, _ in enumerate(counting(sheet, facts)):
        if place % GENTLY == GENTLY - 1:
            await asyncio.sleep(0)
    return sheet.cells


async def sum_some(rollups: RollUps, before: datetime, limit: int = 1) -> int:
    """Sum up days that ended by a moment and of which no hour is to be counted; returns how many there were."""
    days = await rollups.days_to_sum(before, limit)
    for day, mark in days:
        await rollups.sum_day(day, mark)
    return len(days)


async def count_all(rollups: RollUps, told: Callable[[int], Awaitable[None]] | None = None) -> int:
    """Count until nothing is marked and sum up all days; `told` hears how many hours are left.

    Returns how many were counted.
    """
    done = 0
    while await rollups.dirty(1):
        # Days that are whole are summed up beside: the database does that by itself.
        counted, _ = await asyncio.gather(count_some(rollups), sum_some(rollups, END))
        done += counted
        if told is not None:
            await told(await rollups.dirty_count())
    while await sum_some(rollups, END, BATCH):
        pass
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
