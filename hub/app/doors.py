"""What a process serves over HTTP: providers' door, visitors' door, the API, files that travel by a signed link."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from hub import __version__
from hub.app.parts import Hub, find_attachment, watched
from hub.contract.visitors import HostsVisitors
from hub.domain.errors import HubError
from webhooks.calls import CallDoor
from webhooks.ingress import Door, Ingress
from webhooks.public_files import PublicFiles
from webhooks.rating import RatingDoor
from webhooks.visitors.door import VisitorsDoor
from webhooks.visitors.intake import Hosted
from webhooks.visitors.pages import DemoChat

if TYPE_CHECKING:
    from hub.api import ApiDeps

STOP_WITHIN = 10.0
"""Seconds for requests under way when the hub stops."""


@asynccontextmanager
async def listening(hub: Hub) -> AsyncIterator[str]:
    """Answer requests while the block runs; yields the address. Raises HubError if the port is taken."""
    settings = hub.settings
    ingress = Ingress(open_door(hub))
    runner = web.AppRunner(web_application(hub, ingress), access_log=None, shutdown_timeout=STOP_WITHIN)
    await runner.setup()
    if runner.server is not None:
        ingress.stand_before(runner.server)
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port, backlog=1024).start()
        except OSError as error:
            raise HubError(
                f"Port {settings.port} on {settings.host} is taken ({error.strerror}). Stop the other program, or"
                " choose another port with --port or HUB_PORT."
            ) from error
        yield settings.public_url or f"http://{settings.host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await ingress.close()


def web_application(hub: Hub, ingress: Ingress) -> web.Application:
    """Return everything this process serves over HTTP."""
    from hub.api import add_api  # not at the top: commands open a hub, too, and answer nobody

    settings = hub.settings
    app = web.Application(client_max_size=settings.webhook_max_bytes)
    app.add_routes(ingress.routes())
    files = PublicFiles(find=partial(find_attachment, hub), blobs=hub.blobs, clock=hub.clock, keys=hub.keys)
    app.add_routes(files.routes())
    app.add_routes(RatingDoor(storage=hub.storage, clock=hub.clock, keys=hub.keys).routes())
    _visitors(hub).add_to(app)
    add_api(app, _api_deps(hub))
    return app


def open_door(hub: Hub) -> Door:
    """Return what providers' requests need: accounts, journal, limits."""
    settings = hub.settings
    return Door(
        accounts=hub.accounts,
        journal=hub.storage.journal,
        clock=hub.clock,
        metrics=hub.metrics,
        public_url=settings.base_url,
        max_body=settings.webhook_max_bytes,
        trusts=settings.trusts if settings.trusted_proxies else None,
        calls=CallDoor(hub.calling, hub.storage.journal),
    )


def _api_deps(hub: Hub) -> "ApiDeps":
    from hub.api import ApiDeps  # as above

    settings = hub.settings
    return ApiDeps(
        storage=hub.storage,
        blobs=hub.blobs,
        clock=hub.clock,
        registry=hub.registry,
        accounts=hub.accounts,
        notices=hub.notices,
        metrics=hub.metrics,
        desk=hub.desk,
        media=hub.media,
        tools=hub.tools,
        public_url=settings.base_url,
        version=__version__,
        node=hub.node,
        started_at=hub.started_at,
        database="PostgreSQL" if settings.database.startswith("postgresql") else "SQLite",
        disk=partial(_room, settings.data_dir),
        session_idle=timedelta(hours=settings.session_hours),
        attachment_max_bytes=settings.attachment_max_bytes,
        attachments_per_message=settings.attachments_per_message,
        trusts_proxy=settings.trusts,
        ask=hub.guarded.ask,
        links=hub.links,
        transcribes=settings.transcripts != "none",
    )


def _room(folder: Path) -> tuple[int, int] | None:
    """Return total and free bytes where the data is kept; None if nothing is kept here."""
    try:
        usage = shutil.disk_usage(folder)
    except FileNotFoundError:
        return None
    return usage.total, usage.free


def _visitors(hub: Hub) -> VisitorsDoor:
    def find(key: str) -> Hosted | None:
        account = hub.accounts.by_webhook_key(key)
        connector: object = account.connector if account is not None else None
        if account is None or not isinstance(connector, HostsVisitors):
            return None
        return Hosted(channel_id=account.channel.id, connector=connector, key=account.channel.connector)

    def demo_chats() -> list[DemoChat]:
        hosting = [a.channel for a in hub.accounts if a.channel.enabled and find(a.channel.webhook_key)]
        hosting.sort(key=lambda channel: (channel.created_at, channel.name))
        # Beside the first the page offers those of the demo: the names of others are nobody's business.
        shown = [channel for place, channel in enumerate(hosting) if place == 0 or channel.demo]
        return [DemoChat(key=channel.webhook_key, name=channel.name) for channel in shown]

    return VisitorsDoor(
        find=find,
        demo_chats=demo_chats,
        journal=hub.storage.journal,
        queries=hub.storage.queries,
        find_attachment=partial(find_attachment, hub),
        blobs=hub.blobs,
        notices=hub.notices,
        clock=hub.clock,
        file_key=hub.keys[0],
        static=Path(__file__).parents[1] / "static" / "widget",
        agents_online=lambda: watched(hub),
        metrics=hub.metrics,
        max_file_bytes=hub.settings.attachment_max_bytes,
        trusted_proxies=hub.settings.trusted_proxies,
    )
