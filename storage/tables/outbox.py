"""Deliveries and what became of them."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from hub.domain.delivery import DeliveryState
from storage.tables.base import key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Id, Words

deliveries = Table(
    "deliveries",
    metadata,
    key(),
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), nullable=False, unique=True),
    loose_id("conversation_id"),
    loose_id("channel_id"),
    text("external_id", null=True),
    word("state", DeliveryState),
    number("attempt"),
    time("next_at", null=True),
    time("accepted_at", null=True),
    text("code"),
    text("reason"),
    time("created_at"),
    time("state_at"),
    text("owner", null=True),
    loose_id("start_id", null=True),
    number("bot_turn", null=True),
)
_d = deliveries.c
Index(
    "ix_deliveries_due",
    _d.next_at,
    sqlite_where=sa.text("state = 'queued'"),
    postgresql_where=sa.text("state = 'queued'"),
)
Index(
    "ix_deliveries_open",
    _d.conversation_id,
    _d.created_at,
    _d.id,
    sqlite_where=sa.text("state IN ('queued', 'sending')"),
    postgresql_where=sa.text("state IN ('queued', 'sending')"),
)
Index(
    "ix_deliveries_unread",
    _d.conversation_id,
    sqlite_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
    postgresql_where=sa.text("state IN ('sending', 'unknown', 'sent', 'delivered')"),
)

delivery_events = Table(
    "delivery_events",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    ref("delivery_id", "deliveries.id", index=True),
    word("state", DeliveryState),
    time("at"),
    number("attempt"),
    text("code"),
    text("reason"),
)

delivery_ids = Table(
    "delivery_ids",
    metadata,
    key("channel_id"),
    Column("external_id", Words, primary_key=True),
    ref("delivery_id", "deliveries.id", index=True),
)
