"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigSerial, Id, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "arrivals",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("last_received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "day", name="pk_arrivals"),
    )
    op.create_table(
        "contacts",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("canonical_id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["canonical_id"], ["contacts.id"], name="fk_contacts_canonical_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_contacts"),
        sa.UniqueConstraint("id", name="uq_contacts_id"),
    )
    op.create_index("ix_contacts_canonical_id", "contacts", ["canonical_id"])
    op.create_index(
        "ix_contacts_expiring",
        "contacts",
        ["expires_at"],
        sqlite_where=sa.text("state = 'provisional'"),
        postgresql_where=sa.text("state = 'provisional'"),
    )
    op.create_index(
        "ix_contacts_listed",
        "contacts",
        ["sort_name", "id"],
        sqlite_where=sa.text("state != 'anonymous'"),
        postgresql_where=sa.text("state != 'anonymous'"),
    )

    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "hooks",
        sa.Column("id", Id(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hooks"),
    )
    op.create_table(
        "identity_changes",
        sa.Column("id", Id(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("other_id", Id(), nullable=False),
        sa.Column("point_ids", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_identity_changes"),
    )
    op.create_index("ix_identity_changes_contact_id", "identity_changes", ["contact_id"])
    op.create_index("ix_identity_changes_other_id", "identity_changes", ["other_id"])

    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "listener_cursors",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_listener_cursors"),
    )
    op.create_table(
        "login_failures",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_key", "login_failures", ["key", "at"])

    op.create_table(
        "notices",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_notices"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "parked",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("seq", BigSerial, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "external_id", "seq", name="pk_parked"),
    )
    op.create_table(
        "raw_events",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("recovered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_raw_events"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_raw_events_new",
        "raw_events",
        ["channel_id", "seq"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index(
        "ix_raw_events_stuck",
        "raw_events",
        ["state", "channel_id", "seq"],
        sqlite_where=sa.text("state IN ('parked', 'unparsed')"),
        postgresql_where=sa.text("state IN ('parked', 'unparsed')"),
    )

    op.create_table(
        "readings",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("unneeded", sa.Integer(), nullable=False),
        sa.Column("recovered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "day", name="pk_readings"),
    )
    op.create_table(
        "teams",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.UniqueConstraint("name", name="uq_teams_name"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actions", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
    )
    op.create_table(
        "users",
        sa.Column("id", Id(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email_key", name="uq_users_email_key"),
    )
    op.create_table(
        "channels",
        sa.Column("id", Id(), nullable=False),
        sa.Column("connector", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("webhook_key", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("sender_rule", sa.String(32), nullable=False),
        sa.Column("reopen_window", sa.Float(), nullable=False),
        sa.Column("idle_after", sa.Float(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("connection_state", sa.String(32), nullable=False),
        sa.Column("connection_since", UtcDateTime(), nullable=False),
        sa.Column("connection_detail", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("secrets", Json, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_channels_team_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
        sa.UniqueConstraint("webhook_key", name="uq_channels_webhook_key"),
    )
    op.create_table(
        "contact_points",
        sa.Column("id", Id(), nullable=False),
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("namespace", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("blocked_reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("first_channel_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name="fk_contact_points_contact_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_points"),
        sa.UniqueConstraint("namespace", "address", name="uq_contact_points_namespace_address"),
    )
    op.create_index("ix_contact_points_contact_id", "contact_points", ["contact_id"])

    op.create_table(
        "hook_deliveries",
        sa.Column("id", Id(), nullable=False),
        sa.Column("hook_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hook_id"], ["hooks.id"], name="fk_hook_deliveries_hook_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_hook_deliveries"),
    )
    op.create_index(
        "ix_hook_deliveries_due",
        "hook_deliveries",
        ["next_at"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("ix_hook_deliveries_log", "hook_deliveries", ["hook_id", "created_at", "id"])

    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])

    op.create_table(
        "user_teams",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("team_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_user_teams_team_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_teams_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "team_id", name="pk_user_teams"),
    )
    op.create_index("ix_user_teams_team_id", "user_teams", ["team_id"])

    op.create_table(
        "conversations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("base_subject", sa.Text(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("snoozed_until", UtcDateTime(), nullable=True),
        sa.Column("assignee_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("priority", sa.String(32), nullable=False),
        sa.Column("tags", Json, nullable=False),
        sa.Column("group", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("initiated_by_us", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("related_id", Id(), nullable=True),
        sa.Column("related_reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("last_inbound_at", UtcDateTime(), nullable=True),
        sa.Column("last_preview", sa.Text(), nullable=False),
        sa.Column("last_author", sa.Text(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=True),
        sa.Column("failed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("clock", Json, nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_conversations_channel_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_conversations_contact_point_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index(
        "ix_conversations_assignee",
        "conversations",
        ["assignee_id", "state", "last_at"],
        sqlite_where=sa.text("assignee_id IS NOT NULL"),
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
    )
    op.create_index("ix_conversations_channel", "conversations", ["channel_id", "state", "last_at"])
    op.create_index("ix_conversations_counts", "conversations", ["state", "assignee_id", "waiting_since"])
    op.create_index("ix_conversations_point", "conversations", ["contact_point_id", "last_at"])
    op.create_index(
        "ix_conversations_snoozed",
        "conversations",
        ["snoozed_until"],
        sqlite_where=sa.text("state = 'snoozed'"),
        postgresql_where=sa.text("state = 'snoozed'"),
    )
    op.create_index("ix_conversations_state", "conversations", ["state", "last_at", "id"])
    op.create_index(
        "ix_conversations_subject",
        "conversations",
        ["channel_id", "base_subject", "last_at"],
        sqlite_where=sa.text("base_subject IS NOT NULL"),
        postgresql_where=sa.text("base_subject IS NOT NULL"),
    )
    op.create_index("ix_conversations_thread", "conversations", ["channel_id", "thread", "created_at"])
    op.create_index(
        "ix_conversations_waiting",
        "conversations",
        ["waiting_since", "id"],
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )

    op.create_table(
        "drafts",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("note", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("attachment_ids", Json, nullable=False),
        sa.Column("reply_to_id", Id(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_drafts_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "user_id", name="pk_drafts"),
    )
    op.create_table(
        "interactions",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("author_kind", sa.String(32), nullable=False),
        sa.Column("author_id", Id(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("reply_to_id", Id(), nullable=True),
        sa.Column("reply_to_external", sa.Text(), nullable=True),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("journal_seq", sa.BigInteger(), nullable=True),
        sa.Column("opens_wait", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_interactions_contact_point_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_interactions_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_interactions"),
        sa.UniqueConstraint("id", name="uq_interactions_id"),
    )
    op.create_index(
        "ix_interactions_journal",
        "interactions",
        ["journal_seq"],
        sqlite_where=sa.text("journal_seq IS NOT NULL"),
        postgresql_where=sa.text("journal_seq IS NOT NULL"),
    )
    op.create_index("ix_interactions_point", "interactions", ["contact_point_id", "occurred_at", "id"])
    op.create_index("ix_interactions_thread", "interactions", ["conversation_id", "occurred_at", "id"])
    op.create_index("uq_interactions_external", "interactions", ["channel_id", "external_id"], unique=True)

    op.create_table(
        "participants",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_participants_contact_point_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_participants_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "contact_point_id", name="pk_participants"),
    )
    op.create_index("ix_participants_contact_point_id", "participants", ["contact_point_id"])

    op.create_table(
        "reads",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_reads_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", name="pk_reads"),
    )
    op.create_index("ix_reads_conversation_id", "reads", ["conversation_id"])

    op.create_table(
        "waits",
        sa.Column("id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reopened", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("initiated_by_us", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("bot_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=True),
        sa.Column("ended_item", Id(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_waits_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
    )
    op.create_index("ix_waits_conversation_id", "waits", ["conversation_id"])
    op.create_index("ix_waits_started", "waits", ["started_at", "id"])

    op.create_table(
        "attachments",
        sa.Column("id", Id(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("thumbnail", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Float(), nullable=True),
        sa.Column("voice", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("content_id", sa.Text(), nullable=True),
        sa.Column("inline", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", Id(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_attachments_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_interaction_id", "attachments", ["interaction_id"])
    op.create_index(
        "ix_attachments_loose",
        "attachments",
        ["created_at"],
        sqlite_where=sa.text("interaction_id IS NULL"),
        postgresql_where=sa.text("interaction_id IS NULL"),
    )
    op.create_index(
        "ix_attachments_pending",
        "attachments",
        ["next_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )

    op.create_table(
        "deliveries",
        sa.Column("id", Id(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state_at", UtcDateTime(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("start_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_deliveries_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("interaction_id", name="uq_deliveries_interaction_id"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["next_at"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["conversation_id", "created_at", "id"],
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index(
        "ix_deliveries_unread",
        "deliveries",
        ["conversation_id"],
        sqlite_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
        postgresql_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
    )

    op.create_table(
        "interaction_changes",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_interaction_changes_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_interaction_changes_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_interaction_changes"),
        sa.UniqueConstraint("interaction_id", name="uq_interaction_changes_interaction_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interaction_changes_feed", "interaction_changes", ["conversation_id", "seq"])

    op.create_table(
        "reactions",
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("emoji", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_points.id"], name="fk_reactions_contact_point_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_reactions_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("interaction_id", "contact_point_id", "emoji", name="pk_reactions"),
    )
    op.create_index("ix_reactions_contact_point_id", "reactions", ["contact_point_id"])

    op.create_table(
        "revisions",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("interaction_id", Id(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interactions.id"], name="fk_revisions_interaction_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_revisions"),
    )
    op.create_index("ix_revisions_interaction_id", "revisions", ["interaction_id"])

    op.create_table(
        "delivery_events",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("delivery_id", Id(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivery_events_delivery_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_delivery_events"),
    )
    op.create_index("ix_delivery_events_delivery_id", "delivery_events", ["delivery_id"])

    op.create_table(
        "delivery_ids",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivery_ids_delivery_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "external_id", name="pk_delivery_ids"),
    )
    op.create_index("ix_delivery_ids_delivery_id", "delivery_ids", ["delivery_id"])
    for table in ("search_messages", "search_contacts"):
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"CREATE TABLE {table} (rowid BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX ix_{table}_tokens ON {table} USING gin (tokens)")
        else:
            # Words are cut and folded by storage/search.py, so the tokenizer has only to split at blanks: `ascii`
            # leaves every other character alone, where `unicode61` would split at letters newer than Unicode 6.1.
            # Without positions (detail=none) the index is small; the hub asks for words, not for phrases.
            op.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(tokens, detail=none, tokenize=\"ascii tokenchars '_'\")"
            )


def downgrade() -> None:
    """Go back to an empty database."""
    for table in ("search_contacts", "search_messages"):
        op.drop_table(table)
    for table in (
        "delivery_ids",
        "delivery_events",
        "revisions",
        "reactions",
        "interaction_changes",
        "deliveries",
        "attachments",
        "waits",
        "reads",
        "participants",
        "interactions",
        "drafts",
        "conversations",
        "user_teams",
        "sessions",
        "hook_deliveries",
        "contact_points",
        "channels",
        "users",
        "tokens",
        "teams",
        "readings",
        "raw_events",
        "parked",
        "notices",
        "login_failures",
        "listener_cursors",
        "leases",
        "identity_changes",
        "hooks",
        "facts",
        "contacts",
        "arrivals",
    ):
        op.drop_table(table)
