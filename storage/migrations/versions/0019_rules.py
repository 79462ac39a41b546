"""Rules at work: versions, log, where they acted once, when they are due."""

import sqlalchemy as sa
from alembic import op

from hub.domain.rules.records import On, Outcome
from storage.types import Id, Json, UtcDateTime, Word, Words

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "work_rules",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("active_since", UtcDateTime(), nullable=True),
        sa.Column("paused", Words(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("armed", sa.Integer(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("ran", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_run_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_work_rules"),
    )
    op.create_table(
        "work_rule_versions",
        sa.Column("rule_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["work_rules.id"], name="fk_work_rule_versions_rule_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rule_id", "number", name="pk_work_rule_versions"),
    )
    op.create_table(
        "work_rule_runs",
        sa.Column("id", Id(), nullable=False),
        sa.Column("rule_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.Column("on", Word(On), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("outcome", Word(Outcome), nullable=False),
        sa.Column("done", Json, nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_work_rule_runs_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["work_rules.id"], name="fk_work_rule_runs_rule_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_work_rule_runs"),
        sa.UniqueConstraint("rule_id", "version", "event", name="uq_work_rule_runs_event"),
    )
    op.create_index("ix_work_rule_runs_age", "work_rule_runs", ["at"], unique=False)
    op.create_index("ix_work_rule_runs_log", "work_rule_runs", ["rule_id", "at", "id"], unique=False)
    op.create_index("ix_work_rule_runs_often", "work_rule_runs", ["conversation_id", "rule_id", "at"], unique=False)
    op.create_table(
        "work_rule_once",
        sa.Column("rule_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_work_rule_once_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["work_rules.id"], name="fk_work_rule_once_rule_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rule_id", "conversation_id", name="pk_work_rule_once"),
    )
    op.create_index("ix_work_rule_once_conversation", "work_rule_once", ["conversation_id"], unique=False)
    op.create_table(
        "work_rule_timers",
        sa.Column("rule_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("percent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("anchor", Words(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_work_rule_timers_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["work_rules.id"], name="fk_work_rule_timers_rule_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rule_id", "conversation_id", "percent", name="pk_work_rule_timers"),
    )
    op.create_index("ix_work_rule_timers_conversation", "work_rule_timers", ["conversation_id"], unique=False)
    op.create_index(
        "ix_work_rule_timers_due",
        "work_rule_timers",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
