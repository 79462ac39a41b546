"""What review screens read: rows of the review list, scores over time, hits in transcripts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from hub.domain.ids import CallId, ChannelId, RecordingId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.recording import Lane
from hub.domain.review.ids import ReviewId, ScorecardId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewableRow:
    """One call of the review list. Contact and outcome come with the call itself (`GET /calls/{id}`)."""

    call_id: CallId
    began_at: datetime
    seconds: int
    direction: Direction
    channel_id: ChannelId
    agent_id: UserId | None
    team_id: TeamId | None
    contact: str
    """The contact's name, or the number."""
    outcome: str | None
    recorded: bool
    reviews: int
    """Submitted reviews that count."""
    reviewers: tuple[UserId, ...]
    score: float | None
    """Their mean."""
    failed: bool
    appealed: bool
    open_comments: int
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScore:
    """What the call list shows of a call's reviews."""

    call_id: CallId
    reviews: int
    score: float | None
    failed: bool
    appealed: bool
    open_comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    """One review that counts, for figures and CSV."""

    review_id: ReviewId
    call_id: CallId
    agent_id: UserId
    reviewer_id: UserId
    scorecard_id: ScorecardId
    version: int
    submitted_at: datetime
    score: float
    passed: bool | None
    failed_by: tuple[str, ...]
    points: dict[str, int] = field(default_factory=dict)
    """By question key, 0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """One period of a series."""

    begins: datetime
    mean: float | None
    """None if there is no review in it: never 0."""
    n: int
    lowest: float | None = None
    highest: float | None = None
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSeries:
    """Scores over time of one agent, reviewer or question."""

    by: Literal["agent", "reviewer", "question", "all"]
    key: str
    """The person's id or the question's key; empty for all."""
    mean: float | None
    n: int
    cells: tuple[ScoreCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptHit:
    """One line found by its words."""

    recording_id: RecordingId
    call_id: CallId
    number: int
    speaker: Lane
    start: float
    text: str
    began_at: datetime
    """When the call began."""
    agent_id: UserId | None
    contact: str
