"""Service levels of calls and messages, and targets of callbacks, each kept with what it is for."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. Reports are counted anew, in the background, since targets of resolutions count now."""
    op.add_column("waits", sa.Column("level_at", UtcDateTime(), nullable=True))
    op.add_column("calls", sa.Column("level_at", UtcDateTime(), nullable=True))
    op.add_column("call_waits", sa.Column("target_id", Id(), nullable=True))
    op.add_column("call_waits", sa.Column("due_at", UtcDateTime(), nullable=True))
    for name, table, columns, where in (
        ("ix_calls_level", "calls", ["queue_at", "id"], "level_at IS NOT NULL"),
        ("ix_episodes_aimed", "episodes", ["started_at"], "due_at IS NOT NULL"),
    ):
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.execute("DELETE FROM facts WHERE name = 'reports_counted'")
