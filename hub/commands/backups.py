"""`hub backup`, `hub restore`, `hub migrate`: keeping everything, and getting it back."""

from contextlib import ExitStack
from pathlib import Path

import typer

from hub import __version__
from hub.app import Hub, open_hub
from hub.domain.delivery import DeliveryState
from hub.domain.errors import Invalid
from hub.domain.ids import DeliveryId
from hub.ports import UnitOfWork
from hub.runtime.clock import SystemClock
from hub.runtime.secrets_box import SecretsUnreadable
from hub.services import outcomes
from hub.services.deliveries import ASK_A_PERSON
from hub.serving import alone, prepare_database
from hub.settings import HubSettings
from storage import SchemaState, open_blobs, schema_state
from storage.backup import make_backup
from storage.restore import restore as restore_archive


async def backup(settings: HubSettings, *, path: Path, files: bool) -> None:
    """Write a proven archive. A folder gets one named by the time."""
    now = SystemClock().now()
    file = path / f"hub-{now:%Y%m%d-%H%M%S}.zip" if _is_folder(path) else path
    blobs = open_blobs(settings.blobs) if files else None
    made = await make_backup(settings.database, blobs, file, version=__version__, now=now)
    rows, kept = sum(made.manifest.counts.values()), made.manifest.blobs
    typer.echo(
        f"{file} holds {rows} rows of {len(made.manifest.tables)} tables"
        f" and {len(kept)} files ({made.size / 1_000_000:.1f} MB)."
    )
    typer.echo("It was proven: restored into a temporary database, every table had the same rows and digest;")
    typer.echo("every file has the hash it was read with.")
    if not files:
        typer.echo("Files and recordings are not in it: keep the store's own backups.")
    typer.echo(_keys_words(settings))


async def restore(settings: HubSettings, *, path: Path, into_url: str, replace: bool, send_waiting: bool) -> None:
    """Put an archive's data in place, whole or not at all, then say what a person should know."""
    if into_url:
        settings = HubSettings.load(data_dir=settings.data_dir, database_url=into_url)
    now = SystemClock().now()
    with ExitStack() as stack:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        stack.enter_context(alone(settings))
        blobs = open_blobs(settings.blobs)
        done = await restore_archive(settings.database, blobs, path, now=now, replace=replace)
        manifest = done.manifest
        typer.echo(
            f"Restored what version {manifest.version} kept on {manifest.made_at:%Y-%m-%d at %H:%M} UTC:"
            f" {sum(manifest.counts.values())} rows and {len(manifest.blobs)} files."
        )
        if done.aside:
            typer.echo(done.aside)
        async with open_hub(settings) as hub:
            await _tell_secrets(hub)
            if done.open_deliveries and not send_waiting:
                await _hold(hub, done.open_deliveries)
        typer.echo("Everybody logs in anew. Start the hub: what providers still have from since then is fetched.")


async def migrate(settings: HubSettings) -> None:
    """Bring the database to this version's schema, as the next start would."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(settings):
        before = await schema_state(settings.database)
        await prepare_database(settings)
    if before is SchemaState.behind:
        typer.echo(f"The database was backed up to {settings.data_dir / 'backups'} and upgraded.")
    else:
        typer.echo("The database has this version's schema.")


async def _hold(hub: Hub, waiting: tuple[DeliveryId, ...]) -> None:
    """Never send again on a guess: what waited when the backup was made may have gone out since."""
    words = f"It was waiting when the backup was made that is restored now; it may have gone out since. {ASK_A_PERSON}"
    async with hub.storage.begin() as uow:
        held = [await _hold_one(uow, delivery_id, words, hub) for delivery_id in waiting]
    typer.echo(
        f"{sum(held)} messages were waiting to go out when the backup was made. They may have gone out since, so they"
        " are shown as unknown and are not sent by themselves: look at them and decide."
    )


async def _hold_one(uow: UnitOfWork, delivery_id: DeliveryId, words: str, hub: Hub) -> bool:
    delivery = await uow.outbox.get(delivery_id)
    entry = await uow.timeline.get(delivery.interaction_id) if delivery else None
    if delivery is None or entry is None:
        return False
    after = await outcomes.unknown(uow, delivery, entry, hub.clock.now(), code="restored", words=words)
    return after.state is DeliveryState.unknown


async def _tell_secrets(hub: Hub) -> None:
    closed = []
    async with hub.storage.read() as uow:
        channels = await uow.channels.all()
        for channel in channels:
            try:
                await uow.channels.settings(channel.id)
            except SecretsUnreadable as error:
                closed.append(f"  {channel.name}: {error}")
        try:
            hooks = len(await uow.hooks.all())
        except SecretsUnreadable as error:
            hooks = 0
            closed.append(f"  outgoing webhooks: {error}")
    if closed:
        typer.echo("The data is restored, but these secrets do not open with the hub's present keys:")
        typer.echo("\n".join(closed))
    elif channels or hooks:
        typer.echo("All secrets in it open with the hub's keys.")


def _keys_words(settings: HubSettings) -> str:
    if settings.secret_keys.get_secret_value().strip():
        return "Secrets in it stay sealed: to use it you also need HUB_SECRET_KEYS. Keep a copy of it elsewhere."
    return (
        f"Secrets in it stay sealed: to use it you also need {settings.key_file}. Keep a copy of that file elsewhere,"
        " never beside the backups."
    )


def _is_folder(path: Path) -> bool:
    if path.is_dir():
        return True
    if not path.parent.is_dir():
        raise Invalid(f"There is no folder {path.parent}. Make it first.")
    return False
