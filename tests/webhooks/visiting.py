"""A small hub with two web chats behind a real visitors' door, and a browser that visits it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.webchat import MANIFEST
from connectors.webchat.connector import WebchatConnector
from hub.contract import HostsVisitors, RawEvent, Tools
from hub.domain.channel import Channel, ChannelKind, Connection, ConnectionState
from hub.domain.ids import AttachmentId, ChannelId, ConversationId, ExternalId, InteractionId, JournalSeq
from hub.domain.interaction import Attachment, AttachmentState
from hub.domain.views import ConversationFilter, InteractionView
from hub.ports import BlobStore, Journal, Queries, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.attachments_worker import AttachmentsWorker, Limits
from hub.runtime.clock import SystemClock
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.outbox_worker import OutboxWorker
from hub.runtime.registry import AnyManifest, Registry
from hub.runtime.secrets_box import SecretBox
from hub.services import reply
from hub.services.attachments import store_content
from hub.services.deliver import Means
from hub.services.ids import new_id
from storage import open_blobs, open_storage
from tests.webhooks.browser import SOON, Browser, message
from webhooks.visitors import DemoChat, Hosted, VisitorsDoor, visitor_sign

IDENTITY_SECRET = "identity-secret-of-tests-0123456789abc"
SHOP = "https://shop.example.com"
FILE_LIMIT = 1_000_000


class ShiftedClock(SystemClock):
    """The machine's clock, moved by a test."""

    shift = timedelta(0)
    stopped: float | None = None
    """Where durations stand still; None lets them pass."""

    def now(self) -> datetime:
        return super().now() + self.shift

    def monotonic(self) -> float:
        return super().monotonic() if self.stopped is None else self.stopped


class GuardedJournal:
    """The real journal behind a gate that a test may shut, and a fault that a test may cause."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.gate = asyncio.Event()
        self.gate.set()
        self.faults: list[Exception] = []
        self.knocked = asyncio.Event()

    async def append(
        self,
        channel_id: ChannelId,
        events: Sequence[RawEvent],
        *,
        cursor: str | None = None,
        within: float | None = None,
    ) -> Sequence[JournalSeq]:
        self.knocked.set()
        await self.gate.wait()
        if self.faults:
            raise self.faults.pop()
        return await self._journal.append(channel_id, events, cursor=cursor, within=within)

    async def cursor(self, channel_id: ChannelId) -> str | None:
        return await self._journal.cursor(channel_id)

    async def wait_for_new(self, at_most: float) -> None:
        await self._journal.wait_for_new(at_most)


class GuardedQueries:
    """The real queries, and a fault that a test may cause for as long as it likes."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self.fault: Exception | None = None

    def __getattr__(self, name: str) -> object:
        if self.fault:
            raise self.fault
        return getattr(self._queries, name)


@dataclass
class Visiting:
    """The hub and its door."""

    storage: Storage
    blobs: BlobStore
    journal: GuardedJournal
    queries: GuardedQueries
    metrics: Metrics
    notices: Notices
    clock: ShiftedClock
    accounts: Accounts
    channels: Sequence[Channel]
    static: Path
    server: TestServer = field(init=False)
    agents: list[str] = field(default_factory=lambda: ["ann"])

    def find(self, key: str) -> Hosted | None:
        account = self.accounts.by_webhook_key(key)
        connector: object = account.connector if account else None
        return (
            Hosted(channel_id=account.channel.id, connector=connector, key=account.channel.connector)
            if account and isinstance(connector, HostsVisitors)
            else None
        )

    async def find_attachment(self, attachment_id: AttachmentId) -> Attachment | None:
        async with self.storage.begin() as uow:
            return await uow.timeline.attachment(attachment_id)

    def connector(self, channel: Channel) -> WebchatConnector:
        account = self.accounts.get(channel.id)
        assert account is not None
        return cast("WebchatConnector", account.connector)

    @asynccontextmanager
    async def browser(self, channel: Channel | None = None, **headers: str) -> AsyncIterator[Browser]:
        """Open a browser on the shop's page."""
        key = (channel or self.channels[0]).webhook_key
        async with aiohttp.ClientSession(
            self.server.make_url(f"/webchat/{key}/"), headers={"Origin": SHOP, **headers}
        ) as http:
            yield Browser(http)

    async def said_before(self, visitor: Browser, *texts: str) -> None:
        """Let a visitor have written these, a second apart, ending now; return when all are on the timeline."""
        began = self.clock.now() - timedelta(seconds=len(texts))
        await self.storage.journal.append(
            self.channels[0].id,
            [
                RawEvent(
                    kind="visitor",
                    body=json.dumps(message(text, f"{number:08}")).encode(),
                    headers={"thread": visitor.thread},
                    received_at=began + timedelta(seconds=number),
                )
                for number, text in enumerate(texts)
            ],
        )
        async with visitor.socket() as line:
            await line.until_texts(*texts)

    async def conversation(self) -> ConversationId:
        """Return the only conversation, as soon as there is one."""
        f = ConversationFilter(sort="newest", states=())
        async with asyncio.timeout(SOON):
            while True:
                rings = self.notices.rings
                page = await self.storage.queries.conversations(f, viewer=None, cursor=None, limit=10)
                if page.items:
                    (row,) = page.items
                    return row.id
                await self.notices.wait(rings, SOON)

    async def thread(self) -> ExternalId:
        """Return the thread of the only conversation."""
        conversation_id = await self.conversation()
        return (await self.storage.queries.visitor_threads([conversation_id]))[conversation_id][1]

    async def entries(self, at_least: int = 1) -> Sequence[InteractionView]:
        """Return the entries of the only conversation as agents see them, once there are so many."""
        conversation_id = await self.conversation()
        async with asyncio.timeout(SOON):
            while True:
                rings = self.notices.rings
                page = await self.storage.queries.thread(conversation_id, before=None, limit=200)
                if len(page.items) >= at_least:
                    return page.items
                await self.notices.wait(rings, SOON)

    async def answer(self, text: str, *attachments: AttachmentId) -> InteractionId:
        """Write to the visitor as an agent."""
        made = InteractionId(new_id())
        conversation_id = await self.conversation()
        async with self.storage.begin() as uow:
            await reply.reply(
                uow,
                id=made,
                conversation_id=conversation_id,
                written=reply.Written(text=text, attachment_ids=attachments),
                capabilities=MANIFEST.capabilities,
                new_message_id=lambda _delivery: None,
                by=None,
                now=self.clock.now(),
            )
        return made

    async def keeps(self, content: bytes, name: str, media_type: str) -> AttachmentId:
        """Store a file that an agent is about to send."""
        key = f"test/{new_id().hex}"
        await self.blobs.put(key, content)
        attachment = Attachment(
            id=AttachmentId(new_id()),
            interaction_id=None,
            name=name,
            media_type=media_type,
            size=len(content),
            state=AttachmentState.ready,
            blob=key,
            created_at=self.clock.now(),
        )
        async with self.storage.begin() as uow:
            await uow.timeline.add_attachment(attachment)
        return attachment.id


