"""Templates, voice notes, opt-outs, reactions that come in any order, what reconciling found, a draft's Cc."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "templates",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("template", Json, nullable=False),
        sa.Column("synced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_templates_channel_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id", "key", name="pk_templates"),
    )
    op.create_table(
        "template_syncs",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("synced_at", UtcDateTime(), nullable=True),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_template_syncs_channel_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", name="pk_template_syncs"),
    )
    op.create_table(
        "recoveries",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_recoveries"),
    )
    op.create_table(
        "reaction_ids",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("emoji", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_reaction_ids_interaction_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_reaction_ids_contact_point_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "external_id", name="pk_reaction_ids"),
    )
    op.create_index("ix_reaction_ids_interaction_id", "reaction_ids", ["interaction_id"])
    op.create_index("ix_reaction_ids_contact_point_id", "reaction_ids", ["contact_point_id"])
    op.add_column("reactions", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("contact_points", sa.Column("opted_out", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("contact_points", sa.Column("opted_at", UtcDateTime(), nullable=True))
    op.add_column("drafts", sa.Column("cc", Json, server_default="[]", nullable=False))
    op.add_column("interactions", sa.Column("recovered", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("attachments", sa.Column("sha256", sa.Text(), server_default="", nullable=False))
    op.add_column("attachments", sa.Column("peaks", Json, server_default="[]", nullable=False))
    op.add_column("attachments", sa.Column("playable", sa.Text(), nullable=True))
    op.add_column("attachments", sa.Column("converted", sa.Text(), nullable=True))
    op.create_index(
        "ix_attachments_unseen",
        "attachments",
        ["next_at"],
        sqlite_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
    )
    # The first version kept an opt-out as a block with this reason.
    op.execute(
        "UPDATE contact_points SET opted_out = true, blocked = false, blocked_reason = ''"
        " WHERE blocked AND blocked_reason = 'opted out'"
    )
