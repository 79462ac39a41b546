"""Teams' routing, their queues, and who got which conversation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.botflow.speaking import Speaker
from hub.domain.channel import ChannelKind
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId, TeamId, UserId
from hub.domain.routing import Queued, TeamRouting
from storage import tables
from storage.engine import Session
from storage.records import Mapper

r, g, c, ch, s, p, users, own, shown = (
    tables.team_routings,
    tables.routed,
    tables.conversations,
    tables.channels,
    tables.speakers,
    tables.contact_points,
    tables.users,
    tables.contacts.alias("own"),
    tables.contacts.alias("shown"),
)
_routing = Mapper(TeamRouting, r, write={"capacity": dict})


class SqlRoutings:
    """Implements hub.ports.Routings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[TeamRouting]:
        return [_routing.load(row) for row in await self._session.rows(_routing.select())]

    async def save(self, routing: TeamRouting) -> None:
        await self._session.upsert(r, [_routing.row(routing)], keys=("team_id",))

    async def queue(self, teams: Collection[TeamId], limit: int) -> Sequence[Queued]:
        if not teams:
            return ()
        bots = sa.exists().where(s.c.conversation_id == c.c.id, s.c.speaker == Speaker.bot)
        found = (
            _queued()
            .where(
                c.c.state == ConversationState.open,
                c.c.team_id.in_(list(teams)),
                c.c.assignee_id.is_(None),
                ~bots,
            )
            .order_by(sa.func.coalesce(c.c.waiting_since, c.c.last_at), c.c.id)
            .limit(limit)
        )
        return await self._load(found)

    async def unanswered(self, before: Mapping[TeamId, datetime], limit: int) -> Sequence[Queued]:
        if not before:
            return ()
        late = sa.or_(*(sa.and_(c.c.team_id == team, g.c.at <= at) for team, at in before.items()))
        found = (
            _queued()
            .where(
                c.c.state == ConversationState.open,
                c.c.assignee_id == g.c.user_id,
                c.c.waiting_since.is_not(None),
                late,
            )
            .order_by(c.c.waiting_since, c.c.id)
            .limit(limit)
        )
        return await self._load(found)

    async def _load(self, found: sa.Select[Any]) -> Sequence[Queued]:
        rows = await self._session.rows(found)
        owners = await self._owners([row.contact for row in rows])
        return [
            Queued(
                conversation_id=ConversationId(row.id),
                team_id=TeamId(row.team_id),
                kind=ChannelKind(row.kind),
                tags=tuple(row.tags),
                language=row.language[:2].lower(),
                owner=owners.get(row.contact),
                assignee=row.assignee_id,
                passed=frozenset(UserId(UUID(one)) for one in row.passed or ()),
            )
            for row in rows
        ]

    async def _owners(self, contacts: Collection[UUID]) -> Mapping[UUID, UserId]:
        """Return who had each customer last, in whichever conversation."""
        if not contacts:
            return {}
        rows = await self._session.rows(
            sa.select(own.c.canonical_id, c.c.assignee_id)
            .join(p, p.c.id == c.c.contact_point_id)
            .join(own, own.c.id == p.c.contact_id)
            .where(own.c.canonical_id.in_(list(contacts)), c.c.assignee_id.is_not(None))
            .order_by(c.c.last_at)
        )
        return {row[0]: UserId(row[1]) for row in rows}

    async def loads(self) -> Mapping[UserId, Mapping[ChannelKind, int]]:
        rows = await self._session.rows(
            sa.select(c.c.assignee_id, ch.c.kind, sa.func.count())
            .join(ch, ch.c.id == c.c.channel_id)
            .where(c.c.state == ConversationState.open, c.c.assignee_id.is_not(None))
            .group_by(c.c.assignee_id, ch.c.kind)
        )
        found: dict[UserId, dict[ChannelKind, int]] = {}
        for user_id, kind, count in rows:
            found.setdefault(UserId(user_id), {})[ChannelKind(kind)] = count
        return found

    async def turns(self) -> Mapping[UserId, datetime]:
        # The newest of each by the index: all that were ever given out are too many to read.
        newest = sa.select(g.c.at).where(g.c.user_id == users.c.id).order_by(g.c.at.desc()).limit(1).scalar_subquery()
        rows = await self._session.rows(sa.select(users.c.id, newest))
        return {UserId(row[0]): row[1] for row in rows if row[1] is not None}

    async def given(
        self, conversation_id: ConversationId, user_id: UserId, passed: Collection[UserId], at: datetime
    ) -> None:
        row = {
            "conversation_id": conversation_id,
            "user_id": user_id,
            "at": at,
            "passed": [str(one) for one in sorted(passed)],
        }
        await self._session.upsert(g, [row], keys=("conversation_id",))


def _queued() -> sa.Select[Any]:
    return (
        sa.select(
            c.c.id,
            c.c.team_id,
            c.c.assignee_id,
            c.c.tags,
            ch.c.kind,
            shown.c.id.label("contact"),
            shown.c.language,
            g.c.passed,
        )
        .join(ch, ch.c.id == c.c.channel_id)
        .join(p, p.c.id == c.c.contact_point_id)
        .join(own, own.c.id == p.c.contact_id)
        .join(shown, shown.c.id == own.c.canonical_id)
        .outerjoin(g, g.c.conversation_id == c.c.id)
    )
