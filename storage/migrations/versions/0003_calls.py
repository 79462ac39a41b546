"""Calls, legs, recordings, lines, debts; what of a webhook's address is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("raw_events", sa.Column("query", sa.Text(), server_default="{}", nullable=False))
