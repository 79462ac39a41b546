"""Writes the journal's groups to SQLite: few statements for each transaction, carried out by a hand of its own."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import cast
from uuid import UUID

from hub.contract.events import RawEvent
from hub.domain.ids import JournalSeq
from hub.domain.journal import RawState
from storage.engine import Database, chunked
from storage.errors import StorageError
from storage.journal_group import Group, text_of
from storage.journal_hands import Hand
from storage.journal_steps import Step
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

    def __init__(self, database: Database, hand: Hand) -> None:
        self._database = database
        self._hand = hand

    async def write(self, group: Group) -> Sequence[JournalSeq]:
        sizes, steps = _steps(group)
        async with self._database.write_lock:
            work = asyncio.ensure_future(self._hand.run(steps))
            try:
                ids = await asyncio.shield(work)
            except asyncio.CancelledError:
                # The lock must not be given away while the transaction is under way.
                with suppress(StorageError):
                    await work
                raise
        # Nobody else writes meanwhile, so the numbers of one statement follow each other.
        numbers = [n for last, size in zip(ids, sizes, strict=False) for n in range(last - size + 1, last + 1)]
        return cast(Sequence[JournalSeq], numbers)

    async def close(self) -> None:
        await self._hand.close()


def _steps(group: Group) -> tuple[Sequence[int], Sequence[Step]]:
    """Return the rows of each of the first steps, and all steps. Raises ValueError for a time without a zone."""
    inserts = list(chunked(group.rows, ROWS))
    steps: list[Step] = [(_insert_of(len(rows)), _values(rows)) for rows in inserts]
    day, at = group.day.isoformat(), to_microseconds(group.at)
    for channel_id, received in group.received.items():
        steps.append((_COUNT, (channel_id.bytes, day, received, group.stored.get(channel_id, 0), at)))
    for channel_id, cursor in group.cursors.items():
        steps.append((_MOVE, (channel_id.bytes, clean(cursor))))
    return [len(rows) for rows in inserts], steps


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
