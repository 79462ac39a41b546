"""Who speaks; bots' flows, versions, rules, runs, unread messages and counts."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from hub.domain.botflow.effects import Reason
from hub.domain.botflow.records import After, Begins, People, When
from hub.domain.botflow.speaking import Speaker
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import Id, Words

speakers = Table(
    "speakers",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    word("speaker", Speaker),
    number("turn"),
    text("bot"),
    time("since", null=True),
    loose_id("by", null=True),
    time("human_at", null=True),
    number("reopens"),
)

bot_flows = Table(
    "bot_flows",
    metadata,
    key(),
    text("name"),
    text("description"),
    json("draft"),
    number("revision"),
    number("published", null=True),
    time("created_at"),
    time("updated_at"),
    loose_id("updated_by", null=True),
    flag("demo"),
)

bot_versions = Table(
    "bot_versions",
    metadata,
    Column("flow_id", Id, ForeignKey("bot_flows.id", ondelete="CASCADE"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    json("graph"),
    text("note"),
    time("published_at"),
    loose_id("published_by", null=True),
)

bot_rules = Table(
    "bot_rules",
    metadata,
    key(),
    text("name"),
    ref("flow_id", "bot_flows.id", null=True, index=True),
    text("bot"),
    number("place"),
    flag("active"),
    json("channel_ids"),
    word("people", People),
    word("hours", When),
    text("calendar"),
    word("begins", Begins),
    word("after_human", After),
    time("created_at"),
    flag("demo"),
)

bot_files = Table(
    "bot_files",
    metadata,
    # Kept even when the flow is gone: the messages it sent share the content.
    Column("attachment_id", Id, ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True),
)

bot_runs = Table(
    "bot_runs",
    metadata,
    key(),
    ref("conversation_id", "conversations.id"),
    loose_id("flow_id"),
    number("version"),
    json("position"),
    time("due_at", null=True),
    number("turn"),
    number("reopens"),
    time("begun_at"),
    time("ended_at", null=True),
    text("end"),
    word("reason", Reason, null=True),
    text("words"),
)
Index("ix_bot_runs_conversation", bot_runs.c.conversation_id, bot_runs.c.begun_at)
Index("ix_bot_runs_flow", bot_runs.c.flow_id, bot_runs.c.begun_at)
Index(
    "uq_bot_runs_going",
    bot_runs.c.conversation_id,
    unique=True,
    sqlite_where=sa.text("ended_at IS NULL"),
    postgresql_where=sa.text("ended_at IS NULL"),
)
Index(
    "ix_bot_runs_due",
    bot_runs.c.due_at,
    sqlite_where=sa.text("due_at IS NOT NULL"),
    postgresql_where=sa.text("due_at IS NOT NULL"),
)

bot_wakes = Table(
    "bot_wakes",
    metadata,
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True),
    ref("conversation_id", "conversations.id", index=True),
    loose_id("channel_id"),
    flag("fresh"),
    time("at"),
)
Index("ix_bot_wakes_at", bot_wakes.c.at, bot_wakes.c.interaction_id)

bot_counts = Table(
    "bot_counts",
    metadata,
    Column("flow_id", Id, ForeignKey("bot_flows.id", ondelete="CASCADE"), primary_key=True),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    Column("step", Words, primary_key=True),
    number("entered"),
    number("left"),
    number("handed_over"),
)
