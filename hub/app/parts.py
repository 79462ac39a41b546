"""The parts of one process: opened together, closed in the opposite order."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

import aiohttp

import connectors
from hub.contract.connector import Tools
from hub.domain.ids import AttachmentId, ChannelId
from hub.domain.interaction import Attachment
from hub.ports import BlobStore, Storage
from hub.runtime import logs
from hub.runtime.accounts import Accounts
from hub.runtime.bus import NatsBus
from hub.runtime.calling import Calling
from hub.runtime.clock import SystemClock
from hub.runtime.desk import Desk
from hub.runtime.fetch import GuardedHttp
from hub.runtime.journal_worker import IngestTools
from hub.runtime.media import MediaWork
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.registry import Registry, discover
from hub.runtime.secrets_box import SecretBox, load_keys
from hub.services.attachments import store_content
from hub.services.channels import ToolsFor
from hub.services.file_links import FileLinks
from hub.services.reply_token import verify as verify_reply_token
from hub.settings import HubSettings
from storage import open_blobs, open_storage
from webhooks.visitors.audience import visitor_sign

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
    links: FileLinks
    """Makes public links of files."""
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
        calling = Calling(storage=storage, clock=clock, links=links, shared=settings.database.startswith("postgresql"))
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
            links=links,
            started_at=clock.now(),
        )


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


def ingest_tools(hub: Hub) -> IngestTools:
    """Return what reading the journal needs besides storage."""
    return IngestTools(
        keep=partial(store_content, hub.blobs), read_token=lambda token: verify_reply_token(token, *hub.keys)
    )


async def find_attachment(hub: Hub, attachment_id: AttachmentId) -> Attachment | None:
    """Return a file's record; None if there is none."""
    async with hub.storage.read() as uow:
        return await uow.timeline.attachment(attachment_id)


def watched(hub: Hub) -> bool:
    """Tell whether anybody has a screen open."""
    return bool(hub.metrics.registry.get_sample_value("hub_websocket_clients"))
