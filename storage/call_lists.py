"""The call list by pages, and calls counted for figures: each page costs the same however long the history is.

Every filter that can stand alone has an index that ends in (began_at, id), so a page is a walk along one index. Where
a filter names several values, each value's newest rows are taken and merged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.call import Call
from hub.domain.call_numbers import Counted
from hub.domain.call_views import CallFilter, CallRow, RecordingRow
from hub.domain.errors import Invalid
from hub.domain.ids import CallId, ContactId
from hub.domain.interaction import Direction
from hub.domain.views import Page
from storage import call_records as rows
from storage import cursors, tables
from storage.engine import Session

c, v, p, k, canon, r = (
    tables.calls,
    tables.conversations,
    tables.contact_points,
    tables.contacts,
    tables.contacts.alias("canon"),
    tables.recordings,
)
_MANY = 200
"""Most values of one filter."""


async def page(session: Session, f: CallFilter, *, cursor: str | None, limit: int) -> Page[CallRow]:
    """Return a page, newest first."""
    place = cursors.decode(cursor, datetime, UUID) if cursor else None
    leads, rest = await _conditions(session, f)
    found: dict[UUID, Any] = {}
    for lead in leads:
        statement = (
            sa.select(*rows.call.columns)
            .where(lead, *rest)
            .order_by(c.c.began_at.desc(), c.c.id.desc())
            .limit(limit + 1)
        )
        if place is not None:
            statement = statement.where(
                sa.tuple_(c.c.began_at, c.c.id) < cursors.after(c.c.began_at, c.c.id, place[0], place[1])
            )
        for row in await session.rows(statement):
            call = rows.call.load(row)
            found[call.id] = call
    calls = sorted(found.values(), key=lambda call: (call.began_at, call.id), reverse=True)
    shown = calls[:limit]
    more = cursors.encode(shown[-1].began_at, shown[-1].id) if len(calls) > limit else None
    return Page(items=tuple(await _rows(session, shown)), next=more)


async def _rows(session: Session, calls: Sequence[Call]) -> Sequence[CallRow]:
    if not calls:
        return ()
    people = await _people(session, {call.contact_point_id for call in calls})
    recordings: dict[CallId, list[RecordingRow]] = {}
    made = await session.rows(
        sa.select(r.c.call_id, r.c.id, r.c.kind, r.c.state, r.c.duration)
        .where(r.c.call_id.in_([call.id for call in calls]))
        .order_by(r.c.created_at, r.c.id)
    )
    for call_id, recording_id, kind, state, duration in made:
        recordings.setdefault(CallId(call_id), []).append(
            RecordingRow(id=recording_id, kind=kind.value, state=state.value, duration=duration)
        )
    return [
        CallRow(
            call=call,
            contact_id=people[call.contact_point_id][0],
            contact_name=people[call.contact_point_id][1],
            recordings=tuple(recordings.get(call.id, ())),
        )
        for call in calls
    ]


async def contact_of(session: Session, call: Call) -> tuple[ContactId, str]:
    """Return the contact a call is with, as it is shown."""
    return (await _people(session, {call.contact_point_id}))[call.contact_point_id]


async def _people(session: Session, points: Any) -> Mapping[UUID, tuple[ContactId, str]]:
    found = await session.rows(
        sa.select(p.c.id, k.c.canonical_id, canon.c.name, p.c.name, p.c.received)
        .join(k, k.c.id == p.c.contact_id)
        .join(canon, canon.c.id == k.c.canonical_id)
        .where(p.c.id.in_(list(points)))
    )
    return {row[0]: (ContactId(row[1]), row[2] or row[3] or row[4]) for row in found}


async def _conditions(session: Session, f: CallFilter) -> tuple[Sequence[Any], Sequence[Any]]:
    """Return the alternatives of the filter that leads, and the conditions all rows have to meet."""
    points: tuple[UUID, ...] = ()
    if f.contact_id is not None:
        merged = sa.select(k.c.id).where(k.c.canonical_id == f.contact_id)
        found = await session.rows(sa.select(p.c.id).where(p.c.contact_id.in_(merged)))
        points = tuple(row[0] for row in found)
        if not points:
            return (), ()
    if f.number:
        named_by = await session.rows(sa.select(p.c.id).where(p.c.namespace == "phone", p.c.address == f.number))
        points = tuple(row[0] for row in named_by if not points or row[0] in points)
        if not points:
            return (), ()
    several = [
        (c.c.contact_point_id, points),
        (c.c.agent_id, f.agent_ids),
        (c.c.line_id, f.line_ids),
        (c.c.outcome, f.outcomes),
        (c.c.team_id, f.team_ids),
        (c.c.channel_id, f.channel_ids),
    ]
    if any(len(values) > _MANY for _, values in several):
        raise Invalid(f"A filter takes at most {_MANY} values.")
    named = [(column, values) for column, values in several if values]
    leads: Sequence[Any] = [sa.true()]
    if named:
        column, values = named[0]
        leads = [column == value for value in values]
    # Wrapped, these keep no engine from walking the leading filter's index in its order.
    rest = [*(_wrapped(column).in_(list(values)) for column, values in named[1:]), *_bounds(f)]
    return leads, rest


def _bounds(f: CallFilter) -> Sequence[Any]:
    """Return the conditions that are no choice among values."""
    rest: list[Any] = []
    if f.since is not None:
        rest.append(c.c.began_at >= f.since)
    if f.until is not None:
        rest.append(c.c.began_at < f.until)
    if f.direction is not None:
        rest.append(c.c.direction == f.direction)
    if f.live is not None:
        rest.append(c.c.ended_at.is_(None) if f.live else c.c.ended_at.is_not(None))
    if f.min_talked is not None:
        rest.append(c.c.talked >= f.min_talked)
    if f.max_talked is not None:
        rest.append(c.c.talked <= f.max_talked)
    return rest


def _wrapped(column: Any) -> Any:
    return sa.func.coalesce(column, column, type_=column.type)


_TEAM = sa.func.coalesce(c.c.team_id, v.c.team_id, type_=c.c.team_id.type)
"""The team a call counts for, as in reports: its own, else its conversation's."""
_GROUPS = {"line": c.c.line_id, "team": _TEAM, "agent": c.c.agent_id, "channel": c.c.channel_id}


