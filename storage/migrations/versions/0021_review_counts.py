"""The review list's indexes of what is to be reviewed hold all that its counts ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    for name, columns in (
        ("ix_reviewables_long", ["seconds", "call_id", "began_at", "recorded", "reviews"]),
        ("ix_reviewables_todo", ["began_at", "call_id", "lot", "recorded", "reviews"]),
    ):
        todo = sa.text("recorded AND reviews = 0")
        op.drop_index(name, "reviewables")
        op.create_index(name, "reviewables", columns, sqlite_where=todo, postgresql_where=todo)
