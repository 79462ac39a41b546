"""The journal's writing side: group commit, so that everybody waiting shares one durable transaction."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import sqlalchemy as sa

from hub.contract.events import RawEvent
from hub.domain.ids import ChannelId, JournalSeq
from hub.domain.journal import RawState
from hub.ports import Clock
from storage import tables
from storage.engine import Database, Session
from storage.errors import StorageError, in_words
from storage.types import clean, dump_json, to_microseconds

GROUP_LIMIT = 2_000
"""Events in one transaction: bounds how long the first caller waits for the others' bodies."""


@dataclass(slots=True)
class _Waiting:
    """A caller of `append`, with what it brought."""

    channel_id: ChannelId
    events: Sequence[RawEvent]
    cursor: str | None
    done: "asyncio.Future[Sequence[JournalSeq]]"


@dataclass(slots=True)
class Group:
    """What one transaction stores."""

    rows: list[tuple[UUID, RawEvent]] = field(default_factory=list)
    cursors: dict[UUID, str] = field(default_factory=dict)
    received: dict[UUID, int] = field(default_factory=dict)
    stored: dict[UUID, int] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))

    @property
    def day(self) -> date:
        """The ledger's day, UTC."""
        return self.at.date()


class SqliteWriter:
    """Writes a group on a connection and thread of its own: one step of the event loop for one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._connection: sqlite3.Connection | None = None

    async def write(self, group: Group) -> Sequence[int]:
        """Store a group; returns the numbers of its rows. Raises the storage's error: then nothing was stored."""
        async with self._database.write_lock:
            work = asyncio.get_running_loop().run_in_executor(self._thread, self._store, group)
            try:
                return await asyncio.shield(work)
            except asyncio.CancelledError:
                # The lock must not be given away while the thread is inside its transaction.
                with suppress(StorageError):
                    await work
                raise

    async def close(self) -> None:
        """Close the connection."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        path = self._database.url.database
        connection = sqlite3.connect(
            str(path),
            timeout=self._database.busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=32,
        )
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-8000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _store(self, group: Group) -> Sequence[int]:
        try:
            if self._connection is None:
                self._connection = self._open()
            run = self._connection.execute
            run("BEGIN IMMEDIATE")
            try:
                numbers = self._insert(self._connection, group)
                run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    run("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise in_words(error) from error
        return numbers

    @staticmethod
    def _insert(connection: sqlite3.Connection, group: Group) -> Sequence[int]:
        last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'raw_events'").fetchone()
        first = (last[0] if last else 0) + 1
        new = RawState.new.value
        connection.executemany(
            "INSERT INTO raw_events (seq, channel_id, kind, headers, body, received_at, state, attempts, recovered)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
            [
                (
                    seq,
                    channel_id.bytes,
                    event.kind,
                    _headers(event.headers),
                    event.body,
                    to_microseconds(event.received_at),
                    new,
                    event.recovered,
                )
                for seq, (channel_id, event) in enumerate(group.rows, first)
            ],
        )
        at = to_microseconds(group.at)
        connection.executemany(
            "INSERT INTO arrivals (channel_id, day, received, stored, last_received_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (channel_id, day) DO UPDATE SET received = received + excluded.received,"
            " stored = stored + excluded.stored, last_received_at = excluded.last_received_at",
            [
                (channel_id.bytes, group.day.isoformat(), received, group.stored.get(channel_id, 0), at)
                for channel_id, received in group.received.items()
            ],
        )
        connection.executemany(
            "INSERT INTO listener_cursors (channel_id, cursor) VALUES (?, ?)"
            " ON CONFLICT (channel_id) DO UPDATE SET cursor = excluded.cursor",
            [(channel_id.bytes, clean(cursor)) for channel_id, cursor in group.cursors.items()],
        )
        return range(first, first + len(group.rows))


class PostgresWriter:
    """Writes a group on a connection of the pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, group: Group) -> Sequence[int]:
        """Store a group; returns the numbers of its rows. Raises the storage's error: then nothing was stored."""
        async with self._database.write() as session:
            return await self._insert(session, group)

    async def close(self) -> None:
        """Nothing of its own to close."""

    @staticmethod
    async def _insert(session: Session, group: Group) -> Sequence[int]:
        numbers = await session.next_numbers(tables.raw_events, len(group.rows)) if group.rows else ()
        await session.insert(
            tables.raw_events,
            [
                {
                    "seq": seq,
                    "channel_id": channel_id,
                    "kind": event.kind,
                    "headers": _headers(event.headers),
                    "body": event.body,
                    "received_at": event.received_at,
                    "state": RawState.new,
                    "recovered": event.recovered,
                    "attempts": 0,
                }
                for seq, (channel_id, event) in zip(numbers, group.rows, strict=True)
            ],
        )
        # Always in one order, so that two nodes never wait for each other's rows.
        await session.upsert(
            tables.arrivals,
            [
                {
                    "channel_id": channel_id,
                    "day": group.day,
                    "received": received,
                    "stored": group.stored.get(channel_id, 0),
                    "last_received_at": group.at,
                }
                for channel_id, received in sorted(group.received.items())
            ],
            keys=("channel_id", "day"),
            add=("received", "stored"),
        )
        await session.upsert(
            tables.listener_cursors,
            [{"channel_id": key, "cursor": cursor} for key, cursor in sorted(group.cursors.items())],
            keys=("channel_id",),
        )
        return numbers


