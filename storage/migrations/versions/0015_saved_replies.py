"""Saved replies."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime, Words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "saved_replies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("shortcut", Words(), nullable=False),
        sa.Column("texts", Json, nullable=False),
        sa.Column("team_ids", Json, nullable=False),
        sa.Column("channel_ids", Json, nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_replies"),
    )
    op.create_index(
        "uq_saved_replies_shortcut",
        "saved_replies",
        ["shortcut"],
        unique=True,
        sqlite_where=sa.text("shortcut <> ''"),
        postgresql_where=sa.text("shortcut <> ''"),
    )
