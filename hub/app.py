"""Puts the rooms together: the only module that sees every one of them."""

import os
import random
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import aiohttp
import structlog
from aiohttp import web

import connectors
from hub import __version__
from hub.api import ApiDeps, add_api
from hub.contract.connector import Connector, HostsVisitors, Tools
from hub.domain.errors import HubError
from hub.domain.ids import AttachmentId, ChannelId
from hub.domain.interaction import Attachment
from hub.ports import BlobStore, Storage
from hub.runtime import logs
from hub.runtime.accounts import Accounts
from hub.runtime.attachments_worker import AttachmentsWorker, Limits
from hub.runtime.bus import NatsBus
from hub.runtime.calling import Calling
from hub.runtime.clock import SystemClock
from hub.runtime.desk import Desk
from hub.runtime.fetch import GuardedHttp
from hub.runtime.figures import Figures
from hub.runtime.forgetting import forgetting_jobs
from hub.runtime.hooks_worker import HooksWorker
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.loops import Loops
from hub.runtime.media import MediaWork
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.outbox_worker import OutboxWorker
from hub.runtime.outside_bots_loop import run_outside_bots
from hub.runtime.recordings import start_recordings
from hub.runtime.registry import Registry, discover
from hub.runtime.reports_jobs import report_jobs
from hub.runtime.scheduler import Job, Scheduler, standard_jobs
from hub.runtime.secrets_box import SecretBox, load_keys
from hub.runtime.supervisor import Supervisor
from hub.services.attachments import store_content
from hub.services.channels import ToolsFor
from hub.services.deliver import Means
from hub.services.file_links import FileLinks, is_public
from hub.services.hooks import Teller
from hub.services.reply_token import verify as verify_reply_token
from hub.settings import HubSettings, Part
from storage import open_blobs, open_storage
from webhooks.calls import CallDoor
from webhooks.ingress import Door, Ingress
from webhooks.public_files import PublicFiles
from webhooks.visitors.audience import visitor_sign
from webhooks.visitors.door import VisitorsDoor
from webhooks.visitors.files import forget_uploads
from webhooks.visitors.intake import Hosted

log = structlog.get_logger(__name__)

VISITORS_UPLOADS_KEPT = timedelta(days=7)
"""A file a visitor uploaded and never sent goes after this long."""
STOP_WITHIN = 10.0
"""Seconds for requests under way when the hub stops."""
PROVIDER_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """The parts of one process, open and ready to be started."""

    settings: HubSettings
    clock: SystemClock
    storage: Storage
    blobs: BlobStore
    registry: Registry
    accounts: Accounts
    calling: Calling
    notices: Notices
    metrics: Metrics
    desk: Desk
    media: MediaWork
    tools: ToolsFor
    http: aiohttp.ClientSession
    guarded: GuardedHttp
    node: str
    keys: tuple[bytes, ...]
    """Derived from the hub's secret keys, newest first: sign reply tokens and file tickets."""
    started_at: datetime


@asynccontextmanager
async def open_hub(settings: HubSettings) -> AsyncIterator[Hub]:
    """Open everything a process needs, and close it in the opposite order. The database must be migrated."""
    async with AsyncExitStack() as stack:
        clock, metrics, node = SystemClock(), Metrics(), f"{socket.gethostname()}:{os.getpid()}"
        sealed = load_keys(settings.secret_keys.get_secret_value(), settings.key_file)
        notices = Notices(NatsBus(settings.bus_url) if settings.bus_url else None)
        storage = await open_storage(
            settings.database,
            secrets=SecretBox(sealed),
            doorbell=notices,
            clock=clock,
            owner=_owner(settings, node),
            apart=True,
        )
        stack.push_async_callback(storage.close)
        http = await stack.enter_async_context(
            aiohttp.ClientSession(
                timeout=PROVIDER_TIMEOUT,
                cookie_jar=aiohttp.DummyCookieJar(),
                # Named, since aiohttp takes another resolver as soon as some package brings aiodns: one with a thread
                # of its own that does not read the system's name service configuration.
                connector=aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver()),
            )
        )
        guarded = GuardedHttp(allowed=settings.allow_private_fetch)
        stack.push_async_callback(guarded.close)
        blobs = open_blobs(settings.blobs)
        registry = discover(connectors)
        keys = tuple(sha256(b"hub signing key\0" + key).digest() for key in sealed.values())
        links = FileLinks(public_url=settings.base_url, key=keys[0])
        calling = Calling(storage=storage, clock=clock, links=links)
        tools = partial(
            _tools,
            settings=settings,
            clock=clock,
            http=http,
            guarded=guarded,
            blobs=blobs,
            notices=notices,
            storage=storage,
            calling=calling,
        )
        accounts = Accounts(storage, registry, tools)
        calling.serve(accounts)
        stack.push_async_callback(accounts.close)
        yield Hub(
            settings=settings,
            clock=clock,
            storage=storage,
            blobs=blobs,
            registry=registry,
            accounts=accounts,
            calling=calling,
            notices=notices,
            metrics=metrics,
            media=MediaWork(blobs),
            desk=Desk(storage=storage, registry=registry, accounts=accounts, tools=tools),
            tools=tools,
            http=http,
            guarded=guarded,
            node=node,
            keys=keys,
            started_at=clock.now(),
        )


