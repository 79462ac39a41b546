"""What happened: notices, hooks, facts."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, LargeBinary, Table

from hub.domain.changes import ChangeKind
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Json, Words

notices = Table(
    "notices",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    time("at"),
    word("kind", ChangeKind),
    loose_id("subject_id"),
    loose_id("conversation_id", null=True),
    Column("fields", Json, nullable=False, server_default="[]"),
    sqlite_autoincrement=True,
)

hooks = Table(
    "hooks",
    metadata,
    key(),
    text("url"),
    text("secret"),
    json("kinds"),
    flag("active"),
    text("description"),
    time("created_at"),
    loose_id("created_by", null=True),
)

hook_deliveries = Table(
    "hook_deliveries",
    metadata,
    key(),
    ref("hook_id", "hooks.id"),
    Column("seq", sa.BigInteger, nullable=False),
    word("kind", ChangeKind),
    Column("body", LargeBinary, nullable=False),
    text("state"),
    number("attempts"),
    time("next_at", null=True),
    number("status", null=True),
    text("error"),
    time("created_at"),
    time("sent_at", null=True),
    Index("ix_hook_deliveries_log", "hook_id", "created_at", "id"),
)
Index(
    "ix_hook_deliveries_due",
    hook_deliveries.c.next_at,
    sqlite_where=sa.text("state = 'queued'"),
    postgresql_where=sa.text("state = 'queued'"),
)

leases = Table("leases", metadata, Column("name", Words, primary_key=True), text("owner"), time("expires_at"))

facts = Table("facts", metadata, Column("name", Words, primary_key=True), text("value"))
