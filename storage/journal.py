"""The journal's writing side: group commit, so that everybody waiting shares one durable transaction."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from uuid import UUID

import sqlalchemy as sa

from hub.contract.events import RawEvent
from hub.domain.ids import ChannelId, JournalSeq
from hub.ports import Clock
from storage import tables
from storage.engine import Database
from storage.errors import StorageBusy, StorageFull, StorageUnreachable
from storage.journal_group import Group, Writer
from storage.journal_hands import ProcessHand, ThreadHand
from storage.journal_sqlite import SqliteWriter

LOOK_EVERY = 1.0
"""Seconds between two looks for callers that waited long enough. One timer for all: one each costs more than all else
that the journal does for a request."""
GROUP_LIMIT = 2_000
"""Events in one transaction: bounds how long the first caller waits for the others' bodies."""
GROUP_BYTES = 32 * 1024 * 1024
"""Bytes of bodies in one transaction beyond which no more callers join it: all are copied once on their way."""


@dataclass(slots=True)
class _Waiting:
    """A caller of `append`, with what it brought."""

    channel_id: ChannelId
    events: Sequence[RawEvent]
    cursor: str | None
    until: float
    """By the loop's clock."""
    done: "asyncio.Future[Sequence[JournalSeq]]"


class SqlJournal:
    """Implements hub.ports.Journal."""

    def __init__(self, database: Database, clock: Clock, *, apart: bool = False) -> None:
        """`apart`: SQLite is written by a process of its own."""
        self._database = database
        self._clock = clock
        self._writer = _writer(database, apart=apart)
        self._waiting: list[_Waiting] = []
        self._writing: Sequence[_Waiting] = ()
        self._look: asyncio.TimerHandle | None = None
        self._flusher: asyncio.Task[None] | None = None
        self._new = asyncio.Event()
        self._missed: dict[UUID, int] = {}
        """Events received whose commit failed: counted with the next that succeeds, so that the ledger shows them."""

    async def append(
        self,
        channel_id: ChannelId,
        events: Sequence[RawEvent],
        *,
        cursor: str | None = None,
        within: float | None = None,
    ) -> Sequence[JournalSeq]:
        if not events and cursor is None:
            return ()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Sequence[JournalSeq]] = loop.create_future()
        until = inf if within is None else loop.time() + within
        self._waiting.append(_Waiting(channel_id, events, cursor, until, done))
        if self._look is None:
            self._look = loop.call_later(LOOK_EVERY, self._give_up_late_ones)
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
        if self._look is not None:
            self._look.cancel()
        await self._writer.close()

    def _give_up_late_ones(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        for waiting in (*self._writing, *self._waiting):
            if waiting.until <= now and not waiting.done.done():
                waiting.done.set_exception(
                    StorageBusy("The database takes too long to store. Look at its disk and locks.")
                )
        busy = bool(self._writing or self._waiting)
        self._look = loop.call_later(LOOK_EVERY, self._give_up_late_ones) if busy else None

    async def _flush(self) -> None:
        while self._waiting:
            batch = self._writing = self._take()
            try:
                await self._settle(batch)
            except asyncio.CancelledError:
                for waiting in batch:
                    waiting.done.cancel()
                raise
            finally:
                self._writing = ()

    def _take(self) -> Sequence[_Waiting]:
        count = events = size = 0
        for count, waiting in enumerate(self._waiting, 1):  # noqa: B007 - the count is what is wanted
            events += len(waiting.events)
            size += sum(len(event.body) for event in waiting.events)
            if events >= GROUP_LIMIT or size >= GROUP_BYTES:
                break
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        # Who gave up before the transaction began gets nothing stored: nobody would tell the provider.
        return [waiting for waiting in batch if not waiting.done.done()]

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        """Store a batch. If it fails with several callers in it, each is tried alone: errors reach only their cause."""
        if not batch:
            return
        group = self._group(batch)
        try:
            numbers = await self._writer.write(group)
        except Exception as error:  # noqa: BLE001 - every failure must reach its caller, whatever it is
            await self._fail(batch, error)
            return
        self._missed.clear()
        place = 0
        for waiting in batch:
            upto = place + len(waiting.events)
            if not waiting.done.done():
                waiting.done.set_result(numbers[place:upto])
            place = upto
        if numbers:
            self._new.set()

    async def _fail(self, batch: Sequence[_Waiting], error: Exception) -> None:
        if len(batch) > 1 and not _of_the_database(error):
            for waiting in batch:
                await self._settle([waiting])
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


def _writer(database: Database, *, apart: bool) -> Writer:
    if database.postgres:
        from storage.journal_postgres import PostgresWriter  # not at the top: asyncpg is an extra

        return PostgresWriter(database)
    hand = ProcessHand if apart else ThreadHand
    return SqliteWriter(database, hand(str(database.url.database), database.busy_ms))


def _of_the_database(error: Exception) -> bool:
    """Tell whether the failure would be everybody's: full, locked, unreachable."""
    return isinstance(error, (StorageBusy, StorageFull, StorageUnreachable))
