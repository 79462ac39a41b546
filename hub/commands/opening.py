"""Runs one command: settings, quiet logs, the hub's parts open without their loops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from hub.app import Hub, open_hub
from hub.domain.errors import HubError
from hub.runtime import logs
from hub.serving import AlreadyRunning, alone, prepare_database
from hub.settings import HubSettings
from storage import SchemaState, schema_state

Work = Callable[[HubSettings], Awaitable[None]]


def run(work: Work, *, data_dir: Path | None = None) -> None:
    """Run a command with the settings of the environment; the log shows only what is wrong."""
    settings = HubSettings.load(data_dir=data_dir)
    logs.configure("warning", settings.log_format)
    logs.redact(*(url for url in (settings.database_url, settings.bus_url) if "@" in url))
    asyncio.run(_awaited(work, settings))


async def _awaited(work: Work, settings: HubSettings) -> None:
    await work(settings)


@asynccontextmanager
async def opened(settings: HubSettings) -> AsyncIterator[Hub]:
    """Open the hub's parts, beside a hub that serves if there is one. A new database is made first.

    Raises HubError if the database is of another version.
    """
    await asyncio.to_thread(settings.data_dir.mkdir, mode=0o700, parents=True, exist_ok=True)
    if await schema_state(settings.database) is SchemaState.behind:
        raise HubError(
            "The database is of an older version of the hub. Start the hub, or run `hub migrate`: the database is"
            " backed up and then upgraded."
        )
    await prepare_database(settings)
    async with open_hub(settings) as hub:
        yield hub


@contextmanager
def alone_if_free(settings: HubSettings) -> Iterator[bool]:
    """Hold the data folder's lock if no hub serves it; yields whether it is held. PostgreSQL has no such lock."""
    with ExitStack() as stack:
        try:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            stack.enter_context(alone(settings))
        except AlreadyRunning:
            yield False
            return
        yield True
