"""The log of who heard what, and the chain of records that prove deletions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import CallId, RecordingId, UserId
from hub.domain.review.content import Deletion, Play
from hub.domain.review.ids import PlayId
from hub.domain.review.playing import Span
from hub.domain.views import Page
from storage import cursors, tables
from storage.engine import Session
from storage.records import Mapper

p, d = tables.plays, tables.deletions


def spans(value: Any) -> tuple[Span, ...]:
    """Return ranges from their JSON."""
    return tuple((float(start), float(end)) for start, end in value)


def pairs(value: Any) -> list[list[float]]:
    """Return ranges as JSON."""
    return [list(span) for span in value]


_play = Mapper(Play, p, read={"heard": spans, "sent": spans}, write={"heard": pairs, "sent": pairs})
_deletion = Mapper(Deletion, d)


class RecordingLog:
    """What happened to recordings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add_play(self, play: Play) -> None:
        await self._session.insert(p, [_play.row(play)])

    async def play(self, play_id: PlayId) -> Play | None:
        row = await self._session.one(self._session.locked(_play.select().where(p.c.id == play_id)))
        return None if row is None else _play.load(row)

    async def update_play(self, play: Play) -> None:
        changed = {"last_at": play.last_at, "heard": pairs(play.heard), "sent": pairs(play.sent)}
        await self._session.run(sa.update(p).where(p.c.id == play.id).values(changed))

    async def plays(
        self, *, call_id: CallId | None, user_id: UserId | None, cursor: str | None, limit: int
    ) -> Page[Play]:
        statement = _play.select()
        if call_id is not None:
            statement = statement.where(p.c.call_id == call_id)
        if user_id is not None:
            statement = statement.where(p.c.user_id == user_id)
        if cursor:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(sa.tuple_(p.c.at, p.c.id) < cursors.after(p.c.at, p.c.id, at, last))
        rows = await self._session.rows(statement.order_by(p.c.at.desc(), p.c.id.desc()).limit(limit + 1))
        items = tuple(_play.load(row) for row in rows[:limit])
        more = cursors.encode(items[-1].at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def last_deletion(self) -> Deletion | None:
        row = await self._session.one(self._session.locked(_deletion.select().order_by(d.c.number.desc()).limit(1)))
        return None if row is None else _deletion.load(row)

    async def add_deletion(self, deletion: Deletion) -> None:
        await self._session.insert_once(d, _deletion.row(deletion))

    async def deletions(self, *, after: int, limit: int) -> Sequence[Deletion]:
        rows = await self._session.rows(_deletion.select().where(d.c.number > after).order_by(d.c.number).limit(limit))
        return [_deletion.load(row) for row in rows]

    async def deletion_of(self, recording_id: RecordingId) -> Deletion | None:
        row = await self._session.one(_deletion.select().where(d.c.recording_id == recording_id))
        return None if row is None else _deletion.load(row)
