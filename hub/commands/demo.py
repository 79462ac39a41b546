"""`hub demo remove`: takes the demo away, whole."""

import typer

from hub.commands.opening import opened
from hub.services.demo import removal
from hub.settings import HubSettings


async def remove(settings: HubSettings) -> None:
    """Remove everything the demo made; what people made themselves stays."""
    async with opened(settings) as hub:
        gone = await removal.remove(hub.storage, hub.blobs)
    if not gone.channels:
        typer.echo("There is no demo here; nothing was removed.")
        return
    typer.echo(
        f"The demo is gone: {gone.channels} channels, {gone.conversations} conversations, {gone.contacts} contacts and"
        f" {gone.users} people. What you made yourself is still there."
    )
    if settings.demo:
        typer.echo("HUB_DEMO is still true: the next start makes a new demo.")
