"""Waits and episodes of conversations, and what a contact heard from us elsewhere meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.delivery import Delivery
from hub.domain.ids import ChannelId, ContactPointId, ConversationId, InteractionId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.waiting import Episode, Wait
from hub.ports.work import Material
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session

w, e, v, i, d, p, c = (
    tables.waits,
    tables.episodes,
    tables.conversations,
    tables.interactions,
    tables.deliveries,
    tables.contact_points,
    tables.contacts,
)


class WaitRecords:
    """The part of hub.ports.Timeline that is about waits."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def material(self, after: ConversationId | None, limit: int) -> Sequence[Material]:
        session = self._session
        some = records.conversation.select().order_by(v.c.id).limit(limit)
        if after is not None:
            some = some.where(v.c.id > after)
        found = [records.conversation.load(row) for row in await session.rows(session.locked(some))]
        if not found:
            return ()
        ids = [conversation.id for conversation in found]
        entries: dict[UUID, list[tuple[Interaction, Delivery | None]]] = {}
        for row in await session.rows(_narrow(ids)):
            entries.setdefault(row[1], []).append(_load_narrow(row))
        waits: dict[UUID, list[Wait]] = {}
        columns = sa.select(w.c.conversation_id, *records.wait.columns)
        for row in await session.rows(columns.where(w.c.conversation_id.in_(ids)).order_by(w.c.started_at, w.c.id)):
            waits.setdefault(row[0], []).append(records.wait.load(row, 1))
        episodes: dict[UUID, list[Episode]] = {}
        columns = sa.select(e.c.conversation_id, *records.episode.columns)
        for row in await session.rows(columns.where(e.c.conversation_id.in_(ids)).order_by(e.c.number)):
            episodes.setdefault(row[0], []).append(records.episode.load(row, 1))
        alone = await self._alone(ids)
        return [
            Material(
                conversation=conversation,
                entries=entries.get(conversation.id, ()),
                waits=waits.get(conversation.id, ()),
                episodes=episodes.get(conversation.id, ()),
                alone=conversation.id in alone,
            )
            for conversation in found
        ]

    async def conversations_after(self, after: ConversationId | None) -> int:
        later = sa.select(sa.func.count()).select_from(v)
        return int(await self._session.value(later if after is None else later.where(v.c.id > after)))

    async def _alone(self, ids: Sequence[ConversationId]) -> set[UUID]:
        """Return those of the conversations whose contact has no other."""
        person = c.c.canonical_id
        talks = v.join(p, p.c.id == v.c.contact_point_id).join(c, c.c.id == p.c.contact_id)
        own = await self._session.rows(sa.select(v.c.id, person).select_from(talks).where(v.c.id.in_(ids)))
        people = list({row[1] for row in own})
        counts = await self._session.rows(
            sa.select(person, sa.func.count()).select_from(talks).where(person.in_(people)).group_by(person)
        )
        single = {row[0] for row in counts if row[1] == 1}
        return {row[0] for row in own if row[1] in single}

    async def waits(self, conversation_id: ConversationId) -> Sequence[Wait]:
        rows = await self._session.rows(
            records.wait.select().where(w.c.conversation_id == conversation_id).order_by(w.c.started_at, w.c.id)
        )
        return [records.wait.load(row) for row in rows]

    async def save_waits(self, conversation_id: ConversationId, waits: Sequence[Wait], *, replace: bool) -> None:
        for wait in waits:
            self._effects.counts(wait.started_at, wait.ended_at)
        if replace:
            before = sa.select(w.c.started_at, w.c.ended_at).where(w.c.conversation_id == conversation_id)
            for row in await self._session.rows(before):
                self._effects.counts(*row)
            kept = [wait.id for wait in waits]
            await self._session.run(sa.delete(w).where(w.c.conversation_id == conversation_id, w.c.id.not_in(kept)))
        channel_id = await self._session.value(sa.select(v.c.channel_id).where(v.c.id == conversation_id))
        await self._session.upsert(
            w,
            [
                {**records.wait.row(wait), "conversation_id": conversation_id, "channel_id": channel_id}
                for wait in waits
            ],
            keys=("id",),
        )

    async def set_due(self, wait_id: WaitId, due_at: datetime | None) -> None:
        changed = sa.update(w).where(w.c.id == wait_id).values(due_at=due_at).returning(w.c.started_at)
        self._effects.counts(await self._session.value(changed))

    async def episodes(self, conversation_id: ConversationId) -> Sequence[Episode]:
        rows = await self._session.rows(
            records.episode.select().where(e.c.conversation_id == conversation_id).order_by(e.c.number)
        )
        return [records.episode.load(row) for row in rows]

    async def save_episodes(
        self, conversation_id: ConversationId, channel_id: ChannelId, episodes: Sequence[Episode], *, replace: bool
    ) -> None:
        before = sa.select(e.c.first_resolved_at, e.c.resolved_at).where(e.c.conversation_id == conversation_id)
        for row in await self._session.rows(before):
            self._effects.counts(*row)
        if replace:
            kept = [episode.number for episode in episodes]
            await self._session.run(sa.delete(e).where(e.c.conversation_id == conversation_id, e.c.number.not_in(kept)))
        for episode in episodes:
            self._effects.counts(episode.first_resolved_at, episode.resolved_at)
        await self._session.upsert(
            e,
            [
                {**records.episode.row(episode), "conversation_id": conversation_id, "channel_id": channel_id}
                for episode in episodes
            ],
            keys=("conversation_id", "number"),
        )

    async def replies_elsewhere(
        self, conversation_id: ConversationId, point_id: ContactPointId, *, since: datetime
    ) -> Sequence[tuple[Interaction, Delivery | None]]:
        others = sa.select(v.c.id).where(v.c.contact_point_id.in_(_points_of(point_id)), v.c.id != conversation_id)
        rows = await self._session.rows(
            sa.select(*records.interaction.columns, *records.delivery.columns)
            .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
            .where(
                i.c.conversation_id.in_(others),
                i.c.occurred_at >= since,
                i.c.direction == Direction.outbound,
                i.c.author_kind == AuthorKind.agent,
            )
        )
        width = records.interaction.width
        return [
            (records.interaction.load(row), None if row[width] is None else records.delivery.load(row, width))
            for row in rows
        ]

    async def note_heard(
        self, conversation_id: ConversationId, point_id: ContactPointId, at: datetime, item: InteractionId
    ) -> None:
        others = sa.select(v.c.id).where(v.c.contact_point_id.in_(_points_of(point_id)), v.c.id != conversation_id)
        await self._session.run(
            sa.update(w)
            .where(
                w.c.conversation_id.in_(others),
                w.c.started_at <= at,
                sa.or_(w.c.ended_at.is_(None), w.c.ended_at > at),
                sa.or_(w.c.heard_at.is_(None), w.c.heard_at > at),
            )
            .values(heard_at=at, heard_item=item)
        )

    async def conversations_heard_by(self, item: InteractionId) -> Sequence[ConversationId]:
        own = sa.select(v.c.contact_point_id).join(i, i.c.conversation_id == v.c.id).where(i.c.id == item)
        point_id = await self._session.value(own)
        if point_id is None:
            return ()
        others = sa.select(v.c.id).where(v.c.contact_point_id.in_(_points_of(ContactPointId(point_id))))
        rows = await self._session.rows(
            sa.select(w.c.conversation_id).where(w.c.conversation_id.in_(others), w.c.heard_item == item).distinct()
        )
        return [ConversationId(row[0]) for row in rows]


