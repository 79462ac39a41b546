"""A full disk, a locked file, an unreachable server: said in words, and nothing half done."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url
from uuid_utils.compat import uuid7

from hub.domain.errors import HubError
from hub.domain.ids import ChannelId
from storage import StorageBusy, StorageFull, StorageUnreachable, migrate, open_storage
from storage.database import SqlStorage
from storage.journal_hands import ThreadHand
from storage.journal_sqlite import SqliteWriter
from tests.storage import builders as make
from tests.storage.builders import StandingClock


def file_of(url: str) -> Path:
    return Path(url.split("///", 1)[1])


async def test_a_full_disk_is_said_in_words_and_room_makes_it_work_again(
    sqlite_url: str, secrets: object, clock: StandingClock
) -> None:
    storage = await open_storage(sqlite_url, secrets=secrets, doorbell=None, clock=clock)  # type: ignore[arg-type]  # a box of this test
    account = ChannelId(uuid7())
    await storage.journal.append(account, [make.raw()])
    journal = storage._journal._writer
    assert isinstance(journal, SqliteWriter)
    assert isinstance(journal._hand, ThreadHand)
    writer = journal._hand._connection
    assert writer is not None
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages + 5}")
    with pytest.raises(StorageFull, match="no room left"):
        await storage.journal.append(account, [make.raw(b"x" * 200_000)])
    writer.execute("PRAGMA max_page_count=1000000")
    await storage.journal.append(account, [make.raw(b"after")])
    assert [e.body for e in await storage.queries.unread_events(9)] == [b"{}", b"after"]
    (line,) = await storage.queries.ledger(since=make.NOW)
    assert (line.received, line.stored, line.waiting) == (3, 2, 2)
    await storage.close()


async def test_a_locked_file_is_said_in_words(sqlite_url: str, secrets: object, clock: StandingClock) -> None:
    storage = await open_storage(sqlite_url, secrets=secrets, doorbell=None, clock=clock, busy_ms=50)  # type: ignore[arg-type]  # a box of this test
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy, match="locked by another program"):
        await storage.journal.append(ChannelId(uuid7()), [make.raw()])
    with pytest.raises(StorageBusy, match="locked by another program"):
        await storage.ready()
    assert await storage.queries.unread_events(5) == []
    other.execute("ROLLBACK")
    other.close()
    await storage.ready()
    await storage.close()


async def test_a_file_in_no_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageUnreachable, match="HUB_DATABASE_URL"):
        await migrate(f"sqlite:///{tmp_path}/nowhere/hub.db")


async def test_an_unreachable_server_is_said_in_words(unused_tcp_port: int) -> None:
    with pytest.raises(StorageUnreachable, match="HUB_DATABASE_URL"):
        await migrate(f"postgresql://x:y@127.0.0.1:{unused_tcp_port}/hub")


async def test_a_missing_database_is_said_in_words(postgres_url: str) -> None:
    with pytest.raises(StorageUnreachable, match="does not exist"):
        await migrate(make_url(postgres_url).set(database="missing").render_as_string(hide_password=False))


async def test_concurrent_changes_of_one_record_lose_nothing(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)

    async def count_up() -> None:
        async with storage.begin() as uow:
            found = await uow.conversations.get(thread.conversation.id)
            assert found is not None
            await uow.conversations.update(make.renewed(found, reopen_count=found.reopen_count + 1))

    await asyncio.gather(*(count_up() for _ in range(40)))
    async with storage.read() as uow:
        found = await uow.conversations.get(thread.conversation.id)
    assert found is not None
    assert found.reopen_count == 40


async def test_an_exception_inside_leaves_nothing_behind_and_passes_unchanged(storage: SqlStorage) -> None:
    channel = make.channel()

    async def fail(error: BaseException) -> None:
        async with storage.begin() as uow:
            await uow.channels.add(channel, {}, ())
            raise error

    for error in (TimeoutError("mine"), ConnectionError("mine too"), asyncio.CancelledError()):
        with pytest.raises(type(error)):
            await fail(error)
    async with storage.read() as uow:
        assert await uow.channels.all() == []


async def test_a_reading_refuses_to_write(storage: SqlStorage) -> None:
    with pytest.raises(HubError):
        async with storage.read() as uow:
            await uow.facts.put("a", "b")
    async with storage.read() as uow:
        assert await uow.facts.get("a") is None


async def test_characters_no_database_holds_are_replaced_and_not_refused(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        entry = make.message(thread.conversation, text="a\0b\ud800c 😀", data={"k\0": ["\0", "\udfff", {"x": "ok"}]})
        await uow.timeline.add(entry)
    async with storage.read() as uow:
        stored = await uow.timeline.get(entry.id)
    assert stored is not None
    assert stored.text == "a\ufffdb\ufffdc 😀"
    assert stored.data == {"k\ufffd": ["\ufffd", "\ufffd", {"x": "ok"}]}
