"""Bots: flows, their positions, knowledge, the lock of who speaks."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
