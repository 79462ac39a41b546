"""Portraits: the pictures providers show of people."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from storage.tables.base import loose_id, metadata, ref, text, time
from storage.types import Id

portraits = Table(
    "portraits",
    metadata,
    ref("contact_point_id", "contact_points.id"),
    loose_id("channel_id"),
    text("source"),
    time("told_at"),
    time("due_at", null=True),
    Column("tries", sa.Integer, nullable=False, server_default="0"),
    Column("id", Id, nullable=True, unique=True),
    text("blob", null=True),
    sa.PrimaryKeyConstraint("contact_point_id"),
)
Index(
    "ix_portraits_due",
    portraits.c.due_at,
    sqlite_where=sa.text("due_at IS NOT NULL"),
    postgresql_where=sa.text("due_at IS NOT NULL"),
)
