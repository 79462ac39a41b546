"""How customers and agents use the channels: agents' loads, a contact's habits, preferred channels."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.conversation import ConversationState
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, ContactId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.reports.answers import Selection
from hub.domain.reports.happened import hour_of
from hub.domain.reports.lists import AgentLoad, ChannelUse, ContactChannel, ContactUse
from storage import tables
from storage.engine import Database
from storage.inbox_queries import points_shown_as

i, v, p, c, u, w = (
    tables.interactions,
    tables.conversations,
    tables.contact_points,
    tables.contacts,
    tables.users,
    tables.waits,
)
NEWEST = 5_000
"""So many of a contact's entries tell their habits."""
ANSWERS = 300
ANSWER_WITHIN = timedelta(days=1)
_SAID = (InteractionKind.message, InteractionKind.call)


class UseQueries:
    """Who uses what, how."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agent_loads(self) -> Sequence[AgentLoad]:
        work = (
            sa.select(
                v.c.assignee_id,
                sa.func.count().label("open"),
                sa.func.count(v.c.waiting_since).label("waiting"),
                sa.func.min(v.c.waiting_since).label("oldest"),
            )
            .where(v.c.assignee_id.is_not(None), v.c.state != ConversationState.resolved)
            .where(v.c.state.in_([ConversationState.open, ConversationState.pending, ConversationState.snoozed]))
            .group_by(v.c.assignee_id)
            .subquery()
        )
        async with self._database.read() as session:
            rows = await session.rows(
                sa.select(u.c.id, u.c.name, work.c.open, work.c.waiting, work.c.oldest)
                .select_from(u.outerjoin(work, work.c.assignee_id == u.c.id))
                .where(u.c.active)
                .order_by(u.c.name, u.c.id)
            )
        return [
            AgentLoad(user_id=row[0], name=row[1], open=row[2] or 0, waiting=row[3] or 0, oldest=row[4]) for row in rows
        ]

    async def contact_use(self, contact_id: ContactId, since: datetime) -> ContactUse | None:
        shown = c.alias("shown")
        async with self._database.read() as session:
            canonical = await session.value(
                sa.select(shown.c.id).join(c, c.c.canonical_id == shown.c.id).where(c.c.id == contact_id)
            )
            if canonical is None:
                return None
            rows = await session.rows(
                sa.select(i.c.channel_id, i.c.direction, i.c.author_kind, i.c.occurred_at)
                .where(
                    i.c.contact_point_id.in_(points_shown_as(contact_id)),
                    i.c.occurred_at >= since,
                    i.c.kind.in_(_SAID),
                    i.c.author_kind.in_([AuthorKind.contact, AuthorKind.agent]),
                )
                .order_by(i.c.occurred_at.desc(), i.c.id.desc())
                .limit(NEWEST)
            )
        return _use(canonical, rows[::-1])

    async def preferred_channels(self, since: datetime, until: datetime, selection: Selection) -> Sequence[ChannelUse]:
        if selection.agent_ids or selection.tag is not None or selection.team_ids:
            raise Invalid("Which channels customers prefer is told by channel and source only.")
        wrote = (
            sa.select(c.c.canonical_id.label("who"), i.c.channel_id, sa.func.count().label("n"))
            .select_from(i.join(p, p.c.id == i.c.contact_point_id).join(c, c.c.id == p.c.contact_id))
            .where(
                i.c.occurred_at >= since,
                i.c.occurred_at < until,
                i.c.direction == Direction.inbound,
                i.c.author_kind == AuthorKind.contact,
                i.c.kind.in_(_SAID),
                *([i.c.channel_id.in_(selection.channel_ids)] if selection.channel_ids else []),
                *([c.c.source == selection.source] if selection.source is not None else []),
            )
            .group_by(c.c.canonical_id, i.c.channel_id)
        )
        answered = (
            sa.select(c.c.canonical_id.label("who"), w.c.channel_id, sa.func.count().label("n"))
            .select_from(
                w.join(v, v.c.id == w.c.conversation_id)
                .join(p, p.c.id == v.c.contact_point_id)
                .join(c, c.c.id == p.c.contact_id)
            )
            .where(w.c.started_at >= since, w.c.started_at < until, sa.or_(sa.not_(w.c.first), w.c.initiated_by_us))
            .where(sa.not_(w.c.reopened))
            .group_by(c.c.canonical_id, w.c.channel_id)
        )
        async with self._database.read() as session:
            customers = {row[0]: row[1] for row in await session.rows(_counted(wrote.subquery()))}
            prefer = {row[0]: row[1] for row in await session.rows(_first_choice(wrote.subquery()))}
            answer = {row[0]: row[1] for row in await session.rows(_first_choice(answered.subquery()))}
        return [
            ChannelUse(channel_id=key, customers=n, prefer=prefer.get(key, 0), answer=answer.get(key, 0))
            for key, n in sorted(customers.items(), key=lambda item: (-item[1], item[0]))
        ]


def _counted(of: Any) -> sa.Select[Any]:
    return sa.select(of.c.channel_id, sa.func.count()).group_by(of.c.channel_id)


def _first_choice(of: Any) -> sa.Select[Any]:
    """Count for each channel for whom it is the one with the most; of equals the channel with the lowest id."""
    place = sa.func.row_number().over(partition_by=of.c.who, order_by=[of.c.n.desc(), of.c.channel_id])
    ranked = sa.select(of.c.channel_id, place.label("place")).subquery()
    return sa.select(ranked.c.channel_id, sa.func.count()).where(ranked.c.place == 1).group_by(ranked.c.channel_id)


def _use(contact_id: UUID, rows: Sequence[Any]) -> ContactUse:
    received, sent, answers = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    hours, last = Counter[datetime](), dict[UUID, datetime]()
    took: list[float] = []
    ours: datetime | None = None
    last_received = last_sent = None
    for channel, direction, _author, at in rows:
        last[channel] = at
        if direction is Direction.inbound:
            received[channel] += 1
            hours[hour_of(at)] += 1
            last_received = at
            if ours is not None and at - ours <= ANSWER_WITHIN:
                answers[channel] += 1
                took.append((at - ours).total_seconds())
            ours = None
        elif direction is Direction.outbound:
            sent[channel] += 1
            last_sent = ours = at
    return ContactUse(
        contact_id=ContactId(contact_id),
        channels=tuple(
            ContactChannel(
                channel_id=ChannelId(key),
                received=received[key],
                sent=sent[key],
                answers=answers[key],
                last_at=last[key],
            )
            for key in sorted(last, key=lambda key: (-received[key] - sent[key], key))
        ),
        last_received_at=last_received,
        last_sent_at=last_sent,
        hours=hours,
        reply_seconds=tuple(took[-ANSWERS:]),
    )
