"""The journal's reading side: which raw events are new, in order, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.ids import ChannelId, ExternalId, JournalSeq
from hub.domain.journal import RawState, Recovery, StoredEvent, Tally
from storage import tables
from storage.engine import Session, chunked
from storage.prepared import Prepared, among_numbers
from storage.types import load_json

raw = tables.raw_events
_COLUMNS = (
    raw.c.seq,
    raw.c.channel_id,
    raw.c.kind,
    raw.c.headers,
    raw.c.query,
    raw.c.body,
    raw.c.received_at,
    raw.c.state,
    raw.c.error,
    raw.c.read_at,
    raw.c.attempts,
    raw.c.recovered,
)
_NEW = sa.text("state = 'new'")  # written out: a partial index is used only if its condition stands in the query

_EVENTS = Prepared(
    lambda postgres: sa.select(*_COLUMNS).where(among_numbers(raw.c.seq, "seqs", postgres=postgres)).order_by(raw.c.seq)
)
_STILL_NEW = Prepared(
    lambda postgres: sa.select(raw.c.seq).where(_NEW, among_numbers(raw.c.seq, "seqs", postgres=postgres))
)
_SETTLE = Prepared(
    lambda postgres: (
        sa.update(raw)
        .where(among_numbers(raw.c.seq, "seqs", postgres=postgres))
        .values(
            state=sa.bindparam("to", type_=raw.c.state.type),
            read_at=sa.bindparam("at", type_=raw.c.read_at.type),
            error=sa.null(),
            attempts=raw.c.attempts + sa.literal_column("1"),
        )
    )
)
_SIZES = Prepared(
    lambda _postgres: (
        sa.select(raw.c.seq, sa.func.length(raw.c.body).label("size"))
        .where(_NEW, raw.c.channel_id == sa.bindparam("channel_id", type_=raw.c.channel_id.type))
        .order_by(raw.c.seq)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
)

_WITH_NEWS = Prepared(
    lambda _postgres: sa.text(
        "WITH RECURSIVE c(id) AS ("
        " SELECT * FROM (SELECT channel_id FROM raw_events WHERE state = 'new' ORDER BY channel_id LIMIT 1) f"
        " UNION ALL SELECT (SELECT channel_id FROM raw_events WHERE state = 'new' AND channel_id > c.id"
        " ORDER BY channel_id LIMIT 1) FROM c WHERE c.id IS NOT NULL)"
        " SELECT id FROM c WHERE id IS NOT NULL"
    ).columns(id=raw.c.channel_id.type)
)


_TAKE_CHANNEL = Prepared(
    lambda _postgres: sa.select(sa.func.pg_try_advisory_xact_lock(sa.bindparam("key", type_=sa.BigInteger)))
)


def stored_event(row: Sequence[Any]) -> StoredEvent:
    """Return a raw event from the journal's columns, in their order here."""
    return StoredEvent(
        seq=JournalSeq(row[0]),
        channel_id=ChannelId(row[1]),
        kind=row[2],
        headers=load_json(row[3]),
        query=load_json(row[4]),
        body=bytes(row[5]),
        received_at=row[6],
        state=row[7],
        error=row[8] or "",
        read_at=row[9],
        attempts=row[10],
        recovered=row[11],
    )


def event_columns() -> Sequence[sa.ColumnElement[Any]]:
    """Return the columns `stored_event` reads."""
    return _COLUMNS


