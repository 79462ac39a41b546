"""What proves that nothing is lost and nobody is forgotten: ledger, raw events, waits, notices, the outbox's depth."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.changes import Change, Notice
from hub.domain.ids import ChannelId, ConversationId, InteractionId, JournalSeq
from hub.domain.journal import LedgerLine, RawState, StoredEvent
from hub.domain.views import Page, WaitView
from storage import cursors, records, tables
from storage.engine import Database, Session
from storage.journal_reading import event_columns, raw, stored_event, unread_events
from storage.prepared import Prepared

arrivals, readings, waits, notices, d, i = (
    tables.arrivals,
    tables.readings,
    tables.waits,
    tables.notices,
    tables.deliveries,
    tables.interactions,
)
_NEW = sa.text("state = 'new'")
_NOTICES = Prepared(
    lambda _postgres: (
        sa.select(notices.c.seq, notices.c.at, notices.c.kind, notices.c.subject_id, notices.c.conversation_id)
        .where(notices.c.seq > sa.bindparam("after", type_=sa.BigInteger))
        .order_by(notices.c.seq)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
)
_STUCK = sa.text("state IN ('parked', 'unparsed')")


class AuditQueries:
    """The journal's and the installation's state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ledger(self, *, since: datetime) -> Sequence[LedgerLine]:
        day = since.date()
        async with self._database.read() as session:
            lines = {
                row[0]: row
                for row in await session.rows(
                    sa.select(
                        arrivals.c.channel_id,
                        sa.func.sum(arrivals.c.received),
                        sa.func.sum(arrivals.c.stored),
                        sa.func.max(arrivals.c.last_received_at),
                    )
                    .where(arrivals.c.day >= day)
                    .group_by(arrivals.c.channel_id)
                )
            }
            counts = ("shown", "known", "unneeded", "recovered")
            read = {
                row[0]: dict(zip(counts, map(int, row[1:]), strict=True))
                for row in await session.rows(
                    sa.select(readings.c.channel_id, *(sa.func.sum(readings.c[name]) for name in counts))
                    .where(readings.c.day >= day)
                    .group_by(readings.c.channel_id)
                )
            }
            waiting = await _count_raw(session, _NEW)
            stuck: dict[RawState, Mapping[UUID, int]] = {
                state: await _count_raw(session, _STUCK, raw.c.state == state)
                for state in (RawState.unparsed, RawState.parked)
            }
            channels = [row[0] for row in await session.rows(sa.select(tables.channels.c.id))]
        nothing = dict.fromkeys(counts, 0)
        return [
            LedgerLine(
                channel_id=ChannelId(key),
                received=int(lines[key][1]) if key in lines else 0,
                stored=int(lines[key][2]) if key in lines else 0,
                waiting=waiting.get(key, 0),
                unparsed=stuck[RawState.unparsed].get(key, 0),
                parked=stuck[RawState.parked].get(key, 0),
                last_received_at=lines[key][3] if key in lines else None,
                **read.get(key, nothing),
            )
            for key in sorted({*channels, *lines, *read, *waiting})
        ]

    async def raw_events(
        self, *, channel_id: ChannelId | None, state: RawState | None, cursor: str | None, limit: int
    ) -> Page[StoredEvent]:
        columns = [column if column is not raw.c.body else sa.literal(b"").label("body") for column in event_columns()]
        statement = sa.select(*columns)
        if channel_id is not None:
            statement = statement.where(raw.c.channel_id == channel_id)
        if state is not None:
            written = {RawState.new: _NEW, RawState.parked: _STUCK, RawState.unparsed: _STUCK}.get(state)
            statement = statement.where(raw.c.state == state)
            statement = statement if written is None else statement.where(written)
        if cursor:
            statement = statement.where(raw.c.seq < cursors.decode(cursor, int)[0])
        async with self._database.read() as session:
            rows = await session.rows(statement.order_by(raw.c.seq.desc()).limit(limit + 1))
        items = tuple(stored_event(row) for row in rows[:limit])
        return Page(items=items, next=cursors.encode(items[-1].seq) if len(rows) > limit else None)

    async def raw_interactions(self, seq: JournalSeq) -> Sequence[InteractionId]:
        async with self._database.read() as session:
            rows = await session.rows(sa.select(i.c.id).where(i.c.journal_seq == seq).order_by(i.c.occurred_at, i.c.id))
        return [InteractionId(row[0]) for row in rows]

    async def waits(
        self, *, conversation_id: ConversationId | None, channel_id: ChannelId | None, cursor: str | None, limit: int
    ) -> Page[WaitView]:
        t = waits.c
        statement = sa.select(t.conversation_id, t.channel_id, *records.wait.columns)
        if conversation_id is not None:
            statement = statement.where(t.conversation_id == conversation_id)
        if channel_id is not None:
            statement = statement.where(t.channel_id == channel_id)
        if cursor:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(sa.tuple_(t.started_at, t.id) < cursors.after(t.started_at, t.id, at, last))
        async with self._database.read() as session:
            rows = await session.rows(statement.order_by(t.started_at.desc(), t.id.desc()).limit(limit + 1))
        items = tuple(_wait(row) for row in rows[:limit])
        more = cursors.encode(items[-1].started_at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def notices(self, *, after: int, limit: int) -> Sequence[Notice]:
        async with self._database.glance() as session:
            rows = await session.fetch(_NOTICES, {"after": after, "most": limit})
        return [
            Notice(seq=seq, at=at, change=Change(kind=kind, subject_id=subject_id, conversation_id=conversation_id))
            for seq, at, kind, subject_id, conversation_id in rows
        ]

    async def notice_bounds(self) -> tuple[int, int]:
        lowest = sa.select(sa.func.min(notices.c.seq)).scalar_subquery()
        highest = sa.select(sa.func.max(notices.c.seq)).scalar_subquery()
        async with self._database.read() as session:
            row = await session.one(sa.select(sa.func.coalesce(lowest, 0), sa.func.coalesce(highest, 0)))
        return (0, 0) if row is None else (row[0], row[1])

    async def unread_events(self, limit: int, *, max_bytes: int = 16_000_000) -> Sequence[StoredEvent]:
        async with self._database.glance() as session:
            return await unread_events(session, limit, max_bytes)

    async def oldest_unread_event(self) -> datetime | None:
        # "+ 0" keeps SQLite from walking the whole table in the order of seq to find the first.
        oldest = sa.select(sa.func.min(raw.c.seq + 0)).where(_NEW).scalar_subquery()
        async with self._database.read() as session:
            found: datetime | None = await session.value(sa.select(raw.c.received_at).where(raw.c.seq == oldest))
        return found

    async def outbox_depth(self) -> Mapping[str, int]:
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(d.c.state, sa.func.count())
                .where(sa.text("state IN ('queued', 'sending')"))
                .group_by(d.c.state)
            )
        return {row[0].value: row[1] for row in rows}


async def _count_raw(session: Session, *conditions: Any) -> Mapping[UUID, int]:
    rows = await session.rows(
        sa.select(raw.c.channel_id, sa.func.count()).where(*conditions).group_by(raw.c.channel_id)
    )
    return {row[0]: row[1] for row in rows}


_SHOWN = (
    "id", "started_at", "ended_at", "first", "initiated_by_us", "answered_by", "episode", "reopened", "team_id",
    "owner_id", "bot_at", "handed_over_at", "contained", "agent_from", "heard_at", "via_other_channel",
    "business_seconds", "calendar_id", "calendar_version", "target_id", "due_at",
)  # fmt: skip


def _wait(row: Any) -> WaitView:
    wait = records.wait.load(row, 2)
    return WaitView(
        conversation_id=row[0],
        channel_id=row[1],
        ended_by=None if wait.ended_by is None else wait.ended_by.value,
        seconds=None if wait.ended_at is None else (wait.ended_at - wait.started_at).total_seconds(),
        **{name: getattr(wait, name) for name in _SHOWN},
    )
