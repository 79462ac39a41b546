"""One run of the hub: prepare the database, open the parts, answer until told to stop, close."""

import asyncio
import fcntl
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import structlog

from hub import __version__
from hub.app import Hub, listening, make_demo, open_hub, start_loops
from hub.domain.errors import HubError
from hub.environment import described, first_channel
from hub.runtime import logs, memory
from hub.runtime.clock import SystemClock
from hub.runtime.loops import Loops
from hub.services import channels, users
from hub.settings import HubSettings, Part, unknown_variables
from storage import SchemaState, migrate, schema_state
from storage.schema import VERSIONS, upgrade_turn

log = structlog.get_logger(__name__)


class AlreadyRunning(HubError):
    """Another process serves this data folder."""


class SchemaMismatch(HubError):
    """The database was written by a newer hub."""


async def serve(settings: HubSettings, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT. `ready` is called with the address once requests are answered.

    Raises HubError, in words, if the hub cannot start.
    """
    logs.configure(settings.log_level, settings.log_format)
    logs.redact(*(url for url in (settings.database_url, settings.bus_url) if "@" in url))
    for words in unknown_variables():
        log.warning(words)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(settings):
        await prepare_database(settings)
        async with open_hub(settings) as hub:
            await _first_start(hub)
            await hub.accounts.refresh()
            await _run(hub, ready or _say_where)


async def prepare_database(settings: HubSettings, *, versions: Sequence[Path] = VERSIONS) -> None:
    """Bring the database to this version's schema, with a backup first. Raises SchemaMismatch if it is newer.

    Of several nodes that start on one PostgreSQL, one upgrades and the others wait for it.
    """
    if await _state(settings, versions) is SchemaState.current:
        return
    async with upgrade_turn(settings.database):
        if await _state(settings, versions) is SchemaState.behind:
            log.warning("the database is of an older version; it is backed up and upgraded before the hub serves")
            from storage.upgrade_copy import copy_before_upgrade  # not at the top: a start rarely needs it

            kept = await copy_before_upgrade(
                settings.database,
                settings.data_dir / "backups",
                version=__version__,
                now=SystemClock().now(),
                versions=versions,
            )
            log.info("the database was backed up", file=str(kept))
        await migrate(settings.database, versions=versions)
        log.info("the database has this version's schema")


async def _state(settings: HubSettings, versions: Sequence[Path]) -> SchemaState:
    state = await schema_state(settings.database, versions=versions)
    if state is SchemaState.ahead:
        raise SchemaMismatch(
            "The database was written by a newer version of the hub. Install that version again, or restore the"
            " backup that was made before the upgrade (hub restore)."
        )
    return state


async def _first_start(hub: Hub) -> None:
    async with hub.storage.begin() as uow:
        admin = await users.ensure_first_admin(uow, now=hub.clock.now())
    if admin is not None and admin.password is not None:
        _say(f"\n  First admin: {admin.user.email}\n  Password:    {admin.password}\n")
        _say("  It must be changed at the first login.\n\n")
    manifests = [hub.registry.manifests[key] for key in described(hub.registry.manifests)]
    made = await channels.bootstrap(hub.storage, manifests, first_channel, now=hub.clock.now())
    for channel in made:
        log.info("channel made from the environment", channel=channel.name)
    if hub.settings.demo:
        await make_demo(hub, _say)


async def _run(hub: Hub, ready: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loops = Loops()
    async with AsyncExitStack() as stack:
        # Entered first, left last: what answers requests ends before the loops do.
        stack.push_async_callback(loops.stop)
        start_loops(hub, loops)
        address = await stack.enter_async_context(listening(hub)) if hub.settings.does(Part.api) else ""
        memory.settle()
        ready(address)
        await stop.wait()
        log.info("stopping")


@contextmanager
def alone(settings: HubSettings) -> Iterator[None]:
    """Hold the data folder's lock: SQLite is served by one process. Raises AlreadyRunning."""
    if settings.database.startswith("postgresql"):
        yield
        return
    with (settings.data_dir / "hub.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning(
                f"Another hub serves {settings.data_dir} already. Stop it, or give this one a folder of its own"
                " (HUB_DATA_DIR)."
            ) from error
        yield


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


def _say_where(address: str) -> None:
    _say(f"The hub is ready{f' at {address}' if address else ''}. Stop it with Ctrl+C.\n")
