"""Portraits: what ingest was told, what is due, what was fetched."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.changes import Change, ChangeKind
from hub.domain.ids import ContactId, ContactPointId, ConversationId
from hub.domain.portrait import DuePortrait, PortraitId, ToldPortrait
from storage import tables
from storage.effects import Effects
from storage.engine import Session

t, p, c, v = tables.portraits, tables.contact_points, tables.contacts, tables.conversations
_ROWS_AT_MOST = 5
"""Conversations of a person whose rows in the lists are shown anew."""


async def save_told(session: Session, told: Collection[ToldPortrait]) -> None:
    """Take up where portraits are. The newest word counts; what was said before is no work."""
    gone = [one for one in told if not one.source]
    found = [one for one in told if one.source]
    for one in gone:
        # who never had one needs no row
        await session.run(
            sa.update(t)
            .where(t.c.contact_point_id == one.contact_point_id, t.c.source != "", t.c.told_at <= one.told_at)
            .values(source="", told_at=one.told_at, due_at=one.told_at, tries=0)
        )
    if not found:
        return
    insert = session.dialect_insert(t).values(
        {name: sa.bindparam(name) for name in ("contact_point_id", "channel_id", "source", "told_at", "due_at")}
    )
    new = insert.excluded
    statement = insert.on_conflict_do_update(
        index_elements=["contact_point_id"],
        set_={**{name: new[name] for name in ("channel_id", "source", "told_at", "due_at")}, "tries": 0},
        where=sa.and_(t.c.source != new.source, t.c.told_at <= new.told_at),
    )
    rows = [
        {
            "contact_point_id": one.contact_point_id,
            "channel_id": one.channel_id,
            "source": one.source,
            "told_at": one.told_at,
            "due_at": one.told_at,
        }
        for one in found
    ]
    await session.run(statement, rows)


async def keys_of(session: Session, contact_ids: Collection[ContactId]) -> Sequence[str]:
    """Return the blob keys of these contacts' portraits."""
    theirs = sa.select(p.c.id).where(p.c.contact_id.in_(contact_ids))
    rows = await session.rows(sa.select(t.c.blob).where(t.c.contact_point_id.in_(theirs), t.c.blob.is_not(None)))
    return [row[0] for row in rows]


async def of_contacts(session: Session, contact_ids: Collection[Any]) -> dict[Any, PortraitId]:
    """Return the newest portrait of each contact, of all that is shown as it."""
    rows = await session.rows(
        sa.select(c.c.canonical_id, t.c.id)
        .join(p, p.c.contact_id == c.c.id)
        .join(t, t.c.contact_point_id == p.c.id)
        .where(c.c.canonical_id.in_(contact_ids), t.c.id.is_not(None))
        .order_by(t.c.told_at)
    )
    return {row[0]: row[1] for row in rows}


class SqlPortraits:
    """Implements hub.ports.Portraits."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def due(self, now: datetime, limit: int) -> Sequence[DuePortrait]:
        rows = await self._session.rows(
            sa.select(t.c.contact_point_id, t.c.channel_id, t.c.source, t.c.tries)
            .where(t.c.due_at.is_not(None), t.c.due_at <= now)
            .order_by(t.c.due_at)
            .limit(limit)
        )
        return [DuePortrait(**row._mapping) for row in rows]

    async def later(self, point: ContactPointId, source: str, due_at: datetime | None) -> None:
        await self._session.run(
            sa.update(t)
            .where(t.c.contact_point_id == point, t.c.source == source)
            .values(due_at=due_at, tries=t.c.tries + 1)
        )

    async def put(
        self, point: ContactPointId, source: str, portrait_id: PortraitId | None, blob: str | None
    ) -> tuple[bool, str | None]:
        which = sa.and_(t.c.contact_point_id == point, t.c.source == source)
        row = await self._session.one(self._session.locked(sa.select(t.c.blob).where(which)))
        if row is None:
            return False, None
        await self._session.run(sa.update(t).where(which).values(id=portrait_id, blob=blob, due_at=None, tries=0))
        await self._show(point)
        return True, row[0]

    async def blob(self, portrait_id: PortraitId) -> str | None:
        key: str | None = await self._session.value(sa.select(t.c.blob).where(t.c.id == portrait_id))
        return key

    async def _show(self, point: ContactPointId) -> None:
        shown = await self._session.value(
            sa.select(c.c.canonical_id).join(p, p.c.contact_id == c.c.id).where(p.c.id == point)
        )
        rows = await self._session.rows(
            sa.select(v.c.id).where(v.c.contact_point_id == point).order_by(v.c.last_at.desc()).limit(_ROWS_AT_MOST)
        )
        changed = [
            Change(kind=ChangeKind.conversation_changed, subject_id=row[0], conversation_id=ConversationId(row[0]))
            for row in rows
        ]
        self._effects.note([Change(kind=ChangeKind.contact_changed, subject_id=shown), *changed])
