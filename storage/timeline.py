"""Interactions with their attachments, and the waits derived from them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from hub.domain.delivery import Delivery
from hub.domain.errors import Conflict, NotFound
from hub.domain.ids import AttachmentId, ChannelId, ConversationId, ExternalId, InteractionId
from hub.domain.interaction import Attachment, Direction, Interaction, InteractionKind
from hub.ports import Clock
from storage import message_search, records, tables
from storage.bots_lock import humans_wrote
from storage.effects import Effects
from storage.engine import Session
from storage.ingest_save import attachment_row
from storage.waits import WaitRecords

i, a, d = tables.interactions, tables.attachments, tables.deliveries


class SqlTimeline(WaitRecords):
    """Implements hub.ports.Timeline."""

    def __init__(self, session: Session, effects: Effects, clock: Clock) -> None:
        super().__init__(session, effects)
        self._clock = clock

    async def get(self, interaction_id: InteractionId) -> Interaction | None:
        row = await self._session.one(records.interaction.select().where(i.c.id == interaction_id))
        return None if row is None else records.interaction.load(row)

    async def add(self, interaction: Interaction) -> None:
        number = (await self._session.next_numbers(i, 1))[0]
        await self._session.insert_once(i, {"seq": number, **records.interaction.row(interaction)})
        await self._changed(interaction.id)
        if interaction.direction is Direction.outbound:
            self._effects.sent_or_failed(interaction.conversation_id)
        await humans_wrote(self._session, self._effects, [interaction])

    async def update(self, interaction: Interaction) -> None:
        await self._session.run(
            sa.update(i).where(i.c.id == interaction.id).values(records.interaction.row(interaction))
        )
        await self._changed(interaction.id)

    async def _changed(self, interaction_id: InteractionId | None) -> None:
        if interaction_id is not None:
            self._effects.touch(interaction_id)
            await message_search.refresh(self._session, [interaction_id])

    async def items(self, conversation_id: ConversationId) -> Sequence[tuple[Interaction, Delivery | None]]:
        rows = await self._session.rows(
            sa.select(*records.interaction.columns, *records.delivery.columns)
            .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
            .where(
                i.c.conversation_id == conversation_id,
                sa.or_(
                    i.c.kind.in_([InteractionKind.event, InteractionKind.call]),
                    i.c.opens_wait,
                    i.c.direction == Direction.outbound,
                ),
            )
            .order_by(i.c.occurred_at, i.c.id)
        )
        width = records.interaction.width
        return [
            (records.interaction.load(row), None if row[width] is None else records.delivery.load(row, width))
            for row in rows
        ]

    async def thread_ids(self, conversation_id: ConversationId, limit: int) -> Sequence[ExternalId]:
        external = sa.func.coalesce(i.c.external_id, d.c.external_id)
        rows = await self._session.rows(
            sa.select(external)
            .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
            .where(i.c.conversation_id == conversation_id, external.is_not(None))
            .order_by(i.c.occurred_at.desc(), i.c.id.desc())
            .limit(limit)
        )
        return [ExternalId(row[0]) for row in reversed(rows)]

    async def add_attachment(self, attachment: Attachment) -> None:
        await self._session.insert_once(a, attachment_row(attachment))
        await self._changed(attachment.interaction_id)

    async def attachment(self, attachment_id: AttachmentId) -> Attachment | None:
        row = await self._session.one(records.attachment.select().where(a.c.id == attachment_id))
        return None if row is None else records.attachment.load(row)

    async def attachments(self, interaction_id: InteractionId) -> Sequence[Attachment]:
        rows = await self._session.rows(
            records.attachment.select().where(a.c.interaction_id == interaction_id).order_by(a.c.position, a.c.id)
        )
        return [records.attachment.load(row) for row in rows]

    async def update_attachment(self, attachment: Attachment, *, look_at: datetime | None = None) -> None:
        row = {**records.attachment.row(attachment), "next_at": look_at}
        await self._session.run(sa.update(a).where(a.c.id == attachment.id).values(row))
        await self._changed(attachment.interaction_id)

    async def keep_variant(
        self, attachment_id: AttachmentId, *, playable: str | None = None, converted: str | None = None
    ) -> None:
        values = {name: key for name, key in (("playable", playable), ("converted", converted)) if key is not None}
        await self._session.run(sa.update(a).where(a.c.id == attachment_id).values(values))

    async def unseen_attachments(self, limit: int) -> Sequence[Attachment]:
        rows = await self._session.rows(
            records.attachment.select()
            .where(sa.text("attachments.state = 'ready'"), a.c.next_at <= self._clock.now())
            .order_by(a.c.next_at)
            .limit(limit)
        )
        return [records.attachment.load(row) for row in rows]

    async def attach(self, attachment_ids: Sequence[AttachmentId], interaction_id: InteractionId) -> None:
        for position, attachment_id in enumerate(attachment_ids):
            result = await self._session.run(
                sa.update(a)
                .where(
                    a.c.id == attachment_id,
                    sa.or_(a.c.interaction_id.is_(None), a.c.interaction_id == interaction_id),
                )
                .values(interaction_id=interaction_id, position=position)
            )
            if result.rowcount:
                continue
            if await self._session.value(sa.select(a.c.id).where(a.c.id == attachment_id)):
                raise Conflict("A file you attached belongs to another message already. Upload it again.")
            raise NotFound("A file you attached is gone. Upload it again.")
        if attachment_ids:
            await self._changed(interaction_id)

    async def pending_attachments(self, limit: int) -> Sequence[tuple[Attachment, ChannelId]]:
        rows = await self._session.rows(
            sa.select(*records.attachment.columns, i.c.channel_id)
            .join(i, i.c.id == a.c.interaction_id)
            .where(sa.text("attachments.state = 'pending'"), a.c.next_at <= self._clock.now())
            .order_by(a.c.next_at)
            .limit(limit)
        )
        return [(records.attachment.load(row), ChannelId(row[-1])) for row in rows]

    async def retry_attachment(self, attachment_id: AttachmentId, *, attempts: int, next_at: datetime) -> None:
        await self._session.run(sa.update(a).where(a.c.id == attachment_id).values(attempts=attempts, next_at=next_at))

    async def forgotten_uploads(self, before: datetime, limit: int) -> Sequence[Attachment]:
        rows = await self._session.rows(
            records.attachment.select()
            .where(
                a.c.interaction_id.is_(None),
                a.c.created_at < before,
                # A line's greetings and music belong to no message.
                ~sa.exists().where(tables.line_sounds.c.attachment_id == a.c.id),
                # The same holds for what bots send: each message has a record of its own over the same content.
                ~sa.exists().where(tables.bot_files.c.attachment_id == a.c.id),
            )
            .order_by(a.c.created_at)
        )
        drafted: set[str] = set()
        for (ids,) in await self._session.rows(sa.select(tables.drafts.c.attachment_ids)):
            drafted.update(ids)
        loose = (records.attachment.load(row) for row in rows)
        return [attachment for attachment in loose if str(attachment.id) not in drafted][:limit]

    async def delete_attachment(self, attachment_id: AttachmentId) -> None:
        owner = await self._session.value(sa.delete(a).where(a.c.id == attachment_id).returning(a.c.interaction_id))
        await self._changed(owner)
