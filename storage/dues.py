"""Targets whose time runs, and the conversation list's note of the soonest."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ConversationId
from hub.domain.targets import Due
from hub.domain.views import Page
from hub.ports.hours import Owed, Risk
from storage import cursors, tables
from storage.engine import Session, chunked
from storage.records import Mapper

d, v = tables.dues, tables.conversations

_DUE = Mapper(Due, d)
_OWED = (d.c.conversation_id, d.c.channel_id, d.c.contact_id, d.c.team_id, d.c.assignee_id)


class SqlDues:
    """Implements hub.ports.hours.Dues."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, conversation_ids: Collection[ConversationId]) -> Sequence[Owed]:
        return await self._where(d.c.conversation_id.in_(list(conversation_ids))) if conversation_ids else ()

    async def get(self, ids: Collection[UUID]) -> Sequence[Owed]:
        return await self._where(d.c.id.in_(list(ids))) if ids else ()

    async def _where(self, condition: sa.ColumnElement[bool]) -> Sequence[Owed]:
        rows = await self._session.rows(self._session.locked(_select().where(condition).order_by(d.c.id)))
        return [_load(row) for row in rows]

    async def put(self, owed: Collection[Owed]) -> None:
        await self._session.upsert(d, [_row(item) for item in owed], keys=("id",))
        await self._show({item.conversation_id for item in owed if item.conversation_id is not None})

    async def drop(self, ids: Collection[UUID]) -> None:
        gone: set[ConversationId] = set()
        for chunk in chunked(list(ids), 10_000):
            rows = await self._session.rows(sa.delete(d).where(d.c.id.in_(chunk)).returning(d.c.conversation_id))
            gone |= {ConversationId(row[0]) for row in rows if row[0] is not None}
        await self._show(gone)

    async def _show(self, conversation_ids: Collection[ConversationId]) -> None:
        """Keep the soonest due time with its conversation, so that the list reads no other table."""
        for chunk in chunked(list(conversation_ids), 10_000):
            soonest = (
                sa.select(d.c.id)
                .where(d.c.conversation_id == v.c.id, d.c.due_at.is_not(None))
                .order_by(d.c.due_at, d.c.id)
                .limit(1)
                .correlate(v)
                .scalar_subquery()
            )
            shown = {
                column: sa.select(source).where(d.c.id == soonest).correlate(v).scalar_subquery()
                for column, source in (("due_at", d.c.due_at), ("due_warn_at", d.c.warn_at), ("due_metric", d.c.metric))
            }
            await self._session.run(sa.update(v).where(v.c.id.in_(chunk)).values(shown))

    async def claim(self, now: datetime, limit: int) -> Sequence[Owed]:
        due = _select().where(d.c.next_at.is_not(None), d.c.next_at <= now).order_by(d.c.next_at).limit(limit)
        rows = await self._session.rows(self._session.locked(due, skip=True))
        return [_load(row) for row in rows]

    async def next_at(self) -> datetime | None:
        found: datetime | None = await self._session.value(
            sa.select(d.c.next_at).where(d.c.next_at.is_not(None)).order_by(d.c.next_at).limit(1)
        )
        return found

    async def page(self, *, breached: bool | None, cursor: str | None, limit: int, now: datetime) -> Page[Owed]:
        statement = _select().where(d.c.due_at.is_not(None))
        if breached is not None:
            statement = statement.where(d.c.due_at <= now if breached else d.c.due_at > now)
        if cursor:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(sa.tuple_(d.c.due_at, d.c.id) > cursors.after(d.c.due_at, d.c.id, at, last))
        rows = await self._session.rows(statement.order_by(d.c.due_at, d.c.id).limit(limit + 1))
        items = tuple(_load(row) for row in rows[:limit])
        more = cursors.encode(items[-1].due.due_at, items[-1].due.id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def risks(self, now: datetime) -> Sequence[Risk]:
        rows = await self._session.rows(
            sa.select(
                d.c.channel_id,
                d.c.metric,
                sa.func.count(),
                sa.func.count().filter(d.c.warn_at <= now, d.c.due_at > now),
                sa.func.count().filter(d.c.due_at <= now),
            ).group_by(d.c.channel_id, d.c.metric)
        )
        return [Risk(channel_id=row[0], metric=row[1], running=row[2], at_risk=row[3], breached=row[4]) for row in rows]


def _select() -> sa.Select[Any]:
    return sa.select(*_DUE.columns, *_OWED)


def _load(row: Any) -> Owed:
    names = [column.name for column in _OWED]
    return Owed(due=_DUE.load(row), **dict(zip(names, row[_DUE.width :], strict=True)))


def _row(owed: Owed) -> dict[str, Any]:
    return {
        **_DUE.row(owed.due),
        "conversation_id": owed.conversation_id,
        "channel_id": owed.channel_id,
        "contact_id": owed.contact_id,
        "team_id": owed.team_id,
        "assignee_id": owed.assignee_id,
        "next_at": owed.due.next_at,
    }
