"""Conversations made one: entries, waits, drafts and addresses go over to another conversation, and back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.conversation import ConversationMerge
from hub.domain.ids import ContactPointId, ConversationId, InteractionId, MergeId
from hub.domain.interaction import InteractionKind
from hub.domain.targets import Metric
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session, chunked
from storage.reports.marks import hours_of_conversations

m, e = tables.conversation_merges, tables.merged_entries
v, i, d, k, w, q = (
    tables.conversations,
    tables.interactions,
    tables.deliveries,
    tables.calls,
    tables.waits,
    tables.dues,
)
_CHUNK = 5_000
_OWN = frozenset({"assigned", "team_assigned"})
"""Events that tell how the work itself went from hand to hand."""


class SqlMerges:
    """Implements hub.ports.work.Merges."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def add(self, merge: ConversationMerge) -> ConversationMerge:
        kept, gone = merge.kept_id, merge.gone_id
        merge = replace(merge, joined=await self._join(kept, gone))
        await self._session.insert_once(m, records.merge.row(merge))
        rows = await self._session.rows(sa.select(i.c.id, i.c.kind, i.c.data).where(i.c.conversation_id == gone))
        said = [row[0] for row in rows if row[1] is not InteractionKind.event or row[2].get("event") not in _OWN]
        await self._session.insert(e, [{"merge_id": merge.id, "interaction_id": one} for one in said])
        await self._place(said, kept)
        # The waits go along, so that building them anew keeps what they were measured by; their times do, too.
        await self._session.run(sa.update(w).where(w.c.conversation_id == gone).values(conversation_id=kept))
        running = sa.and_(q.c.conversation_id == gone, q.c.metric != Metric.resolution)
        await self._session.run(sa.update(q).where(running).values(conversation_id=kept))
        self._effects.counts(*await hours_of_conversations(self._session, [kept]))
        # What was merged into `gone` before is part of `kept` now, as all the rest of it.
        await self._session.run(sa.update(v).where(v.c.merged_into_id == gone).values(merged_into_id=kept))
        await self._drafts(kept, gone)
        return merge

    async def take_back(self, merge: ConversationMerge) -> None:
        kept, gone = merge.kept_id, merge.gone_id
        change = sa.update(m).where(m.c.id == merge.id)
        await self._session.run(change.values(undone_at=merge.undone_at, undone_by=merge.undone_by))
        rows = await self._session.rows(
            sa.select(e.c.interaction_id)
            .join(i, i.c.id == e.c.interaction_id)
            .where(e.c.merge_id == merge.id, i.c.conversation_id == kept)
        )
        said = [row[0] for row in rows]
        self._effects.counts(*await hours_of_conversations(self._session, [kept]))
        await self._place(said, gone)
        for chunk in chunked(said, _CHUNK):
            await self._session.run(sa.update(w).where(w.c.id.in_(chunk)).values(conversation_id=gone))
            await self._session.run(sa.update(q).where(q.c.id.in_(chunk)).values(conversation_id=gone))
        t = tables.participants
        if merge.joined:
            left = sa.and_(t.c.conversation_id == kept, t.c.contact_point_id.in_(merge.joined))
            await self._session.run(sa.delete(t).where(left))
        for inner in await self._within(kept, gone):
            await self._session.run(sa.update(v).where(v.c.id == inner).values(merged_into_id=gone))

    async def get(self, merge_id: MergeId) -> ConversationMerge | None:
        row = await self._session.one(self._session.locked(records.merge.select().where(m.c.id == merge_id)))
        return None if row is None else records.merge.load(row)

    async def of(self, conversation_id: ConversationId) -> Sequence[ConversationMerge]:
        rows = await self._session.rows(
            records.merge.select()
            .where(sa.or_(m.c.kept_id == conversation_id, m.c.gone_id == conversation_id))
            .order_by(m.c.at.desc(), m.c.id.desc())
        )
        return [records.merge.load(row) for row in rows]

    async def sending(self, conversation_id: ConversationId) -> bool:
        on_its_way = sa.select(d.c.id).where(
            d.c.conversation_id == conversation_id, sa.text("deliveries.state IN ('queued', 'sending')")
        )
        return await self._session.value(on_its_way.limit(1)) is not None

    async def _place(self, entries: Collection[UUID], conversation_id: ConversationId) -> None:
        """Make entries part of a conversation, with what hangs on them; tell the screens and the reports."""
        for chunk in chunked(entries, _CHUNK):
            for table, key in ((i, i.c.id), (d, d.c.interaction_id), (k, k.c.interaction_id)):
                change: Any = sa.update(table).where(key.in_(chunk)).values(conversation_id=conversation_id)
                await self._session.run(change)
        for entry in entries:
            self._effects.touch(InteractionId(entry))
        self._effects.sent_or_failed(conversation_id)

    async def _join(self, kept: ConversationId, gone: ConversationId) -> tuple[ContactPointId, ...]:
        t = tables.participants
        rows = await self._session.rows(
            sa.select(t.c.conversation_id, t.c.contact_point_id, t.c.role).where(t.c.conversation_id.in_([kept, gone]))
        )
        there = {row[1] for row in rows if row[0] == kept}
        fresh = [row for row in rows if row[1] not in there]
        await self._session.insert(
            t, [{"conversation_id": kept, "contact_point_id": row[1], "role": row[2]} for row in fresh]
        )
        return tuple(ContactPointId(row[1]) for row in fresh)

    async def _drafts(self, kept: ConversationId, gone: ConversationId) -> None:
        """Let half-written words go along, unless their writer has begun something there, too."""
        t = tables.drafts
        other = t.alias()
        taken = sa.select(other.c.user_id).where(other.c.conversation_id == kept)
        free = sa.and_(t.c.conversation_id == gone, t.c.user_id.not_in(taken))
        await self._session.run(sa.update(t).where(free).values(conversation_id=kept))

    async def _within(self, kept: ConversationId, gone: ConversationId) -> Sequence[ConversationId]:
        """Return the conversations that are part of `kept` only since `gone` is, itself left out."""
        inside = [row[0] for row in await self._session.rows(sa.select(v.c.id).where(v.c.merged_into_id == kept))]
        rows = await self._session.rows(
            sa.select(m.c.gone_id, m.c.kept_id).where(m.c.gone_id.in_(inside), m.c.undone_at.is_(None))
        )
        above: dict[UUID, UUID] = {row[0]: row[1] for row in rows}
        return [ConversationId(one) for one in inside if one != gone and _leads_to(one, gone, above)]


def _leads_to(start: UUID, goal: UUID, above: dict[UUID, UUID]) -> bool:
    while (following := above.get(start)) is not None:
        if following == goal:
            return True
        start = following
    return False
