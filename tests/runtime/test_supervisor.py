"""An account says within minutes that its webhook is dead, mends what it can, and loads its templates at the start."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hub.contract import ConnectorError, CredentialsRefused, OffersTemplates, RegistersWebhook
from hub.contract.connector import Connector
from hub.domain.channel import ConnectionState
from hub.domain.template import Template
from hub.runtime.accounts import Account, Accounts
from hub.runtime.leases import LeaseKeeper
from hub.runtime.metrics import Metrics
from hub.runtime.supervisor import Supervisor
from tests.scripted import ScriptedConnector, SmallHub, small_hub

HELLO = Template(key="hello/en", name="hello", language="en", body="Hello")


class Called(ScriptedConnector, RegistersWebhook, OffersTemplates):
    """An account whose provider calls us, or not."""

    def __init__(self, hub: SmallHub) -> None:
        super().__init__(hub.script)
        self.problem = ""
        self.failure: Exception | None = None
        self.registered: asyncio.Queue[str] = asyncio.Queue()
        self.looked = asyncio.Event()

    async def register(self) -> None:
        self.registered.put_nowait("once")

    async def subscription(self) -> str:
        return self.problem

    async def templates(self) -> Sequence[Template]:
        self.looked.set()
        if self.failure is not None:
            raise self.failure
        return [HELLO]


class Told(Accounts):
    """The accounts of a small hub, their connector replaced; tells when a state was shown."""

    def __init__(self, hub: SmallHub, connector: Connector) -> None:
        self._hub = hub
        self._connector = connector
        self.states: asyncio.Queue[ConnectionState] = asyncio.Queue()

    def __iter__(self):  # type: ignore[no-untyped-def]  # as the base class does
        return iter([account for account in (self.get(self._hub.channel.id),) if account is not None])

    def get(self, channel_id: object) -> Account | None:
        account = self._hub.accounts.get(channel_id)  # type: ignore[arg-type]  # always this channel
        return replace(account, connector=self._connector) if account else None

    async def refresh(self) -> None:
        before = self.get(self._hub.channel.id)
        await self._hub.accounts.refresh()
        after = self.get(self._hub.channel.id)
        if after is not None and (before is None or before.channel.connection != after.channel.connection):
            self.states.put_nowait(after.channel.connection.state)

    async def changed(self, at_most: float) -> None:
        await asyncio.sleep(at_most)


@asynccontextmanager
async def served(hub: SmallHub, connector: Called, *, every: float = 240) -> AsyncIterator[Told]:
    accounts = Told(hub, connector)
    leases = LeaseKeeper(hub.storage, hub.clock, "test", shared=False)
    supervisor = Supervisor(
        storage=hub.storage, accounts=accounts, leases=leases, clock=hub.clock, metrics=Metrics(), check_every=every
    )
    running = asyncio.create_task(supervisor.run())
    try:
        yield accounts
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def states(accounts: Told, last: ConnectionState) -> list[ConnectionState]:
    found: list[ConnectionState] = []
    async with asyncio.timeout(10):
        while last not in found:
            found.append(await accounts.states.get())
    return found


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as made:
        yield made


async def test_a_webhook_that_works_is_connected(hub: SmallHub) -> None:
    connector = Called(hub)
    async with served(hub, connector) as accounts:
        assert await states(accounts, ConnectionState.connected) == [
            ConnectionState.connecting,
            ConnectionState.connected,
        ]
    assert connector.registered.qsize() == 1


async def test_a_dead_webhook_is_said_and_registered_once_more(hub: SmallHub) -> None:
    connector = Called(hub)
    connector.problem = "The provider calls another address."
    async with served(hub, connector) as accounts:
        assert ConnectionState.connected not in await states(accounts, ConnectionState.disconnected)
        account = hub.accounts.get(hub.channel.id)
        assert account is not None
        assert account.channel.connection.detail == "The provider calls another address."
        async with asyncio.timeout(10):
            assert [await connector.registered.get() for _ in range(2)] == ["once", "once"]


async def test_a_webhook_that_dies_later_is_said_and_it_is_said_when_it_works_again(hub: SmallHub) -> None:
    connector = Called(hub)
    async with served(hub, connector, every=0.01) as accounts:
        await states(accounts, ConnectionState.connected)
        connector.problem = "The provider calls another address."
        assert await states(accounts, ConnectionState.disconnected) == [ConnectionState.disconnected]
        connector.problem = ""
        assert await states(accounts, ConnectionState.connected) == [ConnectionState.connected]


async def test_other_words_about_the_same_trouble_do_not_make_it_younger(hub: SmallHub) -> None:
    connector = Called(hub)
    began = hub.clock.now()
    async with served(hub, connector, every=0.01) as accounts:
        connector.problem = "The provider calls another address."
        await states(accounts, ConnectionState.disconnected)
        hub.clock.forward(minutes=5)
        connector.problem = "The provider calls nobody."
        await states(accounts, ConnectionState.disconnected)
        account = hub.accounts.get(hub.channel.id)
        assert account is not None
        assert account.channel.connection.since == began
        assert account.channel.connection.detail == "The provider calls nobody."


async def test_templates_are_loaded_at_the_start(hub: SmallHub) -> None:
    connector = Called(hub)
    async with served(hub, connector), asyncio.timeout(10):
        await connector.looked.wait()
        kept: Sequence[Template] = ()
        while not kept:
            async with hub.storage.read() as uow:
                kept = await uow.templates.all(hub.channel.id)
    assert kept == [HELLO]


async def test_a_failed_look_at_templates_leaves_the_account_connected(hub: SmallHub) -> None:
    connector = Called(hub)
    connector.failure = ConnectorError("No templates today.")
    async with served(hub, connector) as accounts:
        await states(accounts, ConnectionState.connected)
        async with asyncio.timeout(10):
            problem = ""
            while not problem:
                async with hub.storage.read() as uow:
                    kept = await uow.templates.last_sync(hub.channel.id)
                problem = kept.problem if kept is not None else ""
        assert problem == "No templates today."
        account = hub.accounts.get(hub.channel.id)
        assert account is not None
        assert account.channel.connection.state is ConnectionState.connected


async def test_refused_credentials_stop_the_account_visibly(hub: SmallHub) -> None:
    connector = Called(hub)
    connector.failure = CredentialsRefused("The token has expired.")
    async with served(hub, connector) as accounts:
        await states(accounts, ConnectionState.bad_credentials)
