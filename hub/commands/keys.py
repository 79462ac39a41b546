"""`hub rotate-keys` and `hub new-secret-key`: the keys that seal stored secrets."""

import typer

from hub.commands.opening import opened
from hub.runtime.secrets_box import add_key, load_keys, new_key
from hub.serving import alone
from hub.settings import HubSettings


async def rotate(settings: HubSettings) -> None:
    """Seal every stored secret with a new key, the file's, or with the first of HUB_SECRET_KEYS."""
    if settings.secret_keys.get_secret_value().strip():
        count = await _reseal(settings)
        typer.echo(f"{count} secrets are sealed with the first of HUB_SECRET_KEYS now.")
        typer.echo("Keep the old keys behind it as long as you keep backups sealed with them.")
        return
    # A hub that serves holds the old keys only: it could not open what is sealed with the new one.
    with alone(settings):
        load_keys("", settings.key_file)
        keys = add_key(settings.key_file)
        count = await _reseal(settings)
    typer.echo(f"{settings.key_file} has a new key, {next(iter(keys))}, and {count} secrets are sealed with it.")
    typer.echo("The old keys stay in the file for old backups. Copy the file to where you keep it safe.")


def new_secret_key() -> None:
    """Print a key for HUB_SECRET_KEYS."""
    typer.echo(new_key())


async def _reseal(settings: HubSettings) -> int:
    async with opened(settings) as hub, hub.storage.begin() as uow:
        return await uow.channels.reencrypt() + await uow.recordings.reseal()
