"""The waits behind figures: the very waits a cell counted, page by page, with their messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Invalid
from hub.domain.reports.answers import Selection
from hub.domain.reports.figures import FIGURES, Behind, Figure, Unit
from hub.domain.reports.lists import ReportWait, WaitList
from hub.domain.views import Page
from storage import cursors
from storage.engine import Database
from storage.reports.evidence import evidence_of


class WaitLists:
    """The lists behind figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waits(self, asked: WaitList, *, cursor: str | None, limit: int) -> Page[ReportWait]:
        figure = opened(asked.figure, Behind.waits, asked.selection)
        async with self._database.read() as session:
            found = evidence_of(asked, figure, session)
            statement = found.select
            if cursor:
                place = cursors.after(found.order, found.id, *cursors.decode(cursor, datetime, UUID))
                here = sa.tuple_(found.order, found.id)
                statement = statement.where(here < place if found.newest_first else here > place)
            keys = (found.order, found.id)
            statement = statement.order_by(*(key.desc() if found.newest_first else key for key in keys))
            rows = await session.rows(statement.limit(limit + 1))
        items = [_wait(row, figure) for row in rows[:limit]]
        more = None
        if len(rows) > limit:
            more = cursors.encode(rows[limit - 1].place, rows[limit - 1].id)
        return Page(items=tuple(items), next=more)

    async def count_waits(self, asked: WaitList) -> int:
        figure = opened(asked.figure, Behind.waits, asked.selection)
        async with self._database.read() as session:
            inner = evidence_of(asked, figure, session).select.subquery()
            return int(await session.value(sa.select(sa.func.count()).select_from(inner)))


def opened(key: str, behind: Behind, of: Selection) -> Figure:
    """Return a figure that opens into such a list. Raises Invalid, in words, for others."""
    figure = FIGURES.get(key)
    if figure is None or figure.behind is not behind:
        raise Invalid(f"There is no list of {behind} behind {key[:64]!r}.")
    if of.agent_ids and not figure.by_agent:
        raise Invalid(f"“{figure.name}” belongs to no agent: nobody has answered yet. Take the filter by agent away.")
    return figure


def _wait(row: Any, figure: Figure) -> ReportWait:
    return ReportWait(
        id=row.id,
        conversation_id=row.conversation_id,
        channel_id=row.channel_id,
        team_id=row.team_id,
        contact_id=row.contact_id,
        contact_name=row.name,
        subject=row.subject,
        question=row.question,
        question_id=row.question_id,
        answer=row.answer,
        answer_id=row.ended_item,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        first=bool(row.first),
        reopened=bool(row.reopened),
        initiated_by_us=bool(row.initiated_by_us),
        answered_by=row.answered_by,
        bot_at=row.bot_at,
        business_seconds=row.business_seconds,
        due_at=row.due_at,
        resolved_at=row.resolved_at,
        seconds=None if row.ended_at is None else (row.ended_at - row.started_at).total_seconds(),
        counted=_counted(row, figure),
    )


def _counted(row: Any, figure: Figure) -> float | None:
    if figure.unit is not Unit.seconds:
        return None
    return max(0.0, float(row.counted))
