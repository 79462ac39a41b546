"""Threads, a contact's timeline, the visitor's feed and the search: pages of entries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import AttachmentId, ChannelId, ContactId, ConversationId, ExternalId, InteractionId, UserId
from hub.domain.interaction import Direction, InteractionKind, Revision
from hub.domain.views import AttachmentView, Draft, InteractionView, Page, ParticipantView, SearchHit, VisitorMessage
from storage import cursors, message_search, records, tables
from storage.engine import Database, Session, chunked
from storage.inbox_queries import points_shown_as
from storage.thread_views import attachment_view, attachments_of, contact_name, entries, in_order, owner, p, shown

i, c, d, u = tables.interactions, tables.conversations, tables.deliveries, tables.users
_HIGHEST = 2**62


class ThreadQueries:
    """Entries of conversations and contacts as pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def thread(self, conversation_id: ConversationId, *, before: str | None, limit: int) -> Page[InteractionView]:
        async with self._database.read() as session:
            keys = await session.rows(_keys(i.c.conversation_id == conversation_id, before, limit + 1))
            return await _page(session, keys, limit)

    async def timeline(
        self, contact_id: ContactId, *, channel_ids: Collection[ChannelId] = (), before: str | None, limit: int
    ) -> Page[InteractionView]:
        async with self._database.read() as session:
            points = [row[0] for row in await session.rows(points_shown_as(contact_id))]
            keys: list[Any] = []
            for chunk in chunked(points, 200):
                # Each address is read from its own place in the index; the newest of all make the page.
                parts = [
                    sa.select(_keys(_of_point(point, channel_ids), before, limit + 1).subquery()) for point in chunk
                ]
                keys += await session.rows(sa.union_all(*parts))
            keys.sort(key=lambda row: (row[0], row[1]), reverse=True)
            return await _page(session, keys[: limit + 1], limit)

    async def interactions(self, ids: Collection[InteractionId]) -> Sequence[InteractionView]:
        async with self._database.read() as session:
            return await _views(session, list(ids))

    async def interaction_html(self, interaction_id: InteractionId) -> str | None:
        async with self._database.read() as session:
            html: str | None = await session.value(
                sa.select(i.c.html).where(i.c.id == interaction_id, i.c.deleted_at.is_(None))
            )
        return html or None

    async def revisions(self, interaction_id: InteractionId) -> Sequence[Revision]:
        t = tables.revisions
        async with self._database.read() as session:
            rows = await session.rows(
                records.revision.select().where(t.c.interaction_id == interaction_id).order_by(t.c.replaced_at, t.c.seq)
            )
        return [records.revision.load(row) for row in rows]

    async def participants(self, conversation_id: ConversationId) -> Sequence[ParticipantView]:
        t = tables.participants
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(p.c.id, shown.c.id, contact_name(), p.c.received, t.c.role)
                .select_from(
                    t.join(p, p.c.id == t.c.contact_point_id)
                    .join(owner, owner.c.id == p.c.contact_id)
                    .join(shown, shown.c.id == owner.c.canonical_id)
                )
                .where(t.c.conversation_id == conversation_id)
                .order_by(t.c.role.desc(), p.c.created_at, p.c.id)
            )
        return [
            ParticipantView(contact_point_id=row[0], contact_id=row[1], name=row[2], address=row[3], role=row[4])
            for row in rows
        ]

    async def draft(self, conversation_id: ConversationId, user_id: UserId) -> Draft | None:
        t = tables.drafts
        async with self._database.read() as session:
            row = await session.one(sa.select(t).where(t.c.conversation_id == conversation_id, t.c.user_id == user_id))
        if row is None:
            return None
        values = dict(row._mapping)
        values["attachment_ids"] = tuple(AttachmentId(UUID(text)) for text in values["attachment_ids"])
        values["cc"] = tuple(values["cc"])
        return Draft(**values)

    async def files(self, ids: Sequence[AttachmentId]) -> Sequence[AttachmentView]:
        async with self._database.read() as session:
            rows = await session.rows(records.attachment.select().where(tables.attachments.c.id.in_(ids)))
        found = {one.id: attachment_view(one) for one in map(records.attachment.load, rows)}
        return [found[attachment_id] for attachment_id in ids if attachment_id in found]

    async def read_at(self, conversation_id: ConversationId, viewer: UserId) -> datetime | None:
        t = tables.reads
        wanted = sa.select(t.c.read_at).where(t.c.conversation_id == conversation_id, t.c.user_id == viewer)
        async with self._database.read() as session:
            at: datetime | None = await session.value(wanted)
        return at

    async def search(self, text: str, *, cursor: str | None, limit: int) -> Page[SearchHit]:
        before = cursors.decode(cursor, int)[0] if cursor else None
        async with self._database.read() as session:
            if before is None:
                before = (await session.value(sa.select(sa.func.max(i.c.seq))) or 0) + 1
            numbers = await message_search.find(session, text, before=min(before, _HIGHEST), limit=limit + 1)
            page = numbers[:limit]
            ids = [row[0] for row in await session.rows(sa.select(i.c.id).where(i.c.seq.in_(page)))] if page else []
            found = await entries(session, ids)
        found.sort(key=lambda e: (e.view.occurred_at, e.view.id), reverse=True)
        hits = tuple(SearchHit(interaction=e.view, contact_id=e.contact_id, contact_name=e.contact_name) for e in found)
        return Page(items=hits, next=cursors.encode(page[-1]) if len(numbers) > limit else None)

    async def visitor_feed(
        self, channel_id: ChannelId, thread: ExternalId, *, after: int, limit: int
    ) -> Sequence[VisitorMessage]:
        t = tables.interaction_changes
        mine = sa.select(c.c.id).where(c.c.channel_id == channel_id, c.c.thread == thread)
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(
                    t.c.seq,
                    i.c.id,
                    i.c.conversation_id,
                    i.c.external_id,
                    i.c.direction,
                    u.c.name.label("user_name"),
                    i.c.text,
                    i.c.data,
                    i.c.occurred_at,
                    i.c.deleted_at,
                    i.c.edited_at,
                    d.c.id.label("delivery_id"),
                    d.c.state,
                    d.c.external_id.label("sent_as"),
                )
                .select_from(
                    t.join(i, i.c.id == t.c.interaction_id)
                    .outerjoin(d, d.c.interaction_id == i.c.id)
                    .outerjoin(u, u.c.id == i.c.author_id)
                )
                .where(
                    t.c.conversation_id.in_(mine),
                    t.c.seq > after,
                    i.c.kind == InteractionKind.message,
                    i.c.direction != Direction.internal,
                )
                .order_by(t.c.seq)
                .limit(limit)
            )
            files = await attachments_of(session, [row.id for row in rows if row.deleted_at is None])
        return [
            VisitorMessage(
                seq=row.seq,
                id=row.id,
                conversation_id=row.conversation_id,
                external_id=row.external_id or row.sent_as,
                mine=row.direction is Direction.inbound,
                author_name="" if row.direction is Direction.inbound else row.user_name or "",
                text="" if row.deleted_at else row.text,
                occurred_at=row.occurred_at,
                attachments=tuple(files.get(row.id, ())),
                delivery_id=row.delivery_id,
                state=row.state,
                buttons=() if row.deleted_at else _buttons(row.data),
                deleted=row.deleted_at is not None,
                edited=row.edited_at is not None,
            )
            for row in rows
        ]

    async def visitor_threads(
        self, ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, tuple[ChannelId, ExternalId]]:
        async with self._database.read() as session:
            rows = await session.rows(sa.select(c.c.id, c.c.channel_id, c.c.thread).where(c.c.id.in_(list(ids))))
        return {row[0]: (row[1], row[2]) for row in rows}