async def make_demo(hub: Hub, say: Callable[[str], None]) -> None:
    """Make the demo workspace unless it is there; `say` shows how far it is."""
    from hub.runtime.demo import DemoMaker, StoryClock  # not at the top: a hub without a demo needs none of it

    settings, clock = hub.settings, StoryClock(hub.clock.now())
    secrets = SecretBox(load_keys(settings.secret_keys.get_secret_value(), settings.key_file))
    storage = await open_storage(settings.database, secrets=secrets, doorbell=None, clock=clock)
    try:
        maker = DemoMaker(
            storage=storage,
            blobs=hub.blobs,
            registry=hub.registry,
            accounts=hub.accounts,
            tools=_ingest_tools(hub),
            clock=clock,
            say=say,
        )
        await maker.ensure()
    finally:
        await storage.close()


def start_loops(hub: Hub, loops: Loops) -> None:
    """Start what this process does besides answering requests, by HUB_ONLY."""
    settings = hub.settings
    leases = LeaseKeeper(hub.storage, hub.clock, hub.node, shared=settings.database.startswith("postgresql"))
    loops.start("notices", hub.notices.run)
    loops.start("leases", leases.run)
    supervisor = Supervisor(
        storage=hub.storage, accounts=hub.accounts, leases=leases, clock=hub.clock, metrics=hub.metrics
    )
    if settings.does(Part.connectors):
        loops.start("supervisor", supervisor.run)
    else:
        loops.start("accounts", hub.accounts.follow)
    figures = Figures(storage=hub.storage, accounts=hub.accounts, metrics=hub.metrics, clock=hub.clock)
    loops.start("figures", figures.run)
    if settings.does(Part.workers):
        _start_workers(hub, loops, supervisor, leases)
    if settings.demo and settings.only is Part.all:
        _start_simulator(hub, loops)


def _start_simulator(hub: Hub, loops: Loops) -> None:
    from hub.runtime.simulator import Simulator  # not at the top: a hub without a demo needs none of it

    simulator = Simulator(
        storage=hub.storage,
        accounts=hub.accounts,
        registry=hub.registry,
        notices=hub.notices,
        clock=hub.clock,
        watched=lambda: _watched(hub),
        chance=random.Random(),  # noqa: S311 - it plays
        every=hub.settings.demo_every,
        call=Ingress(_door(hub)).tell,
        public_url=hub.settings.base_url,
    )
    loops.start("simulator", simulator.run)


def _watched(hub: Hub) -> bool:
    """Tell whether anybody has a screen open."""
    return bool(hub.metrics.registry.get_sample_value("hub_websocket_clients"))


def _start_workers(hub: Hub, loops: Loops, supervisor: Supervisor, leases: LeaseKeeper) -> None:
    settings, chance = hub.settings, random.SystemRandom().random
    tools = _ingest_tools(hub)
    means = Means(
        storage=hub.storage,
        blobs=hub.blobs,
        clock=hub.clock,
        token_key=hub.keys[0],
        media=hub.media,
        links=FileLinks(public_url=settings.base_url, key=hub.keys[0]) if is_public(settings.public_url) else None,
        chance=chance,
    )
    journal = JournalWorker(
        storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
    )
    outbox = OutboxWorker(
        means=means,
        accounts=hub.accounts,
        capabilities=hub.accounts.capabilities,
        notices=hub.notices,
        refused=supervisor.refused,
        metrics=hub.metrics,
    )
    files = AttachmentsWorker(
        storage=hub.storage,
        blobs=hub.blobs,
        accounts=hub.accounts,
        clock=hub.clock,
        notices=hub.notices,
        refused=supervisor.refused,
        chance=chance,
        limits=Limits(max_bytes=settings.attachment_max_bytes),
        media=hub.media,
    )
    teller = Teller(storage=hub.storage, post=hub.guarded.post, now=hub.clock.now, chance=chance)
    kept = timedelta(days=settings.journal_retention_days)
    scheduler = Scheduler(
        [
            *standard_jobs(hub.storage, hub.blobs, journal_kept=kept),
            _visitors_uploads(hub),
            *forgetting_jobs(hub.storage),
            *report_jobs(
                hub.storage,
                hub.blobs,
                clock=hub.clock,
                chance=chance,
                registry=hub.metrics.registry,
                public_url=settings.base_url,
                connector_of=partial(_sending, hub),
            ),
            hub.calling.sweep(),
            *start_recordings(hub, loops, refused=supervisor.refused),
        ],
        clock=hub.clock,
        leases=leases,
        chance=chance,
        registry=hub.metrics.registry,
    )
    loops.start("journal", journal.run)
    loops.start("outbox", outbox.run)
    loops.start("attachments", files.run)
    loops.start("hooks", HooksWorker(teller=teller, notices=hub.notices).run)
    loops.start("scheduler", scheduler.run)
    loops.start("bots outside", partial(_outside_bots, hub, chance))
    loops.start("bots", partial(_run_bots, hub, leases))
    loops.start("bots watch", partial(_watch_bots, hub, leases))
    loops.start("calls", hub.calling.worker(hub.notices, leases).run)