_COLUMNS = (
    i.c.id, i.c.conversation_id, i.c.channel_id, i.c.contact_point_id, i.c.direction, i.c.author_kind, i.c.author_id,
    i.c.kind, i.c.occurred_at, i.c.received_at, i.c.deleted_at, i.c.opens_wait,
)  # fmt: skip
_NAMES = tuple(column.name for column in _COLUMNS)


def _narrow(ids: Sequence[ConversationId]) -> sa.Select[Any]:
    """Return a select of the entries that may matter to waits, without what was said in them."""
    spoken = i.c.kind.in_([InteractionKind.event, InteractionKind.call])
    return (
        sa.select(*_COLUMNS, sa.case((spoken, i.c.data)), *records.delivery.columns)
        .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
        .where(
            i.c.conversation_id.in_(ids),
            sa.or_(spoken, i.c.opens_wait, i.c.direction == Direction.outbound),
        )
    )


def _load_narrow(row: Any) -> tuple[Interaction, Delivery | None]:
    width = len(_NAMES)
    entry = Interaction(**dict(zip(_NAMES, row[:width], strict=True)), data=row[width] or {})
    return entry, None if row[width + 1] is None else records.delivery.load(row, width + 1)


def _points_of(point_id: ContactPointId) -> sa.Select[tuple[object]]:
    """Return a select of all addresses of the contact whose address this is."""
    owner, member, point = c.alias(), c.alias(), p.alias()
    canonical = (
        sa.select(owner.c.canonical_id).join(p, p.c.contact_id == owner.c.id).where(p.c.id == point_id)
    ).scalar_subquery()
    return (
        sa.select(point.c.id).join(member, member.c.id == point.c.contact_id).where(member.c.canonical_id == canonical)
    )
