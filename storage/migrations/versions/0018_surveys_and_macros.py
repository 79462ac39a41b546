"""Surveys with their ratings, and macros."""

import sqlalchemy as sa
from alembic import op

from hub.domain.survey.rating import Owed, RatingState, Via, Why
from hub.domain.survey.survey import Scale
from storage.types import Id, Json, UtcDateTime, Word, Words

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "surveys",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel_ids", Json, nullable=False),
        sa.Column("team_ids", Json, nullable=False),
        sa.Column("scale", Word(Scale), nullable=False),
        sa.Column("delay", sa.Float(), nullable=False),
        sa.Column("quiet_days", sa.Integer(), nullable=False),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("people_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("wording", Json, nullable=False),
        sa.Column("templates", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
    )
    op.create_table(
        "ratings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("survey_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("agent_id", Id(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=False),
        sa.Column("state", Word(RatingState), nullable=False),
        sa.Column("why", Word(Why), nullable=True),
        sa.Column("scale", Word(Scale), nullable=False),
        sa.Column("comments", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", Words(), nullable=False),
        sa.Column("owes", Word(Owed), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("score", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.Column("via", Word(Via), nullable=True),
        sa.Column("comment", Words(), nullable=False),
        sa.Column("commented_at", UtcDateTime(), nullable=True),
        sa.Column("comment_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_ratings_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_ratings_contact_point_id", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_ratings_episode", "ratings", ["conversation_id", "episode"], unique=True)
    op.create_index("ix_ratings_point", "ratings", ["contact_point_id", "asked_at"])
    for name, columns in (("asked", ["asked_at", "id"]), ("next", ["next_at"])):
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(f"ix_ratings_{name}", "ratings", columns, sqlite_where=there, postgresql_where=there)
    op.create_table(
        "macros",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("team_ids", Json, nullable=False),
        sa.Column("actions", Json, nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_macros"),
    )
