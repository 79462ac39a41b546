"""Writes the journal's groups to SQLite: a connection and a thread of its own, few calls for each transaction."""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import cast
from uuid import UUID

from hub.contract.events import RawEvent
from hub.domain.ids import JournalSeq
from hub.domain.journal import RawState
from storage.engine import Database, chunked
from storage.errors import StorageError, in_words
from storage.journal_group import Group, text_of
from storage.types import clean, to_microseconds

ROWS = 64
"""Rows of one INSERT, each number of them a prepared statement. Row by row the thread and the event loop hand
Python's lock to each other twice for every row: a third of the requests per second at the webhook door (bench-ack)."""

_COUNT = (
    "INSERT INTO arrivals (channel_id, day, received, stored, last_received_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (channel_id, day) DO UPDATE SET received = received + excluded.received,"
    " stored = stored + excluded.stored, last_received_at = excluded.last_received_at"
)
_MOVE = (
    "INSERT INTO listener_cursors (channel_id, cursor) VALUES (?, ?)"
    " ON CONFLICT (channel_id) DO UPDATE SET cursor = excluded.cursor"
)


class SqliteWriter:
    """Implements storage.journal_group.Writer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._connection: sqlite3.Connection | None = None

    async def write(self, group: Group) -> Sequence[JournalSeq]:
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
            cached_statements=ROWS + 32,
        )
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-8000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _store(self, group: Group) -> Sequence[JournalSeq]:
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
    def _insert(connection: sqlite3.Connection, group: Group) -> Sequence[JournalSeq]:
        numbers: list[int] = []
        for rows in chunked(group.rows, ROWS):
            last = connection.execute(_insert_of(len(rows)), _values(rows)).lastrowid or 0
            # Nobody else writes meanwhile, so the numbers of one statement follow each other.
            numbers += range(last - len(rows) + 1, last + 1)
        day, at = group.day.isoformat(), to_microseconds(group.at)
        for channel_id, received in group.received.items():
            connection.execute(_COUNT, (channel_id.bytes, day, received, group.stored.get(channel_id, 0), at))
        for channel_id, cursor in group.cursors.items():
            connection.execute(_MOVE, (channel_id.bytes, clean(cursor)))
        return cast(Sequence[JournalSeq], numbers)


@cache
def _insert_of(rows: int) -> str:
    row = f"(?, ?, ?, ?, ?, ?, ?, '{RawState.new.value}', 0)"
    columns = "channel_id, kind, headers, query, body, received_at, recovered, state, attempts"
    return f"INSERT INTO raw_events ({columns}) VALUES " + ", ".join([row] * rows)  # noqa: S608 - our own words


def _values(rows: Sequence[tuple[UUID, RawEvent]]) -> list[object]:
    values: list[object] = []
    for channel_id, event in rows:
        values += (
            channel_id.bytes,
            clean(event.kind),
            text_of(event.headers),
            text_of(event.query),
            event.body,
            to_microseconds(event.received_at),
            event.recovered,
        )
    return values
