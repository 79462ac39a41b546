"""Files that bots send, and who got conversations last without reading all that were ever given out."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "bot_files",
        sa.Column("attachment_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_bot_files_attachment_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_bot_files"),
    )
    op.drop_index("ix_routed_user_id", table_name="routed")
    op.create_index("ix_routed_user_id_at", "routed", ["user_id", "at"], unique=False)
