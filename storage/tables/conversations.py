"""Conversations, participants, drafts, waits."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from hub.domain.conversation import ConversationState, ParticipantRole, Priority
from hub.domain.targets import Metric
from hub.domain.waiting import WaitEnd
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import Id, Json

conversations = Table(
    "conversations",
    metadata,
    key(),
    ref("channel_id", "channels.id", gone="RESTRICT"),
    ref("contact_point_id", "contact_points.id"),
    text("thread"),
    text("subject"),
    text("base_subject", null=True),
    word("state", ConversationState),
    time("snoozed_until", null=True),
    loose_id("assignee_id", null=True),
    loose_id("team_id", null=True),
    word("priority", Priority),
    json("tags"),
    flag("group"),
    flag("initiated_by_us"),
    loose_id("related_id", null=True),
    text("related_reason"),
    loose_id("merged_into_id", null=True),
    time("created_at"),
    time("resolved_at", null=True),
    number("reopen_count"),
    time("last_at"),
    time("last_inbound_at", null=True),
    text("last_preview"),
    text("last_author"),
    time("waiting_since", null=True),
    flag("failed"),
    json("clock"),
    flag("demo"),
    # Written by `storage.targets` alone: the soonest due time of the conversation's targets, for the list.
    time("due_at", null=True),
    time("due_warn_at", null=True),
    word("due_metric", Metric, null=True),
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
    "ix_conversations_waiting_point",
    _c.contact_point_id,
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
    "ix_conversations_due",
    _c.due_at,
    _c.id,
    sqlite_where=sa.text("due_at IS NOT NULL"),
    postgresql_where=sa.text("due_at IS NOT NULL"),
)
Index(
    "ix_conversations_merged",
    _c.merged_into_id,
    sqlite_where=sa.text("merged_into_id IS NOT NULL"),
    postgresql_where=sa.text("merged_into_id IS NOT NULL"),
)
Index(
    "ix_conversations_snoozed",
    _c.snoozed_until,
    sqlite_where=sa.text("state = 'snoozed'"),
    postgresql_where=sa.text("state = 'snoozed'"),
)

conversation_merges = Table(
    "conversation_merges",
    metadata,
    key(),
    ref("kept_id", "conversations.id", index=True),
    ref("gone_id", "conversations.id", index=True),
    text("reason"),
    loose_id("by", null=True),
    time("at"),
    time("undone_at", null=True),
    loose_id("undone_by", null=True),
    word("gone_state", ConversationState),
    time("gone_snoozed_until", null=True),
    time("gone_resolved_at", null=True),
    time("kept_last_at"),
    time("kept_last_inbound_at", null=True),
    text("kept_last_preview"),
    text("kept_last_author"),
    json("joined"),
)

merged_entries = Table(
    "merged_entries",
    metadata,
    Column("merge_id", Id, ForeignKey("conversation_merges.id", ondelete="CASCADE"), primary_key=True),
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True, index=True),
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_point_id", Id, ForeignKey("contact_points.id", ondelete="CASCADE"), primary_key=True, index=True),
    word("role", ParticipantRole),
)

drafts = Table(
    "drafts",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    key("user_id"),
    text("text"),
    text("html"),
    flag("note"),
    json("attachment_ids"),
    loose_id("reply_to_id", null=True),
    Column("cc", Json, nullable=False, server_default="[]"),
    loose_id("assistant_call_id", null=True),
    time("updated_at"),
)

reads = Table(
    "reads",
    metadata,
    key("user_id"),
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True, index=True),
    time("read_at"),
)

waits = Table(
    "waits",
    metadata,
    key(),
    ref("conversation_id", "conversations.id", index=True),
    loose_id("channel_id"),
    number("episode"),
    time("started_at"),
    flag("first"),
    flag("reopened"),
    flag("initiated_by_us"),
    time("bot_at", null=True),
    time("ended_at", null=True),
    word("ended_by", WaitEnd, null=True),
    loose_id("ended_item", null=True),
    loose_id("answered_by", null=True),
    loose_id("team_id", null=True),
    loose_id("owner_id", null=True),
    time("handed_over_at", null=True),
    time("agent_from", null=True),
    time("heard_at", null=True),
    loose_id("heard_item", null=True),
    loose_id("calendar_id", null=True),
    number("calendar_version", null=True),
    Column("seconds", sa.Float, nullable=True),
    Column("business_seconds", sa.Float, nullable=True),
    loose_id("target_id", null=True),
    time("due_at", null=True),
    time("level_at", null=True),
)
Index("ix_waits_started", waits.c.started_at, waits.c.id)
