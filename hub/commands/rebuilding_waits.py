"""`hub rebuild waits`: builds waits and episodes anew from the timeline, beside a hub that serves."""

import asyncio

import typer

from hub.commands.opening import opened
from hub.runtime import memory
from hub.services import waits_upkeep
from hub.services.waits_upkeep import PAGE
from hub.settings import HubSettings


async def rebuild_waits(settings: HubSettings) -> None:
    """Build all waits anew and show how far it is. Broken off, the next call goes on. What is right stays untouched."""
    async with opened(settings) as hub:
        memory.settle()
        place = await waits_upkeep.place(hub.storage)
        async with hub.storage.read() as uow:
            total = await uow.timeline.conversations_after(place)
        if place is not None:
            typer.echo("Going on with the rebuild that was broken off.")
        entries = mended = 0
        with typer.progressbar(length=total, label="Building waits", show_pos=True) as bar:
            while True:
                place, read, put_right = await waits_upkeep.step(hub.storage, place)
                if place is None:
                    break
                entries, mended = entries + read, mended + put_right
                bar.update(min(PAGE, total - bar.pos))
                await asyncio.sleep(0)  # others get their turn at the database
    typer.echo(f"{total} conversations looked at, {entries} entries read, {mended} put right.")
