"""Cells with short keys, and a mark for each day by which its sums are known to be right."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. Cells are derived: the hub counts them anew, in the background."""
    op.create_table(
        "report_cuts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facet", sa.String(32), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("team_id", Id(), nullable=False),
        sa.Column("agent_id", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_cuts"),
        sa.UniqueConstraint("facet", "channel_id", "value", "team_id", "agent_id", name="uq_report_cuts"),
    )
    for name in ("report_hours", "report_days"):
        op.drop_table(name)
        op.create_table(
            name,
            sa.Column("facet", sa.String(32), nullable=False),
            sa.Column("start", UtcDateTime(), nullable=False),
            sa.Column("cut", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("n", sa.Integer(), nullable=False),
            sa.Column("seconds", sa.Float(), nullable=False),
            sa.Column("longest", sa.Float(), nullable=False),
            sa.PrimaryKeyConstraint("facet", "start", "cut", "code", name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "report_marks",
        sa.Column("day", UtcDateTime(), autoincrement=False, nullable=False),
        sa.Column("mark", Id(), nullable=False),
        sa.Column("summed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_report_marks"),
    )
    op.execute("DELETE FROM facts WHERE name = 'reports_counted'")