class SqlJournal:
    """Implements hub.ports.Journal."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._writer = PostgresWriter(database) if database.postgres else SqliteWriter(database)
        self._waiting: list[_Waiting] = []
        self._flusher: asyncio.Task[None] | None = None
        self._new = asyncio.Event()
        self._missed: dict[UUID, int] = {}
        """Events received whose commit failed: counted with the next that succeeds, so that the ledger shows them."""

    async def append(
        self, channel_id: ChannelId, events: Sequence[RawEvent], *, cursor: str | None = None
    ) -> Sequence[JournalSeq]:
        if not events and cursor is None:
            return ()
        done: asyncio.Future[Sequence[JournalSeq]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(channel_id, events, cursor, done))
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush(), name="journal flush")
        return await done

    async def cursor(self, channel_id: ChannelId) -> str | None:
        table = tables.listener_cursors
        async with self._database.read() as session:
            found: str | None = await session.value(sa.select(table.c.cursor).where(table.c.channel_id == channel_id))
        return found

    async def wait_for_new(self, at_most: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._new.wait(), at_most)
        self._new.clear()

    async def close(self) -> None:
        """Store what is still waiting and close the writer."""
        if self._flusher is not None:
            await self._flusher
        await self._writer.close()

    async def _flush(self) -> None:
        while self._waiting:
            batch = self._take()
            try:
                await self._settle(batch, self._writer.write)
            except asyncio.CancelledError:
                for waiting in batch:
                    waiting.done.cancel()
                raise

    def _take(self) -> Sequence[_Waiting]:
        count = size = 0
        for count, waiting in enumerate(self._waiting, 1):  # noqa: B007 - the count is what is wanted
            size += len(waiting.events)
            if size >= GROUP_LIMIT:
                break
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        # Who gave up before the transaction began gets nothing stored: nobody would tell the provider.
        return [waiting for waiting in batch if not waiting.done.done()]

    async def _settle(self, batch: Sequence[_Waiting], write: Callable[[Group], Awaitable[Sequence[int]]]) -> None:
        """Store a batch. If it fails with several callers in it, each is tried alone: errors reach only their cause."""
        if not batch:
            return
        group = self._group(batch)
        try:
            numbers = await write(group)
        except Exception as error:  # noqa: BLE001 - every failure must reach its caller, whatever it is
            await self._fail(batch, error, write)
            return
        self._missed.clear()
        place = 0
        for waiting in batch:
            upto = place + len(waiting.events)
            if not waiting.done.done():
                waiting.done.set_result([JournalSeq(n) for n in numbers[place:upto]])
            place = upto
        if numbers:
            self._new.set()

    async def _fail(
        self, batch: Sequence[_Waiting], error: Exception, write: Callable[[Group], Awaitable[Sequence[int]]]
    ) -> None:
        if len(batch) > 1 and not _of_the_database(error):
            for waiting in batch:
                await self._settle([waiting], write)
            return
        for waiting in batch:
            if waiting.events:
                self._missed[waiting.channel_id] = self._missed.get(waiting.channel_id, 0) + len(waiting.events)
            if not waiting.done.done():
                waiting.done.set_exception(error)

    def _group(self, batch: Sequence[_Waiting]) -> Group:
        group = Group(at=self._clock.now(), received=dict(self._missed))
        for waiting in batch:
            count = len(waiting.events)
            channel_id = waiting.channel_id
            if count:
                group.rows += [(channel_id, event) for event in waiting.events]
                group.received[channel_id] = group.received.get(channel_id, 0) + count
                group.stored[channel_id] = group.stored.get(channel_id, 0) + count
            if waiting.cursor is not None:
                group.cursors[channel_id] = waiting.cursor
        return group


def _of_the_database(error: Exception) -> bool:
    """Tell whether the failure would be everybody's: full, locked, unreachable."""
    from storage.errors import StorageBusy, StorageFull, StorageUnreachable

    return isinstance(error, (StorageBusy, StorageFull, StorageUnreachable))


def _headers(headers: Mapping[str, str]) -> str:
    return dump_json(dict(headers)) if headers else "{}"
