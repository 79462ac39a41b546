"""Calendars and their versions, who keeps which, episodes, targets and what is due."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, ForeignKey, Index, Table

from hub.domain.targets import Metric
from hub.domain.timetable import Keeper
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Id, Words

calendars = Table("calendars", metadata, key(), text("name"), time("archived_at", null=True))

calendar_versions = Table(
    "calendar_versions",
    metadata,
    Column("calendar_id", Id, ForeignKey("calendars.id", ondelete="CASCADE"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    time("since"),
    text("zone"),
    json("week"),
    json("days"),
    json("holidays"),
    loose_id("made_by", null=True),
)

calendar_uses = Table(
    "calendar_uses",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    word("keeper", Keeper),
    loose_id("keeper_id", null=True),
    ref("calendar_id", "calendars.id", null=True, gone="RESTRICT"),
    time("since"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    loose_id("channel_id"),
    time("started_at"),
    flag("initiated_by_us"),
    time("first_resolved_at", null=True),
    time("resolved_at", null=True),
    number("reopen_count"),
    time("ended_at", null=True),
    flag("void"),
    loose_id("target_id", null=True),
    time("due_at", null=True),
)
_e = episodes.c
Index("ix_episodes_first_resolved", _e.first_resolved_at)
Index("ix_episodes_resolved", _e.resolved_at)
Index(
    "ix_episodes_aimed",
    _e.started_at,
    sqlite_where=sa.text("due_at IS NOT NULL"),
    postgresql_where=sa.text("due_at IS NOT NULL"),
)

targets = Table(
    "targets",
    metadata,
    key(),
    Column("seq", sa.Integer, nullable=False),
    text("name"),
    time("archived_at", null=True),
)

target_versions = Table(
    "target_versions",
    metadata,
    Column("target_id", Id, ForeignKey("targets.id", ondelete="CASCADE"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    time("since"),
    json("rule"),
    loose_id("made_by", null=True),
)

dues = Table(
    "dues",
    metadata,
    key(),
    word("metric", Metric),
    Column("conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=True, index=True),
    loose_id("channel_id"),
    loose_id("contact_id", null=True),
    loose_id("target_id"),
    Column("target_version", sa.Integer, nullable=False),
    Column("target_name", Words, nullable=False),
    loose_id("team_id", null=True),
    loose_id("assignee_id", null=True),
    time("started_at"),
    time("since", null=True),
    Column("left", Float, nullable=False),
    time("due_at", null=True),
    time("warn_at", null=True),
    time("warned_at", null=True),
    time("breached_at", null=True),
    time("next_at", null=True),
)
_d = dues.c
Index(
    "ix_dues_next",
    _d.next_at,
    sqlite_where=sa.text("next_at IS NOT NULL"),
    postgresql_where=sa.text("next_at IS NOT NULL"),
)
