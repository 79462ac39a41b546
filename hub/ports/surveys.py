"""What surveys and ratings need of the tables."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.ids import ContactId, ConversationId, InteractionId, UserId
from hub.domain.reports.answers import By, Selection
from hub.domain.survey.figures import Counted
from hub.domain.survey.rating import Rating, RatingId
from hub.domain.survey.survey import Survey, SurveyId
from hub.domain.survey.views import RatingPage


class Surveys(Protocol):
    """Whom to ask, and in which words."""

    async def all(self) -> Sequence[Survey]:
        """Return all, in the order in which they are tried."""
        ...

    async def save(self, survey: Survey) -> None:
        """Add or replace one."""
        ...

    async def delete(self, survey_id: SurveyId) -> None: ...


class Ratings(Protocol):
    """Who is to be asked, who was asked, and what they answered."""

    async def save(self, ratings: Collection[Rating]) -> None:
        """Add or replace. Raises Conflict if another rating is of the same episode."""
        ...

    async def get(self, rating_id: RatingId, *, lock: bool = False) -> Rating | None:
        """Return it; with `lock` nobody else changes it until the unit of work ends."""
        ...

    async def of_episode(self, conversation_id: ConversationId, episode: int) -> Rating | None: ...
    async def delete(self, rating_id: RatingId) -> None: ...
    async def due(self, now: datetime, limit: int) -> Sequence[Rating]:
        """Return those to which something is to be said by now, what is due longest first."""
        ...

    async def answerable(
        self, conversation_ids: Collection[ConversationId], rating_ids: Collection[RatingId]
    ) -> Sequence[Rating]:
        """Return the newest rating asked in each conversation, and those named; locked."""
        ...

    async def last_asked(self, rating: Rating) -> datetime | None:
        """Return when the rating's contact was last asked before, whatever channel."""
        ...

    async def last_reply_by(self, conversation_id: ConversationId) -> tuple[UserId | None, InteractionId] | None:
        """Return who of ours wrote last in a conversation, and in which message; None if nobody did."""
        ...


class RatingQueries(Protocol):
    """What screens and reports read of ratings, of those asked within a period."""

    async def counted(self, start: datetime, end: datetime, of: Selection, by: By | None) -> Sequence[Counted]:
        """Return how many got which score, by channel, team or agent, or all together."""
        ...

    async def rows(
        self,
        start: datetime,
        end: datetime,
        of: Selection,
        *,
        score: int | None,
        answered: bool,
        cursor: str | None,
        limit: int,
    ) -> RatingPage:
        """Return the ratings behind the figures, the newest first. Raises Invalid for a malformed cursor."""
        ...

    async def of_contact(self, contact_id: ContactId, limit: int) -> RatingPage:
        """Return what whoever is shown as this contact answered, the newest first."""
        ...