async def _run_bots(hub: Hub, leases: LeaseKeeper) -> None:
    from hub.runtime.bots import means_of, serve  # not at the top: the start of a hub need not wait for it

    means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask)
    await serve(means, hub.notices, leases)


async def _watch_bots(hub: Hub, leases: LeaseKeeper) -> None:
    from hub.runtime.bots import means_of, watch  # as above

    means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask)
    await watch(means, leases)


async def _outside_bots(hub: Hub, chance: Callable[[], float]) -> None:
    await run_outside_bots(
        storage=hub.storage,
        clock=hub.clock,
        accounts=hub.accounts,
        ask=hub.guarded.ask,
        notices=hub.notices,
        chance=chance,
    )


def _sending(hub: Hub, channel_id: ChannelId) -> Connector | None:
    account = hub.accounts.get(channel_id)
    return account.connector if account is not None and account.may_send else None


def _visitors_uploads(hub: Hub) -> Job:
    async def forget(now: datetime) -> int:
        return await forget_uploads(hub.blobs, now - VISITORS_UPLOADS_KEPT)

    return Job("forget visitors' uploads", timedelta(days=1), forget)


def _ingest_tools(hub: Hub) -> IngestTools:
    return IngestTools(
        keep=partial(store_content, hub.blobs), read_token=lambda token: verify_reply_token(token, *hub.keys)
    )


def web_application(hub: Hub, ingress: Ingress) -> web.Application:
    """Return everything this process serves over HTTP."""
    settings = hub.settings
    app = web.Application(client_max_size=settings.webhook_max_bytes)
    app.add_routes(ingress.routes())
    files = PublicFiles(find=partial(_attachment, hub), blobs=hub.blobs, clock=hub.clock, keys=hub.keys)
    app.add_routes(files.routes())
    _visitors(hub).add_to(app)
    add_api(app, _api_deps(hub))
    return app


def _door(hub: Hub) -> Door:
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


def _api_deps(hub: Hub) -> ApiDeps:
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

    def demo_key() -> str | None:
        hosting = (a.channel for a in hub.accounts if a.channel.enabled and find(a.channel.webhook_key))
        first = min(hosting, key=lambda channel: channel.created_at, default=None)
        return first.webhook_key if first is not None else None

    return VisitorsDoor(
        find=find,
        demo_key=demo_key,
        journal=hub.storage.journal,
        queries=hub.storage.queries,
        find_attachment=partial(_attachment, hub),
        blobs=hub.blobs,
        notices=hub.notices,
        clock=hub.clock,
        file_key=hub.keys[0],
        static=Path(__file__).parent / "static" / "widget",
        agents_online=lambda: _watched(hub),
        metrics=hub.metrics,
        max_file_bytes=hub.settings.attachment_max_bytes,
        trusted_proxies=hub.settings.trusted_proxies,
    )


async def _attachment(hub: Hub, attachment_id: AttachmentId) -> Attachment | None:
    async with hub.storage.read() as uow:
        return await uow.timeline.attachment(attachment_id)


def _owner(settings: HubSettings, node: str) -> str:
    """Name this process in what it claims: one SQLite process is always the same one, nodes of a cluster are many."""
    return node if settings.database.startswith("postgresql") else "single"


def _tools(
    channel_id: ChannelId,
    webhook_key: str,
    *,
    settings: HubSettings,
    clock: SystemClock,
    http: aiohttp.ClientSession,
    guarded: GuardedHttp,
    blobs: BlobStore,
    notices: Notices,
    storage: Storage,
    calling: Calling,
) -> Tools:
    async def keep_secret(field: str, value: str) -> None:
        logs.redact(value)
        async with storage.begin() as uow:
            await uow.channels.keep_secret(channel_id, field, value)

    cache = settings.data_dir / "cache" / str(channel_id)
    return Tools(
        http=http,
        fetch=guarded.fetch,
        ask=guarded.ask,
        now=clock.now,
        channel_id=channel_id,
        webhook_url=f"{settings.base_url}/webhooks/{webhook_key}",
        data_dir=cache,
        keep_secret=keep_secret,
        read_upload=blobs.read,
        director=calling.director(channel_id),
        tell_visitor=lambda thread, sign: notices.sign(visitor_sign(channel_id, thread, sign)),
    )


@asynccontextmanager
async def listening(hub: Hub) -> AsyncIterator[str]:
    """Answer requests while the block runs; yields the address. Raises HubError if the port is taken."""
    settings = hub.settings
    ingress = Ingress(_door(hub))
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