async def _never_refused(_channel_id: ChannelId, reason: str) -> None:
    raise AssertionError(f"a web chat has no credentials that could be refused: {reason}")


def _channel(name: str, now: datetime) -> Channel:
    return Channel(
        id=ChannelId(new_id()),
        connector="webchat",
        kind=ChannelKind("webchat"),
        name=name,
        address=SHOP,
        webhook_key=new_id().hex,
        connection=Connection(state=ConnectionState.connected, since=now),
        created_at=now,
    )


@asynccontextmanager
async def visiting(url: str, folder: Path, *, static: Path | None = None) -> AsyncIterator[Visiting]:
    """Open the hub on a migrated database: the loops run, the door is served on loopback.

    `static` is the folder of the built widget; without it an empty one that a test may fill.
    """
    clock, notices = ShiftedClock(), Notices()
    storage = await open_storage(url, secrets=SecretBox({"test": b"k" * 32}), doorbell=notices, clock=clock)
    blobs = open_blobs((folder / "blobs").as_uri())
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    channels = [_channel(name, now) for name in ("shop", "docs")]
    settings = {"allowed_origins": [SHOP], "identity_secret": IDENTITY_SECRET, "presence": "agents"}
    stored = json.loads(MANIFEST.settings.model_validate(settings).model_dump_json())
    secrets = {"token_secret": "token-secret-of-tests-0123456789abcdef", "identity_secret": IDENTITY_SECRET}
    async with storage.begin() as uow:
        for one in channels:
            await uow.channels.add(one, {**stored, **secrets}, tuple(secrets))

    def tools(channel_id: ChannelId, key: str) -> Tools:
        return Tools(
            http=cast("aiohttp.ClientSession", None),
            fetch=cast("Any", None),
            now=clock.now,
            channel_id=channel_id,
            webhook_url=f"https://hub.example.com/webhooks/{key}",
            data_dir=folder,
            read_upload=blobs.read,
            tell_visitor=lambda thread, sign: notices.sign(visitor_sign(channel_id, ExternalId(thread), sign)),
        )

    metrics = Metrics()
    registry = Registry({"webchat": cast("AnyManifest", MANIFEST)})
    accounts = Accounts(storage, registry, tools)
    await accounts.refresh()
    worker = JournalWorker(
        storage=storage,
        accounts=accounts,
        tools=IngestTools(keep=partial(store_content, blobs), read_token=lambda _token: None),
        clock=clock,
        metrics=metrics,
    )
    outbox = OutboxWorker(
        means=Means(storage=storage, blobs=blobs, clock=clock, token_key=b"t" * 32, chance=lambda: 0.5),
        accounts=accounts,
        capabilities=accounts.capabilities,
        notices=notices,
        refused=_never_refused,
        metrics=metrics,
    )
    files = AttachmentsWorker(
        storage=storage,
        blobs=blobs,
        accounts=accounts,
        clock=clock,
        notices=notices,
        refused=_never_refused,
        chance=lambda: 0.5,
        limits=Limits(max_bytes=FILE_LIMIT),
    )
    static = static or folder / "static"
    hub = Visiting(
        storage=storage,
        blobs=blobs,
        journal=GuardedJournal(storage.journal),
        queries=GuardedQueries(storage.queries),
        metrics=metrics,
        notices=notices,
        clock=clock,
        accounts=accounts,
        channels=channels,
        static=static,
    )
    door = VisitorsDoor(
        find=hub.find,
        demo_chats=lambda: [DemoChat(key=one.webhook_key, name=one.name) for one in channels],
        journal=hub.journal,
        queries=cast("Queries", hub.queries),
        find_attachment=hub.find_attachment,
        blobs=blobs,
        notices=notices,
        clock=clock,
        file_key=b"f" * 32,
        static=static,
        agents_online=lambda: bool(hub.agents),
        metrics=metrics,
        max_file_bytes=FILE_LIMIT,
    )
    app = web.Application()
    door.add_to(app)
    hub.server = TestServer(app)
    await hub.server.start_server()
    loops = [asyncio.create_task(loop.run()) for loop in (worker, outbox, files)]
    try:
        yield hub
    finally:
        await hub.server.close()
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        await accounts.close()
        await storage.close()
