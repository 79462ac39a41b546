"""/overview: how this installation is, for the person who keeps it running."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.domain.channel import Connection
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId
from hub.domain.user import Action
from hub.services.reports import checking

routes = Routes("system")


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHealth:
    """Whether raw events are read as fast as they come."""

    oldest_unread: datetime | None
    lag: timedelta
    """Age of the oldest raw event not read yet; 0 when all are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """One channel's connection."""

    id: ChannelId
    name: str
    connector: str
    enabled: bool
    connection: Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskHealth:
    """Room where the hub keeps its data, in bytes."""

    total: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How this installation is."""

    version: str
    node: str
    uptime: timedelta
    started_at: datetime
    journal: JournalHealth
    outbox: Mapping[str, int]
    """Open deliveries by state."""
    channels: tuple[ChannelHealth, ...]
    disk: DiskHealth | None
    database: str
    """The engine, without address or password."""
    problems: tuple[str, ...]
    """What a person should look at, in words; empty if all is well."""


@routes.get("/overview", Action.system_read)
async def get_overview(deps: ApiDeps) -> Overview:
    """Check the installation."""
    now, queries = deps.now(), deps.storage.queries
    oldest = await queries.oldest_unread_event()
    outbox = await queries.outbox_depth()
    async with deps.storage.read() as uow:
        channels = await uow.channels.all()
        alarm = await checking.alarm(uow.facts)
    disk = deps.disk()
    return Overview(
        version=deps.version,
        node=deps.node,
        uptime=now - deps.started_at,
        started_at=deps.started_at,
        journal=JournalHealth(oldest_unread=oldest, lag=now - oldest if oldest else timedelta()),
        outbox=outbox,
        channels=tuple(
            ChannelHealth(id=c.id, name=c.name, connector=c.connector, enabled=c.enabled, connection=c.connection)
            for c in channels
        ),
        disk=DiskHealth(total=disk[0], free=disk[1]) if disk else None,
        database=deps.database,
        problems=(*await _problems(deps, oldest, outbox, disk), *([alarm] if alarm else [])),
    )


_LAG = timedelta(minutes=1)
_LOW = 500_000_000


async def _problems(
    deps: ApiDeps, oldest: datetime | None, outbox: Mapping[str, int], disk: tuple[int, int] | None
) -> list[str]:
    found = []
    try:
        await deps.storage.ready()
    except HubError as error:
        found.append(str(error))
    if oldest is not None and deps.now() - oldest > _LAG:
        found.append(
            "Messages have waited for more than a minute to be read. Is a process with workers running? See the log."
        )
    if outbox.get("unknown"):
        found.append(f"{outbox['unknown']} messages may or may not have gone out. Open them and confirm or retry.")
    if disk is not None and disk[1] < _LOW:
        found.append(f"Only {disk[1] // 1_000_000} MB of disk space are left. Free some before the hub stops.")
    return found
