"""Roll-ups, saved reports, exports."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. What happened before is counted by the hub itself, in the background."""
    op.create_index("ix_interactions_occurred", "interactions", ["occurred_at"])
    op.create_index("ix_waits_ended", "waits", ["ended_at", "id"])
    for name in ("report_hours", "report_days"):
        op.create_table(
            name,
            sa.Column("facet", sa.String(32), nullable=False),
            sa.Column("start", UtcDateTime(), nullable=False),
            sa.Column("channel_id", Id(), nullable=False),
            sa.Column("value", sa.Text(), nullable=False),
            sa.Column("measure", sa.String(32), nullable=False),
            sa.Column("team_id", Id(), nullable=False),
            sa.Column("agent_id", Id(), nullable=False),
            sa.Column("bucket", sa.Integer(), nullable=False),
            sa.Column("n", sa.Integer(), nullable=False),
            sa.Column("seconds", sa.Float(), nullable=False),
            sa.Column("longest", sa.Float(), nullable=False),
            sa.PrimaryKeyConstraint(
                "facet", "start", "channel_id", "value", "measure", "team_id", "agent_id", "bucket", name=f"pk_{name}"
            ),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "report_dirty",
        sa.Column("hour", UtcDateTime(), autoincrement=False, nullable=False),
        sa.Column("mark", Id(), nullable=False),
        sa.PrimaryKeyConstraint("hour", name="pk_report_dirty"),
    )
    op.create_table(
        "saved_reports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", Json, nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("recipients", Json, nullable=False),
        sa.Column("channel_id", Id(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_saved_reports_owner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_reports"),
    )
    op.create_index("ix_saved_reports_due", "saved_reports", ["next_at"])
    op.create_table(
        "exports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("asked", Json, nullable=False),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_exports_owner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )
    op.create_index("ix_exports_owner_id", "exports", ["owner_id"])
    op.create_index("ix_exports_state", "exports", ["state", "created_at"])
