"""Conversations, who takes part, the drafts in them and who has read them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from hub.domain.conversation import Conversation, ConversationState, Participant
from hub.domain.ids import ChannelId, ConversationId, ExternalId, UserId
from hub.domain.views import Draft
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session
from storage.reports import marks

c, drafts, reads = tables.conversations, tables.drafts, tables.reads


class SqlConversations:
    """Implements hub.ports.Conversations."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def get(self, conversation_id: ConversationId) -> Conversation | None:
        # SQLite's writer holds the whole file already.
        found = records.conversation.select().where(c.c.id == conversation_id)
        row = await self._session.one(self._session.locked(found))
        return None if row is None else records.conversation.load(row)

    async def add(self, conversation: Conversation, participants: Sequence[Participant]) -> None:
        await self._session.insert_once(c, records.conversation_row(conversation))
        await self._session.upsert(
            tables.participants,
            [records.participant.row(participant) for participant in participants],
            keys=("conversation_id", "contact_point_id"),
        )

    async def update(self, conversation: Conversation) -> None:
        before = await self._session.one(sa.select(c.c.team_id, c.c.tags).where(c.c.id == conversation.id))
        if before is not None and (before[0], tuple(before[1])) != (conversation.team_id, conversation.tags):
            self._effects.counts(*await marks.hours_of_conversations(self._session, [conversation.id]))
        await self._session.run(
            sa.update(c).where(c.c.id == conversation.id).values(records.conversation_row(conversation))
        )

    async def latest(self, channel_id: ChannelId, thread: ExternalId) -> Conversation | None:
        newest = (
            sa.select(sa.func.coalesce(c.c.merged_into_id, c.c.id, type_=c.c.id.type))
            .where(c.c.channel_id == channel_id, c.c.thread == thread)
            .order_by(c.c.created_at.desc(), c.c.id.desc())
            .limit(1)
        )
        found: ConversationId | None = await self._session.value(newest)
        return None if found is None else await self.get(found)

    async def due_snoozes(self, now: datetime, limit: int) -> Sequence[Conversation]:
        rows = await self._session.rows(
            records.conversation.select()
            .where(sa.text("state = 'snoozed'"), c.c.state == ConversationState.snoozed, c.c.snoozed_until <= now)
            .order_by(c.c.snoozed_until)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [records.conversation.load(row) for row in rows]

    async def save_draft(self, draft: Draft) -> None:
        await self._session.upsert(
            drafts,
            [
                {
                    "conversation_id": draft.conversation_id,
                    "user_id": draft.user_id,
                    "text": draft.text,
                    "html": draft.html,
                    "note": draft.note,
                    "attachment_ids": [str(attachment_id) for attachment_id in draft.attachment_ids],
                    "reply_to_id": draft.reply_to_id,
                    "cc": list(draft.cc),
                    "assistant_call_id": draft.assistant_call_id,
                    "updated_at": draft.updated_at,
                }
            ],
            keys=("conversation_id", "user_id"),
        )

    async def delete_draft(self, conversation_id: ConversationId, user_id: UserId) -> None:
        await self._session.run(
            sa.delete(drafts).where(drafts.c.conversation_id == conversation_id, drafts.c.user_id == user_id)
        )

    async def mark_read(self, conversation_id: ConversationId, user_id: UserId, at: datetime) -> None:
        insert = self._session.dialect_insert(reads).values(
            user_id=user_id, conversation_id=conversation_id, read_at=at
        )
        # Two tabs may tell in any order; the later look counts.
        await self._session.run(
            insert.on_conflict_do_update(
                index_elements=["user_id", "conversation_id"],
                set_={"read_at": insert.excluded.read_at},
                where=reads.c.read_at < insert.excluded.read_at,
            )
        )
