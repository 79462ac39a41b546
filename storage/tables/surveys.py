"""Surveys, and what customers answered."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, SmallInteger, Table

from hub.domain.survey.rating import Owed, RatingState, Via, Why
from hub.domain.survey.survey import Scale
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word

surveys = Table(
    "surveys",
    metadata,
    key(),
    text("name"),
    number("place"),
    flag("active"),
    json("channel_ids"),
    json("team_ids"),
    word("scale", Scale),
    Column("delay", Float, nullable=False),
    number("quiet_days"),
    number("open_days"),
    flag("comments"),
    flag("people_only"),
    json("wording"),
    json("templates"),
    time("created_at"),
    time("updated_at"),
)

ratings = Table(
    "ratings",
    metadata,
    key(),
    loose_id("survey_id"),
    ref("conversation_id", "conversations.id"),
    number("episode"),
    loose_id("channel_id"),
    ref("contact_point_id", "contact_points.id"),
    loose_id("team_id", null=True),
    loose_id("agent_id", null=True),
    time("resolved_at"),
    word("state", RatingState),
    word("why", Why, null=True),
    word("scale", Scale),
    flag("comments"),
    text("language"),
    word("owes", Owed, null=True),
    time("next_at", null=True),
    time("asked_at", null=True),
    time("until", null=True),
    Column("score", SmallInteger, nullable=True),
    time("rated_at", null=True),
    word("via", Via, null=True),
    text("comment"),
    time("commented_at", null=True),
    time("comment_until", null=True),
)
_r = ratings.c
Index("uq_ratings_episode", _r.conversation_id, _r.episode, unique=True)
Index("ix_ratings_point", _r.contact_point_id, _r.asked_at)
Index(
    "ix_ratings_asked",
    _r.asked_at,
    _r.id,
    sqlite_where=sa.text("asked_at IS NOT NULL"),
    postgresql_where=sa.text("asked_at IS NOT NULL"),
)
Index(
    "ix_ratings_next",
    _r.next_at,
    sqlite_where=sa.text("next_at IS NOT NULL"),
    postgresql_where=sa.text("next_at IS NOT NULL"),
)
