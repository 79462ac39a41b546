"""Bots: flows, their positions, the lock of who speaks."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "speakers",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("speaker", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("by", Id(), nullable=True),
        sa.Column("human_at", UtcDateTime(), nullable=True),
        sa.Column("reopens", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_speakers_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_speakers"),
    )
    op.create_table(
        "bot_flows",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bot_flows"),
    )
    op.create_table(
        "bot_versions",
        sa.Column("flow_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("graph", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(["flow_id"], ["bot_flows.id"], name="fk_bot_versions_flow_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flow_id", "number", name="pk_bot_versions"),
    )
    op.create_table(
        "bot_rules",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("flow_id", Id(), nullable=True),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel_ids", Json, nullable=False),
        sa.Column("people", sa.String(32), nullable=False),
        sa.Column("hours", sa.String(32), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(32), nullable=False),
        sa.Column("after_human", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["flow_id"], ["bot_flows.id"], name="fk_bot_rules_flow_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_bot_rules"),
    )
    op.create_index("ix_bot_rules_flow_id", "bot_rules", ["flow_id"])
    op.create_table(
        "bot_runs",
        sa.Column("id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("flow_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", Json, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reopens", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("end", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_bot_runs_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bot_runs"),
    )
    op.create_index("ix_bot_runs_conversation", "bot_runs", ["conversation_id", "begun_at"])
    op.create_index("ix_bot_runs_flow", "bot_runs", ["flow_id", "begun_at"])
    op.create_index(
        "uq_bot_runs_going",
        "bot_runs",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_bot_runs_due",
        "bot_runs",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "bot_wakes",
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("fresh", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_bot_wakes_interaction_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_bot_wakes_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("interaction_id", name="pk_bot_wakes"),
    )
    op.create_index("ix_bot_wakes_conversation_id", "bot_wakes", ["conversation_id"])
    op.create_index("ix_bot_wakes_at", "bot_wakes", ["at", "interaction_id"])
    op.create_table(
        "bot_counts",
        sa.Column("flow_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("handed_over", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["flow_id"], ["bot_flows.id"], name="fk_bot_counts_flow_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("flow_id", "version", "step", name="pk_bot_counts"),
    )
    op.add_column("deliveries", sa.Column("bot_turn", sa.Integer(), nullable=True))
