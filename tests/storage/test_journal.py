"""The journal: durable on return, one transaction for all who wait, nobody pays for another's error."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import make_url
from uuid_utils.compat import uuid7

from hub.domain.ids import ChannelId, ExternalId
from hub.domain.journal import RawState, Tally
from storage.database import SqlStorage, open_storage
from storage.errors import StorageBusy
from tests.storage.builders import NOW, StandingClock, begin_thread, channel, later, message, raw


@pytest.fixture
def account() -> ChannelId:
    return ChannelId(uuid7())


async def test_what_append_returned_is_there_for_another_connection(
    storage: SqlStorage, account: ChannelId, database_url: str, clock: StandingClock, secrets: object
) -> None:
    seqs = await storage.journal.append(
        account, [raw(b"one"), raw(b"two", headers={"x-a": "1"}, query={"sent": "7"})], cursor="c1"
    )
    other = await open_storage(database_url, secrets=secrets, doorbell=None, clock=clock)  # type: ignore[arg-type]  # a box of this test
    events = await storage.queries.unread_events(10)
    assert [e.seq for e in events] == list(seqs)
    assert [e.body for e in events] == [b"one", b"two"]
    assert (events[1].headers, events[1].query) == ({"x-a": "1"}, {"sent": "7"})
    assert (events[0].headers, events[0].query) == ({}, {})
    assert events[0].received_at == NOW
    assert await other.journal.cursor(account) == "c1"
    await other.close()


async def test_callers_at_the_same_moment_share_few_transactions_and_get_their_own_places(
    storage: SqlStorage, account: ChannelId
) -> None:
    answers = await asyncio.gather(*(storage.journal.append(account, [raw(str(n).encode())]) for n in range(500)))
    stored = {e.seq: e.body for e in await storage.queries.unread_events(1000)}
    assert [stored[seqs[0]] for seqs in answers] == [str(n).encode() for n in range(500)]
    line = (await storage.queries.ledger(since=NOW - timedelta(days=1)))[0]
    assert (line.received, line.stored, line.waiting) == (500, 500, 500)


async def test_only_a_cursor_may_move(storage: SqlStorage, account: ChannelId) -> None:
    assert await storage.journal.append(account, [], cursor="later") == []
    assert await storage.journal.cursor(account) == "later"


async def test_an_error_reaches_only_who_caused_it(storage: SqlStorage, account: ChannelId) -> None:
    naive = raw(b"bad", received_at=NOW.replace(tzinfo=None))
    good, bad, fine = await asyncio.gather(
        storage.journal.append(account, [raw(b"good")]),
        storage.journal.append(account, [naive]),
        storage.journal.append(account, [raw(b"fine")]),
        return_exceptions=True,
    )
    assert isinstance(bad, Exception)
    events = await storage.queries.unread_events(10)
    assert [e.seq for e in events] == [*good, *fine]  # type: ignore[misc]  # gathered answers and errors


async def test_who_gives_up_harms_nobody(storage: SqlStorage, account: ChannelId) -> None:
    tasks = [asyncio.create_task(storage.journal.append(account, [raw(str(n).encode())])) for n in range(20)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(done[3], asyncio.CancelledError)
    bodies = {e.body for e in await storage.queries.unread_events(100)}
    assert {str(n).encode() for n in range(20) if n != 3} <= bodies


async def test_waiting_ends_when_something_was_appended(storage: SqlStorage, account: ChannelId) -> None:
    waiting = asyncio.create_task(storage.journal.wait_for_new(60))
    await storage.journal.append(account, [raw()])
    await asyncio.wait_for(waiting, 5)
    await storage.journal.wait_for_new(0.01)


async def bodies(storage: SqlStorage, limit: int = 100) -> list[bytes]:
    return [event.body for event in await storage.queries.unread_events(limit)]


async def test_events_are_read_in_order_and_only_while_new(storage: SqlStorage) -> None:
    one, two = channel(), channel()
    for n in range(6):
        await storage.journal.append((one if n % 2 else two).id, [raw(str(n).encode())])
    events = await storage.queries.unread_events(4)
    assert [e.body for e in events] == [b"0", b"1", b"2", b"3"]
    async with storage.begin() as uow:
        await uow.journal.settle([events[0].seq], RawState.done, at=NOW)
        await uow.journal.set_unparsed(events[1].seq, "no idea", at=NOW)
        await uow.journal.settle([events[2].seq], RawState.parked, at=NOW)
        assert await uow.journal.claim(events) == {events[3].seq}
    assert await bodies(storage) == [b"3", b"4", b"5"]
    async with storage.begin() as uow:
        assert await uow.journal.renew(channel_id=one.id) == 1
        assert await uow.journal.renew() == 0
    assert await bodies(storage) == [b"1", b"3", b"4", b"5"]
    async with storage.begin() as uow:
        assert await uow.journal.renew(seqs=[events[0].seq]) == 1
        got = await uow.journal.get(events[1].seq)
    assert got is not None
    assert (got.state, got.attempts, got.error) == (RawState.new, 1, "")
    assert len(await bodies(storage)) == 5


async def test_a_take_stops_at_the_bytes_it_may_hold(storage: SqlStorage, account: ChannelId) -> None:
    await storage.journal.append(account, [raw(b"x" * 1000) for _ in range(10)])
    assert len(await storage.queries.unread_events(10, max_bytes=3500)) == 3
    assert len(await storage.queries.unread_events(10, max_bytes=10)) == 1


async def test_parked_events_come_back_once(storage: SqlStorage, account: ChannelId) -> None:
    seqs = await storage.journal.append(account, [raw(), raw()])
    message = ExternalId("m1")
    async with storage.begin() as uow:
        await uow.journal.park(account, message, seqs[1])
        await uow.journal.park(account, message, seqs[0])
        await uow.journal.park(account, message, seqs[0])
    async with storage.begin() as uow:
        assert list(await uow.journal.unpark(account, [message, ExternalId("other")])) == list(seqs)
        assert list(await uow.journal.unpark(account, [message])) == []


async def test_what_was_parked_while_its_message_was_being_stored_is_read_again(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await begin_thread(uow)
    met, lost = await storage.journal.append(thread.channel.id, [raw(b"1"), raw(b"2")])
    async with storage.begin() as uow:
        for seq, about in ((met, "here"), (lost, "never")):
            await uow.journal.park(thread.channel.id, ExternalId(about), seq)
        await uow.journal.settle([met, lost], RawState.parked, at=NOW)
        await uow.timeline.add(message(thread.conversation, external_id=ExternalId("here")))
    async with storage.begin() as uow:
        assert await uow.journal.renew_met() == 1
        assert await uow.journal.renew_met() == 0
    assert [event.seq for event in await storage.queries.unread_events(10)] == [met]


async def test_the_ledger_adds_up_per_channel(storage: SqlStorage, account: ChannelId) -> None:
    seqs = await storage.journal.append(account, [raw(), raw(), raw()])
    async with storage.begin() as uow:
        await uow.journal.settle([seqs[0]], RawState.done, at=NOW)
        await uow.journal.set_unparsed(seqs[1], "?", at=NOW)
        await uow.journal.count(account, Tally(shown=1, recovered=1), at=NOW)
        await uow.journal.count(account, Tally(known=2, shown=1), at=NOW)
    line = (await storage.queries.ledger(since=NOW))[0]
    assert (line.received, line.stored, line.waiting, line.unparsed) == (3, 3, 1, 1)
    assert (line.shown, line.known, line.unneeded, line.recovered) == (2, 2, 0, 1)
    assert line.last_received_at == NOW
    assert await storage.queries.oldest_unread_event() == NOW
    assert (await storage.queries.ledger(since=later(days=2)))[0].received == 0


async def test_pruning_takes_only_old_events_that_were_read(storage: SqlStorage, account: ChannelId) -> None:
    old = await storage.journal.append(account, [raw(received_at=later(days=-40)) for _ in range(4)])
    young = await storage.journal.append(account, [raw()])
    async with storage.begin() as uow:
        await uow.journal.settle([*old[:3], *young], RawState.done, at=NOW)
        assert await uow.journal.prune(later(days=-30), 2) == 2
        assert await uow.journal.prune(later(days=-30), 100) == 1
        assert await uow.journal.get(old[3]) is not None
        assert await uow.journal.get(young[0]) is not None


async def test_numbers_are_never_given_twice(storage: SqlStorage, account: ChannelId) -> None:
    seqs = await storage.journal.append(account, [raw(received_at=later(days=-40))])
    async with storage.begin() as uow:
        await uow.journal.settle(seqs, RawState.done, at=NOW)
        await uow.journal.prune(NOW, 10)
    assert (await storage.journal.append(account, [raw()]))[0] > seqs[0]


async def test_a_caller_that_waited_long_enough_is_told_and_may_come_again(
    sqlite_url: str, account: ChannelId, clock: StandingClock, secrets: object
) -> None:
    storage = await open_storage(sqlite_url, secrets=secrets, doorbell=None, clock=clock)  # type: ignore[arg-type]  # a box of this test
    somebody = sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)
    somebody.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy, match="too long"):
        await storage.journal.append(account, [raw(b"first")], within=0.1)
    somebody.execute("ROLLBACK")
    somebody.close()
    await storage.journal.append(account, [raw(b"again")], within=10)
    assert b"again" in [event.body for event in await storage.queries.unread_events(10)]
    await storage.close()
