"""What screens and reports read of ratings: by when the question was asked, from its index."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Invalid
from hub.domain.ids import ContactId
from hub.domain.reports.answers import By, Selection
from hub.domain.survey.figures import Counted
from hub.domain.survey.rating import RatingState
from hub.domain.survey.views import RatingPage, RatingRow
from storage import cursors, tables
from storage.engine import Database
from storage.inbox_queries import points_shown_as

r, p, own, shown = (
    tables.ratings,
    tables.contact_points,
    tables.contacts.alias("own"),
    tables.contacts.alias("shown"),
)
_KEYS = {By.channel: r.c.channel_id, By.team: r.c.team_id, By.agent: r.c.agent_id}
_NAMES = (
    "id", "conversation_id", "channel_id", "team_id", "agent_id", "scale", "asked_at", "score", "rated_at", "via",
    "comment",
)  # fmt: skip


class SqlRatingQueries:
    """Implements hub.ports.surveys.RatingQueries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counted(self, start: datetime, end: datetime, of: Selection, by: By | None) -> Sequence[Counted]:
        key: sa.ColumnElement[Any] = sa.null() if by is None else _KEYS[by]
        kept = (key,) if by is not None else ()
        found = (
            sa.select(key.label("key"), r.c.scale, r.c.score, sa.func.count())
            .where(*_within(start, end, of))
            .group_by(*kept, r.c.scale, r.c.score)
        )
        async with self._database.read() as session:
            rows = await session.rows(found)
        return [Counted(key=row[0], scale=row[1], score=row[2], count=row[3]) for row in rows]

    async def rows(
        self,
        start: datetime,
        end: datetime,
        of: Selection,
        *,
        score: int | None,
        answered: bool,
        cursor: str | None,
        limit: int,
    ) -> RatingPage:
        found = _select().where(*_within(start, end, of))
        if score is not None:
            found = found.where(r.c.score == score)
        elif answered:
            found = found.where(r.c.score.is_not(None))
        return await self._page(found, cursor, limit)

    async def of_contact(self, contact_id: ContactId, limit: int) -> RatingPage:
        found = _select().where(
            r.c.contact_point_id.in_(points_shown_as(contact_id)), r.c.score.is_not(None), r.c.asked_at.is_not(None)
        )
        return await self._page(found, None, limit)

    async def _page(self, found: sa.Select[Any], cursor: str | None, limit: int) -> RatingPage:
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            found = found.where(sa.tuple_(r.c.asked_at, r.c.id) < cursors.after(r.c.asked_at, r.c.id, at, last))
        ordered = found.order_by(r.c.asked_at.desc(), r.c.id.desc()).limit(limit + 1)
        async with self._database.read() as session:
            rows = await session.rows(ordered)
        items = tuple(
            RatingRow(**dict(zip(_NAMES, row, strict=False)), contact_id=row[-2], contact_name=row[-1])
            for row in rows[:limit]
        )
        more = len(rows) > limit
        return RatingPage(items=items, next=cursors.encode(items[-1].asked_at, items[-1].id) if more else None)


def _select() -> sa.Select[Any]:
    source = r.join(p, p.c.id == r.c.contact_point_id).join(own, own.c.id == p.c.contact_id)
    return sa.select(*(r.c[name] for name in _NAMES), shown.c.id, shown.c.name).select_from(
        source.join(shown, shown.c.id == own.c.canonical_id)
    )


def _within(start: datetime, end: datetime, of: Selection) -> Sequence[sa.ColumnElement[bool]]:
    if of.tag is not None or of.source is not None:
        raise Invalid("Ratings are told apart by channel, team and agent only. Take the tag or source away.")
    return [
        r.c.state == RatingState.asked,
        r.c.asked_at >= start,
        r.c.asked_at < end,
        *([r.c.channel_id.in_(of.channel_ids)] if of.channel_ids else []),
        *([r.c.team_id.in_(of.team_ids)] if of.team_ids else []),
        *([r.c.agent_id.in_(of.agent_ids)] if of.agent_ids else []),
    ]
