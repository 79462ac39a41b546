"""Which fields of a contact changed stands with the change."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("notices", sa.Column("fields", Json, server_default="[]", nullable=False))
