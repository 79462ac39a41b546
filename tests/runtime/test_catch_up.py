"""Reconciling finds what a lost webhook missed, counts it as recovered, and journals a list but once."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hub.contract import RawEvent, Reconciles
from hub.domain.journal import LedgerLine
from hub.runtime.catch_up import BATCH, CatchUp
from tests.scripted import T0, SmallHub, says, small_hub


class Lists(Reconciles):
    """A provider that can list what it has."""

    def __init__(self) -> None:
        self.has: list[RawEvent] = []
        self.asked: list[datetime] = []

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        self.asked.append(since)
        for event in self.has:
            yield event


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as made:
        yield made


async def ledger(hub: SmallHub) -> LedgerLine:
    (line,) = await hub.storage.queries.ledger(since=T0)
    return line


def listed(hub: SmallHub, body: bytes) -> RawEvent:
    return RawEvent(kind="list", body=body, received_at=hub.clock.now())


async def test_only_what_the_webhook_missed_counts_as_recovered(hub: SmallHub) -> None:
    known, lost = says("told"), says("lost", at=T0 + timedelta(minutes=1))
    await hub.hears(known)
    provider, look = Lists(), CatchUp(hub.storage, hub.clock, hub.channel.id)
    provider.has = [listed(hub, hub.script.body(event)) for event in (known, lost)]
    assert await look.run(provider) == 2
    await hub.read()
    line = await ledger(hub)
    assert (line.shown, line.known, line.recovered) == (2, 1, 1)
    (row,) = await hub.conversations()
    assert [(entry.text, entry.recovered) for entry in await hub.thread(row.id)] == [("told", False), ("lost", True)]
    async with hub.storage.read() as uow:
        assert (await uow.journal.recoveries())[hub.channel.id].count == 1


async def test_what_is_listed_before_its_webhook_could_come_was_not_lost(hub: SmallHub) -> None:
    provider, look = Lists(), CatchUp(hub.storage, hub.clock, hub.channel.id)
    provider.has = [listed(hub, hub.script.body(says("just now", at=hub.clock.now() - timedelta(seconds=5))))]
    await look.run(provider)
    await hub.read()
    assert ((await ledger(hub)).shown, (await ledger(hub)).recovered) == (1, 0)


async def test_the_same_list_is_journaled_once_and_each_look_reaches_into_the_last(hub: SmallHub) -> None:
    provider, look = Lists(), CatchUp(hub.storage, hub.clock, hub.channel.id)
    bodies = [hub.script.body(says(f"number {n}")) for n in range(BATCH + 50)]
    provider.has = [listed(hub, body) for body in bodies]
    assert await look.run(provider) == BATCH + 50
    first = hub.clock.now()
    hub.clock.forward(minutes=4)
    assert await look.run(provider) == 0
    assert provider.asked[0] == first - timedelta(days=1)
    assert provider.asked[1] == first - timedelta(minutes=10)
    assert (await ledger(hub)).stored == BATCH + 50


async def test_after_a_long_silence_the_first_look_reaches_back_to_the_last_word(hub: SmallHub) -> None:
    await hub.hears(says("hello"))
    heard = hub.clock.now()
    hub.clock.forward(days=3)
    provider = Lists()
    await CatchUp(hub.storage, hub.clock, hub.channel.id).run(provider)
    assert provider.asked == [heard - timedelta(minutes=10)]