def _of_point(point: UUID, channel_ids: Collection[ChannelId]) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = i.c.contact_point_id == point
    return condition & i.c.channel_id.in_(list(channel_ids)) if channel_ids else condition


def _keys(where: sa.ColumnElement[bool], before: str | None, limit: int) -> sa.Select[Any]:
    statement = sa.select(i.c.occurred_at, i.c.id).where(where)
    if before is not None:
        at, last = cursors.decode(before, datetime, UUID)
        statement = statement.where(
            sa.tuple_(i.c.occurred_at, i.c.id) < cursors.after(i.c.occurred_at, i.c.id, at, last)
        )
    return statement.order_by(i.c.occurred_at.desc(), i.c.id.desc()).limit(limit)


async def _page(session: Session, keys: Sequence[Any], limit: int) -> Page[InteractionView]:
    page = keys[:limit]
    items = await _views(session, [row[1] for row in page])
    more = cursors.encode(page[-1][0], page[-1][1]) if len(keys) > limit else None
    return Page(items=tuple(items), next=more)


async def _views(session: Session, ids: Sequence[UUID]) -> Sequence[InteractionView]:
    return in_order(await entries(session, ids))


def _buttons(data: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    return tuple((one["label"], one["data"]) for one in (data or {}).get("buttons", ()))