class SqlJournalReading:
    """Implements hub.ports.JournalReading."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def claim(self, events: Collection[StoredEvent]) -> frozenset[JournalSeq]:
        mine = [event.seq for event in events]
        if self._session.postgres:
            # First the channels, then the look: before it another worker may have read some of them.
            ours = {key for key in sorted({event.channel_id for event in events}) if await self._lock(key)}
            mine = [event.seq for event in events if event.channel_id in ours]
        rows = await self._session.fetch(_STILL_NEW, {"seqs": sorted(mine)}) if mine else ()
        return frozenset(JournalSeq(row[0]) for row in rows)

    async def _lock(self, channel_id: ChannelId) -> bool:
        key = int.from_bytes(channel_id.bytes[8:], "big", signed=True)
        ((taken,),) = await self._session.fetch(_TAKE_CHANNEL, {"key": key})
        return bool(taken)

    async def get(self, seq: JournalSeq) -> StoredEvent | None:
        found = await self.get_many([seq])
        return found[0] if found else None

    async def get_many(self, seqs: Collection[JournalSeq]) -> Sequence[StoredEvent]:
        return [stored_event(row) for row in await self._session.fetch(_EVENTS, {"seqs": sorted(seqs)})]

    async def settle(self, seqs: Collection[JournalSeq], state: RawState, *, at: datetime) -> None:
        await self._session.many(_SETTLE, [{"seqs": sorted(seqs), "to": state, "at": at}])

    async def set_unparsed(self, seq: JournalSeq, error: str, *, at: datetime) -> None:
        await self._session.run(
            sa.update(raw)
            .where(raw.c.seq == seq)
            .values(state=RawState.unparsed, read_at=at, error=error, attempts=raw.c.attempts + 1)
        )

    async def renew(self, *, channel_id: ChannelId | None = None, seqs: Collection[JournalSeq] = ()) -> int:
        if seqs:
            count = 0
            for chunk in chunked(sorted(seqs), 5_000):
                count += await self._renew(raw.c.seq.in_(chunk))
            return count
        condition = sa.and_(sa.text("state IN ('parked', 'unparsed')"), raw.c.state == RawState.unparsed)
        return await self._renew(condition if channel_id is None else condition & (raw.c.channel_id == channel_id))

    async def _renew(self, condition: sa.ColumnElement[bool]) -> int:
        result = await self._session.run(
            sa.update(raw).where(condition).values(state=RawState.new, read_at=None, error=None)
        )
        return result.rowcount

    async def park(self, channel_id: ChannelId, external_id: ExternalId, seq: JournalSeq) -> None:
        await self._session.upsert(
            tables.parked,
            [{"channel_id": channel_id, "external_id": external_id, "seq": seq}],
            keys=("channel_id", "external_id", "seq"),
        )

    async def unpark(self, channel_id: ChannelId, external_ids: Collection[ExternalId]) -> Sequence[JournalSeq]:
        t = tables.parked
        seqs: set[int] = set()
        for chunk in chunked(external_ids, 5_000):
            rows = await self._session.rows(
                sa.delete(t).where(t.c.channel_id == channel_id, t.c.external_id.in_(chunk)).returning(t.c.seq)
            )
            seqs.update(row[0] for row in rows)
        return [JournalSeq(seq) for seq in sorted(seqs)]

    async def renew_met(self) -> int:
        t, i, d, n = tables.parked, tables.interactions, tables.delivery_ids, tables.reaction_ids
        met = sa.or_(
            sa.exists().where(i.c.channel_id == t.c.channel_id, i.c.external_id == t.c.external_id),
            sa.exists().where(d.c.channel_id == t.c.channel_id, d.c.external_id == t.c.external_id),
            sa.exists().where(n.c.channel_id == t.c.channel_id, n.c.external_id == t.c.external_id),
        )
        rows = await self._session.rows(sa.delete(t).where(met).returning(t.c.seq))
        return await self.renew(seqs={JournalSeq(row[0]) for row in rows}) if rows else 0

    async def count(self, channel_id: ChannelId, tally: Tally, *, at: datetime) -> None:
        counts = {name: getattr(tally, name) for name in ("shown", "known", "unneeded", "recovered")}
        if not any(counts.values()):
            return
        await self._session.upsert(
            tables.readings,
            [{"channel_id": channel_id, "day": at.date(), **counts}],
            keys=("channel_id", "day"),
            add=tuple(counts),
        )
        if tally.recovered:
            await self._recovered(channel_id, tally.recovered, at)

    async def _recovered(self, channel_id: ChannelId, count: int, at: datetime) -> None:
        t = tables.recoveries
        insert = self._session.dialect_insert(t).values(channel_id=channel_id, count=count, since=at, last_at=at)
        await self._session.run(
            insert.on_conflict_do_update(
                index_elements=["channel_id"],
                set_={"count": t.c.count + insert.excluded.count, "last_at": insert.excluded.last_at},
            )
        )

    async def recoveries(self) -> Mapping[ChannelId, Recovery]:
        t = tables.recoveries
        rows = await self._session.rows(sa.select(t.c.channel_id, t.c.count, t.c.since, t.c.last_at))
        return {ChannelId(row[0]): Recovery(count=row[1], since=row[2], last_at=row[3]) for row in rows}

    async def dismiss_recovery(self, channel_id: ChannelId) -> None:
        await self._session.run(sa.delete(tables.recoveries).where(tables.recoveries.c.channel_id == channel_id))

    async def prune(self, before: datetime, limit: int) -> int:
        end = await self._first_since(before)
        old = (
            sa.select(raw.c.seq)
            .where(raw.c.seq < end, raw.c.received_at < before, raw.c.state == RawState.done)
            .order_by(raw.c.seq)
            .limit(limit)
        )
        result = await self._session.run(sa.delete(raw).where(raw.c.seq.in_(old.scalar_subquery())))
        return result.rowcount

    async def _first_since(self, before: datetime) -> int:
        """Return about the first place received at `before` or later, by halving: there is no index to pay for."""
        low = await self._session.value(sa.select(sa.func.min(raw.c.seq))) or 0
        high = (await self._session.value(sa.select(sa.func.max(raw.c.seq))) or 0) + 1
        while low < high:
            middle = (low + high) // 2
            row = await self._session.one(
                sa.select(raw.c.seq, raw.c.received_at).where(raw.c.seq >= middle).order_by(raw.c.seq).limit(1)
            )
            if row is None or row[1] >= before:
                high = middle
            else:
                low = int(row[0]) + 1
        return low


async def unread_events(session: Session, limit: int, max_bytes: int) -> Sequence[StoredEvent]:
    """Return new raw events, oldest first, at most `limit` and about `max_bytes` of bodies."""
    asked = [(_SIZES, {"channel_id": channel_id, "most": limit}) for channel_id in await _channels_with_news(session)]
    sizes = [(row[0], row[1]) for rows in await session.fetch_all(asked) for row in rows]
    taken: list[JournalSeq] = []
    total = 0
    for seq, size in sorted(sizes)[:limit]:
        total += size
        if taken and total > max_bytes:
            break
        taken.append(JournalSeq(seq))
    return await SqlJournalReading(session).get_many(taken)


async def _channels_with_news(session: Session) -> Sequence[ChannelId]:
    """Return the channels that have new events, by one index look-up each."""
    rows = await session.fetch(_WITH_NEWS, {})
    return [ChannelId(row[0]) for row in rows]
