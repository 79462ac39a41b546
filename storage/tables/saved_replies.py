"""Saved replies."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from storage.tables.base import json, key, loose_id, metadata, text, time

saved_replies = Table(
    "saved_replies",
    metadata,
    key(),
    text("name"),
    text("shortcut"),
    json("texts"),
    json("team_ids"),
    json("channel_ids"),
    Column("used", sa.Integer, nullable=False, server_default="0"),
    time("last_used_at", null=True),
    time("created_at"),
    time("updated_at"),
    loose_id("updated_by", null=True),
)
Index(
    "uq_saved_replies_shortcut",
    saved_replies.c.shortcut,
    unique=True,
    sqlite_where=sa.text("shortcut <> ''"),
    postgresql_where=sa.text("shortcut <> ''"),
)
