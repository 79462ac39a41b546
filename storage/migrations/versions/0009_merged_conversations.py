"""Conversations merged into others, and what went where; the list in order of what is due."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("conversations", sa.Column("merged_into_id", Id(), nullable=True))
    op.create_index(
        "ix_conversations_merged",
        "conversations",
        ["merged_into_id"],
        sqlite_where=sa.text("merged_into_id IS NOT NULL"),
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index(
        "ix_conversations_due",
        "conversations",
        ["due_at", "id"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "conversation_merges",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kept_id", Id(), nullable=False),
        sa.Column("gone_id", Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", Id(), nullable=True),
        sa.Column("gone_state", sa.String(32), nullable=False),
        sa.Column("gone_snoozed_until", UtcDateTime(), nullable=True),
        sa.Column("gone_resolved_at", UtcDateTime(), nullable=True),
        sa.Column("kept_last_at", UtcDateTime(), nullable=False),
        sa.Column("kept_last_inbound_at", UtcDateTime(), nullable=True),
        sa.Column("kept_last_preview", sa.Text(), nullable=False),
        sa.Column("kept_last_author", sa.Text(), nullable=False),
        sa.Column("joined", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["conversations.id"], name="fk_conversation_merges_kept_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["conversations.id"], name="fk_conversation_merges_gone_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_merges"),
    )
    op.create_index("ix_conversation_merges_kept_id", "conversation_merges", ["kept_id"])
    op.create_index("ix_conversation_merges_gone_id", "conversation_merges", ["gone_id"])
    op.create_table(
        "merged_entries",
        sa.Column("merge_id", Id(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["conversation_merges.id"], name="fk_merged_entries_merge_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_merged_entries_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("merge_id", "interaction_id", name="pk_merged_entries"),
    )
    op.create_index("ix_merged_entries_interaction_id", "merged_entries", ["interaction_id"])
