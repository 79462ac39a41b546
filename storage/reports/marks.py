"""Marks the hours in which something changed, in the very transaction that changed it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from hub.domain.ids import ConversationId
from hub.domain.reports.happened import hour_of
from hub.domain.waiting import NO_WAIT, Wait
from storage import tables
from storage.engine import chunked
from storage.session import Session

_CHUNK = 500


async def mark(session: Session, times: Iterable[datetime]) -> None:
    """Mark the hours of these moments. Only `Effects` calls it, in its turn: so no two writers wait for each other."""
    hours = {hour_of(time) for time in times}
    if hours:
        new = uuid4()
        await session.upsert(
            tables.report_dirty, [{"hour": hour, "mark": new} for hour in sorted(hours)], keys=("hour",)
        )


async def hours_of_conversations(session: Session, ids: Collection[UUID]) -> Collection[datetime]:
    """Return the hours in which conversations have entries or waits."""
    i, w = tables.interactions, tables.waits
    found: set[datetime] = set()
    for start in range(0, len(ids), _CHUNK):
        some = list(ids)[start : start + _CHUNK]
        for column, owner in (
            (i.c.occurred_at, i.c.conversation_id),
            (w.c.started_at, w.c.conversation_id),
            (w.c.ended_at, w.c.conversation_id),
        ):
            rows = await session.rows(sa.select(column).where(owner.in_(some), column.is_not(None)))
            found |= {hour_of(row[0]) for row in rows}
    return found


async def hours_of_last_waits(session: Session, ending: Iterable[tuple[ConversationId, Wait]]) -> Collection[datetime]:
    """Return the hours of the waits that end last in their episodes so far, where one is about to end after them.

    What the customer waited in all counts there, and no longer will. A first wait has none before it.
    """
    w = tables.waits
    episodes = {(key, wait.episode) for key, wait in ending if wait.ended_at is not None and not wait.first}
    found: set[datetime] = set()
    for some in chunked(sorted(episodes), _CHUNK):
        rows = await session.rows(
            sa.select(w.c.conversation_id, w.c.episode, sa.func.max(w.c.ended_at))
            .where(w.c.conversation_id.in_({key for key, _ in some}), w.c.ended_by.not_in(tuple(NO_WAIT)))
            .group_by(w.c.conversation_id, w.c.episode)
        )
        found |= {hour_of(row[2]) for row in rows if (row[0], row[1]) in episodes}
    return found


async def hours_of_points(session: Session, ids: Collection[UUID]) -> Collection[datetime]:
    """Return the hours in which anything was said with these addresses, or by them in a conversation of others."""
    i, v = tables.interactions, tables.conversations
    found: set[datetime] = set()
    for start in range(0, len(ids), _CHUNK):
        some = list(ids)[start : start + _CHUNK]
        rows = await session.rows(sa.select(i.c.occurred_at).where(i.c.contact_point_id.in_(some)))
        found |= {hour_of(row[0]) for row in rows}
        talks = await session.rows(sa.select(v.c.id).where(v.c.contact_point_id.in_(some)))
        found |= set(await hours_of_conversations(session, [row[0] for row in talks]))
    return found


async def hours_of_contacts(session: Session, ids: Collection[UUID]) -> Collection[datetime]:
    """Return the hours in which anything was said with these contacts."""
    p = tables.contact_points
    found: set[datetime] = set()
    for start in range(0, len(ids), _CHUNK):
        points = await session.rows(sa.select(p.c.id).where(p.c.contact_id.in_(list(ids)[start : start + _CHUNK])))
        found |= set(await hours_of_points(session, [row[0] for row in points]))
    return found
