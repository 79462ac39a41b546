"""People and programs."""

from sqlalchemy import Column, ForeignKey, Index, Table

from hub.domain.user import Role
from storage.tables.base import flag, json, key, loose_id, metadata, ref, text, time, word
from storage.types import BigSerial, Id, Words

users = Table(
    "users",
    metadata,
    key(),
    Column("email", Words, nullable=False),
    Column("email_key", Words, nullable=False, unique=True),
    text("name"),
    word("role", Role),
    text("language"),
    flag("active"),
    flag("must_change_password"),
    time("created_at"),
    flag("demo"),
    text("password_hash"),
)

user_teams = Table(
    "user_teams",
    metadata,
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Words, primary_key=True),
    ref("user_id", "users.id", index=True),
    time("created_at"),
    time("expires_at"),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    text("key"),
    time("at"),
    Index("ix_login_failures_key", "key", "at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Words, primary_key=True),
    Column("token_hash", Words, nullable=False, unique=True),
    text("name"),
    json("actions"),
    time("created_at"),
    loose_id("created_by", null=True),
    time("last_used_at", null=True),
    time("expires_at", null=True),
)
