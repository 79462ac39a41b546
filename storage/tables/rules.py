"""Rules at work: their versions, their log, where they acted once, and when they are due."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from hub.domain.rules.records import On, Outcome
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import Id, Words

work_rules = Table(
    "work_rules",
    metadata,
    key(),
    text("name"),
    number("place"),
    flag("active"),
    time("active_since", null=True),
    text("paused"),
    number("version"),
    number("armed"),
    json("body"),
    Column("ran", sa.Integer, nullable=False, server_default="0"),
    Column("failed", sa.Integer, nullable=False, server_default="0"),
    time("last_run_at", null=True),
    time("created_at"),
    time("updated_at"),
    loose_id("updated_by", null=True),
)

work_rule_versions = Table(
    "work_rule_versions",
    metadata,
    Column("rule_id", Id, ForeignKey("work_rules.id", ondelete="CASCADE"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    text("name"),
    json("body"),
    time("made_at"),
    loose_id("made_by", null=True),
)

work_rule_runs = Table(
    "work_rule_runs",
    metadata,
    key(),
    ref("rule_id", "work_rules.id"),
    number("version"),
    text("event"),
    word("on", On),
    ref("conversation_id", "conversations.id"),
    time("at"),
    word("outcome", Outcome),
    json("done"),
    text("words"),
    UniqueConstraint("rule_id", "version", "event", name="uq_work_rule_runs_event"),
)
Index("ix_work_rule_runs_log", work_rule_runs.c.rule_id, work_rule_runs.c.at, work_rule_runs.c.id)
Index(
    "ix_work_rule_runs_often",
    work_rule_runs.c.conversation_id,
    work_rule_runs.c.rule_id,
    work_rule_runs.c.at,
)
Index("ix_work_rule_runs_age", work_rule_runs.c.at)

work_rule_once = Table(
    "work_rule_once",
    metadata,
    Column("rule_id", Id, ForeignKey("work_rules.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
)
Index("ix_work_rule_once_conversation", work_rule_once.c.conversation_id)

work_rule_timers = Table(
    "work_rule_timers",
    metadata,
    Column("rule_id", Id, ForeignKey("work_rules.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("percent", sa.Integer, primary_key=True, autoincrement=False),
    Column("anchor", Words, nullable=False),
    time("due_at", null=True),
)
Index(
    "ix_work_rule_timers_due",
    work_rule_timers.c.due_at,
    sqlite_where=sa.text("due_at IS NOT NULL"),
    postgresql_where=sa.text("due_at IS NOT NULL"),
)
Index("ix_work_rule_timers_conversation", work_rule_timers.c.conversation_id)
