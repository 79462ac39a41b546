"""An office for tests of the API: its one channel phones, and a scripted provider does as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import BaseModel

from hub.api import add_api
from hub.contract import Manifest, RawEvent
from hub.contract.calls import (
    CallCommand,
    CallOrder,
    ControlsCalls,
    LiveCall,
    PlacedCall,
    PlacesCalls,
)
from hub.contract.errors import OutcomeUnknown, Rejected
from hub.domain.channel import CallCapabilities, Capabilities, Channel, ChannelKind
from hub.domain.ids import ExternalId
from hub.domain.user import Role, User
from hub.runtime.accounts import Accounts
from hub.runtime.calls_worker import CallsWorker
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.registry import Registry
from hub.services.attachments import store_content
from tests.api.workspace import Client, Workspace
from tests.calls import OURS, Telling
from tests.scripted import NoSettings, Script, ScriptedConnector, channel

CAPABILITIES = Capabilities(
    calls=CallCapabilities(
        controls=frozenset({"hold", "transfer", "listen", "pause_recording"}), browser_phone="twilio", plan=True
    )
)


@dataclass
class Exchange:
    """What a provider of calls was asked for, and what it refuses."""

    orders: list[CallOrder] = field(default_factory=list)
    commands: list[tuple[LiveCall, CallCommand]] = field(default_factory=list)
    refuses: str = ""
    unclear: bool = False
    """It is not known what it did."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    hangs: bool = False


class Phone(ScriptedConnector, PlacesCalls, ControlsCalls):
    """A scripted channel that phones."""

    def __init__(self, script: Script, exchange: Exchange) -> None:
        super().__init__(script)
        self._exchange = exchange

    async def place_call(self, order: CallOrder) -> PlacedCall:
        if self._exchange.refuses:
            raise Rejected(self._exchange.refuses)
        self._exchange.orders.append(order)
        return PlacedCall(external_id=ExternalId(f"provider-{len(self._exchange.orders)}"))

    async def control(self, call: LiveCall, command: CallCommand) -> None:
        self._exchange.asked.set()
        if self._exchange.hangs:
            await asyncio.Event().wait()
        if self._exchange.unclear:
            raise OutcomeUnknown("The provider did not answer.")
        if self._exchange.refuses:
            raise Rejected(self._exchange.refuses)
        self._exchange.commands.append((call, command))


@dataclass
class Office:
    """A served API whose one channel phones."""

    hub: Workspace
    exchange: Exchange
    channel: Channel
    worker: JournalWorker
    follower: CallsWorker
    script: Script

    async def hears(self, *events: Any) -> None:
        raw = RawEvent(kind="line", body=self.script.body(*events), received_at=self.hub.clock.now())
        await self.hub.deps.storage.journal.append(self.channel.id, [raw])
        await self.read()

    async def read(self) -> None:
        while await self.worker.drain():
            pass
        while await self.follower.step():
            pass

    def call(self, name: str = "call-1", **more: Any) -> Telling:
        return Telling(self.hub.clock.now() - timedelta(minutes=5), ExternalId(name), **more)

    async def agent(self, role: Role = Role.agent) -> tuple[User, Client]:
        user = await self.hub.user(role)
        return user, await self.hub.signed_in(user)


def phone(script: Script, exchange: Exchange) -> Manifest[BaseModel]:
    return Manifest(
        key="phone",
        title="Phone",
        kind=ChannelKind("voice"),
        capabilities=CAPABILITIES,
        settings=cast("type[BaseModel]", NoSettings),
        create=lambda _settings, _tools: Phone(script, exchange),
        icon="<svg/>",
    )


@asynccontextmanager
async def phone_office(hub: Workspace) -> AsyncIterator[Office]:
    """Serve the API of a hub whose one channel phones."""
    exchange, script = Exchange(), Script()
    storage, blobs = hub.deps.storage, hub.deps.blobs
    registry = Registry({"phone": phone(script, exchange)})
    accounts = Accounts(storage, registry, hub.deps.tools)
    ours = channel(connector="phone", kind=ChannelKind("voice"), name="Phone", address=OURS)
    async with storage.begin() as uow:
        await uow.channels.delete(hub.channel.id)
        await uow.channels.add(ours, {}, ())
    await accounts.refresh()
    worker = JournalWorker(
        storage=storage,
        accounts=accounts,
        tools=IngestTools(keep=partial(store_content, blobs), read_token=lambda _token: None),
        clock=hub.clock,
        metrics=hub.deps.metrics,
    )
    follower = CallsWorker(
        storage=storage,
        accounts=accounts,
        notices=hub.deps.notices,
        leases=LeaseKeeper(storage, hub.clock, "here", shared=False),
        clock=hub.clock,
    )
    await follower.step()
    app = web.Application()
    add_api(app, replace(hub.deps, registry=registry, accounts=accounts), screens=None)
    async with TestServer(app) as server:
        hub.origin = str(server.make_url("/")).rstrip("/")
        yield Office(hub, exchange, ours, worker, follower, script)
    await accounts.close()
