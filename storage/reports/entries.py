"""The entries behind figures: the very messages and calls a cell counted, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.delivery import DeliveryState
from hub.domain.reports.cells import SORTS
from hub.domain.reports.figures import Behind, Figure
from hub.domain.reports.lists import EntryList, ReportEntry
from hub.domain.views import Page
from storage import cursors, tables
from storage.engine import Database
from storage.reports.lists import opened
from storage.reports.open_waits import has_source, has_tag, is_among
from storage.reports.shown import beginning, named
from storage.session import Session

i, v, p, c, d = (
    tables.interactions,
    tables.conversations,
    tables.contact_points,
    tables.contacts,
    tables.deliveries,
)
_KEY = (i.c.occurred_at, i.c.id)


class EntryLists:
    """The lists behind figures of what was said."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entries(self, asked: EntryList, *, cursor: str | None, limit: int) -> Page[ReportEntry]:
        figure = opened(asked.figure, Behind.entries, asked.selection)
        shown = c.alias("shown")
        table = _talks.join(shown, shown.c.id == c.c.canonical_id)
        statement = sa.select(
            i.c.id,
            i.c.occurred_at.label("at"),
            i.c.conversation_id,
            i.c.channel_id,
            v.c.team_id,
            shown.c.id.label("contact_id"),
            named(shown).label("contact_name"),
            v.c.subject,
            beginning(i.c.text).label("text"),
            i.c.kind,
            i.c.author_id,
        ).select_from(table)
        async with self._database.read() as session:
            statement = statement.where(*_counted(asked, figure, session))
            if cursor:
                statement = statement.where(
                    sa.tuple_(*_KEY) < cursors.after(*_KEY, *cursors.decode(cursor, datetime, UUID))
                )
            rows = await session.rows(statement.order_by(*(key.desc() for key in _KEY)).limit(limit + 1))
        items = tuple(ReportEntry(**row._mapping) for row in rows[:limit])
        more = cursors.encode(items[-1].at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def count_entries(self, asked: EntryList) -> int:
        figure = opened(asked.figure, Behind.entries, asked.selection)
        async with self._database.read() as session:
            statement = sa.select(sa.func.count()).select_from(_talks)
            return int(await session.value(statement.where(*_counted(asked, figure, session))))


_talks = (
    i.join(v, v.c.id == i.c.conversation_id)
    .join(p, p.c.id == v.c.contact_point_id)
    .join(c, c.c.id == p.c.contact_id)
    .outerjoin(d, d.c.interaction_id == i.c.id)
)


def _counted(asked: EntryList, figure: Figure, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    """Return "a cell counted it, within what was asked"."""
    at, of = i.c.occurred_at, asked.selection
    of.facet()  # what no cell is cut by has no list either
    sorts = [sort for sort, measure in SORTS.items() if measure in figure.measures]
    found: list[Any] = [
        at >= asked.span.start,
        at < asked.span.end,
        sa.or_(
            *(
                sa.and_(i.c.kind == kind, i.c.direction == direction, i.c.author_kind == author)
                for kind, direction, author in sorts
            )
        ),
        sa.or_(d.c.state.is_(None), d.c.state != DeliveryState.failed),
    ]
    if asked.hours:
        found.append(sa.or_(*(sa.and_(at >= hour.start, at < hour.end) for hour in asked.hours)))
    columns = ((i.c.channel_id, of.channel_ids), (v.c.team_id, of.team_ids), (i.c.author_id, of.agent_ids))
    found += [is_among(column, ids) for column, ids in columns if ids]
    if of.tag is not None:
        found.append(has_tag(of.tag, session))
    if of.source is not None:
        found.append(has_source(of.source))
    return found
