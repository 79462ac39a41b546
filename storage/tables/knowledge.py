"""The knowledge base, the assistant's log and limits, outside bots."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, Table

from hub.domain.assistant import Outcome, Task
from hub.domain.outside_bots import BotEventKind, BotEventState
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.types import BigSerial, Id, Words

articles = Table(
    "articles",
    metadata,
    key(),
    text("language"),
    json("questions"),
    text("answer"),
    json("tags"),
    text("topic"),
    text("source"),
    flag("published"),
    Column("shown", sa.Integer, nullable=False, server_default="0"),
    Column("helped", sa.Integer, nullable=False, server_default="0"),
    Column("not_helped", sa.Integer, nullable=False, server_default="0"),
    time("created_at"),
    time("updated_at"),
    loose_id("updated_by", null=True),
    flag("demo"),
)
Index("ix_articles_created", articles.c.created_at, articles.c.id)
Index(
    "uq_articles_topic",
    articles.c.topic,
    articles.c.language,
    unique=True,
    sqlite_where=sa.text("topic <> ''"),
    postgresql_where=sa.text("topic <> ''"),
)

asked_questions = Table(
    "asked_questions",
    metadata,
    key(),
    time("asked_at"),
    text("text"),
    text("language"),
    loose_id("article_id", null=True),
    Column("score", Float, nullable=False),
    loose_id("conversation_id", null=True),
)
Index("ix_asked_questions_at", asked_questions.c.asked_at, asked_questions.c.id)

assistant_calls = Table(
    "assistant_calls",
    metadata,
    key(),
    time("at"),
    word("task", Task),
    word("outcome", Outcome),
    text("model"),
    ref("conversation_id", "conversations.id", null=True),
    loose_id("user_id", null=True),
    json("prompt"),
    text("answer"),
    text("error"),
    json("sources"),
    number("tokens_in"),
    number("tokens_out"),
    Column("micros", sa.BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    loose_id("used_in", null=True),
)
Index("ix_assistant_calls_at", assistant_calls.c.at, assistant_calls.c.id)
Index("ix_assistant_calls_conversation", assistant_calls.c.conversation_id, assistant_calls.c.at)

assistant_days = Table(
    "assistant_days",
    metadata,
    Column("day", sa.Date, primary_key=True),
    number("calls"),
    Column("tokens", sa.BigInteger, nullable=False),
    Column("micros", sa.BigInteger, nullable=False),
)

outside_bots = Table(
    "outside_bots",
    metadata,
    key(),
    text("name"),
    Column("token_id", Words, nullable=False, unique=True),
    text("url"),
    text("secret"),
    Column("ack_within", Float, nullable=False),
    Column("answer_within", Float, nullable=False),
    flag("active"),
    time("created_at"),
    loose_id("created_by", null=True),
)

bot_events = Table(
    "bot_events",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False, unique=True),
    ref("bot_id", "outside_bots.id"),
    ref("conversation_id", "conversations.id"),
    loose_id("interaction_id", null=True),
    word("kind", BotEventKind),
    number("turn"),
    word("state", BotEventState),
    time("created_at"),
    time("deadline", null=True),
    number("attempts"),
    time("next_at", null=True),
    number("status", null=True),
    text("error"),
    sqlite_autoincrement=True,  # a bot resumes by it, so no number may come again
)
_e = bot_events.c
Index("uq_bot_events_message", _e.bot_id, _e.interaction_id, _e.turn, unique=True)  # NULLs are all different
Index("ix_bot_events_feed", _e.bot_id, _e.seq)
Index("ix_bot_events_conversation", _e.conversation_id, _e.seq)
Index(
    "ix_bot_events_due",
    _e.next_at,
    sqlite_where=sa.text("next_at IS NOT NULL"),
    postgresql_where=sa.text("next_at IS NOT NULL"),
)
Index(
    "ix_bot_events_deadline",
    _e.deadline,
    sqlite_where=sa.text("deadline IS NOT NULL"),
    postgresql_where=sa.text("deadline IS NOT NULL"),
)
