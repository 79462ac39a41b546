"""`hub channel`: our accounts with providers, from a shell."""

from collections.abc import Sequence
from typing import Any

import typer

from hub.app import Hub
from hub.commands.asking import ask_settings, given_settings
from hub.commands.naming import find_channel
from hub.commands.opening import opened
from hub.contract.connector import Manifest
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.ids import new_id
from hub.settings import HubSettings


async def show(settings: HubSettings) -> None:
    """List the channels with their connection."""
    async with opened(settings) as hub, hub.storage.read() as uow:
        everything = await uow.channels.all()
    for channel in everything:
        state = channel.connection.state.value if channel.enabled else "disabled"
        line = [str(channel.id), channel.connector, channel.name, channel.address, state, channel.connection.detail]
        typer.echo("\t".join(line).rstrip())
    if not everything:
        typer.echo("There are no channels yet. Make one: hub channel add CONNECTOR")


async def add(
    settings: HubSettings,
    *,
    connector: str,
    name: str,
    pairs: Sequence[str],
    everything: bool,
    interactive: bool,
    checked: bool,
) -> None:
    """Connect an account: ask for its settings, prove them with the provider, save it."""
    async with opened(settings) as hub:
        manifest = _manifest(hub, connector)
        values = ask_settings(
            manifest, given_settings(manifest.settings, pairs), everything=everything, interactive=interactive
        )
        channel_id, key = ChannelId(new_id()), channels.new_webhook_key()
        address = ""
        if checked:
            address = (await channels.check(manifest, values, hub.tools(channel_id, key))).address
            typer.echo(f"{manifest.title} accepts us as {address}.")
        async with hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=channel_id,
                name=name,
                settings=values,
                address=address,
                now=hub.clock.now(),
                webhook_key=key,
            )
        typer.echo(f"The channel “{made.record.name}” is there ({channel_id}). A running hub starts it at once.")
        if "ReceivesWebhooks" in hub.registry.abilities(connector):
            typer.echo(f"Its webhook address: {hub.settings.base_url}/webhooks/{key}")


async def switch(settings: HubSettings, *, named: str, enabled: bool) -> None:
    """Switch a channel on or off."""
    async with opened(settings) as hub, hub.storage.begin() as uow:
        channel = await find_channel(uow, named)
        manifest = _manifest(hub, channel.connector)
        await channels.change(uow, manifest, channel.id, channels.Edit(enabled=enabled), now=hub.clock.now())
    words = "on: it receives and sends" if enabled else "off: it neither receives nor sends; its conversations stay"
    typer.echo(f"The channel “{channel.name}” is switched {words}.")


def _manifest(hub: Hub, key: str) -> Manifest[Any]:
    manifest = hub.registry.get(key)
    if manifest is None:
        known = ", ".join(sorted(m.key for m in hub.registry if m.visible))
        raise NotFound(f"There is no connector “{key}”. Connectors: {known}.")
    return manifest
