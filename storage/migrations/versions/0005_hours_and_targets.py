"""Business hours, episodes, targets and what is due; what a wait was measured by."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    for name, kind in (
        ("team_id", Id()),
        ("owner_id", Id()),
        ("handed_over_at", UtcDateTime()),
        ("agent_from", UtcDateTime()),
        ("heard_at", UtcDateTime()),
        ("heard_item", Id()),
        ("calendar_id", Id()),
        ("calendar_version", sa.Integer()),
        ("seconds", sa.Float()),
        ("business_seconds", sa.Float()),
        ("target_id", Id()),
        ("due_at", UtcDateTime()),
    ):
        op.add_column("waits", sa.Column(name, kind, nullable=True))
    op.add_column("conversations", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.add_column("conversations", sa.Column("due_warn_at", UtcDateTime(), nullable=True))
    op.add_column("conversations", sa.Column("due_metric", sa.String(32), nullable=True))
    op.create_index(
        "ix_conversations_waiting_point",
        "conversations",
        ["contact_point_id"],
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_table(
        "calendars",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calendars"),
    )
    op.create_table(
        "calendar_versions",
        sa.Column("calendar_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("week", Json, nullable=False),
        sa.Column("days", Json, nullable=False),
        sa.Column("holidays", Json, nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name="fk_calendar_versions_calendar_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calendar_id", "number", name="pk_calendar_versions"),
    )
    op.create_table(
        "calendar_uses",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("keeper", sa.String(32), nullable=False),
        sa.Column("keeper_id", Id(), nullable=True),
        sa.Column("calendar_id", Id(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name="fk_calendar_uses_calendar_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_calendar_uses"),
    )
    op.create_table(
        "episodes",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("initiated_by_us", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("first_resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("target_id", Id(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_episodes_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "number", name="pk_episodes"),
    )
    op.create_index("ix_episodes_first_resolved", "episodes", ["first_resolved_at"])
    op.create_index("ix_episodes_resolved", "episodes", ["resolved_at"])
    op.create_table(
        "targets",
        sa.Column("id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
    )
    op.create_table(
        "target_versions",
        sa.Column("target_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("rule", Json, nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(["target_id"], ["targets.id"], name="fk_target_versions_target_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("target_id", "number", name="pk_target_versions"),
    )
    op.create_table(
        "dues",
        sa.Column("id", Id(), nullable=False),
        sa.Column("metric", sa.String(32), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("target_id", Id(), nullable=False),
        sa.Column("target_version", sa.Integer(), nullable=False),
        sa.Column("target_name", sa.Text(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("assignee_id", Id(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("left", sa.Float(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("warn_at", UtcDateTime(), nullable=True),
        sa.Column("warned_at", UtcDateTime(), nullable=True),
        sa.Column("breached_at", UtcDateTime(), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_dues_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dues"),
    )
    op.create_index("ix_dues_conversation_id", "dues", ["conversation_id"])
    op.create_index(
        "ix_dues_next",
        "dues",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
