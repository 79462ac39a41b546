"""The outbox: claimed once, in the order of the conversation, found again by every id."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from hub.domain.delivery import Delivery, DeliveryState
from hub.domain.ids import ExternalId
from hub.domain.views import ConversationFilter
from hub.ports import IngestKeys
from storage.database import SqlStorage, open_storage
from tests.storage import builders as make
from tests.storage.builders import NOW, StandingClock, later


async def queue(storage: SqlStorage, thread: make.Thread, count: int, *, start: int = 0) -> list[Delivery]:
    """Queue replies, a minute apart."""
    async with storage.begin() as uow:
        queued = []
        for n in range(start, start + count):
            entry = make.reply(thread.conversation, occurred_at=later(minutes=n), text=f"reply {n}")
            await uow.timeline.add(entry)
            queued.append(make.delivery(entry))
            await uow.outbox.add(queued[-1], make.happened())
    return queued


async def a_thread(storage: SqlStorage, **more: Any) -> make.Thread:
    async with storage.begin() as uow:
        return await make.begin_thread(uow, **more)


async def test_one_open_delivery_per_conversation_goes_at_a_time(storage: SqlStorage) -> None:
    thread = await a_thread(storage)
    first, second = await queue(storage, thread, 2)
    channels = [thread.channel.id]
    async with storage.begin() as uow:
        (due,) = await uow.outbox.claim(later(hours=1), 10, channels=channels)
        assert (due.delivery.id, due.delivery.state, due.delivery.attempt) == (first.id, DeliveryState.sending, 1)
        assert [e.state for e in await uow.outbox.events(first.id)] == [DeliveryState.queued, DeliveryState.sending]
        assert not await uow.outbox.claim(later(hours=1), 10, channels=channels)
    async with storage.begin() as uow:
        failed = make.renewed(due.delivery, state=DeliveryState.failed, reason="No such number")
        await uow.outbox.record(failed, make.happened(DeliveryState.failed, reason="No such number"))
        assert [d.delivery.id for d in await uow.outbox.claim(later(hours=1), 10, channels=channels)] == [second.id]


async def test_a_later_one_waits_for_an_earlier_one_that_is_not_due_yet(storage: SqlStorage) -> None:
    thread = await a_thread(storage)
    first, _ = await queue(storage, thread, 2)
    async with storage.begin() as uow:
        again = make.renewed(first, next_at=later(days=1))
        await uow.outbox.record(again, make.happened())
        assert not await uow.outbox.claim(later(hours=1), 10, channels=[thread.channel.id])
        assert await uow.outbox.next_due([thread.channel.id]) == NOW
        assert await uow.outbox.next_due([]) is None


async def test_only_the_given_channels_are_served(storage: SqlStorage) -> None:
    thread, other = await a_thread(storage), await a_thread(storage)
    await queue(storage, thread, 1)
    async with storage.begin() as uow:
        assert not await uow.outbox.claim(NOW, 10, channels=[other.channel.id])
        assert not await uow.outbox.claim(NOW, 10, channels=[])
        assert len(await uow.outbox.claim(NOW, 10, channels=[other.channel.id, thread.channel.id])) == 1


async def test_workers_at_the_same_moment_claim_nothing_twice(storage: SqlStorage) -> None:
    first = await a_thread(storage)
    threads = [first]
    for _ in range(11):
        async with storage.begin() as uow:
            threads.append(await make.begin_thread(uow, on=first.channel))
    queued = {d.id for thread in threads for d in await queue(storage, thread, 1)}

    async def claim() -> list[object]:
        async with storage.begin() as uow:
            return [d.delivery.id for d in await uow.outbox.claim(NOW, 3, channels=[first.channel.id])]

    claimed = [key for keys in await asyncio.gather(*(claim() for _ in range(6))) for key in keys]
    assert len(claimed) == len(set(claimed))
    while rest := await claim():
        claimed += rest
    assert set(claimed) == queued
    assert len(claimed) == len(queued)


async def test_a_message_is_found_by_every_id_its_delivery_has(storage: SqlStorage) -> None:
    thread = await a_thread(storage)
    (queued,) = await queue(storage, thread, 1)
    sent = make.renewed(queued, state=DeliveryState.sent, external_id=ExternalId("p1"))
    async with storage.begin() as uow:
        await uow.outbox.record(sent, make.happened(DeliveryState.sent))
        await uow.outbox.set_ids(sent, [ExternalId("p2"), ExternalId("p3")])
    async with storage.begin() as uow:
        keys = frozenset((thread.channel.id, ExternalId(key)) for key in ("p1", "p2", "p3", "p4"))
        known = await uow.ingest.load(IngestKeys(messages=keys))
        assert {key[1]: m.delivery for key, m in known.messages.items()} == dict.fromkeys(("p1", "p2", "p3"), sent)
        assert await uow.timeline.thread_ids(thread.conversation.id, 10) == ["p1"]
        assert await uow.outbox.of_interaction(queued.interaction_id) == sent


async def test_a_watermark_finds_all_that_nobody_read_up_to_it(storage: SqlStorage) -> None:
    thread = await a_thread(storage)
    deliveries = await queue(storage, thread, 4)
    states = (DeliveryState.read, DeliveryState.sent, DeliveryState.delivered, DeliveryState.sent)
    async with storage.begin() as uow:
        for n, (one, state) in enumerate(zip(deliveries, states, strict=True)):
            moved = make.renewed(one, state=state, external_id=ExternalId(f"p{n}"))
            await uow.outbox.record(moved, make.happened(state))
    async with storage.begin() as uow:
        key = (thread.channel.id, ExternalId("p2"))
        known = await uow.ingest.load(IngestKeys(messages=frozenset({key}), watermarks=frozenset({key})))
    assert [m.delivery.external_id for m in known.below[key] if m.delivery] == ["p1", "p2"]


async def test_what_a_dead_process_was_sending_is_found_by_the_next_and_by_others_once_its_leases_end(
    database_url: str, secrets: Any, clock: StandingClock
) -> None:
    async def start(owner: str) -> SqlStorage:
        return await open_storage(database_url, secrets=secrets, doorbell=None, clock=clock, owner=owner)

    async def stranded(of: SqlStorage, now: datetime = NOW) -> list[object]:
        async with of.begin() as uow:
            return [one.id for one in await uow.outbox.stranded(now)]

    first = await start("node-1")
    thread = await a_thread(first)
    (queued,) = await queue(first, thread, 1)
    async with first.begin() as uow:
        await uow.leases.acquire("imap", "node-1", NOW, timedelta(minutes=1))
        await uow.outbox.claim(NOW, 10, channels=[thread.channel.id])
    again, other = await start("node-1"), await start("node-2")
    assert await stranded(first) == []
    assert await stranded(again) == [queued.id]
    assert await stranded(other) == []
    assert await stranded(other, later(minutes=2)) == [queued.id]
    async with again.begin() as uow:
        unknown = make.renewed(queued, state=DeliveryState.unknown, attempt=1)
        await uow.outbox.record(unknown, make.happened(DeliveryState.unknown))
    assert await stranded(again) == []
    for storage in (first, again, other):
        await storage.close()


async def test_a_failed_newest_message_marks_the_conversation_until_a_later_one_goes(storage: SqlStorage) -> None:
    thread = await a_thread(storage)
    (first,) = await queue(storage, thread, 1)

    async def marked() -> bool:
        page = await storage.queries.conversations(ConversationFilter(), viewer=None, cursor=None, limit=5)
        return page.items[0].failed

    assert not await marked()
    async with storage.begin() as uow:
        failed = make.renewed(first, state=DeliveryState.failed)
        await uow.outbox.record(failed, make.happened(DeliveryState.failed))
    assert await marked()
    assert await storage.queries.outbox_depth() == {}
    await queue(storage, thread, 1, start=5)
    assert not await marked()
    assert await storage.queries.outbox_depth() == {"queued": 1}
