"""Portraits: the pictures providers show of people."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime, Words

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "portraits",
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", Id(), nullable=True),
        sa.Column("blob", Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_points.id"],
            name="fk_portraits_contact_point_id_contact_points",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_point_id", name="pk_portraits"),
        sa.UniqueConstraint("id", name="uq_portraits_id"),
    )
    op.create_index(
        "ix_portraits_due",
        "portraits",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
