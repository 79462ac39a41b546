"""What is open past its target: it counts as late before it has ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.reports.answers import By, Selection
from hub.domain.reports.measures import Measure
from hub.domain.reports.period import Span
from hub.domain.targets import Metric
from storage import tables
from storage.engine import Database
from storage.reports.of_waits import by_message, team_of
from storage.reports.open_waits import has_source, has_tag, is_among
from storage.session import Session
from storage.types import load_json

v, w, d, k, c, p = (
    tables.conversations,
    tables.waits,
    tables.dues,
    tables.calls,
    tables.contacts,
    tables.contact_points,
)
_Late = dict[By, dict[object, dict[Measure, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """One sort of thing that is open past its target, and how it is told apart."""

    counted: tuple[tuple[Measure, Any], ...]
    """What it will count for once it ends, and of which rows."""
    table: Any
    started: Any
    where: tuple[Any, ...]
    channel: Any
    team: Any
    agent: Any = None
    """None: it belongs to no agent."""
    talk: bool = True
    """It belongs to a conversation, and so may have tags."""


class StillLate:
    """The open things that are late already."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def still_late(
        self, span: Span, selection: Selection, by: Collection[By], now: datetime
    ) -> Mapping[By, Mapping[object, Mapping[Measure, int]]]:
        found: _Late = {one: {} for one in by}
        async with self._database.read() as session:
            for sort in _sorts(now):
                if (selection.agent_ids and sort.agent is None) or (selection.tag is not None and not sort.talk):
                    continue
                await _count(session, sort, span, selection, found)
        return found


async def _count(session: Session, sort: _Open, span: Span, selection: Selection, found: _Late) -> None:
    cut: dict[By, Any] = {By.channel: sort.channel, By.team: sort.team}
    if sort.agent is not None:
        cut[By.agent] = sort.agent
    if By.tag in found and sort.talk:
        cut[By.tag] = sa.cast(v.c.tags, sa.Text)
    table = sort.table
    if By.source in found:
        cut[By.source] = c.c.source
        table = table.join(p, p.c.id == v.c.contact_point_id).join(c, c.c.id == p.c.contact_id) if sort.talk else table
    counts = [sa.func.count().filter(which) for _, which in sort.counted]
    rows = await session.rows(
        sa.select(*cut.values(), *counts)
        .select_from(table)
        .where(*sort.where, sort.started >= span.start, sort.started < span.end)
        .where(*_selected(sort, selection, session))
        .group_by(*cut.values())
    )
    ways = list(cut)
    for row in rows:
        keys = dict(zip(ways, row, strict=False))
        for (measure, _), n in zip(sort.counted, row[len(ways) :], strict=True):
            _add(found, keys, measure, n)


def _selected(sort: _Open, of: Selection, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    columns = ((sort.channel, of.channel_ids), (sort.team, of.team_ids), (sort.agent, of.agent_ids))
    found: list[sa.ColumnElement[bool]] = [is_among(column, ids) for column, ids in columns if ids]
    if of.tag is not None:
        found.append(has_tag(of.tag, session))
    if of.source is not None:
        found.append(has_source(of.source) if sort.talk else c.c.source == of.source)
    return found


def _add(found: _Late, keys: Mapping[By, Any], measure: Measure, n: int) -> None:
    if not n:
        return
    for by, groups in found.items():
        for key in _groups(by, keys):
            late = groups.setdefault(key, {})
            late[measure] = late.get(measure, 0) + n


def _groups(by: By, keys: Mapping[By, Any]) -> Sequence[object]:
    """Return the groups something belongs to; the same as those its cells will have."""
    if by is By.nothing:
        return [None]
    if by is By.tag:
        return list(dict.fromkeys(load_json(keys[by]))) if keys.get(by) else []
    if by is By.source:
        return [keys[by]] if keys[by] else []
    return [keys.get(by)]


def _sorts(now: datetime) -> Sequence[_Open]:
    waits = v.join(w, sa.and_(w.c.conversation_id == v.c.id, w.c.ended_at.is_(None)))
    in_queue = (k.c.ended_at.is_(None), k.c.answered_at.is_(None), k.c.queue_at.is_not(None), k.c.level_at <= now)
    over = d.c.due_at <= now
    return (
        _Open(
            counted=(
                (Measure.late, w.c.due_at <= now),
                (Measure.messages_off_level, sa.and_(w.c.level_at <= now, w.c.first, by_message(w))),
            ),
            table=waits,
            started=w.c.started_at,
            where=(v.c.waiting_since.is_not(None), sa.or_(w.c.due_at <= now, w.c.level_at <= now)),
            channel=w.c.channel_id,
            team=team_of(w),
            agent=v.c.assignee_id,
        ),
        _Open(
            counted=((Measure.resolved_late, sa.true()),),
            table=d.join(v, v.c.id == d.c.conversation_id),
            started=d.c.started_at,
            where=(d.c.metric == Metric.resolution, over),
            channel=d.c.channel_id,
            team=v.c.team_id,
        ),
        _Open(
            counted=((Measure.callback_late, sa.true()),),
            table=d.join(c, c.c.id == d.c.contact_id),
            started=d.c.started_at,
            where=(d.c.metric == Metric.callback, over),
            channel=d.c.channel_id,
            team=d.c.team_id,
            talk=False,
        ),
        _Open(
            counted=((Measure.calls_off_level, sa.true()),),
            table=k.join(v, v.c.id == k.c.conversation_id),
            started=k.c.began_at,
            where=in_queue,
            channel=k.c.channel_id,
            team=sa.func.coalesce(k.c.team_id, v.c.team_id, type_=k.c.team_id.type),
        ),
    )
