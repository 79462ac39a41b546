"""Writes the journal's groups to PostgreSQL: one statement, which is one durable transaction and one round trip."""

from collections.abc import Sequence
from typing import Any, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.domain.ids import JournalSeq
from hub.domain.journal import RawState
from storage.engine import Database
from storage.errors import in_words, translated
from storage.journal_group import Group, text_of
from storage.types import aware, clean

# The rows get their numbers in the order of the arrays. Channels come sorted, so that two nodes never wait for
# each other's rows in a ring.
_STORE = f"""
WITH stored AS (
    INSERT INTO raw_events (channel_id, kind, headers, query, body, received_at, recovered, state, attempts)
    SELECT channel_id, kind, headers, query, body, received_at, recovered, '{RawState.new.value}', 0
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7::boolean[])
        WITH ORDINALITY AS given (channel_id, kind, headers, query, body, received_at, recovered, place)
    ORDER BY place
    RETURNING seq
), counted AS (
    INSERT INTO arrivals (channel_id, day, received, stored, last_received_at)
    SELECT channel_id, $8::date, received, stored, $9::timestamptz
    FROM unnest($10::uuid[], $11::integer[], $12::integer[]) AS given (channel_id, received, stored)
    ON CONFLICT (channel_id, day) DO UPDATE SET received = arrivals.received + excluded.received,
        stored = arrivals.stored + excluded.stored, last_received_at = excluded.last_received_at
), moved AS (
    INSERT INTO listener_cursors (channel_id, cursor)
    SELECT channel_id, cursor FROM unnest($13::uuid[], $14::text[]) AS given (channel_id, cursor)
    ON CONFLICT (channel_id) DO UPDATE SET cursor = excluded.cursor
)
SELECT seq FROM stored ORDER BY seq
"""  # noqa: S608 - the only thing put in is our own word


class PostgresWriter:
    """Implements storage.journal_group.Writer, on a connection it keeps."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None
        self._driver: Any = None
        self._prepared: Any = None

    async def write(self, group: Group) -> Sequence[JournalSeq]:
        try:
            rows = await (await self._statement()).fetch(*_values(group))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            # The next group begins on another connection: this one may be of a server that is no longer in charge.
            await self.close()
            raise in_words(error) from error
        return cast(Sequence[JournalSeq], [row[0] for row in rows])

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _statement(self) -> Any:
        """Return the prepared statement, on a new connection where the server closed the old one."""
        if self._connection is None or self._driver.is_closed():
            await self.close()
            with translated():
                self._connection = await self._database.writer.connect()
                # SQLAlchemy begins a transaction with the first statement it runs; here it runs none.
                self._driver = (await self._connection.get_raw_connection()).driver_connection
            self._prepared = await self._driver.prepare(_STORE)
        return self._prepared


def _values(group: Group) -> Sequence[object]:
    channels, events = [channel_id for channel_id, _ in group.rows], [event for _, event in group.rows]
    counted, moved = sorted(group.received), sorted(group.cursors)
    return (
        channels,
        [clean(event.kind) for event in events],
        [text_of(event.headers) for event in events],
        [text_of(event.query) for event in events],
        [event.body for event in events],
        [aware(event.received_at) for event in events],
        [event.recovered for event in events],
        group.day,
        group.at,
        counted,
        [group.received[channel_id] for channel_id in counted],
        [group.stored.get(channel_id, 0) for channel_id in counted],
        moved,
        [clean(group.cursors[channel_id]) for channel_id in moved],
    )
