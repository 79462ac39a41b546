"""Recordings' contents, plays, deletions and transcripts; scorecards, reviews, comments, clips and queues."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Json, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "deletions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("transcript", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_by", Id(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deletions"),
    )
    op.create_index("ix_deletions_recording", "deletions", ["recording_id"])
    op.create_table(
        "playlists",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_playlists"),
    )
    op.create_table(
        "plays",
        sa.Column("id", Id(), nullable=False),
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("heard", Json, nullable=False),
        sa.Column("sent", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plays"),
    )
    op.create_index("ix_plays_at", "plays", ["at", "id"])
    op.create_index("ix_plays_call", "plays", ["call_id", "at", "id"])
    op.create_index("ix_plays_user", "plays", ["user_id", "at", "id"])
    op.create_table(
        "review_queues",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", Json, nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_queues"),
    )
    op.create_table(
        "scorecards",
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("sections", Json, nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("newest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.PrimaryKeyConstraint("id", "version", name="pk_scorecards"),
    )
    op.create_table(
        "recording_rules",
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        sa.Column("keep_transcripts_days", sa.Integer(), nullable=True),
        sa.Column("transcripts_stay", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hold", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hold_reason", sa.Text(), nullable=False),
        sa.Column("agents_hear", sa.String(32), nullable=False),
        sa.Column("agents_download", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ask_reason", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("transcribe", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("redact", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("changed_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_recording_rules_channel_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", name="pk_recording_rules"),
    )
    op.create_table(
        "clips",
        sa.Column("id", Id(), nullable=False),
        sa.Column("playlist_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_by", Id(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_clips_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], name="fk_clips_playlist_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_clips"),
    )
    op.create_index("ix_clips_call_id", "clips", ["call_id"])
    op.create_index("ix_clips_playlist", "clips", ["playlist_id", "position"])
    op.create_table(
        "comments",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", Json, nullable=False),
        sa.Column("visibility", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_comments_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name="fk_comments_parent_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_call_id", "comments", ["call_id"])
    op.create_index("ix_comments_parent_id", "comments", ["parent_id"])
    op.create_table(
        "reviewables",
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("channel_id", Id(), nullable=False),
        sa.Column("agent_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("recorded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("lot", sa.SmallInteger(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("failed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("appealed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("open_comments", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_reviewables_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", name="pk_reviewables"),
    )
    op.create_index("ix_reviewables_agent", "reviewables", ["agent_id", "began_at", "call_id"])
    op.create_index(
        "ix_reviewables_appealed",
        "reviewables",
        ["began_at", "call_id"],
        sqlite_where=sa.text("appealed"),
        postgresql_where=sa.text("appealed"),
    )
    op.create_index("ix_reviewables_began", "reviewables", ["began_at", "call_id"])
    op.create_index("ix_reviewables_channel", "reviewables", ["channel_id", "began_at", "call_id"])
    op.create_index(
        "ix_reviewables_commented",
        "reviewables",
        ["began_at", "call_id"],
        sqlite_where=sa.text("open_comments > 0"),
        postgresql_where=sa.text("open_comments > 0"),
    )
    op.create_index(
        "ix_reviewables_failed",
        "reviewables",
        ["began_at", "call_id"],
        sqlite_where=sa.text("failed"),
        postgresql_where=sa.text("failed"),
    )
    op.create_index(
        "ix_reviewables_long",
        "reviewables",
        ["seconds", "call_id"],
        sqlite_where=sa.text("recorded AND reviews = 0"),
        postgresql_where=sa.text("recorded AND reviews = 0"),
    )
    op.create_index(
        "ix_reviewables_reviewed",
        "reviewables",
        ["began_at", "call_id"],
        sqlite_where=sa.text("reviews > 0"),
        postgresql_where=sa.text("reviews > 0"),
    )
    op.create_index(
        "ix_reviewables_score",
        "reviewables",
        ["score", "call_id"],
        sqlite_where=sa.text("score IS NOT NULL"),
        postgresql_where=sa.text("score IS NOT NULL"),
    )
    op.create_index("ix_reviewables_team", "reviewables", ["team_id", "began_at", "call_id"])
    op.create_index(
        "ix_reviewables_todo",
        "reviewables",
        ["began_at", "call_id"],
        sqlite_where=sa.text("recorded AND reviews = 0"),
        postgresql_where=sa.text("recorded AND reviews = 0"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("agent_id", Id(), nullable=False),
        sa.Column("reviewer_id", Id(), nullable=False),
        sa.Column("scorecard_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("calibration", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("failed_by", Json, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("steps", Json, nullable=False),
        sa.Column("points", Json, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_reviews_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_agent", "reviews", ["agent_id", "submitted_at", "id"])
    op.create_index("ix_reviews_reviewer", "reviews", ["reviewer_id", "changed_at", "id"])
    op.create_index("ix_reviews_submitted", "reviews", ["submitted_at", "id"])
    op.create_index("uq_reviews_reviewer", "reviews", ["call_id", "reviewer_id"], unique=True)
    op.create_table(
        "recording_contents",
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_recording_contents_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", "number", name="pk_recording_contents"),
    )
    op.create_table(
        "recording_holds",
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_recording_holds_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_recording_holds"),
    )
    op.create_table(
        "recording_looks",
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("talk", Json, nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_recording_looks_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_recording_looks"),
    )
    op.create_table(
        "recording_work",
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_recording_work_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", "kind", name="pk_recording_work"),
    )
    op.create_index("ix_recording_work_due", "recording_work", ["next_at"])
    op.create_table(
        "transcript_lines",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(32), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("redacted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_transcript_lines_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_transcript_lines"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_transcript_lines_place", "transcript_lines", ["recording_id", "number"], unique=True)
    op.create_table(
        "transcript_revisions",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_transcript_revisions_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_transcript_revisions"),
    )
    op.create_index("ix_transcript_revisions_recording_id", "transcript_revisions", ["recording_id"])
    op.create_table(
        "transcripts",
        sa.Column("recording_id", Id(), nullable=False),
        sa.Column("call_id", Id(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("redactions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_transcripts_recording_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name="pk_transcripts"),
    )
    op.create_index("ix_transcripts_call", "transcripts", ["call_id"])

    op.create_table(
        "comment_mentions",
        sa.Column("comment_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_mentions_comment_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "user_id", name="pk_comment_mentions"),
    )
    op.create_index("ix_comment_mentions_user", "comment_mentions", ["user_id", "at", "comment_id"])
    op.create_index(
        "ix_recordings_kept",
        "recordings",
        ["channel_id", "created_at"],
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE search_transcripts (rowid BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_transcripts_tokens ON search_transcripts USING gin (tokens)")
    else:  # as in 0001: words are cut and folded by storage/search.py
        op.execute(
            "CREATE VIRTUAL TABLE search_transcripts USING fts5(tokens, detail=none, tokenize=\"ascii tokenchars '_'\")"
        )
