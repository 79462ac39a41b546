"""Notices rise as commits do; a visitor who comes back misses nothing."""

import asyncio

import pytest

from hub.domain.changes import Change, ChangeKind
from hub.domain.ids import ExternalId
from hub.domain.interaction import Direction, InteractionKind
from storage.database import SqlStorage, open_storage
from tests.storage import builders as make
from tests.storage.builders import CountingDoorbell, StandingClock, later


def change(kind: ChangeKind = ChangeKind.channel_changed) -> Change:
    return Change(kind=kind, subject_id=make.uuid7())


async def test_a_commit_tells_what_changed_and_rings_once(storage: SqlStorage, doorbell: CountingDoorbell) -> None:
    first, second = change(), change(ChangeKind.users_changed)
    async with storage.begin() as uow:
        uow.note(first, second)
        assert doorbell.rings == 0
    assert doorbell.rings == 1
    notices = await storage.queries.notices(after=0, limit=10)
    assert [n.change for n in notices] == [first, second]
    assert await storage.queries.notice_bounds() == (notices[0].seq, notices[1].seq)
    assert [n.change for n in await storage.queries.notices(after=notices[0].seq, limit=10)] == [second]


async def test_what_was_rolled_back_is_not_told(storage: SqlStorage, doorbell: CountingDoorbell) -> None:
    async def change_and_fail() -> None:
        async with storage.begin() as uow:
            uow.note(change())
            raise LookupError

    with pytest.raises(LookupError):
        await change_and_fail()
    assert await storage.queries.notices(after=0, limit=10) == []
    assert await storage.queries.notice_bounds() == (0, 0)
    assert doorbell.rings == 0


async def test_no_reader_passes_a_number_that_appears_later(storage: SqlStorage) -> None:
    """Writers of very different lengths at once; a reader that follows sees all, in order, each once."""
    seen: list[int] = []
    writers = 40

    async def write(n: int) -> None:
        async with storage.begin() as uow:
            await uow.facts.put(f"fact {n}", "x")
            uow.note(*(change() for _ in range(1 + n % 3)))
            for _ in range(n % 5):
                await uow.facts.get(f"fact {n}")

    async def read() -> None:
        seen.extend([n.seq for n in await storage.queries.notices(after=max(seen, default=0), limit=1000)])

    async def follow() -> None:
        while not done.is_set():
            await read()

    done = asyncio.Event()
    reader = asyncio.create_task(follow())
    await asyncio.gather(*(write(n) for n in range(writers)))
    done.set()
    await reader
    await read()
    everything = [n.seq for n in await storage.queries.notices(after=0, limit=1000)]
    assert seen == everything
    assert len(everything) == sum(1 + n % 3 for n in range(writers))


async def test_a_transaction_that_began_first_and_ends_last_has_the_higher_numbers(
    storage: SqlStorage, database_url: str, secrets: object, clock: StandingClock
) -> None:
    other = await open_storage(database_url, secrets=secrets, doorbell=None, clock=clock)  # type: ignore[arg-type]  # a box of this test
    slow, quick = change(), change()
    noted, may_end = asyncio.Event(), asyncio.Event()

    async def begins_first() -> None:
        async with storage.begin() as uow:
            uow.note(slow)
            noted.set()
            await may_end.wait()

    first = asyncio.create_task(begins_first())
    await noted.wait()

    async def ends_first() -> None:
        async with other.begin() as uow:
            uow.note(quick)

    # On SQLite the second waits for the first; on PostgreSQL it overtakes it. Either way numbers rise as commits do.
    second = asyncio.create_task(ends_first())
    await asyncio.wait([second], timeout=0.2)
    before = await storage.queries.notices(after=0, limit=10)
    may_end.set()
    await asyncio.gather(first, second)
    after = await storage.queries.notices(after=before[-1].seq if before else 0, limit=10)
    assert {n.change.subject_id for n in (*before, *after)} == {slow.subject_id, quick.subject_id}
    assert [n.seq for n in (*before, *after)] == [n.seq for n in await storage.queries.notices(after=0, limit=10)]
    await other.close()


async def test_notices_older_than_a_week_go_and_numbers_go_on(storage: SqlStorage, clock: StandingClock) -> None:
    async with storage.begin() as uow:
        uow.note(change(), change())
    (_, newest) = await storage.queries.notice_bounds()
    clock.at = later(days=8)
    async with storage.begin() as uow:
        assert await uow.prune_notices() == 2
        assert await uow.prune_notices() == 0
        uow.note(change())
    (kept,) = await storage.queries.notices(after=0, limit=10)
    assert kept.seq > newest
    async with storage.begin() as uow:
        assert await uow.prune_notices() == 0


async def test_a_visitor_sees_messages_edits_and_deliveries_and_no_notes(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        talk = thread.conversation
        mine = make.message(talk, external_id=ExternalId("m1"))
        ours = make.reply(talk, occurred_at=later(minutes=1))
        note = make.message(talk, kind=InteractionKind.note, direction=Direction.internal, external_id=None)
        for entry in (mine, ours, note):
            await uow.timeline.add(entry)
        queued = make.delivery(ours)
        await uow.outbox.add(queued, make.happened())

    async def feed(after: int, limit: int = 10) -> list[tuple[object, object, bool]]:
        found = await storage.queries.visitor_feed(thread.channel.id, talk.thread, after=after, limit=limit)
        seqs.extend(m.seq for m in found)
        return [(m.id, m.state, m.mine) for m in found]

    seqs: list[int] = []
    assert await feed(0, 1) == [(mine.id, None, True)]
    assert await feed(seqs[-1]) == [(ours.id, queued.state, False)]
    assert await feed(seqs[-1]) == []
    async with storage.begin() as uow:
        (due,) = await uow.outbox.claim(later(hours=1), 5, channels=[thread.channel.id])
    assert await feed(seqs[-1]) == [(ours.id, due.delivery.state, False)]
    async with storage.begin() as uow:
        await uow.timeline.update(make.renewed(mine, edited_at=later(hours=1), text="better"))
        await uow.timeline.update(make.renewed(note, text="still hidden"))
    assert await feed(seqs[-1]) == [(mine.id, None, True)]
    assert seqs == sorted(set(seqs))
    assert await storage.queries.visitor_threads([talk.id]) == {talk.id: (thread.channel.id, talk.thread)}
