"""A connector whose raw events say what a test wrote down, and a small hub around it: storage, accounts, ingest."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiohttp
from pydantic import BaseModel

from hub.contract import (
    Address,
    Connector,
    InboundEvent,
    InboundMessage,
    Manifest,
    OutboundMessage,
    RawEvent,
    SendReceipt,
    Tools,
    UnparseableEvent,
)
from hub.domain.channel import Capabilities, Channel, ChannelKind, Connection, ConnectionState
from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.domain.template import Template
from hub.domain.views import ConversationFilter, ConversationRow, InteractionView
from hub.ports import Storage
from hub.runtime.accounts import Accounts
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.metrics import Metrics
from hub.runtime.registry import Registry
from hub.runtime.secrets_box import SecretBox
from hub.services.attachments import store_content
from hub.services.channels import ToolsFor
from hub.services.ids import new_id
from storage import open_blobs, open_storage

T0 = datetime(2026, 3, 2, 10, tzinfo=UTC)


class ManualClock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = T0) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def forward(self, **span: float) -> None:
        self.time += timedelta(**span)


class NoSettings(BaseModel):
    """A scripted channel needs none."""


@dataclass
class Script:
    """What raw bodies mean, and what was sent."""

    meanings: dict[bytes, Sequence[InboundEvent]] = field(default_factory=dict)
    sent: list[OutboundMessage] = field(default_factory=list)
    templates: Sequence[Template] = ()
    answer: Callable[[OutboundMessage], SendReceipt] = lambda m: SendReceipt(
        external_id=ExternalId(f"out-{m.delivery_id}")
    )

    def body(self, *events: InboundEvent) -> bytes:
        """Write events down under a new raw body."""
        body = str(len(self.meanings)).encode()
        self.meanings[body] = events
        return body


class ScriptedConnector(Connector):
    """Reads raw events by the script."""

    def __init__(self, script: Script) -> None:
        self._script = script

    async def check(self) -> str:
        return "scripted"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        if raw.body not in self._script.meanings:
            raise UnparseableEvent("The script has no such line.")
        return self._script.meanings[raw.body]

    async def send(self, message: OutboundMessage) -> SendReceipt:
        self._script.sent.append(message)
        return self._script.answer(message)


def scripted(script: Script, capabilities: Capabilities | None = None) -> Manifest[BaseModel]:
    """Return the manifest of a scripted connector."""
    return Manifest(
        key="scripted",
        title="Scripted",
        kind=ChannelKind("scripted"),
        capabilities=capabilities or Capabilities(text_limit=4000),
        settings=cast("type[BaseModel]", NoSettings),
        create=lambda _settings, _tools: ScriptedConnector(script),
        icon="<svg/>",
    )


def channel(**changed: Any) -> Channel:
    """Build a scripted channel."""
    base = Channel(
        id=ChannelId(new_id()),
        connector="scripted",
        kind=ChannelKind("scripted"),
        name="Scripted",
        address="us",
        webhook_key=new_id().hex,
        connection=Connection(state=ConnectionState.connected, since=T0),
        created_at=T0,
    )
    return replace(base, **changed)


def says(text: str, *, by: str = "ann", at: datetime = T0, **changed: Any) -> InboundMessage:
    """Build a customer's message; its id is made of the sender and the text unless given."""
    base = InboundMessage(
        external_id=ExternalId(f"{by}:{text}"),
        thread=ExternalId(by),
        sender=Address(namespace="scripted", value=by, name=by.capitalize()),
        occurred_at=at,
        text=text,
    )
    return replace(base, **changed)


@dataclass
class SmallHub:
    """Storage, one scripted channel, and the journal worker."""

    storage: Storage
    clock: ManualClock
    script: Script
    channel: Channel
    accounts: Accounts
    worker: JournalWorker

    async def hears(self, *events: InboundEvent, body: bytes | None = None) -> None:
        """Journal one raw event that means these events, and read it."""
        await self.journal(*events, body=body)
        await self.read()

    async def journal(self, *events: InboundEvent, body: bytes | None = None, recovered: bool = False) -> None:
        """Journal one raw event without reading it."""
        raw = RawEvent(
            kind="line", body=body or self.script.body(*events), received_at=self.clock.now(), recovered=recovered
        )
        await self.storage.journal.append(self.channel.id, [raw])

    async def read(self) -> None:
        """Read until the journal has nothing new."""
        while await self.worker.drain():
            pass

    async def conversations(self, **filters: Any) -> Sequence[ConversationRow]:
        """Return all conversations, newest first."""
        f = ConversationFilter(**{"sort": "newest", "states": (), **filters})
        return (await self.storage.queries.conversations(f, viewer=None, cursor=None, limit=200)).items

    async def thread(self, conversation_id: ConversationId) -> Sequence[InteractionView]:
        """Return a conversation's entries in order."""
        return (await self.storage.queries.thread(conversation_id, before=None, limit=200)).items

    async def texts(self) -> Mapping[str, Sequence[str]]:
        """Return the texts of every conversation by the counterpart's address."""
        rows = await self.conversations()
        return {row.address: [entry.text for entry in await self.thread(row.id)] for row in rows}


def _tools() -> ToolsFor:
    nothing: Any = None
    return lambda channel_id, _key: Tools(
        http=cast("aiohttp.ClientSession", nothing),
        fetch=nothing,
        now=lambda: T0,
        channel_id=channel_id,
        webhook_url="",
        data_dir=Path(),
    )


@asynccontextmanager
async def small_hub(
    url: str, folder: Path, *, capabilities: Capabilities | None = None, **changed: Any
) -> AsyncIterator[SmallHub]:
    """Open a small hub on a migrated database."""
    clock, script = ManualClock(T0 + timedelta(hours=1)), Script()
    storage = await open_storage(url, secrets=SecretBox({"test": b"k" * 32}), doorbell=None, clock=clock)
    blobs = open_blobs((folder / "blobs").as_uri())
    ours = channel(**changed)
    async with storage.begin() as uow:
        await uow.channels.add(ours, {}, ())
    accounts = Accounts(storage, Registry({"scripted": scripted(script, capabilities)}), _tools())
    await accounts.refresh()
    worker = JournalWorker(
        storage=storage,
        accounts=accounts,
        tools=IngestTools(keep=partial(store_content, blobs), read_token=lambda _token: None),
        clock=clock,
        metrics=Metrics(),
    )
    try:
        yield SmallHub(storage, clock, script, ours, accounts, worker)
    finally:
        await accounts.close()
        await storage.close()
