"""What screens and programs read of ratings."""

from dataclasses import dataclass
from datetime import datetime

from hub.domain.ids import ChannelId, ContactId, ConversationId, TeamId, UserId
from hub.domain.survey.rating import RatingId, Via
from hub.domain.survey.survey import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """One rating of a list."""

    id: RatingId
    conversation_id: ConversationId
    contact_id: ContactId
    contact_name: str
    channel_id: ChannelId
    team_id: TeamId | None
    agent_id: UserId | None
    scale: Scale
    asked_at: datetime
    score: int | None
    """1 to 5, thumbs as 1 and 5; None: not answered."""
    rated_at: datetime | None
    via: Via | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPage:
    """A page of ratings, the newest first."""

    items: tuple[RatingRow, ...]
    next: str | None = None
