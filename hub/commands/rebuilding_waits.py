"""`hub rebuild waits`: builds waits and episodes anew from the timeline, beside a hub that serves."""

import asyncio
from uuid import UUID

import typer

from hub.commands.opening import opened
from hub.domain.ids import ConversationId
from hub.services import waits
from hub.settings import HubSettings

FACT = "waits_rebuild"
"""The last conversation a rebuild under way looked at: one that was broken off goes on after it."""
PAGE = 200
"""Conversations of one transaction: short enough that messages which come meanwhile hardly wait."""


async def rebuild_waits(settings: HubSettings) -> None:
    """Build all waits anew and show how far it is. Broken off, the next call goes on. What is right stays untouched."""
    async with opened(settings) as hub:
        async with hub.storage.read() as uow:
            known = await uow.facts.get(FACT)
            place = ConversationId(UUID(known)) if known else None
            total = await uow.timeline.conversations_after(place)
        if place is not None:
            typer.echo("Going on with the rebuild that was broken off.")
        entries = mended = 0
        with typer.progressbar(length=total, label="Building waits", show_pos=True) as bar:
            while True:
                async with hub.storage.begin() as uow:
                    place, read, put_right = await waits.rebuild_page(uow, place, PAGE)
                    await uow.facts.put(FACT, str(place) if place is not None else "")
                if place is None:
                    break
                entries, mended = entries + read, mended + put_right
                bar.update(min(PAGE, total - bar.pos))
                await asyncio.sleep(0)  # others get their turn at the database
    typer.echo(f"{total} conversations looked at, {entries} entries read, {mended} put right.")
