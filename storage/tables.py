"""All tables, as one MetaData. Migrations make them; a test compares the two."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table

from hub.domain.changes import ChangeKind
from hub.domain.channel import ConnectionState, SenderRule
from hub.domain.contact import ContactState, IdentityAction
from hub.domain.conversation import ConversationState, ParticipantRole, Priority
from hub.domain.delivery import DeliveryState
from hub.domain.interaction import AttachmentState, AuthorKind, ContentKind, Direction, InteractionKind
from hub.domain.journal import RawState
from hub.domain.user import Role
from hub.domain.waiting import WaitEnd
from storage.types import BigSerial, Id, Json, UtcDateTime, Word, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str = "id") -> Column[Any]:
    return Column(name, Id, primary_key=True)


def _ref(name: str, target: str, *, null: bool = False, gone: str = "CASCADE", index: bool = False) -> Column[Any]:
    return Column(name, Id, ForeignKey(target, ondelete=gone), nullable=null, index=index)


def _id(name: str, *, null: bool = False) -> Column[Any]:
    """Return an id that is not checked: of something that may go, or where the check would cost too much."""
    return Column(name, Id, nullable=null)


def _time(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, Words, nullable=null)


def _word(name: str, words: type[StrEnum], *, null: bool = False) -> Column[Any]:
    return Column(name, Word(words), nullable=null)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, server_default=sa.false())


def _number(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=null)


def _json(name: str) -> Column[Any]:
    return Column(name, Json, nullable=False)


# --- channels and the journal ----------------------------------------------------------------------------------

teams = Table("teams", metadata, _key(), Column("name", Words, nullable=False, unique=True))

channels = Table(
    "channels",
    metadata,
    _key(),
    _text("connector"),
    _text("kind"),
    _text("name"),
    _text("address"),
    Column("webhook_key", Words, nullable=False, unique=True),
    _flag("enabled"),
    _ref("team_id", "teams.id", null=True, gone="SET NULL"),
    _word("sender_rule", SenderRule),
    Column("reopen_window", Float, nullable=False),
    Column("idle_after", Float, nullable=False),
    _flag("demo"),
    _word("connection_state", ConnectionState),
    _time("connection_since"),
    _text("connection_detail"),
    _time("created_at"),
    _number("revision"),
    _json("settings"),
    _json("secrets"),
)

raw_events = Table(
    "raw_events",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    _id("channel_id"),
    _text("kind"),
    _text("headers"),
    Column("body", LargeBinary, nullable=False),
    _time("received_at"),
    _word("state", RawState),
    _text("error", null=True),
    _time("read_at", null=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    _flag("recovered"),
    sqlite_autoincrement=True,  # a number is never given twice, even after pruning
)
Index(
    "ix_raw_events_new",
    raw_events.c.channel_id,
    raw_events.c.seq,
    sqlite_where=sa.text("state = 'new'"),
    postgresql_where=sa.text("state = 'new'"),
)
Index(
    "ix_raw_events_stuck",
    raw_events.c.state,
    raw_events.c.channel_id,
    raw_events.c.seq,
    sqlite_where=sa.text("state IN ('parked', 'unparsed')"),
    postgresql_where=sa.text("state IN ('parked', 'unparsed')"),
)

parked = Table(
    "parked",
    metadata,
    _key("channel_id"),
    Column("external_id", Words, primary_key=True),
    Column("seq", BigSerial, primary_key=True, autoincrement=False),
)

listener_cursors = Table("listener_cursors", metadata, _key("channel_id"), _text("cursor"))

arrivals = Table(
    "arrivals",
    metadata,
    _key("channel_id"),
    Column("day", sa.Date, primary_key=True),
    _number("received"),
    _number("stored"),
    _time("last_received_at"),
)

templates = Table(
    "templates",
    metadata,
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Words, primary_key=True),
    _json("template"),
    _time("synced_at"),
)

template_syncs = Table(
    "template_syncs",
    metadata,
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    _time("synced_at", null=True),
    _time("tried_at"),
    _text("problem"),
)

recoveries = Table(
    "recoveries",
    metadata,
    _key("channel_id"),
    _number("count"),
    _time("since"),
    _time("last_at"),
)

readings = Table(
    "readings",
    metadata,
    _key("channel_id"),
    Column("day", sa.Date, primary_key=True),
    _number("shown"),
    _number("known"),
    _number("unneeded"),
    _number("recovered"),
)

# --- contacts ----------------------------------------------------------------------------------------------------

contacts = Table(
    "contacts",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    _ref("canonical_id", "contacts.id", index=True),
    _text("name"),
    _text("sort_name"),
    _word("state", ContactState),
    _time("created_at"),
    _time("expires_at", null=True),
    _text("company"),
    _text("language"),
    _text("source"),
    _text("notes"),
    _json("fields"),
    _flag("demo"),
)
Index(
    "ix_contacts_listed",
    contacts.c.sort_name,
    contacts.c.id,
    sqlite_where=sa.text("state != 'anonymous'"),
    postgresql_where=sa.text("state != 'anonymous'"),
)
Index(
    "ix_contacts_expiring",
    contacts.c.expires_at,
    sqlite_where=sa.text("state = 'provisional'"),
    postgresql_where=sa.text("state = 'provisional'"),
)

contact_points = Table(
    "contact_points",
    metadata,
    _key(),
    _ref("contact_id", "contacts.id", index=True),
    _text("namespace"),
    _text("address"),
    _text("received"),
    _text("name"),
    _flag("verified"),
    _flag("blocked"),
    _text("blocked_reason"),
    _flag("opted_out"),
    _time("opted_at", null=True),
    _time("created_at"),
    _id("first_channel_id", null=True),
    sa.UniqueConstraint("namespace", "address"),
)

identity_changes = Table(
    "identity_changes",
    metadata,
    _key(),
    _word("action", IdentityAction),
    Column("contact_id", Id, nullable=False, index=True),
    Column("other_id", Id, nullable=False, index=True),
    _json("point_ids"),
    _text("reason"),
    _id("by", null=True),
    _time("at"),
    _time("undone_at", null=True),
    _id("undone_by", null=True),
)

# --- conversations -------------------------------------------------------------------------------------------------

conversations = Table(
    "conversations",
    metadata,
    _key(),
    _ref("channel_id", "channels.id", gone="RESTRICT"),
    _ref("contact_point_id", "contact_points.id"),
    _text("thread"),
    _text("subject"),
    _text("base_subject", null=True),
    _word("state", ConversationState),
    _time("snoozed_until", null=True),
    _id("assignee_id", null=True),
    _id("team_id", null=True),
    _word("priority", Priority),
    _json("tags"),
    _flag("group"),
    _flag("initiated_by_us"),
    _id("related_id", null=True),
    _text("related_reason"),
    _time("created_at"),
    _time("resolved_at", null=True),
    _number("reopen_count"),
    _time("last_at"),
    _time("last_inbound_at", null=True),
    _text("last_preview"),
    _text("last_author"),
    _time("waiting_since", null=True),
    _flag("failed"),
    _json("clock"),
    _flag("demo"),
)
_c = conversations.c
Index("ix_conversations_thread", _c.channel_id, _c.thread, _c.created_at)
Index("ix_conversations_point", _c.contact_point_id, _c.last_at)
Index("ix_conversations_state", _c.state, _c.last_at, _c.id)
Index("ix_conversations_channel", _c.channel_id, _c.state, _c.last_at)
Index("ix_conversations_counts", _c.state, _c.assignee_id, _c.waiting_since)
Index(
    "ix_conversations_assignee",
    _c.assignee_id,
    _c.state,
    _c.last_at,
    sqlite_where=sa.text("assignee_id IS NOT NULL"),
    postgresql_where=sa.text("assignee_id IS NOT NULL"),
)
Index(
    "ix_conversations_waiting",
    _c.waiting_since,
    _c.id,
    sqlite_where=sa.text("waiting_since IS NOT NULL"),
    postgresql_where=sa.text("waiting_since IS NOT NULL"),
)
Index(
    "ix_conversations_subject",
    _c.channel_id,
    _c.base_subject,
    _c.last_at,
    sqlite_where=sa.text("base_subject IS NOT NULL"),
    postgresql_where=sa.text("base_subject IS NOT NULL"),
)
Index(
    "ix_conversations_snoozed",
    _c.snoozed_until,
    sqlite_where=sa.text("state = 'snoozed'"),
    postgresql_where=sa.text("state = 'snoozed'"),
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_point_id", Id, ForeignKey("contact_points.id", ondelete="CASCADE"), primary_key=True, index=True),
    _word("role", ParticipantRole),
)

drafts = Table(
    "drafts",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    _key("user_id"),
    _text("text"),
    _text("html"),
    _flag("note"),
    _json("attachment_ids"),
    _id("reply_to_id", null=True),
    Column("cc", Json, nullable=False, server_default="[]"),
    _time("updated_at"),
)

reads = Table(
    "reads",
    metadata,
    _key("user_id"),
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True, index=True),
    _time("read_at"),
)

waits = Table(
    "waits",
    metadata,
    _key(),
    _ref("conversation_id", "conversations.id", index=True),
    _id("channel_id"),
    _number("episode"),
    _time("started_at"),
    _flag("first"),
    _flag("reopened"),
    _flag("initiated_by_us"),
    _time("bot_at", null=True),
    _time("ended_at", null=True),
    _word("ended_by", WaitEnd, null=True),
    _id("ended_item", null=True),
    _id("answered_by", null=True),
)
Index("ix_waits_started", waits.c.started_at, waits.c.id)

# --- the timeline ---------------------------------------------------------------------------------------------------

interactions = Table(
    "interactions",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    _ref("conversation_id", "conversations.id"),
    _id("channel_id"),
    _ref("contact_point_id", "contact_points.id"),
    _text("external_id", null=True),
    _word("direction", Direction),
    _word("author_kind", AuthorKind),
    _id("author_id", null=True),
    _word("kind", InteractionKind),
    _word("content", ContentKind),
    _time("occurred_at"),
    _time("received_at"),
    _text("subject"),
    _text("text"),
    _text("html"),
    _json("data"),
    _id("reply_to_id", null=True),
    _text("reply_to_external", null=True),
    _text("album", null=True),
    _time("edited_at", null=True),
    _time("deleted_at", null=True),
    Column("journal_seq", sa.BigInteger, nullable=True),
    _flag("opens_wait"),
    _flag("recovered"),
    _flag("demo"),
    Column("digest", Words, nullable=False, server_default=""),
)
_i = interactions.c
Index("uq_interactions_external", _i.channel_id, _i.external_id, unique=True)  # NULLs are all different
Index("ix_interactions_thread", _i.conversation_id, _i.occurred_at, _i.id)
Index("ix_interactions_point", _i.contact_point_id, _i.occurred_at, _i.id)
Index(
    "ix_interactions_journal",
    _i.journal_seq,
    sqlite_where=sa.text("journal_seq IS NOT NULL"),
    postgresql_where=sa.text("journal_seq IS NOT NULL"),
)

interaction_changes = Table(
    "interaction_changes",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), nullable=False, unique=True),
    _ref("conversation_id", "conversations.id"),
    Index("ix_interaction_changes_feed", "conversation_id", "seq"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    _ref("interaction_id", "interactions.id", index=True),
    _time("replaced_at"),
    _text("text"),
    _text("html"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_point_id", Id, ForeignKey("contact_points.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("emoji", Words, primary_key=True),
    _time("at"),
    _flag("gone"),
)

reaction_ids = Table(
    "reaction_ids",
    metadata,
    _key("channel_id"),
    Column("external_id", Words, primary_key=True),
    _ref("interaction_id", "interactions.id", index=True),
    _ref("contact_point_id", "contact_points.id", index=True),
    _text("emoji"),
)

attachments = Table(
    "attachments",
    metadata,
    _key(),
    _ref("interaction_id", "interactions.id", null=True, index=True),
    _number("position"),
    _text("name"),
    _text("media_type"),
    Column("size", sa.BigInteger, nullable=True),
    _word("state", AttachmentState),
    _text("source", null=True),
    _text("blob", null=True),
    _text("thumbnail", null=True),
    _number("width", null=True),
    _number("height", null=True),
    Column("duration", Float, nullable=True),
    _flag("voice"),
    _text("content_id", null=True),
    _flag("inline"),
    Column("sha256", Words, nullable=False, server_default=""),
    Column("peaks", Json, nullable=False, server_default="[]"),
    _text("playable", null=True),
    _text("converted", null=True),
    _text("error"),
    _time("created_at"),
    _id("uploaded_by", null=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    _time("next_at", null=True),
)
Index(
    "ix_attachments_pending",
    attachments.c.next_at,
    sqlite_where=sa.text("state = 'pending'"),
    postgresql_where=sa.text("state = 'pending'"),
)
Index(
    "ix_attachments_unseen",
    attachments.c.next_at,
    sqlite_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
    postgresql_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
)
Index(
    "ix_attachments_loose",
    attachments.c.created_at,
    sqlite_where=sa.text("interaction_id IS NULL"),
    postgresql_where=sa.text("interaction_id IS NULL"),
)

# --- the outbox -----------------------------------------------------------------------------------------------------

deliveries = Table(
    "deliveries",
    metadata,
    _key(),
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), nullable=False, unique=True),
    _id("conversation_id"),
    _id("channel_id"),
    _text("external_id", null=True),
    _word("state", DeliveryState),
    _number("attempt"),
    _time("next_at", null=True),
    _time("accepted_at", null=True),
    _text("code"),
    _text("reason"),
    _time("created_at"),
    _time("state_at"),
    _text("owner", null=True),
    _id("start_id", null=True),
)
_d = deliveries.c
Index(
    "ix_deliveries_due",
    _d.next_at,
    sqlite_where=sa.text("state = 'queued'"),
    postgresql_where=sa.text("state = 'queued'"),
)
Index(
    "ix_deliveries_open",
    _d.conversation_id,
    _d.created_at,
    _d.id,
    sqlite_where=sa.text("state IN ('queued', 'sending')"),
    postgresql_where=sa.text("state IN ('queued', 'sending')"),
)
Index(
    "ix_deliveries_unread",
    _d.conversation_id,
    sqlite_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
    postgresql_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
)

delivery_events = Table(
    "delivery_events",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    _ref("delivery_id", "deliveries.id", index=True),
    _word("state", DeliveryState),
    _time("at"),
    _number("attempt"),
    _text("code"),
    _text("reason"),
)

delivery_ids = Table(
    "delivery_ids",
    metadata,
    _key("channel_id"),
    Column("external_id", Words, primary_key=True),
    _ref("delivery_id", "deliveries.id", index=True),
)

# --- people and programs --------------------------------------------------------------------------------------------

users = Table(
    "users",
    metadata,
    _key(),
    Column("email", Words, nullable=False),
    Column("email_key", Words, nullable=False, unique=True),
    _text("name"),
    _word("role", Role),
    _text("language"),
    _flag("active"),
    _flag("must_change_password"),
    _time("created_at"),
    _flag("demo"),
    _text("password_hash"),
)

user_teams = Table(
    "user_teams",
    metadata,
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Words, primary_key=True),
    _ref("user_id", "users.id", index=True),
    _time("created_at"),
    _time("expires_at"),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    _text("key"),
    _time("at"),
    Index("ix_login_failures_key", "key", "at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Words, primary_key=True),
    Column("token_hash", Words, nullable=False, unique=True),
    _text("name"),
    _json("actions"),
    _time("created_at"),
    _id("created_by", null=True),
    _time("last_used_at", null=True),
    _time("expires_at", null=True),
)

# --- what happened ----------------------------------------------------------------------------------------------------

notices = Table(
    "notices",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    _time("at"),
    _word("kind", ChangeKind),
    _id("subject_id"),
    _id("conversation_id", null=True),
    sqlite_autoincrement=True,
)

hooks = Table(
    "hooks",
    metadata,
    _key(),
    _text("url"),
    _text("secret"),
    _json("kinds"),
    _flag("active"),
    _text("description"),
    _time("created_at"),
    _id("created_by", null=True),
)

hook_deliveries = Table(
    "hook_deliveries",
    metadata,
    _key(),
    _ref("hook_id", "hooks.id"),
    Column("seq", sa.BigInteger, nullable=False),
    _word("kind", ChangeKind),
    Column("body", LargeBinary, nullable=False),
    _text("state"),
    _number("attempts"),
    _time("next_at", null=True),
    _number("status", null=True),
    _text("error"),
    _time("created_at"),
    _time("sent_at", null=True),
    Index("ix_hook_deliveries_log", "hook_id", "created_at", "id"),
)
Index(
    "ix_hook_deliveries_due",
    hook_deliveries.c.next_at,
    sqlite_where=sa.text("state = 'queued'"),
    postgresql_where=sa.text("state = 'queued'"),
)

leases = Table("leases", metadata, Column("name", Words, primary_key=True), _text("owner"), _time("expires_at"))

facts = Table("facts", metadata, Column("name", Words, primary_key=True), _text("value"))
