"""Who worked on how much, hour by hour, from the cells of hours."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from hub.domain.ids import UserId
from hub.domain.reports.answers import Selection
from hub.domain.reports.cells import Facet
from hub.domain.reports.histogram import NOTHING
from hub.domain.reports.measures import FIRST_CODE, Measure
from hub.domain.reports.period import Span
from storage import tables
from storage.engine import Database
from storage.reports.sums import chosen_cuts

hours, cuts = tables.report_hours, tables.report_cuts
_CODES = {FIRST_CODE[measure] + NOTHING: measure for measure in (Measure.writing, Measure.handled)}


class WorkQueries:
    """Agents' hours."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def work(self, span: Span, selection: Selection) -> Mapping[UserId, Mapping[datetime, Mapping[Measure, int]]]:
        found: dict[UserId, dict[datetime, dict[Measure, int]]] = {}
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(cuts.c.agent_id, hours.c.start, hours.c.code, sa.func.sum(hours.c.n))
                .join(cuts, cuts.c.id == hours.c.cut)
                .where(
                    hours.c.facet == Facet.full,
                    hours.c.start >= span.start,
                    hours.c.start < span.end,
                    hours.c.code.in_(list(_CODES)),
                    *chosen_cuts(selection),
                )
                .group_by(cuts.c.agent_id, hours.c.start, hours.c.code)
            )
        for agent, start, code, n in rows:
            if agent is not None and agent.int:
                found.setdefault(UserId(agent), {}).setdefault(start, {})[_CODES[code]] = int(n)
        return found
