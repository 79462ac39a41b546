"""Runs of bots, the messages they have not read yet, and what waking one asks of a conversation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
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
from storage.prepared import Prepared, among_ids, id_list
from storage.records import Mapper

w, runs, rules, s, i, c, p = (
    tables.bot_wakes,
    tables.bot_runs,
    tables.bot_rules,
    tables.speakers,
    tables.interactions,
    tables.conversations,
    tables.contact_points,
)
contacts, flows = tables.contacts, tables.bot_flows
RUN = Mapper(BotRun, runs, read={"position": load}, write={"position": dump})


def going() -> sa.TextClause:
    """Return "the run goes on", in the words of its partial index."""
    return sa.text("bot_runs.ended_at IS NULL")


_RULED = Prepared(lambda _postgres: sa.select(rules.c.channel_ids).where(rules.c.active))
_SPOKEN_TO = Prepared(
    lambda postgres: sa.select(s.c.conversation_id).where(
        among_ids(s.c.conversation_id, "ids", postgres=postgres), s.c.speaker == Speaker.bot
    )
)
_PUBLISHED = Prepared(
    lambda _postgres: sa.select(flows.c.id, flows.c.name, flows.c.published).where(flows.c.published.is_not(None))
)
_NEXT_DUE = Prepared(
    lambda _postgres: (
        sa.select(runs.c.due_at)
        .where(sa.text("bot_runs.due_at IS NOT NULL"))
        .order_by(runs.c.due_at)
        .limit(sa.literal_column("1"))
    )
)


class SqlRuns:
    """The part of hub.ports.bots.Bots that runs of flows need."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def woken_by(
        self, channels: Collection[ChannelId], conversations: Collection[ConversationId]
    ) -> tuple[frozenset[ChannelId], frozenset[ConversationId]]:
        wanted = {"ids": id_list(list(conversations), postgres=self._session.postgres)}
        named, spoken_to = await self._session.fetch_all([(_RULED, {}), (_SPOKEN_TO, wanted)])
        ruled = {ChannelId(UUID(one)) for row in named for one in row[0]}
        return frozenset(ruled & set(channels)), frozenset(ConversationId(row[0]) for row in spoken_to)

    async def wake(self, wakes: Sequence[Wake]) -> None:
        await self._session.insert_new(
            w,
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
            keys=("interaction_id",),
        )

    async def next_due(self) -> datetime | None:
        """Return when the next run has something to do by time."""
        rows = await self._session.fetch(_NEXT_DUE, {})
        found: datetime | None = rows[0][0] if rows else None
        return found

    async def at_work(self) -> bool:
        any_rule = sa.exists().where(rules.c.active)
        any_run = sa.exists().where(runs.c.id.is_not(None), going())
        found: bool = await self._session.value(sa.select(sa.or_(any_rule, any_run)))
        return found

    async def forgotten(self, before: datetime, limit: int) -> Sequence[ConversationId]:
        unread = await self._session.rows(
            sa.select(w.c.conversation_id).where(w.c.at < before).order_by(w.c.at, w.c.interaction_id).limit(limit)
        )
        return [ConversationId(one) for one in dict.fromkeys(row[0] for row in unread)]

    async def run_of(self, conversation_id: ConversationId) -> BotRun | None:
        newest = (
            RUN.select()
            .where(runs.c.conversation_id == conversation_id)
            .order_by(runs.c.begun_at.desc(), runs.c.id.desc())
            .limit(1)
        )
        row = await self._session.one(newest)
        return None if row is None else RUN.load(row)

    async def save_runs(self, changed: Sequence[BotRun]) -> None:
        rows = [{**RUN.row(run), "due_at": run.position.due_at if run.ended_at is None else None} for run in changed]
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
        rows = await self._session.fetch(_PUBLISHED, {})
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
