"""How teams give out conversations, and who got which."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "team_routings",
        sa.Column("team_id", Id(), nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("sticky", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("next_after", sa.Integer(), nullable=False),
        sa.Column("capacity", Json, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_routings_team_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", name="pk_team_routings"),
    )
    op.create_table(
        "routed",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("passed", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_routed_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_routed_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_routed"),
    )
    op.create_index("ix_routed_user_id", "routed", ["user_id"], unique=False)
