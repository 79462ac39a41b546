"""What is open now: how many wait, since when, and how many of them are past their target."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.reports.answers import By, OpenWaits, Selection
from hub.domain.waiting import WaitEnd
from storage import tables
from storage.engine import Database
from storage.session import Session

v, w = tables.conversations, tables.waits
_PLACE = {By.channel: 0, By.team: 1, By.agent: 2}
"""By what open waits are told apart, and where it stands in a row."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class OpenQueries:
    """The waits that are open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_waits(self, selection: Selection, now: datetime) -> OpenWaits:
        due = w.c.due_at
        statement = sa.select(
            sa.func.count(),
            sa.func.min(v.c.waiting_since),
            sa.func.count().filter(due <= now),
            sa.func.count().filter(due > now),
        ).select_from(v.outerjoin(w, sa.and_(w.c.conversation_id == v.c.id, w.c.ended_at.is_(None))))
        async with self._database.read() as session:
            row = await session.one(statement.where(*_open(selection, session)))
        if row is None:
            raise AssertionError("an aggregate has one row")
        return OpenWaits(n=row[0], oldest=row[1], late=row[2], pending=row[3])

    async def open_at(self, selection: Selection, moment: datetime) -> int:
        # Counted among the few that ended since: from "started before" SQLite would read all there are.
        ended = sa.select(sa.func.count().filter(w.c.started_at < moment)).select_from(
            w.join(v, v.c.id == w.c.conversation_id)
        )
        async with self._database.read() as session:
            still = sa.select(sa.func.count()).where(*_open(selection, session), v.c.waiting_since < moment)
            since = ended.where(
                w.c.ended_at >= moment, w.c.ended_by.not_in((WaitEnd.void, WaitEnd.merged)), *_of(selection, session)
            )
            return int(await session.value(still)) + int(await session.value(since))

    async def open_by(
        self, selection: Selection, by: Collection[By]
    ) -> Mapping[By, Mapping[object, tuple[int, datetime]]]:
        cut = (v.c.channel_id, v.c.team_id, v.c.assignee_id)
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(*cut, sa.func.count(), sa.func.min(v.c.waiting_since))
                .where(*_open(selection, session))
                .group_by(*cut)
            )
        found: dict[By, dict[object, tuple[int, datetime]]] = {one: {} for one in by}
        for *keys, count, oldest in rows:
            for one in by:
                if one not in _PLACE:
                    continue
                groups, key = found[one], keys[_PLACE[one]]
                n, since = groups.get(key, (0, oldest))
                groups[key] = (n + count, min(since, oldest))
        return found


def _open(selection: Selection, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    # Not "is not null", from which SQLite walks through all conversations in the order of another index.
    return [v.c.waiting_since > _EVER, *_of(selection, session)]


def _of(selection: Selection, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    """Return "the conversation belongs to what is asked for"."""
    found: list[sa.ColumnElement[bool]] = []
    if selection.channel_ids:
        found.append(v.c.channel_id.in_(selection.channel_ids))
    if selection.team_ids:
        found.append(is_among(v.c.team_id, selection.team_ids))
    if selection.agent_ids:
        found.append(v.c.assignee_id.in_(selection.agent_ids))
    if selection.tag is not None:
        found.append(has_tag(selection.tag, session))
    if selection.source is not None:
        found.append(has_source(selection.source))
    return found


def is_among(column: Any, ids: Collection[UUID | None]) -> sa.ColumnElement[bool]:
    """Return "it is one of these"; None among them is what has none."""
    known = [one for one in ids if one is not None]
    found: list[sa.ColumnElement[bool]] = [column.in_(known)] if known else []
    if len(known) < len(ids):
        found.append(column.is_(None))
    return sa.or_(*found)


def has_tag(tag: str, session: Session) -> sa.ColumnElement[bool]:
    """Return "the conversation has this tag"."""
    each = sa.func.jsonb_array_elements_text(v.c.tags) if session.postgres else sa.func.json_each(v.c.tags)
    values = each.table_valued("value")
    return sa.exists(sa.select(values.c.value).where(values.c.value == tag))


def has_source(source: str) -> sa.ColumnElement[bool]:
    """Return "the contact of the conversation came from there"."""
    p, c = tables.contact_points, tables.contacts
    return (
        sa.exists().where(p.c.id == v.c.contact_point_id, c.c.id == p.c.contact_id, c.c.source == source).correlate(v)
    )
