"""Who wrote under an id alone gets the name the provider tells, soon, once, and only while nobody named them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from hub.contract import Address, ConnectorError, ContactPointLearned, NamesPeople, RawEvent
from hub.domain.ids import ChannelId
from hub.runtime.accounts import Account, Accounts
from hub.runtime.leases import LeaseKeeper
from hub.runtime.names_worker import REST, NamesWorker
from hub.runtime.notices import Notices
from hub.services import contacts
from tests.scripted import ScriptedConnector, SmallHub, says, small_hub

NAMELESS = Address(namespace="scripted", value="u1", stand_in="Customer")


class Knows(ScriptedConnector, NamesPeople):
    """A provider that can be asked."""

    def __init__(self, hub: SmallHub) -> None:
        super().__init__(hub.script)
        self._hub = hub
        self.names: dict[str, str | Exception] = {"u1": "Ann Example"}
        self.asked: list[str] = []

    async def who_is(self, address: str) -> RawEvent | None:
        self.asked.append(address)
        name = self.names.get(address, "")
        if isinstance(name, Exception):
            raise name
        known = Address(namespace="scripted", value=address, name=name, stand_in="Customer")
        body = self._hub.script.body(ContactPointLearned(known=known))
        return RawEvent(kind="note", body=body, received_at=self._hub.clock.now()) if name else None


class One(Accounts):
    """The accounts of a small hub, their connector replaced."""

    def __init__(self, hub: SmallHub, knows: Knows) -> None:
        self._hub = hub
        self._knows = knows
        account = hub.accounts.get(hub.channel.id)
        assert account is not None
        self._accounts = {hub.channel.id: replace(account, connector=knows)}

    def get(self, channel_id: ChannelId) -> Account | None:
        return self._accounts.get(channel_id)


class Bench:
    """A small hub, its provider, and who asks it."""

    def __init__(self, hub: SmallHub) -> None:
        self.hub = hub
        self.knows = Knows(hub)
        leases = LeaseKeeper(hub.storage, hub.clock, "node", shared=False)
        self.worker = NamesWorker(
            storage=hub.storage, accounts=One(hub, self.knows), notices=Notices(), leases=leases, clock=hub.clock
        )

    async def look(self) -> int:
        while await self.worker.step():
            pass
        told = await self.worker.ask()
        await self.hub.read()
        return told

    async def names(self) -> list[str]:
        return [row.contact_name for row in await self.hub.conversations()]


@pytest.fixture
async def bench(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    async with small_hub(sqlite_url, tmp_path) as hub:
        made = Bench(hub)
        await made.look()  # begins with what is new from here on
        yield made


async def test_somebody_without_a_name_is_asked_for_once(bench: Bench) -> None:
    await bench.hub.hears(says("hello", by="u1", sender=NAMELESS))
    assert await bench.names() == ["Customer"]
    assert await bench.look() == 1
    assert await bench.names() == ["Ann Example"]
    await bench.hub.hears(says("again", by="u1", sender=NAMELESS))
    assert await bench.look() == 0
    assert bench.knows.asked == ["u1"]


async def test_who_came_with_a_name_is_not_asked_for(bench: Bench) -> None:
    await bench.hub.hears(says("hello", by="bob"))
    assert await bench.look() == 0
    assert bench.knows.asked == []


async def test_a_name_given_here_stays(bench: Bench) -> None:
    await bench.hub.hears(says("hello", by="u1", sender=NAMELESS))
    (row,) = await bench.hub.conversations()
    async with bench.hub.storage.begin() as uow:
        await contacts.change(uow, row.contact_id, contacts.Edit(name="Our Ann"))
    assert await bench.look() == 1
    assert await bench.names() == ["Our Ann"]


async def test_a_provider_that_does_not_answer_is_left_alone_for_a_while_and_asked_again(bench: Bench) -> None:
    bench.knows.names["u1"] = ConnectorError("The provider has a bad day.")
    await bench.hub.hears(says("hello", by="u1", sender=NAMELESS))
    assert (await bench.look(), await bench.look()) == (0, 0)
    bench.knows.names["u1"] = "Ann Example"
    bench.hub.clock.time += REST
    assert await bench.look() == 1
    assert bench.knows.asked == ["u1", "u1"]
    assert await bench.names() == ["Ann Example"]


async def test_who_was_erased_meanwhile_does_not_come_back_by_their_name(bench: Bench) -> None:
    await bench.hub.hears(
        ContactPointLearned(known=Address(namespace="scripted", value="gone", name="Gone", stand_in="Customer"))
    )
    async with bench.hub.storage.read() as uow:
        assert await uow.contacts.find_point("scripted", ["gone"]) is None
