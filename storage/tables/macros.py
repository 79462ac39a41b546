"""Macros: what agents do with one step."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from storage.tables.base import json, key, loose_id, metadata, text, time

macros = Table(
    "macros",
    metadata,
    key(),
    text("name"),
    loose_id("owner_id", null=True),
    json("team_ids"),
    json("actions"),
    Column("used", sa.Integer, nullable=False, server_default="0"),
    time("last_used_at", null=True),
    time("created_at"),
    time("updated_at"),
    loose_id("updated_by", null=True),
)
