"""Who writes SQLite's journal: both hands do the same, and a process that dies is said in words and replaced."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from hub.domain.ids import ChannelId
from storage import journal_steps
from storage.database import SqlStorage, open_storage
from storage.errors import StorageBusy, StorageUnreachable
from storage.journal_hands import Hand, ProcessHand, ThreadHand
from tests.storage.builders import StandingClock, raw

MAKE = ("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, b BLOB)", ())


def insert(body: bytes) -> tuple[str, tuple[bytes]]:
    return "INSERT INTO t (b) VALUES (?)", (body,)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "journal.db")


@pytest.fixture(params=[ThreadHand, ProcessHand])
async def hand(request: pytest.FixtureRequest, path: str) -> AsyncIterator[Hand]:
    made: Hand = request.param(path, 100)
    yield made
    await made.close()


def stored(path: str) -> list[bytes]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT b FROM t ORDER BY n").fetchall()
    connection.close()
    return [body for (body,) in rows]


async def test_steps_are_one_transaction_and_tell_their_row_ids(hand: Hand, path: str) -> None:
    assert (await hand.run([MAKE, insert(b"1"), insert(b"2" * 1_000_000)]))[1:] == [1, 2]
    assert stored(path) == [b"1", b"2" * 1_000_000]


async def test_a_refused_step_undoes_the_others_and_the_next_transaction_works(hand: Hand, path: str) -> None:
    await hand.run([MAKE])
    with pytest.raises(Exception, match="no such table"):
        await hand.run([insert(b"lost"), ("INSERT INTO nowhere VALUES (1)", ())])
    await hand.run([insert(b"kept")])
    assert stored(path) == [b"kept"]


async def test_a_locked_database_is_said_so(hand: Hand, path: str) -> None:
    await hand.run([MAKE])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy):
        await hand.run([insert(b"late")])
    other.execute("ROLLBACK")
    other.close()
    await hand.run([insert(b"now")])
    assert stored(path) == [b"now"]


async def test_a_folder_that_is_missing_is_said_and_mended_later(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    hand = ProcessHand(str(folder / "journal.db"), 100)
    with pytest.raises(StorageUnreachable):
        await hand.run([MAKE])
    folder.mkdir()
    await hand.run([MAKE, insert(b"now")])
    await hand.close()
    assert stored(str(folder / "journal.db")) == [b"now"]


def children() -> list[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    found = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in found if b"journal_steps" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the process by Linux' /proc")
async def test_a_killed_process_is_said_in_words_and_the_next_message_starts_another(
    sqlite_url: str, clock: StandingClock, secrets: object
) -> None:
    storage: SqlStorage = await open_storage(
        sqlite_url,
        secrets=secrets,  # type: ignore[arg-type]  # a box of this test
        doorbell=None,
        clock=clock,
        apart=True,
    )
    account = ChannelId(uuid7())
    await storage.journal.append(account, [raw(b"before")])
    (first,) = children()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(first, number)
    await storage.journal.append(account, [raw(b"after signals that end the hub, not it")])
    os.kill(first, signal.SIGKILL)
    with pytest.raises(StorageUnreachable, match="repeat them"):
        await storage.journal.append(account, [raw(b"lost")])
    await storage.journal.append(account, [raw(b"again")])
    assert children() != [first]
    bodies = [event.body for event in await storage.queries.unread_events(10)]
    assert bodies == [b"before", b"after signals that end the hub, not it", b"again"]
    await storage.close()
    assert children() == []


async def test_the_process_ends_with_its_hub_however_that_ended(path: str) -> None:
    script = (
        "import asyncio, os, signal, sys\n"
        "from storage.journal_hands import ProcessHand\n"
        "async def main():\n"
        "    hand = ProcessHand(sys.argv[1], 100)\n"
        "    await hand.run([('CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)', ())])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    # The writer inherits the pipe of errors, which ends when both are gone.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, path, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
    )
    assert process.stderr is not None
    await asyncio.wait_for(process.stderr.read(), 20)
    assert await process.wait() == -signal.SIGKILL
    assert stored(path) == []


@pytest.mark.parametrize("sent", [slice(None), slice(None, -5)], ids=["before it is answered", "while it asks"])
async def test_the_process_complains_of_nothing_when_its_hub_ends(path: str, sent: slice) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # nobody hears the answer
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-ISE",
        journal_steps.__file__,
        path,
        "100",
        stdin=asyncio.subprocess.PIPE,
        stdout=writing,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(writing)
    _, complaint = await process.communicate(journal_steps.pack([MAKE, insert(b"kept")])[sent])
    assert (complaint, process.returncode) == (b"", 0)
