"""Which conversations wait for their bot: one look, without a transaction."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from hub.domain.ids import ConversationId
from storage import tables
from storage.engine import Database
from storage.prepared import Prepared

w, runs = tables.bot_wakes, tables.bot_runs

_UNREAD = Prepared(
    lambda _postgres: (
        sa.select(w.c.conversation_id)
        .order_by(w.c.at, w.c.interaction_id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
)
_DUE = Prepared(
    lambda _postgres: (
        sa.select(runs.c.conversation_id)
        .where(sa.text("bot_runs.due_at IS NOT NULL"), runs.c.due_at <= sa.bindparam("now", type_=runs.c.due_at.type))
        .order_by(runs.c.due_at)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
)


class BotQueries:
    """What the bots' worker looks for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def bots_due(self, now: datetime, limit: int) -> Sequence[ConversationId]:
        async with self._database.glance() as session:
            unread, timed = await session.fetch_all([(_UNREAD, {"most": limit}), (_DUE, {"now": now, "most": limit})])
        return [ConversationId(one) for one in dict.fromkeys(row[0] for row in (*unread, *timed))][:limit]
