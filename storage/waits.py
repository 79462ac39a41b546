"""Waits and episodes of conversations, and what a contact heard from us elsewhere meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, InteractionId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.waiting import Episode, Wait
from hub.ports.work import Material, Rebuilt
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session
from storage.prepared import Prepared, among_ids, id_list
from storage.types import load_json

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
        talks = {conversation.id: conversation for conversation in found}
        entries: dict[UUID, list[tuple[Interaction, Delivery | None]]] = {}
        for row in await session.fetch(_NARROW, {"ids": id_list(ids, postgres=session.postgres)}):
            owner = talks[row[_WIDTH + 1]]
            entries.setdefault(owner.id, []).append(_load_narrow(row, owner))
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

    async def save_rebuilt(self, rebuilt: Sequence[Rebuilt]) -> int:
        clocks: list[dict[str, Any]] = []
        waits: list[dict[str, Any]] = []
        episodes: list[dict[str, Any]] = []
        mended = 0
        for one in rebuilt:
            talk, was = one.conversation, one.before
            owned = {"conversation_id": talk.id, "channel_id": talk.channel_id}
            changed = [{**records.wait.row(x), **owned} for x in await self._differing(one)]
            settled = [{**records.episode.row(x), **owned} for x in await self._ended_otherwise(one)]
            if talk.clock != was.conversation.clock:
                since = talk.clock.open.started_at if talk.clock.open else None
                clocks.append({"id": talk.id, "clock": records.dump_clock(talk.clock), "waiting_since": since})
                mended += 1
            else:
                mended += bool(changed or settled or len(one.waits) != len(was.waits))
            waits += changed
            episodes += settled
        await self._session.update_many(v, clocks)
        await self._session.upsert(w, waits, keys=("id",))
        await self._session.upsert(e, episodes, keys=("conversation_id", "number"))
        return mended

    async def _differing(self, one: Rebuilt) -> Sequence[Wait]:
        """Return the waits that are not stored as they should be; delete those that should not be."""
        before = {wait.id: wait for wait in one.before.waits}
        gone = before.keys() - {wait.id for wait in one.waits}
        if gone:
            await self._session.run(sa.delete(w).where(w.c.id.in_(list(gone))))
        changed = [wait for wait in one.waits if before.get(wait.id) != wait]
        for wait in (*changed, *(before[key] for key in gone)):
            self._effects.counts(wait.started_at, wait.ended_at)
            if wait.id in before:
                self._effects.counts(before[wait.id].started_at, before[wait.id].ended_at)
        return changed

    async def _ended_otherwise(self, one: Rebuilt) -> Sequence[Episode]:
        before = {episode.number: episode for episode in one.before.episodes}
        gone = before.keys() - {episode.number for episode in one.episodes}
        if gone:
            ours = sa.and_(e.c.conversation_id == one.conversation.id, e.c.number.in_(list(gone)))
            await self._session.run(sa.delete(e).where(ours))
        changed = [episode for episode in one.episodes if before.get(episode.number) != episode]
        for episode in (*changed, *(before[number] for number in gone)):
            self._effects.counts(*episode.counted_at)
        return changed

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
        if not episodes and not replace:
            return
        before = records.episode.select().where(e.c.conversation_id == conversation_id)
        if not replace:
            before = before.where(e.c.number.in_([episode.number for episode in episodes]))
        for row in await self._session.rows(before):
            self._effects.counts(*records.episode.load(row).counted_at)
        if replace:
            kept = [episode.number for episode in episodes]
            await self._session.run(sa.delete(e).where(e.c.conversation_id == conversation_id, e.c.number.not_in(kept)))
        for episode in episodes:
            self._effects.counts(*episode.counted_at)
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

    async def conversations_of(self, contact_id: ContactId) -> Sequence[ConversationId]:
        member, point = c.alias(), p.alias()
        canonical = sa.select(c.c.canonical_id).where(c.c.id == contact_id).scalar_subquery()
        points = (
            sa.select(point.c.id)
            .join(member, member.c.id == point.c.contact_id)
            .where(member.c.canonical_id == canonical)
        )
        rows = await self._session.rows(
            sa.select(v.c.id).where(v.c.contact_point_id.in_(points)).order_by(v.c.created_at, v.c.id)
        )
        return [ConversationId(row[0]) for row in rows]

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
    i.c.id, i.c.direction, i.c.author_kind, i.c.author_id, i.c.kind, i.c.occurred_at, i.c.received_at, i.c.deleted_at,
    i.c.opens_wait,
)  # fmt: skip
_NAMES = tuple(column.name for column in _COLUMNS)
_WIDTH = len(_NAMES)


def _select_narrow(postgres: bool) -> sa.Select[Any]:
    """Return a select of the entries that may matter to waits, without what was said in them."""
    marked: Any = [sa.literal_column(f"'{kind.value}'") for kind in (InteractionKind.event, InteractionKind.call)]
    spoken = sa.type_coerce(i.c.kind, sa.String).in_(marked)
    ours = sa.type_coerce(i.c.direction, sa.String) == sa.literal_column(f"'{Direction.outbound.value}'")
    return (
        sa.select(
            *_COLUMNS,
            sa.case((spoken, sa.cast(i.c.data, sa.Text))),
            i.c.conversation_id,
            d.c.id,
            d.c.state,
            d.c.accepted_at,
            d.c.created_at,
        )
        .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
        .where(among_ids(i.c.conversation_id, "ids", postgres=postgres), sa.or_(spoken, i.c.opens_wait, ours))
    )


_NARROW = Prepared(_select_narrow)


def _load_narrow(row: Sequence[Any], conversation: Conversation) -> tuple[Interaction, Delivery | None]:
    data, _, delivery_id, state, accepted_at, created_at = row[_WIDTH:]
    entry = Interaction(
        conversation_id=conversation.id,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        data=load_json(data) if data else {},
        **dict(zip(_NAMES, row[:_WIDTH], strict=True)),
    )
    if delivery_id is None:
        return entry, None
    delivery = Delivery(
        id=delivery_id,
        interaction_id=entry.id,
        channel_id=conversation.channel_id,
        state=state,
        created_at=created_at,
        state_at=accepted_at or created_at,
        accepted_at=accepted_at,
    )
    return entry, delivery


def _points_of(point_id: ContactPointId) -> sa.Select[tuple[object]]:
    """Return a select of all addresses of the contact whose address this is."""
    owner, member, point = c.alias(), c.alias(), p.alias()
    canonical = (
        sa.select(owner.c.canonical_id).join(p, p.c.contact_id == owner.c.id).where(p.c.id == point_id)
    ).scalar_subquery()
    return (
        sa.select(point.c.id).join(member, member.c.id == point.c.contact_id).where(member.c.canonical_id == canonical)
    )
