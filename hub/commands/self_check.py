"""`hub check`: looks at everything the hub stands on and says in words what is wrong and what to do."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import typer

from hub.app import Hub, open_hub
from hub.domain.channel import Channel
from hub.domain.errors import HubError
from hub.runtime.secrets_box import load_keys
from hub.services.ids import new_id
from hub.settings import HubSettings
from storage import SchemaState, open_blobs, schema_state

LITTLE_ROOM = 1_000_000_000
"""Bytes free below which the disk is pointed out."""
_STATES = {
    SchemaState.new: "it is empty; the first `hub serve` fills it",
    SchemaState.current: "it answers, can be written, and has this version's schema",
    SchemaState.behind: "it is of an older version; the next `hub serve` backs it up and upgrades it",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    subject: str
    words: str
    ok: bool = True


async def check(settings: HubSettings) -> None:
    """Look at everything. Exits with 1 if something needs a person."""
    findings = []
    async for finding in _findings(settings):
        findings.append(finding)
        typer.echo(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.subject}: {finding.words}")
    problems = sum(not finding.ok for finding in findings)
    if problems:
        typer.echo(f"\n{problems} of {len(findings)} need somebody.")
        raise typer.Exit(1)
    typer.echo("\nAll is well.")


async def _findings(settings: HubSettings) -> AsyncIterator[Finding]:
    yield await asyncio.to_thread(_disk, settings.data_dir)
    keys = await asyncio.to_thread(_keys, settings)
    yield keys
    yield await _tried("files", lambda: _blobs(settings))
    yield await _tried("address", lambda: _port(settings))
    state = None
    try:
        state = await asyncio.to_thread(_missing, settings) or await schema_state(settings.database)
        words = _STATES.get(state)
    except HubError as error:
        words = str(error)
    if state is SchemaState.ahead:
        words = "it was made by a newer version of the hub. Install that version again, or restore a backup."
    if state is not SchemaState.current or not keys.ok:
        yield Finding("database", words or "", state in _STATES)
        return
    async with open_hub(settings) as hub:
        yield await _tried("database", lambda: _database(hub, words or ""))
        for finding in await _channels(hub):
            yield finding


def _missing(settings: HubSettings) -> SchemaState | None:
    """A look must not make a database."""
    missing = not settings.database_url and not (settings.data_dir / "hub.db").exists()
    return SchemaState.new if missing else None


async def _tried(subject: str, look: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(subject, await look())
    except HubError as error:
        return Finding(subject, str(error), ok=False)


def _disk(folder: Path) -> Finding:
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    words = f"{free / 1_000_000_000:.1f} GB free at {folder.absolute()}"
    if free < LITTLE_ROOM:
        return Finding("disk", f"{words}. Free some: without room nothing a customer sends can be stored.", ok=False)
    return Finding("disk", words)


def _keys(settings: HubSettings) -> Finding:
    configured = settings.secret_keys.get_secret_value()
    if not configured.strip() and not settings.key_file.exists():
        return Finding("keys", f"none yet; the first `hub serve` makes {settings.key_file}")
    try:
        keys = load_keys(configured, settings.key_file)
    except HubError as error:
        return Finding("keys", str(error), ok=False)
    place = "HUB_SECRET_KEYS" if configured.strip() else str(settings.key_file)
    return Finding("keys", f"{len(keys)} in {place}; the current one is {next(iter(keys))}")


async def _blobs(settings: HubSettings) -> str:
    blobs, key = open_blobs(settings.blobs), f"check/{new_id()}"
    await blobs.put(key, b"a look by hub check")
    await blobs.size(key)
    await blobs.delete(key)
    return f"the store at {settings.blobs.partition('?')[0]} takes and gives them"


async def _port(settings: HubSettings) -> str:
    timeout = aiohttp.ClientTimeout(total=5)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"http://{settings.host}:{settings.port}/healthz") as answer,
        ):
            if answer.status == 200:
                return f"a hub answers at http://{settings.host}:{settings.port}"
        raise HubError(_taken(settings))
    except (aiohttp.ClientError, TimeoutError):
        return await asyncio.to_thread(_free, settings)


def _free(settings: HubSettings) -> str:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except PermissionError as error:
            raise HubError(
                f"port {settings.port} needs rights this user does not have. Use one above 1023 behind a proxy."
            ) from error
        except OSError as error:
            raise HubError(_taken(settings)) from error
    return f"port {settings.port} on {settings.host} is free; no hub serves there now"


def _taken(settings: HubSettings) -> str:
    return (
        f"port {settings.port} on {settings.host} is taken by another program, or the address is not this machine's."
        " Stop the other, or choose another with HUB_PORT and HUB_HOST."
    )


async def _database(hub: Hub, words: str) -> str:
    await hub.storage.ready()
    return f"{'PostgreSQL' if hub.settings.database.startswith('postgresql') else 'SQLite'}; {words}"


async def _channels(hub: Hub) -> list[Finding]:
    async with hub.storage.read() as uow:
        channels = await uow.channels.all()
    if not channels:
        return [Finding("channels", "none yet; make one in the settings screen or by `hub channel add`")]
    return await asyncio.gather(*(_channel(hub, channel) for channel in channels))


async def _channel(hub: Hub, channel: Channel) -> Finding:
    subject = f"channel “{channel.name}”"
    if not channel.enabled:
        return Finding(subject, "it is switched off")

    async def look() -> str:
        address = await hub.desk.check(channel.connector, {}, channel.id)
        return f"the provider accepts us as {address}"

    return await _tried(subject, look)
