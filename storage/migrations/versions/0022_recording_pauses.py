"""When the recording of a call was paused is kept with the call."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("calls", sa.Column("pauses", Json, server_default="[]", nullable=False))
