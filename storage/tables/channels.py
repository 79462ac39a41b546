"""Channels and the journal."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, SmallInteger, Table

from hub.domain.channel import ConnectionState, SenderRule
from hub.domain.journal import RawState
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Id, Words

teams = Table("teams", metadata, key(), Column("name", Words, nullable=False, unique=True))

channels = Table(
    "channels",
    metadata,
    key(),
    text("connector"),
    text("kind"),
    text("name"),
    text("address"),
    Column("webhook_key", Words, nullable=False, unique=True),
    flag("enabled"),
    ref("team_id", "teams.id", null=True, gone="SET NULL"),
    word("sender_rule", SenderRule),
    Column("reopen_window", Float, nullable=False),
    Column("idle_after", Float, nullable=False),
    flag("demo"),
    word("connection_state", ConnectionState),
    time("connection_since"),
    text("connection_detail"),
    time("created_at"),
    number("revision"),
    json("settings"),
    json("secrets"),
)

raw_events = Table(
    "raw_events",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    loose_id("channel_id"),
    text("kind"),
    text("headers"),
    Column("query", Words, nullable=False, server_default="{}"),
    Column("body", LargeBinary, nullable=False),
    time("received_at"),
    word("state", RawState),
    text("error", null=True),
    time("read_at", null=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    flag("recovered"),
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
    key("channel_id"),
    Column("external_id", Words, primary_key=True),
    Column("seq", BigSerial, primary_key=True, autoincrement=False),
)

listener_cursors = Table("listener_cursors", metadata, key("channel_id"), text("cursor"))

arrivals = Table(
    "arrivals",
    metadata,
    key("channel_id"),
    Column("day", sa.Date, primary_key=True),
    number("received"),
    number("stored"),
    time("last_received_at"),
)

templates = Table(
    "templates",
    metadata,
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Words, primary_key=True),
    json("template"),
    time("synced_at"),
)

template_syncs = Table(
    "template_syncs",
    metadata,
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    time("synced_at", null=True),
    time("tried_at"),
    text("problem"),
)

recoveries = Table(
    "recoveries",
    metadata,
    key("channel_id"),
    number("count"),
    time("since"),
    time("last_at"),
)

readings = Table(
    "readings",
    metadata,
    key("channel_id"),
    Column("day", sa.Date, primary_key=True),
    number("shown"),
    number("known"),
    number("unneeded"),
    number("recovered"),
)
