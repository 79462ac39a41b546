"""`hub rebuild rollups`: counts everything reports show anew, beside a hub that serves."""

import typer

from hub.commands.opening import opened
from hub.runtime import memory
from hub.services.reports import rollup
from hub.settings import HubSettings

FACT = "reports_rebuild"
"""Set while a rebuild is under way: one that was broken off goes on where it was."""


async def rollups(settings: HubSettings) -> None:
    """Count every hour anew, newest first, and show how far it is. Broken off, the next call goes on."""
    async with opened(settings) as hub:
        memory.settle()
        keeper = hub.storage.rollups
        async with hub.storage.read() as uow:
            under_way = await uow.facts.get(FACT)
        if under_way:
            typer.echo("Going on with the rebuild that was broken off.")
        else:
            await keeper.mark_everything()
            async with hub.storage.begin() as uow:
                await uow.facts.put(FACT, hub.clock.now().isoformat())
        total = await keeper.dirty_count()
        with typer.progressbar(length=total, label="Counting hours", show_pos=True) as bar:
            left = total

            async def told(remaining: int) -> None:
                nonlocal left
                bar.update(max(0, left - remaining))
                left = min(left, remaining)

            await rollup.count_all(keeper, told)
        async with hub.storage.begin() as uow:
            await uow.facts.put(FACT, "")
    typer.echo(f"{'1 hour' if total == 1 else f'{total} hours'} counted anew; reports show them now.")
