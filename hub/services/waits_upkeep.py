"""Builds all waits anew where their definition has changed since they were stored: by itself, while the hub serves."""

import asyncio
from datetime import datetime
from uuid import UUID

from hub.domain.ids import ConversationId
from hub.ports import Storage
from hub.services import waits

DEFINITION = "2"
"""Raised with every change of what a wait or an episode is: at the next start all of them are built anew."""
DONE = "waits_definition"
"""The fact that says by which definition all waits are stored."""
PLACE = "waits_rebuild"
"""The last conversation a rebuild under way looked at: one that was broken off goes on after it."""
PAGE = 25
"""Conversations of one transaction, some 300 entries: what comes meanwhile waits for these at most."""


async def place(storage: Storage) -> ConversationId | None:
    """Return where a rebuild that was broken off goes on; None: at the beginning."""
    async with storage.read() as uow:
        known = await uow.facts.get(PLACE)
    return ConversationId(UUID(known)) if known else None


async def step(storage: Storage, after: ConversationId | None) -> tuple[ConversationId | None, int, int]:
    """Build the next conversations' waits anew and remember how far it is: see `waits.rebuild_page`."""
    # Not durable: what a power cut takes back is built anew from where the place says it stood.
    async with storage.begin(durable=False) as uow:
        last, read, mended = await waits.rebuild_page(uow, after, PAGE)
        await uow.facts.put(PLACE, str(last) if last is not None else "")
        if last is None:
            await uow.facts.put(DONE, DEFINITION)
    return last, read, mended


async def bring_up_to_date(storage: Storage, now: datetime) -> int:  # noqa: ARG001 - a job; what is stored has its times
    """Build everything anew that is stored by an older definition; returns how many conversations it put right."""
    async with storage.read() as uow:
        if await uow.facts.get(DONE) == DEFINITION:
            return 0
    total, last = 0, await place(storage)
    while True:
        last, _, mended = await step(storage, last)
        total += mended
        if last is None:
            return total
        await asyncio.sleep(0)  # others get their turn at the database
