"""Knowledge base, outside bots, the log of AI."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigSerial, Id, Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("drafts", sa.Column("assistant_call_id", Id(), nullable=True))
    op.create_table(
        "articles",
        sa.Column("id", Id(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("questions", Json, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("tags", Json, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shown", sa.Integer(), server_default="0", nullable=False),
        sa.Column("helped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_helped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_created", "articles", ["created_at", "id"], unique=False)
    op.create_index(
        "uq_articles_topic",
        "articles",
        ["topic", "language"],
        unique=True,
        sqlite_where=sa.text("topic <> ''"),
        postgresql_where=sa.text("topic <> ''"),
    )
    op.create_table(
        "asked_questions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("article_id", Id(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_asked_questions"),
    )
    op.create_index("ix_asked_questions_at", "asked_questions", ["asked_at", "id"], unique=False)
    op.create_table(
        "assistant_calls",
        sa.Column("id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("prompt", Json, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sources", Json, nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("used_in", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_assistant_calls_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assistant_calls"),
    )
    op.create_index("ix_assistant_calls_at", "assistant_calls", ["at", "id"], unique=False)
    op.create_index("ix_assistant_calls_conversation", "assistant_calls", ["conversation_id", "at"], unique=False)
    op.create_table(
        "assistant_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_assistant_days"),
    )
    op.create_table(
        "outside_bots",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("ack_within", sa.Float(), nullable=False),
        sa.Column("answer_within", sa.Float(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outside_bots"),
        sa.UniqueConstraint("token_id", name="uq_outside_bots_token_id"),
    )
    op.create_table(
        "bot_events",
        sa.Column("seq", BigSerial, autoincrement=True, nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("bot_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("interaction_id", Id(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bot_id"], ["outside_bots.id"], name="fk_bot_events_bot_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_bot_events_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_bot_events"),
        sa.UniqueConstraint("id", name="uq_bot_events_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bot_events_conversation", "bot_events", ["conversation_id", "seq"], unique=False)
    op.create_index(
        "ix_bot_events_deadline",
        "bot_events",
        ["deadline"],
        unique=False,
        sqlite_where=sa.text("deadline IS NOT NULL"),
        postgresql_where=sa.text("deadline IS NOT NULL"),
    )
    op.create_index(
        "ix_bot_events_due",
        "bot_events",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index("ix_bot_events_feed", "bot_events", ["bot_id", "seq"], unique=False)
    op.create_index("uq_bot_events_message", "bot_events", ["bot_id", "interaction_id", "turn"], unique=True)
