"""What is kept of recordings beside the calls' own tables: contents, plays, deletions, transcripts; and reviews."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, SmallInteger, Table

from hub.domain.interaction import Direction
from hub.domain.recording import Lane
from hub.domain.review.comment import Visibility
from hub.domain.review.content import ContentKind, PlayKind, WorkKind
from hub.domain.review.review import ReviewState
from hub.domain.review.rules import AgentsHear
from hub.domain.review.transcript import TranscriptState
from storage.tables.base import flag, json, key, loose_id, metadata, number, ref, text, time, word
from storage.tables.calls import recordings
from storage.types import BigSerial, Id


def _of_recording(name: str = "recording_id") -> Column[object]:
    return Column(name, Id, ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)


recording_rules = Table(
    "recording_rules",
    metadata,
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    number("keep_days", null=True),
    number("keep_transcripts_days", null=True),
    flag("transcripts_stay"),
    flag("hold"),
    text("hold_reason"),
    word("agents_hear", AgentsHear),
    flag("agents_download"),
    flag("ask_reason"),
    flag("transcribe"),
    flag("redact"),
    time("changed_at", null=True),
    loose_id("changed_by", null=True),
)

Index(
    "ix_recordings_kept",
    recordings.c.channel_id,
    recordings.c.created_at,
    sqlite_where=sa.text("state = 'ready'"),
    postgresql_where=sa.text("state = 'ready'"),
)

recording_contents = Table(
    "recording_contents",
    metadata,
    _of_recording(),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    word("kind", ContentKind),
    text("sealed_key"),
    Column("stored", sa.BigInteger, nullable=False),
    flag("complete"),
    text("sha256"),
    text("media_type"),
    time("created_at"),
)

recording_looks = Table(
    "recording_looks",
    metadata,
    _of_recording(),
    Column("seconds", Float, nullable=False),
    text("codec"),
    number("rate"),
    number("channels"),
    Column("peaks", LargeBinary, nullable=False),
    json("talk"),
    time("looked_at"),
)

recording_work = Table(
    "recording_work",
    metadata,
    _of_recording(),
    Column("kind", word("kind", WorkKind).type, primary_key=True),
    number("attempts"),
    time("next_at"),
    time("began_at"),
    text("error"),
)
Index("ix_recording_work_due", recording_work.c.next_at)

recording_holds = Table(
    "recording_holds",
    metadata,
    _of_recording(),
    text("reason"),
    loose_id("by", null=True),
    time("at"),
)

plays = Table(
    "plays",
    metadata,
    key(),
    loose_id("recording_id"),
    loose_id("call_id"),
    word("kind", PlayKind),
    loose_id("user_id", null=True),
    text("program"),
    text("address"),
    text("reason"),
    time("at"),
    time("last_at"),
    json("heard"),
    json("sent"),
)
Index("ix_plays_at", plays.c.at, plays.c.id)
Index("ix_plays_call", plays.c.call_id, plays.c.at, plays.c.id)
Index("ix_plays_user", plays.c.user_id, plays.c.at, plays.c.id)

deletions = Table(
    "deletions",
    metadata,
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    loose_id("recording_id"),
    loose_id("call_id"),
    loose_id("channel_id"),
    time("began_at", null=True),
    Column("seconds", Float, nullable=True),
    Column("size", sa.BigInteger, nullable=False),
    text("sha256"),
    flag("sealed"),
    flag("transcript"),
    time("deleted_at"),
    loose_id("deleted_by", null=True),
    text("reason"),
    text("previous"),
    text("hash"),
)
Index("ix_deletions_recording", deletions.c.recording_id)

transcripts = Table(
    "transcripts",
    metadata,
    _of_recording(),
    loose_id("call_id"),
    word("state", TranscriptState),
    text("engine"),
    text("language"),
    text("error"),
    time("created_at"),
    time("made_at", null=True),
    number("redactions"),
)
Index("ix_transcripts_call", transcripts.c.call_id)

transcript_lines = Table(
    "transcript_lines",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    ref("recording_id", "recordings.id"),
    number("number"),
    word("speaker", Lane),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=False),
    text("text"),
    Column("confidence", Float, nullable=True),
    flag("edited"),
    flag("redacted"),
    sqlite_autoincrement=True,  # a number of the search index is never given twice
)
Index("uq_transcript_lines_place", transcript_lines.c.recording_id, transcript_lines.c.number, unique=True)

transcript_revisions = Table(
    "transcript_revisions",
    metadata,
    Column("seq", BigSerial, primary_key=True, autoincrement=True),
    ref("recording_id", "recordings.id", index=True),
    number("number"),
    text("text"),
    time("replaced_at"),
    loose_id("replaced_by"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    text("name"),
    text("description"),
    json("sections"),
    number("pass_mark", null=True),
    flag("active"),
    flag("newest"),
    time("created_at"),
    loose_id("created_by", null=True),
)

reviews = Table(
    "reviews",
    metadata,
    key(),
    ref("call_id", "calls.id"),
    loose_id("agent_id"),
    loose_id("reviewer_id"),
    loose_id("scorecard_id"),
    number("version"),
    flag("calibration"),
    word("state", ReviewState),
    json("answers"),
    Column("score", Float, nullable=True),
    Column("passed", sa.Boolean, nullable=True),
    json("failed_by"),
    text("summary"),
    time("created_at"),
    time("changed_at"),
    time("submitted_at", null=True),
    json("steps"),
    json("points"),
)
Index("uq_reviews_reviewer", reviews.c.call_id, reviews.c.reviewer_id, unique=True)
Index("ix_reviews_agent", reviews.c.agent_id, reviews.c.submitted_at, reviews.c.id)
Index("ix_reviews_submitted", reviews.c.submitted_at, reviews.c.id)
Index("ix_reviews_reviewer", reviews.c.reviewer_id, reviews.c.changed_at, reviews.c.id)

comments = Table(
    "comments",
    metadata,
    key(),
    ref("call_id", "calls.id", index=True),
    loose_id("author_id"),
    ref("parent_id", "comments.id", null=True, index=True),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=True),
    text("text"),
    json("mentions"),
    word("visibility", Visibility),
    time("created_at"),
    time("edited_at", null=True),
    time("resolved_at", null=True),
    loose_id("resolved_by", null=True),
)

comment_mentions = Table(
    "comment_mentions",
    metadata,
    Column("comment_id", Id, ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Id, primary_key=True),
    time("at"),
    Index("ix_comment_mentions_user", "user_id", "at", "comment_id"),
)

playlists = Table(
    "playlists",
    metadata,
    key(),
    text("name"),
    text("description"),
    flag("shared"),
    loose_id("created_by"),
    time("created_at"),
)

clips = Table(
    "clips",
    metadata,
    key(),
    ref("playlist_id", "playlists.id"),
    ref("call_id", "calls.id", index=True),
    number("position"),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=False),
    text("title"),
    text("note"),
    loose_id("added_by"),
    time("added_at"),
    Index("ix_clips_playlist", "playlist_id", "position"),
)

review_queues = Table(
    "review_queues",
    metadata,
    key(),
    text("name"),
    json("rule"),
    flag("shared"),
    loose_id("owner_id", null=True),
    time("created_at"),
)

reviewables = Table(
    "reviewables",
    metadata,
    Column("call_id", Id, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    time("began_at"),
    number("seconds"),
    word("direction", Direction),
    loose_id("channel_id"),
    loose_id("agent_id", null=True),
    loose_id("team_id", null=True),
    flag("recorded"),
    Column("lot", SmallInteger, nullable=False),
    number("reviews"),
    Column("score", Float, nullable=True),
    flag("failed"),
    flag("appealed"),
    number("open_comments"),
    time("reviewed_at", null=True),
)
_r = reviewables.c
Index("ix_reviewables_began", _r.began_at, _r.call_id)
Index("ix_reviewables_agent", _r.agent_id, _r.began_at, _r.call_id)
Index("ix_reviewables_team", _r.team_id, _r.began_at, _r.call_id)
Index("ix_reviewables_channel", _r.channel_id, _r.began_at, _r.call_id)


def _partly(name: str, condition: str, *columns: Column[object]) -> None:
    Index(name, *columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


# What is looked for is rare among a million calls, so each queue has an index of just its own. What is to be reviewed
# is not: to find 100 of a sample, thousands are looked at, and SQLite fetched the row of each until the index held what
# is asked of it (9 ms instead of 0.1). An agent's id in it would make it choose this index for one agent's calls.
_partly("ix_reviewables_long", "recorded AND reviews = 0", _r.seconds, _r.call_id, _r.began_at, _r.recorded, _r.reviews)
_partly("ix_reviewables_todo", "recorded AND reviews = 0", _r.began_at, _r.call_id, _r.lot, _r.recorded, _r.reviews)
_partly("ix_reviewables_score", "score IS NOT NULL", _r.score, _r.call_id)
_partly("ix_reviewables_reviewed", "reviews > 0", _r.began_at, _r.call_id)
_partly("ix_reviewables_appealed", "appealed", _r.began_at, _r.call_id)
_partly("ix_reviewables_commented", "open_comments > 0", _r.began_at, _r.call_id)
_partly("ix_reviewables_failed", "failed", _r.began_at, _r.call_id)

__all__ = [
    "clips",
    "comment_mentions",
    "comments",
    "deletions",
    "playlists",
    "plays",
    "recording_contents",
    "recording_holds",
    "recording_looks",
    "recording_rules",
    "recording_work",
    "review_queues",
    "reviewables",
    "reviews",
    "scorecards",
    "transcript_lines",
    "transcript_revisions",
    "transcripts",
]
