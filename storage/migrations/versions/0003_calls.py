"""Calls, legs, recordings, lines, debts; what of a webhook's address is kept."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("raw_events", sa.Column("query", sa.Text(), server_default="{}", nullable=False))
    op.create_table(
        "lines",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("short_seconds", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_lines_channel_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lines"),
    )
    op.create_index("uq_lines_number", "lines", ["channel_id", "number"], unique=True)
    op.create_table(
        "line_versions",
        sa.Column("line_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name="fk_line_versions_line_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("line_id", "version", name="pk_line_versions"),
    )
    op.create_table(
        "line_sounds",
        sa.Column("line_id", Id(), nullable=False),
        sa.Column("attachment_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name="fk_line_sounds_line_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_line_sounds_attachment_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "attachment_id", name="pk_line_sounds"),
    )
    op.create_index("ix_line_sounds_attachment_id", "line_sounds", ["attachment_id"])
    op.create_table(
        "calls",
        sa.Column("id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("line_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("our_address", sa.Text(), nullable=False),
        sa.Column("withheld", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("queue_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("after_hours", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("machine", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("voicemail_at", UtcDateTime(), nullable=True),
        sa.Column("agents", Json, nullable=False),
        sa.Column("placed_by", Id(), nullable=True),
        sa.Column("holds", Json, nullable=False),
        sa.Column("due_minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agent_outcome", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("agent_id", Id(), nullable=True),
        sa.Column("waited", sa.Float(), nullable=True),
        sa.Column("talked", sa.Float(), server_default="0", nullable=False),
        sa.Column("held", sa.Float(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_calls_channel_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_calls_contact_point_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_calls_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_agent", "calls", ["agent_id", "began_at", "id"])
    op.create_index("ix_calls_began", "calls", ["began_at", "id"])
    op.create_index("ix_calls_channel", "calls", ["channel_id", "began_at", "id"])
    op.create_index("ix_calls_conversation_id", "calls", ["conversation_id"])
    op.create_index("ix_calls_line", "calls", ["line_id", "began_at", "id"])
    op.create_index(
        "ix_calls_live",
        "calls",
        ["queue_at", "id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_calls_outcome", "calls", ["outcome", "began_at", "id"])
    op.create_index("ix_calls_point", "calls", ["contact_point_id", "began_at", "id"])
    op.create_index("ix_calls_team", "calls", ["team_id", "began_at", "id"])
    op.create_index("uq_calls_interaction", "calls", ["interaction_id"], unique=True)
    op.create_table(
        "call_ids",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_ids_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id", "external_id", name="pk_call_ids"),
    )
    op.create_index("ix_call_ids_call_id", "call_ids", ["call_id"])
    op.create_table(
        "call_marks",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fact", sa.String(32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("leg", sa.Text(), nullable=True),
        sa.Column("party", sa.String(32), nullable=True),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(32), nullable=True),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_marks_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "key", name="pk_call_marks"),
    )
    op.create_table(
        "legs",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("party", sa.String(32), nullable=True),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("ringing_at", UtcDateTime(), nullable=True),
        sa.Column("picked_up_at", UtcDateTime(), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ending", sa.String(32), nullable=True),
        sa.Column("machine", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_legs_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "external_id", name="pk_legs"),
    )
    op.create_index(
        "ix_legs_agent",
        "legs",
        ["user_id", "began_at"],
        sqlite_where=sa.text("user_id IS NOT NULL"),
        postgresql_where=sa.text("user_id IS NOT NULL"),
    )
    op.create_table(
        "recordings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("lanes", Json, nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("duration", sa.Float(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_recordings_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_recordings_channel_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
    )
    op.create_index("ix_recordings_call_id", "recordings", ["call_id"])
    op.create_index(
        "ix_recordings_pending",
        "recordings",
        ["next_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("uq_recordings_external", "recordings", ["channel_id", "external_id"], unique=True)
    op.create_table(
        "presences",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("chosen", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("wrap_up_until", UtcDateTime(), nullable=True),
        sa.Column("idle_since", UtcDateTime(), nullable=False),
        sa.Column("rung_at", UtcDateTime(), nullable=True),
        sa.Column("devices", Json, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_presences_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_presences"),
    )
    op.create_table(
        "call_waits",
        sa.Column("id", Id(), nullable=False),
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("line_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=True),
        sa.Column("via_other_channel", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answered_by", Id(), nullable=True),
        sa.Column("ended_item", Id(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_call_waits_contact_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_call_waits"),
    )
    op.create_index("ix_call_waits_contact_id", "call_waits", ["contact_id"])
    op.create_index("ix_call_waits_started", "call_waits", ["started_at", "id"])
    op.create_table(
        "debts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("causes", Json, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(32), nullable=True),
        sa.Column("closing_item", Id(), nullable=True),
        sa.Column("closed_user", Id(), nullable=True),
        sa.Column("assignee_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_debts_contact_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_debts"),
    )
    op.create_index("ix_debts_closed", "debts", ["closed_at", "id"])
    op.create_index("ix_debts_contact", "debts", ["contact_id", "opened_at"])
    op.create_index(
        "ix_debts_due",
        "debts",
        ["due_at", "id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_debts_open",
        "debts",
        ["contact_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
