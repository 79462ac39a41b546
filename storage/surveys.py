"""Surveys, and the ratings they bring in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Conflict
from hub.domain.ids import ChannelId, ConversationId, InteractionId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.survey.rating import Rating, RatingId, RatingState
from hub.domain.survey.survey import Survey, SurveyId, Wording
from storage import tables
from storage.engine import Session
from storage.records import Mapper

s, r, i, p, own, other = (
    tables.surveys,
    tables.ratings,
    tables.interactions,
    tables.contact_points,
    tables.contacts.alias("own"),
    tables.contacts.alias("other"),
)


def _texts(value: Mapping[str, Wording]) -> list[list[str]]:
    # A list: PostgreSQL does not keep an object's order.
    return [[language, one.question, one.comment, one.thanks] for language, one in value.items()]


def _wording(value: Sequence[Sequence[str]]) -> Mapping[str, Wording]:
    return {row[0]: Wording(question=row[1], comment=row[2], thanks=row[3]) for row in value}


def _ids(value: Sequence[UUID]) -> list[str]:
    return [str(one) for one in value]


_survey = Mapper(
    Survey,
    s,
    read={
        "channel_ids": lambda ids: tuple(ChannelId(UUID(one)) for one in ids),
        "team_ids": lambda ids: tuple(TeamId(UUID(one)) for one in ids),
        "delay": lambda seconds: timedelta(seconds=seconds),
        "wording": _wording,
        "templates": lambda kept: {ChannelId(UUID(one)): template for one, template in kept.items()},
    },
    write={
        "channel_ids": _ids,
        "team_ids": _ids,
        "delay": timedelta.total_seconds,
        "wording": _texts,
        "templates": lambda kept: {str(one): template for one, template in kept.items()},
    },
)
_rating = Mapper(Rating, r)


class SqlSurveys:
    """Implements hub.ports.surveys.Surveys."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[Survey]:
        rows = await self._session.rows(_survey.select().order_by(s.c.place, s.c.created_at, s.c.id))
        return [_survey.load(row) for row in rows]

    async def save(self, survey: Survey) -> None:
        await self._session.upsert(s, [_survey.row(survey)], keys=("id",))

    async def delete(self, survey_id: SurveyId) -> None:
        await self._session.run(sa.delete(s).where(s.c.id == survey_id))


class SqlRatings:
    """Implements hub.ports.surveys.Ratings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def save(self, ratings: Collection[Rating]) -> None:
        for rating in ratings:
            taken = await self.of_episode(rating.conversation_id, rating.episode)
            if taken is not None and taken.id != rating.id:
                raise Conflict("This conversation is asked about already.")
        await self._session.upsert(r, [_rating.row(one) for one in ratings], keys=("id",))

    async def get(self, rating_id: RatingId, *, lock: bool = False) -> Rating | None:
        found = _rating.select().where(r.c.id == rating_id)
        row = await self._session.one(self._session.locked(found) if lock else found)
        return None if row is None else _rating.load(row)

    async def of_episode(self, conversation_id: ConversationId, episode: int) -> Rating | None:
        found = _rating.select().where(r.c.conversation_id == conversation_id, r.c.episode == episode)
        row = await self._session.one(found)
        return None if row is None else _rating.load(row)

    async def delete(self, rating_id: RatingId) -> None:
        await self._session.run(sa.delete(r).where(r.c.id == rating_id))

    async def due(self, now: datetime, limit: int) -> Sequence[Rating]:
        found = _rating.select().where(r.c.next_at <= now).order_by(r.c.next_at, r.c.id).limit(limit)
        return [_rating.load(row) for row in await self._session.rows(found)]

    async def answerable(
        self, conversation_ids: Collection[ConversationId], rating_ids: Collection[RatingId]
    ) -> Sequence[Rating]:
        found = self._session.locked(
            _rating.select()
            .where(
                r.c.state == RatingState.asked,
                sa.or_(r.c.conversation_id.in_(list(conversation_ids)), r.c.id.in_(list(rating_ids))),
            )
            .order_by(r.c.asked_at, r.c.id)
        )
        named, newest = set(rating_ids), dict[ConversationId, Rating]()
        kept: dict[RatingId, Rating] = {}
        for rating in map(_rating.load, await self._session.rows(found)):
            newest[rating.conversation_id] = rating
            if rating.id in named:
                kept[rating.id] = rating
        return list((kept | {one.id: one for one in newest.values()}).values())

    async def last_asked(self, rating: Rating) -> datetime | None:
        shown_as = (
            sa.select(other.c.canonical_id)
            .select_from(p.join(other, other.c.id == p.c.contact_id))
            .where(p.c.id == rating.contact_point_id)
            .scalar_subquery()
        )
        points = sa.select(p.c.id).join(own, own.c.id == p.c.contact_id).where(own.c.canonical_id == shown_as)
        asked: datetime | None = await self._session.value(
            sa.select(sa.func.max(r.c.asked_at)).where(r.c.contact_point_id.in_(points), r.c.id != rating.id)
        )
        return asked

    async def last_reply_by(self, conversation_id: ConversationId) -> tuple[UserId | None, InteractionId] | None:
        row: Any = await self._session.one(
            sa.select(i.c.author_id, i.c.id)
            .where(
                i.c.conversation_id == conversation_id,
                i.c.direction == Direction.outbound,
                i.c.author_kind == AuthorKind.agent,
                i.c.kind.in_([InteractionKind.message, InteractionKind.call]),
            )
            .order_by(i.c.occurred_at.desc(), i.c.id.desc())
            .limit(1)
        )
        return None if row is None else (row[0], InteractionId(row[1]))
