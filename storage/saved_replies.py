"""Saved replies, and how often they were used."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Conflict
from hub.domain.ids import ChannelId, TeamId
from hub.domain.saved_replies import SavedReply, SavedReplyId
from storage import tables
from storage.engine import Session
from storage.records import Mapper

t = tables.saved_replies
_KEPT = ("id", "created_at", "used", "last_used_at")


def _ids(value: Sequence[UUID]) -> list[str]:
    return [str(one) for one in value]


def _texts(value: Mapping[str, str]) -> list[list[str]]:
    return [[language, text] for language, text in value.items()]  # a list: PostgreSQL does not keep an object's order


_reply = Mapper(
    SavedReply,
    t,
    read={
        "texts": dict,
        "team_ids": lambda ids: tuple(TeamId(UUID(one)) for one in ids),
        "channel_ids": lambda ids: tuple(ChannelId(UUID(one)) for one in ids),
    },
    write={"texts": _texts, "team_ids": _ids, "channel_ids": _ids},
)


class SqlSavedReplies:
    """Implements hub.ports.SavedReplies."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[SavedReply]:
        rows = await self._session.rows(_reply.select())
        return sorted((_reply.load(row) for row in rows), key=lambda one: (one.name.casefold(), one.id))

    async def get(self, reply_id: SavedReplyId) -> SavedReply | None:
        row = await self._session.one(_reply.select().where(t.c.id == reply_id))
        return None if row is None else _reply.load(row)

    async def save(self, reply: SavedReply) -> None:
        if reply.shortcut:
            name = await self._session.value(
                sa.select(t.c.name).where(t.c.shortcut == reply.shortcut, t.c.id != reply.id)
            )
            if name is not None:
                raise Conflict(f"The shortcut /{reply.shortcut} belongs to “{name}” already. Choose another.")
        row: dict[str, Any] = _reply.row(reply)
        insert = self._session.dialect_insert(t).values(row)
        changed = {name: value for name, value in row.items() if name not in _KEPT}
        await self._session.run(insert.on_conflict_do_update(index_elements=["id"], set_=changed))

    async def delete(self, reply_id: SavedReplyId) -> None:
        await self._session.run(sa.delete(t).where(t.c.id == reply_id))

    async def count(self, reply_id: SavedReplyId, at: datetime) -> None:
        await self._session.run(sa.update(t).where(t.c.id == reply_id).values(used=t.c.used + 1, last_used_at=at))
