"""Runs of bots, the messages they have not read yet, and what waking one asks of a conversation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.botflow.position import dump, load
from hub.domain.botflow.records import BotRun, FlowId, Wake
from hub.domain.botflow.speaking import Speaker
from hub.domain.contact import Contact, ContactPoint
from hub.domain.conversation import Conversation
from hub.domain.ids import ChannelId, ContactPointId, ConversationId, InteractionId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from storage import records, tables
from storage.engine import Session
from storage.records import Mapper

w, runs, rules, i, a, c, p = (
    tables.bot_wakes,
    tables.bot_runs,
    tables.bot_rules,
    tables.interactions,
    tables.attachments,
    tables.conversations,
    tables.contact_points,
)
contacts = tables.contacts
_GOING = sa.text("bot_runs.ended_at IS NULL")
FILE_NAMES = 20


_run = Mapper(BotRun, runs, read={"position": load}, write={"position": dump})


class SqlRuns:
    """The part of hub.ports.bots.Bots that runs of flows need."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def woken_by(
        self, channels: Collection[ChannelId], conversations: Collection[ConversationId]
    ) -> tuple[frozenset[ChannelId], frozenset[ConversationId]]:
        named = await self._session.rows(sa.select(rules.c.channel_ids).where(rules.c.active))
        ruled = {ChannelId(UUID(one)) for row in named for one in row[0]}
        s = tables.speakers
        going = await self._session.rows(
            sa.select(s.c.conversation_id).where(
                s.c.conversation_id.in_(list(conversations)), s.c.speaker == Speaker.bot
            )
        )
        return frozenset(ruled & set(channels)), frozenset(ConversationId(row[0]) for row in going)

    async def wake(self, wakes: Sequence[Wake]) -> None:
        if not wakes:
            return
        insert = self._session.dialect_insert(w)
        await self._session.run(
            insert.on_conflict_do_nothing(index_elements=["interaction_id"]),
            [
                {
                    "interaction_id": one.interaction_id,
                    "conversation_id": one.conversation_id,
                    "channel_id": one.channel_id,
                    "fresh": one.fresh,
                    "at": one.at,
                }
                for one in wakes
            ],
        )

    async def due_conversations(self, now: datetime, limit: int) -> Sequence[ConversationId]:
        unread = await self._session.rows(
            sa.select(w.c.conversation_id).order_by(w.c.at, w.c.interaction_id).limit(limit)
        )
        timed = await self._session.rows(
            sa.select(runs.c.conversation_id)
            .where(sa.text("bot_runs.due_at IS NOT NULL"), runs.c.due_at <= now)
            .order_by(runs.c.due_at)
            .limit(limit)
        )
        return [ConversationId(one) for one in dict.fromkeys(row[0] for row in (*unread, *timed))][:limit]

    async def next_due(self) -> datetime | None:
        """Return when the next run has something to do by time."""
        found: datetime | None = await self._session.value(
            sa.select(runs.c.due_at).where(sa.text("bot_runs.due_at IS NOT NULL")).order_by(runs.c.due_at).limit(1)
        )
        return found

    async def at_work(self) -> bool:
        any_rule = sa.exists().where(rules.c.active)
        any_run = sa.exists().where(runs.c.id.is_not(None), _GOING)
        found: bool = await self._session.value(sa.select(sa.or_(any_rule, any_run)))
        return found

    async def forgotten(self, before: datetime, limit: int) -> Sequence[ConversationId]:
        unread = await self._session.rows(
            sa.select(w.c.conversation_id).where(w.c.at < before).order_by(w.c.at, w.c.interaction_id).limit(limit)
        )
        return [ConversationId(one) for one in dict.fromkeys(row[0] for row in unread)]

    async def take_wakes(self, conversation_ids: Collection[ConversationId]) -> Mapping[ConversationId, Sequence[Wake]]:
        if not conversation_ids:
            return {}
        taken = await self._session.rows(
            sa.delete(w)
            .where(w.c.conversation_id.in_(list(conversation_ids)))
            .returning(w.c.interaction_id, w.c.conversation_id, w.c.channel_id, w.c.fresh, w.c.at)
        )
        if not taken:
            return {}
        ids = [row[0] for row in taken]
        texts = {
            row[0]: (_words(row[1], row[2]), _button(row[2]))
            for row in await self._session.rows(sa.select(i.c.id, i.c.text, i.c.data).where(i.c.id.in_(ids)))
        }
        files: dict[Any, list[str]] = {}
        for interaction_id, name in await self._session.rows(
            sa.select(a.c.interaction_id, a.c.name).where(a.c.interaction_id.in_(ids)).order_by(a.c.position)
        ):
            files.setdefault(interaction_id, []).append(name)
        found: dict[ConversationId, list[Wake]] = {}
        for interaction_id, conversation_id, channel_id, fresh, at in sorted(taken, key=lambda row: (row[4], row[0])):
            found.setdefault(ConversationId(conversation_id), []).append(
                Wake(
                    interaction_id=InteractionId(interaction_id),
                    conversation_id=ConversationId(conversation_id),
                    channel_id=ChannelId(channel_id),
                    fresh=fresh,
                    at=at,
                    text=texts.get(interaction_id, ("", ""))[0],
                    button=texts.get(interaction_id, ("", ""))[1],
                    files=tuple(files.get(interaction_id, ())[:FILE_NAMES]),
                )
            )
        return found

    async def going(self, conversation_ids: Collection[ConversationId]) -> Mapping[ConversationId, BotRun]:
        if not conversation_ids:
            return {}
        found = _run.select().where(runs.c.conversation_id.in_(list(conversation_ids)), _GOING)
        rows = await self._session.rows(self._session.locked(found.order_by(runs.c.conversation_id)))
        return {run.conversation_id: run for run in map(_run.load, rows)}

    async def run_of(self, conversation_id: ConversationId) -> BotRun | None:
        newest = (
            _run.select()
            .where(runs.c.conversation_id == conversation_id)
            .order_by(runs.c.begun_at.desc(), runs.c.id.desc())
            .limit(1)
        )
        row = await self._session.one(newest)
        return None if row is None else _run.load(row)

    async def save_runs(self, changed: Sequence[BotRun]) -> None:
        rows = [{**_run.row(run), "due_at": run.position.due_at if run.ended_at is None else None} for run in changed]
        await self._session.upsert(runs, rows, keys=("id",))

    async def owners(self, points: Collection[ContactPointId]) -> Mapping[ContactPointId, tuple[ContactPoint, Contact]]:
        if not points:
            return {}
        own, shown = contacts.alias("own"), contacts
        rows = await self._session.rows(
            sa.select(*records.point.columns, *records.contact.columns)
            .join(own, own.c.id == p.c.contact_id)
            .join(shown, shown.c.id == own.c.canonical_id)
            .where(p.c.id.in_(list(points)))
        )
        loaded = [(records.point.load(row), records.contact.load(row, records.point.width)) for row in rows]
        return {point.id: (point, contact) for point, contact in loaded}

    async def conversations(self, ids: Collection[ConversationId]) -> Mapping[ConversationId, Conversation]:
        if not ids:
            return {}
        found = records.conversation.select().where(c.c.id.in_(list(ids))).order_by(c.c.id)
        rows = await self._session.rows(self._session.locked(found))
        return {talk.id: talk for talk in map(records.conversation.load, rows)}

    async def published(self) -> Mapping[FlowId, tuple[str, int]]:
        f = tables.bot_flows
        rows = await self._session.rows(sa.select(f.c.id, f.c.name, f.c.published).where(f.c.published.is_not(None)))
        return {FlowId(row[0]): (row[1], row[2]) for row in rows}

    async def human_wrote(self, conversation_id: ConversationId) -> bool:
        found = await self._session.value(
            sa.select(i.c.id)
            .where(
                i.c.conversation_id == conversation_id,
                i.c.author_kind == AuthorKind.agent,
                i.c.direction == Direction.outbound,
            )
            .limit(1)
        )
        return found is not None

    async def known_before(self, conversation_id: ConversationId) -> bool:
        this = sa.select(c.c.contact_point_id, c.c.created_at).where(c.c.id == conversation_id).subquery()
        mine, theirs = p.alias("mine"), p.alias("theirs")
        found = await self._session.value(
            sa.select(c.c.id)
            .select_from(
                this.join(mine, mine.c.id == this.c.contact_point_id)
                .join(theirs, theirs.c.contact_id == mine.c.contact_id)
                .join(c, c.c.contact_point_id == theirs.c.id)
            )
            .where(c.c.id != conversation_id, c.c.created_at < this.c.created_at)
            .limit(1)
        )
        return found is not None

    async def last_said(self, conversation_id: ConversationId) -> InteractionId | None:
        found = await self._session.value(
            sa.select(i.c.id)
            .where(
                i.c.conversation_id == conversation_id,
                i.c.direction == Direction.inbound,
                i.c.kind == InteractionKind.message,
            )
            .order_by(i.c.occurred_at.desc(), i.c.id.desc())
            .limit(1)
        )
        return None if found is None else InteractionId(found)


def _button(data: Any) -> str:
    """Return what a pressed button carried."""
    carried = (data or {}).get("data")
    return carried[:200] if isinstance(carried, str) else ""


def _words(text: str, data: Any) -> str:
    """Return what a message says; a pressed button says its label."""
    return text or str((data or {}).get("label") or "")
