"""What rules look at: conversations that are open, who wrote before, what somebody waits for, what was last week."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.actions import Work
from hub.domain.botflow.speaking import Speaker
from hub.domain.changes import Change, ChangeKind, Notice
from hub.domain.conversation import ConversationState
from hub.domain.ids import ContactId, ConversationId, InteractionId
from hub.domain.interaction import Direction, InteractionKind
from hub.ports.rules import Debt, PastWait
from storage import tables
from storage.engine import Session

c, i, p, own, w, d, s, n = (
    tables.conversations,
    tables.interactions,
    tables.contact_points,
    tables.contacts,
    tables.waits,
    tables.debts,
    tables.speakers,
    tables.notices,
)


class Looking:
    """The part of hub.ports.Rules that only reads what others wrote."""

    def __init__(self, session: Session) -> None:
        self._looking = session

    async def unresolved(self, after: ConversationId | None, limit: int) -> Sequence[ConversationId]:
        found = sa.select(c.c.id).where(c.c.state != ConversationState.resolved).order_by(c.c.id).limit(limit)
        rows = await self._looking.rows(found if after is None else found.where(c.c.id > after))
        return [ConversationId(row[0]) for row in rows]

    async def wrote_before(self, conversation_id: ConversationId, item: InteractionId) -> bool:
        found = await self._looking.value(
            sa.select(i.c.id)
            .where(
                i.c.conversation_id == conversation_id,
                i.c.direction == Direction.inbound,
                i.c.kind == InteractionKind.message,
                i.c.id < item,
            )
            .limit(1)
        )
        return found is not None

    async def debt_of(self, contact_id: ContactId) -> Debt | None:
        row = await self._looking.one(
            sa.select(i.c.id, i.c.conversation_id, d.c.opened_at)
            .join(i, i.c.id == d.c.id)
            .where(d.c.contact_id == contact_id, d.c.closed_at.is_(None))
            .order_by(d.c.opened_at.desc())
            .limit(1)
        )
        return None if row is None else _debt(row)

    async def open_of(self, contact_id: ContactId, limit: int) -> Sequence[ConversationId]:
        rows = await self._looking.rows(
            sa.select(c.c.id)
            .join(p, p.c.id == c.c.contact_point_id)
            .join(own, own.c.id == p.c.contact_id)
            .where(own.c.canonical_id == contact_id, c.c.state != ConversationState.resolved)
            .order_by(c.c.last_at.desc())
            .limit(limit)
        )
        return [ConversationId(row[0]) for row in rows]

    async def fields_changed(self, seq: int) -> tuple[str, ...]:
        return tuple(await self._looking.value(sa.select(n.c.fields).where(n.c.seq == seq)) or ())

    async def entries(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[InteractionId]:
        found = sa.select(i.c.id).where(
            i.c.id >= _first(since),
            i.c.id < _first(until),
            i.c.kind.in_([InteractionKind.message, InteractionKind.event]),
        )
        if after is not None:
            found = found.where(i.c.id > after)
        return [InteractionId(row[0]) for row in await self._looking.rows(found.order_by(i.c.id).limit(limit))]

    async def past_waits(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[PastWait]:
        found = sa.select(w.c.id, w.c.conversation_id, w.c.started_at, w.c.ended_at).where(
            w.c.id >= _first(since), w.c.id < _first(until)
        )
        if after is not None:
            found = found.where(w.c.id > after)
        rows = await self._looking.rows(found.order_by(w.c.id).limit(limit))
        return [
            PastWait(
                item=InteractionId(row[0]), conversation_id=ConversationId(row[1]), started_at=row[2], ended_at=row[3]
            )
            for row in rows
        ]

    async def past_debts(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[Debt]:
        found = (
            sa.select(i.c.id, i.c.conversation_id, d.c.opened_at)
            .join(i, i.c.id == d.c.id)
            .where(d.c.id >= _first(since), d.c.id < _first(until))
        )
        if after is not None:
            found = found.where(d.c.id > after)
        rows = await self._looking.rows(found.order_by(d.c.id).limit(limit))
        return [_debt(row) for row in rows]

    async def past_notices(
        self, kinds: Collection[ChangeKind], after: int, since: datetime, until: datetime, limit: int
    ) -> Sequence[Notice]:
        rows = await self._looking.rows(
            sa.select(n.c.seq, n.c.at, n.c.kind, n.c.subject_id, n.c.conversation_id, n.c.fields)
            .where(n.c.seq > after, n.c.kind.in_(list(kinds)), n.c.at >= since, n.c.at < until)
            .order_by(n.c.seq)
            .limit(limit)
        )
        return [
            Notice(
                seq=seq,
                at=at,
                change=Change(kind=kind, subject_id=subject_id, conversation_id=key, fields=tuple(fields)),
            )
            for seq, at, kind, subject_id, key, fields in rows
        ]

    async def noticed_since(self) -> datetime | None:
        found: datetime | None = await self._looking.value(sa.select(sa.func.min(n.c.at)))
        return found

    async def open_then(self, contact_id: ContactId, at: datetime, limit: int) -> Sequence[ConversationId]:
        shown = sa.select(own.c.canonical_id).where(own.c.id == contact_id).scalar_subquery()
        rows = await self._looking.rows(
            sa.select(c.c.id)
            .join(p, p.c.id == c.c.contact_point_id)
            .join(own, own.c.id == p.c.contact_id)
            .where(
                own.c.canonical_id == shown,
                c.c.created_at <= at,
                sa.or_(c.c.state != ConversationState.resolved, c.c.resolved_at > at),
            )
            .order_by(c.c.last_at.desc())
            .limit(limit)
        )
        return [ConversationId(row[0]) for row in rows]

    async def work(self, conversation_ids: Collection[ConversationId]) -> Mapping[ConversationId, Work]:
        rows = await self._looking.rows(
            sa.select(
                c.c.id,
                c.c.state,
                c.c.snoozed_until,
                c.c.assignee_id,
                c.c.team_id,
                c.c.priority,
                c.c.tags,
                sa.func.coalesce(s.c.speaker, sa.literal(Speaker.nobody, s.c.speaker.type)),
            )
            .outerjoin(s, s.c.conversation_id == c.c.id)
            .where(c.c.id.in_(list(conversation_ids)))
        )
        return {
            ConversationId(row[0]): Work(
                state=row[1],
                snoozed_until=row[2],
                assignee_id=row[3],
                team_id=row[4],
                priority=row[5],
                tags=tuple(row[6]),
                speaker=row[7],
            )
            for row in rows
        }


def _debt(row: Any) -> Debt:
    return Debt(item=InteractionId(row[0]), conversation_id=ConversationId(row[1]), opened_at=row[2])


def _first(at: datetime) -> UUID:
    """Return the smallest id (UUIDv7) of a moment: what was stored since then has a higher one."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62))
