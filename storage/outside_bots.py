"""Outside bots, what they are told, and what they owe."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from hub.domain.errors import Conflict
from hub.domain.ids import ConversationId
from hub.domain.outside_bots import OWED, BotEvent, BotEventId, BotEventState, OutsideBot, OutsideBotId
from hub.domain.views import Page
from storage import cursors, tables
from storage.channels import Secrets
from storage.engine import Session

b, e = tables.outside_bots, tables.bot_events
CLAIM_TIME = timedelta(seconds=30)
"""A claimed event that is not recorded within this time is told again: its process died."""


class SqlOutsideBots:
    """Implements hub.ports.OutsideBots."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self._session = session
        self._secrets = secrets

    async def all(self) -> Sequence[OutsideBot]:
        return [self._bot(row) for row in await self._session.rows(sa.select(b).order_by(b.c.created_at, b.c.id))]

    async def get(self, bot_id: OutsideBotId) -> OutsideBot | None:
        row = await self._session.one(sa.select(b).where(b.c.id == bot_id))
        return None if row is None else self._bot(row)

    async def by_token(self, token_id: str) -> OutsideBot | None:
        row = await self._session.one(sa.select(b).where(b.c.token_id == token_id))
        return None if row is None else self._bot(row)

    async def save(self, bot: OutsideBot) -> None:
        row = {
            "id": bot.id,
            "name": bot.name,
            "token_id": bot.token_id,
            "url": bot.url,
            "secret": self._secrets.encrypt(bot.secret, place=_place(bot.id)),
            "ack_within": bot.ack_within.total_seconds(),
            "answer_within": bot.answer_within.total_seconds(),
            "active": bot.active,
            "created_at": bot.created_at,
            "created_by": bot.created_by,
        }
        await self._session.upsert(b, [row], keys=("id",))

    async def delete(self, bot_id: OutsideBotId) -> None:
        await self._session.run(sa.delete(b).where(b.c.id == bot_id))

    async def add_event(self, event: BotEvent) -> BotEvent | None:
        row = {name: getattr(event, name) for name in BotEvent.__dataclass_fields__ if name != "seq"}
        try:
            await self._session.insert_once(e, row)
        except Conflict:
            return None
        return await self.event(event.id)

    async def event(self, event_id: BotEventId) -> BotEvent | None:
        row = await self._session.one(self._session.locked(sa.select(e).where(e.c.id == event_id)))
        return None if row is None else _event(row)

    async def record(self, event: BotEvent) -> None:
        changed = {
            name: getattr(event, name) for name in ("state", "deadline", "attempts", "next_at", "status", "error")
        }
        await self._session.run(sa.update(e).where(e.c.id == event.id).values(changed))

    async def owed(self, conversation_id: ConversationId) -> Sequence[BotEvent]:
        statement = sa.select(e).where(e.c.conversation_id == conversation_id, e.c.state.in_(OWED)).order_by(e.c.seq)
        return [_event(row) for row in await self._session.rows(self._session.locked(statement))]

    async def due(self, now: datetime, limit: int) -> Sequence[BotEvent]:
        rows = await self._session.rows(
            sa.select(e)
            .where(e.c.next_at <= now)
            .order_by(e.c.next_at, e.c.seq)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = [_event(row) for row in rows]
        if claimed:
            await self._session.run(
                sa.update(e).where(e.c.id.in_([one.id for one in claimed])).values(next_at=now + CLAIM_TIME)
            )
        return claimed

    async def overdue(self, now: datetime, limit: int) -> Sequence[BotEvent]:
        rows = await self._session.rows(
            sa.select(e)
            .where(e.c.deadline <= now)
            .order_by(e.c.deadline)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [_event(row) for row in rows]

    async def since(self, bot_id: OutsideBotId, *, after: int, limit: int) -> Sequence[BotEvent]:
        statement = sa.select(e).where(e.c.bot_id == bot_id, e.c.seq > after).order_by(e.c.seq).limit(limit)
        return [_event(row) for row in await self._session.rows(statement)]

    async def newest(self, bot_id: OutsideBotId) -> int:
        return await self._session.value(sa.select(sa.func.max(e.c.seq)).where(e.c.bot_id == bot_id)) or 0

    async def page(self, bot_id: OutsideBotId, *, cursor: str | None, limit: int) -> Page[BotEvent]:
        statement = sa.select(e).where(e.c.bot_id == bot_id)
        if cursor is not None:
            (seq,) = cursors.decode(cursor, int)
            statement = statement.where(e.c.seq < seq)
        rows = await self._session.rows(statement.order_by(e.c.seq.desc()).limit(limit + 1))
        items = tuple(_event(row) for row in rows[:limit])
        return Page(items=items, next=cursors.encode(items[-1].seq) if len(rows) > limit else None)

    async def told(self, bot_id: OutsideBotId, conversation_id: ConversationId) -> bool:
        found = sa.select(e.c.seq).where(e.c.conversation_id == conversation_id, e.c.bot_id == bot_id).limit(1)
        return await self._session.one(found) is not None

    async def forget(self, before: datetime, limit: int) -> int:
        settled = [state for state in BotEventState if state not in OWED]
        old = sa.select(e.c.seq).where(e.c.created_at < before, e.c.state.in_(settled)).limit(limit)
        return (await self._session.run(sa.delete(e).where(e.c.seq.in_(old)))).rowcount

    def _bot(self, row: sa.Row[Any]) -> OutsideBot:
        values = dict(row._mapping)
        return OutsideBot(
            **{
                **values,
                "secret": self._secrets.decrypt(values["secret"], place=_place(values["id"])),
                "ack_within": timedelta(seconds=values["ack_within"]),
                "answer_within": timedelta(seconds=values["answer_within"]),
            }
        )


def _event(row: sa.Row[Any]) -> BotEvent:
    return BotEvent(**row._mapping)


def _place(bot_id: OutsideBotId) -> str:
    return f"outside_bots.secret.{bot_id}"
