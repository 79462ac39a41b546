"""Interactions and all that hangs on them."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, ForeignKey, Index, SmallInteger, Table

from hub.domain.interaction import AttachmentState, AuthorKind, ContentKind, Direction, InteractionKind
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Id, Json, Words

interactions = Table(
    "interactions",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    ref("conversation_id", "conversations.id"),
    loose_id("channel_id"),
    ref("contact_point_id", "contact_points.id"),
    text("external_id", null=True),
    word("direction", Direction),
    word("author_kind", AuthorKind),
    loose_id("author_id", null=True),
    word("kind", InteractionKind),
    word("content", ContentKind),
    time("occurred_at"),
    time("received_at"),
    text("subject"),
    text("text"),
    text("html"),
    json("data"),
    loose_id("reply_to_id", null=True),
    text("reply_to_external", null=True),
    text("album", null=True),
    time("edited_at", null=True),
    time("deleted_at", null=True),
    Column("journal_seq", sa.BigInteger, nullable=True),
    flag("opens_wait"),
    flag("recovered"),
    flag("demo"),
    Column("digest", Words, nullable=False, server_default=""),
)
_i = interactions.c
Index("uq_interactions_external", _i.channel_id, _i.external_id, unique=True)  # NULLs are all different
Index("ix_interactions_thread", _i.conversation_id, _i.occurred_at, _i.id)
Index("ix_interactions_point", _i.contact_point_id, _i.occurred_at, _i.id)
Index(
    "ix_interactions_journal",
    _i.journal_seq,
    sqlite_where=sa.text("journal_seq IS NOT NULL"),
    postgresql_where=sa.text("journal_seq IS NOT NULL"),
)

interaction_changes = Table(
    "interaction_changes",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), nullable=False, unique=True),
    ref("conversation_id", "conversations.id"),
    Index("ix_interaction_changes_feed", "conversation_id", "seq"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    ref("interaction_id", "interactions.id", index=True),
    time("replaced_at"),
    text("text"),
    text("html"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("interaction_id", Id, ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_point_id", Id, ForeignKey("contact_points.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("emoji", Words, primary_key=True),
    time("at"),
    flag("gone"),
)

reaction_ids = Table(
    "reaction_ids",
    metadata,
    key("channel_id"),
    Column("external_id", Words, primary_key=True),
    ref("interaction_id", "interactions.id", index=True),
    ref("contact_point_id", "contact_points.id", index=True),
    text("emoji"),
)

attachments = Table(
    "attachments",
    metadata,
    key(),
    ref("interaction_id", "interactions.id", null=True, index=True),
    number("position"),
    text("name"),
    text("media_type"),
    Column("size", sa.BigInteger, nullable=True),
    word("state", AttachmentState),
    text("source", null=True),
    text("blob", null=True),
    text("thumbnail", null=True),
    number("width", null=True),
    number("height", null=True),
    Column("duration", Float, nullable=True),
    flag("voice"),
    text("content_id", null=True),
    flag("inline"),
    Column("sha256", Words, nullable=False, server_default=""),
    Column("peaks", Json, nullable=False, server_default="[]"),
    text("playable", null=True),
    text("converted", null=True),
    text("error"),
    time("created_at"),
    loose_id("uploaded_by", null=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    time("next_at", null=True),
)
Index(
    "ix_attachments_pending",
    attachments.c.next_at,
    sqlite_where=sa.text("state = 'pending'"),
    postgresql_where=sa.text("state = 'pending'"),
)
Index(
    "ix_attachments_unseen",
    attachments.c.next_at,
    sqlite_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
    postgresql_where=sa.text("state = 'ready' AND next_at IS NOT NULL"),
)
Index(
    "ix_attachments_loose",
    attachments.c.created_at,
    sqlite_where=sa.text("interaction_id IS NULL"),
    postgresql_where=sa.text("interaction_id IS NULL"),
)