async def counted(
    session: Session, f: CallFilter, *, by: str, timezone_minutes: int, limit: int
) -> Mapping[str, Sequence[Counted]]:
    """Return ended calls for figures, grouped."""
    if by not in ("", "hour", *_GROUPS):
        raise Invalid("Calls are counted by line, team, agent, channel or hour.")
    leads, rest = await _conditions(session, replace(f, team_ids=()))
    if f.team_ids:
        rest = (*rest, _TEAM.in_(f.team_ids))
    group = _GROUPS.get(by, c.c.began_at)
    groups: dict[str, list[Counted]] = {}
    total = 0
    for lead in leads:
        statement = (
            sa.select(group, c.c.direction, c.c.outcome, c.c.queue_at, c.c.waited, c.c.talked, c.c.held)
            .select_from(c.join(v, v.c.id == c.c.conversation_id))
            .where(lead, *rest, c.c.outcome.is_not(None))
            .limit(limit + 1)
        )
        for value, direction, outcome, queue_at, waited, talked, held in await session.rows(statement):
            total += 1
            groups.setdefault(_name(by, value, timezone_minutes), []).append(
                Counted(
                    direction=direction,
                    outcome=outcome,
                    offered=queue_at is not None and direction is Direction.inbound,
                    waited=waited,
                    talked=talked,
                    held=held,
                )
            )
    if total > limit:
        raise Invalid(f"These are more than {limit} calls. Choose a shorter period, or a line.")
    return groups


def _name(by: str, value: Any, timezone_minutes: int) -> str:
    if by == "hour":
        return f"{(value + timedelta(minutes=timezone_minutes)).hour:02d}"
    return str(value) if by and value is not None else ""
