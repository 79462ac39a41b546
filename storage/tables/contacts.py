"""Contacts and their points."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from hub.domain.contact import ContactState, IdentityAction
from storage.tables.base import flag, json, key, loose_id, metadata, ref, text, time, word
from storage.types import BigSerial, Id

contacts = Table(
    "contacts",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    ref("canonical_id", "contacts.id", index=True),
    text("name"),
    text("sort_name"),
    word("state", ContactState),
    time("created_at"),
    time("expires_at", null=True),
    text("company"),
    text("language"),
    text("source"),
    text("notes"),
    json("fields"),
    flag("demo"),
)
Index(
    "ix_contacts_listed",
    contacts.c.sort_name,
    contacts.c.id,
    sqlite_where=sa.text("state != 'anonymous'"),
    postgresql_where=sa.text("state != 'anonymous'"),
)
Index(
    "ix_contacts_expiring",
    contacts.c.expires_at,
    sqlite_where=sa.text("state = 'provisional'"),
    postgresql_where=sa.text("state = 'provisional'"),
)

contact_points = Table(
    "contact_points",
    metadata,
    key(),
    ref("contact_id", "contacts.id", index=True),
    text("namespace"),
    text("address"),
    text("received"),
    text("name"),
    flag("verified"),
    flag("blocked"),
    text("blocked_reason"),
    flag("opted_out"),
    time("opted_at", null=True),
    time("created_at"),
    loose_id("first_channel_id", null=True),
    sa.UniqueConstraint("namespace", "address"),
)

identity_changes = Table(
    "identity_changes",
    metadata,
    key(),
    word("action", IdentityAction),
    Column("contact_id", Id, nullable=False, index=True),
    Column("other_id", Id, nullable=False, index=True),
    json("point_ids"),
    text("reason"),
    loose_id("by", null=True),
    time("at"),
    time("undone_at", null=True),
    loose_id("undone_by", null=True),
)
