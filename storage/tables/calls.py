"""Calls with their marks, legs and recordings; lines and their versions; presences; missed-contact debts."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, ForeignKey, Index, SmallInteger, Table

from hub.domain.call import CallState, Outcome
from hub.domain.call_marks import Ender, Ending, Fact, Party
from hub.domain.debts import CallWaitEnd, DebtEnd
from hub.domain.interaction import Direction
from hub.domain.presence import Chosen
from hub.domain.recording import RecordingKind, RecordingState
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import Id, Json, Words

lines = Table(
    "lines",
    metadata,
    key(),
    text("name"),
    ref("channel_id", "channels.id"),
    text("number"),
    loose_id("team_id", null=True),
    Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
    number("version"),
    number("short_seconds"),
    time("created_at"),
    flag("demo"),
)
Index("uq_lines_number", lines.c.channel_id, lines.c.number, unique=True)

line_versions = Table(
    "line_versions",
    metadata,
    Column("line_id", Id, ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    json("plan"),
    text("note"),
    loose_id("made_by", null=True),
    time("made_at"),
)

line_sounds = Table(
    "line_sounds",
    metadata,
    Column("line_id", Id, ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True),
    Column("attachment_id", Id, ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True, index=True),
)

calls = Table(
    "calls",
    metadata,
    key(),
    ref("channel_id", "channels.id", gone="RESTRICT"),
    text("external_id", null=True),
    word("direction", Direction),
    ref("contact_point_id", "contact_points.id"),
    ref("conversation_id", "conversations.id", index=True),
    loose_id("interaction_id"),
    loose_id("line_id", null=True),
    loose_id("team_id", null=True),
    text("address"),
    text("our_address"),
    flag("withheld"),
    time("began_at"),
    time("queue_at", null=True),
    time("answered_at", null=True),
    time("ended_at", null=True),
    word("ended_by", Ender, null=True),
    word("state", CallState),
    word("outcome", Outcome, null=True),
    flag("after_hours"),
    flag("machine"),
    time("voicemail_at", null=True),
    json("agents"),
    loose_id("placed_by", null=True),
    json("holds"),
    number("due_minutes", null=True),
    text("reason"),
    text("agent_outcome"),
    flag("demo"),
    time("level_at", null=True),
    Column("pauses", Json, nullable=False, server_default="[]"),
    # For lists and figures.
    loose_id("agent_id", null=True),
    Column("waited", Float, nullable=True),
    Column("talked", Float, nullable=False, server_default="0"),
    Column("held", Float, nullable=False, server_default="0"),
)
_c = calls.c
Index("ix_calls_began", _c.began_at, _c.id)
Index("ix_calls_channel", _c.channel_id, _c.began_at, _c.id)
Index("ix_calls_line", _c.line_id, _c.began_at, _c.id)
Index("ix_calls_agent", _c.agent_id, _c.began_at, _c.id)
Index("ix_calls_team", _c.team_id, _c.began_at, _c.id)
Index("ix_calls_outcome", _c.outcome, _c.began_at, _c.id)
Index("ix_calls_point", _c.contact_point_id, _c.began_at, _c.id)
Index("uq_calls_interaction", _c.interaction_id, unique=True)
Index(
    "ix_calls_live",
    _c.queue_at,
    _c.id,
    sqlite_where=sa.text("ended_at IS NULL"),
    postgresql_where=sa.text("ended_at IS NULL"),
)

call_ids = Table(
    "call_ids",
    metadata,
    key("channel_id"),
    Column("external_id", Words, primary_key=True),
    ref("call_id", "calls.id", index=True),
)

call_marks = Table(
    "call_marks",
    metadata,
    Column("call_id", Id, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Words, primary_key=True),
    word("fact", Fact),
    time("at"),
    text("leg", null=True),
    word("party", Party, null=True),
    loose_id("user_id", null=True),
    text("address"),
    word("ending", Ending, null=True),
    word("by", Ender, null=True),
    text("detail"),
    text("id"),
    Column("journal_seq", sa.BigInteger, nullable=True),
)

legs = Table(
    "legs",
    metadata,
    Column("call_id", Id, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("external_id", Words, primary_key=True),
    word("party", Party, null=True),
    loose_id("user_id", null=True),
    text("address"),
    time("began_at"),
    time("ringing_at", null=True),
    time("picked_up_at", null=True),
    time("joined_at", null=True),
    time("left_at", null=True),
    time("ended_at", null=True),
    word("ending", Ending, null=True),
    flag("machine"),
)
Index(
    "ix_legs_agent",
    legs.c.user_id,
    legs.c.began_at,
    sqlite_where=sa.text("user_id IS NOT NULL"),
    postgresql_where=sa.text("user_id IS NOT NULL"),
)

recordings = Table(
    "recordings",
    metadata,
    key(),
    ref("call_id", "calls.id", index=True),
    ref("channel_id", "channels.id", gone="RESTRICT"),
    text("external_id"),
    word("kind", RecordingKind),
    word("state", RecordingState),
    text("source", null=True),
    json("lanes"),
    time("began_at", null=True),
    Column("duration", Float, nullable=True),
    Column("size", sa.BigInteger, nullable=True),
    text("media_type"),
    text("blob", null=True),
    text("error"),
    time("created_at"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    time("next_at", null=True),
)
Index("uq_recordings_external", recordings.c.channel_id, recordings.c.external_id, unique=True)
Index(
    "ix_recordings_pending",
    recordings.c.next_at,
    sqlite_where=sa.text("state = 'pending'"),
    postgresql_where=sa.text("state = 'pending'"),
)

presences = Table(
    "presences",
    metadata,
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    word("chosen", Chosen),
    text("reason"),
    time("since"),
    time("wrap_up_until", null=True),
    time("idle_since"),
    time("rung_at", null=True),
    json("devices"),
    json("skills"),
)

call_waits = Table(
    "call_waits",
    metadata,
    key(),
    ref("contact_id", "contacts.id", index=True),
    loose_id("channel_id"),
    loose_id("line_id", null=True),
    loose_id("team_id", null=True),
    time("started_at"),
    time("ended_at", null=True),
    word("ended_by", CallWaitEnd, null=True),
    flag("via_other_channel"),
    number("attempts"),
    loose_id("answered_by", null=True),
    loose_id("ended_item", null=True),
    loose_id("target_id", null=True),
    time("due_at", null=True),
)
Index("ix_call_waits_started", call_waits.c.started_at, call_waits.c.id)

debts = Table(
    "debts",
    metadata,
    key(),
    ref("contact_id", "contacts.id"),
    time("opened_at"),
    time("due_at"),
    time("last_at"),
    Column("causes", Json, nullable=False),
    number("attempts"),
    time("closed_at", null=True),
    word("closed_by", DebtEnd, null=True),
    loose_id("closing_item", null=True),
    loose_id("closed_user", null=True),
    loose_id("assignee_id", null=True),
    loose_id("team_id", null=True),
)
Index("ix_debts_contact", debts.c.contact_id, debts.c.opened_at)
Index(
    "uq_debts_open",
    debts.c.contact_id,
    unique=True,
    sqlite_where=sa.text("closed_at IS NULL"),
    postgresql_where=sa.text("closed_at IS NULL"),
)
Index(
    "ix_debts_due",
    debts.c.due_at,
    debts.c.id,
    sqlite_where=sa.text("closed_at IS NULL"),
    postgresql_where=sa.text("closed_at IS NULL"),
)
Index("ix_debts_closed", debts.c.closed_at, debts.c.id)
