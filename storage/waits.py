"""Waits and episodes of conversations, and what a contact heard from us elsewhere meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.delivery import Delivery
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, InteractionId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction
from hub.domain.waiting import Episode, Wait
from hub.ports.work import Material, Rebuilt
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session
from storage.reports import marks
from storage.wait_material import read_material

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
        return await read_material(self._session, after, limit)

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
        were = gone | (before.keys() & {wait.id for wait in changed})
        touched = (*changed, *(before[key] for key in were))
        for wait in touched:
            self._effects.counts(wait.started_at, wait.ended_at)
        # The wait that was the last of its episode, or is now, may have changed in nothing else.
        episodes = {wait.episode for wait in touched}
        self._effects.counts(*(wait.ended_at for wait in (*one.waits, *before.values()) if wait.episode in episodes))
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

    async def waits(self, conversation_id: ConversationId) -> Sequence[Wait]:
        rows = await self._session.rows(
            records.wait.select().where(w.c.conversation_id == conversation_id).order_by(w.c.started_at, w.c.id)
        )
        return [records.wait.load(row) for row in rows]

    async def save_waits(self, conversation_id: ConversationId, waits: Sequence[Wait], *, replace: bool) -> None:
        for wait in waits:
            self._effects.counts(wait.started_at, wait.ended_at)
        ours = [(conversation_id, wait) for wait in waits]
        self._effects.counts(*await marks.hours_of_last_waits(self._session, ours))
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


def _points_of(point_id: ContactPointId) -> sa.Select[tuple[object]]:
    """Return a select of all addresses of the contact whose address this is."""
    owner, member, point = c.alias(), c.alias(), p.alias()
    canonical = (
        sa.select(owner.c.canonical_id).join(p, p.c.contact_id == owner.c.id).where(p.c.id == point_id)
    ).scalar_subquery()
    return (
        sa.select(point.c.id).join(member, member.c.id == point.c.contact_id).where(member.c.canonical_id == canonical)
    )
