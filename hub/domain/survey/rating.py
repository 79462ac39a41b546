"""A rating: that one resolved episode is to be asked about, was asked about, and what came back. Pure.

The answers may come in any order and any number of times: the newest score within the period counts, and the newest
words.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, ContactPointId, ConversationId, TeamId, UserId
from hub.domain.survey.survey import Scale, Survey, SurveyId

RatingId = NewType("RatingId", UUID)

COMMENT_LIMIT = 2000
COMMENT_FOR = timedelta(hours=24)
"""For so long after a score the next words are its comment."""
CLOCKS_DIFFER = timedelta(seconds=5)
"""Providers tell whole seconds, and their clocks are not ours."""


class RatingState(StrEnum):
    """How far the asking is."""

    due = "due"
    """To be asked once its time has come."""
    asked = "asked"
    skipped = "skipped"
    """Not asked; `why` tells the reason."""


class Why(StrEnum):
    """Why nobody was asked."""

    asked_lately = "asked_lately"
    no_person = "no_person"
    """Only bots had written."""
    cannot_send = "cannot_send"
    """The channel, its reply window or the person does not allow it."""
    spam = "spam"
    over = "over"
    """The survey was switched off or deleted meanwhile, or the conversation merged into another."""


class Owed(StrEnum):
    """What the hub has to say next."""

    question = "question"
    comment = "comment"
    thanks = "thanks"


class Via(StrEnum):
    """How an answer came."""

    button = "button"
    text = "text"
    link = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One episode of a conversation, and what its customer thinks of it."""

    id: RatingId
    survey_id: SurveyId
    conversation_id: ConversationId
    episode: int
    """Unique with the conversation: nobody is asked twice about one matter."""
    channel_id: ChannelId
    contact_point_id: ContactPointId
    team_id: TeamId | None = None
    """With whom the conversation was when it was asked about; as the next."""
    agent_id: UserId | None = None
    """Who replied last; where nobody did, whose it was."""
    resolved_at: datetime
    state: RatingState = RatingState.due
    why: Why | None = None
    scale: Scale = Scale.five
    comments: bool = False
    """As the survey had them when it was asked; as the next."""
    language: str = ""
    owes: Owed | None = Owed.question
    next_at: datetime | None = None
    """When what is owed is to be said; None while nothing is."""
    asked_at: datetime | None = None
    until: datetime | None = None
    """Until when an answer is taken."""
    score: int | None = None
    rated_at: datetime | None = None
    """When the newest score was given."""
    via: Via | None = None
    comment: str = ""
    commented_at: datetime | None = None
    comment_until: datetime | None = None
    """Until when the next words are its comment."""

    def takes(self, at: datetime) -> bool:
        """Tell whether an answer of this moment counts."""
        if self.asked_at is None or self.until is None:
            return False
        return self.asked_at - CLOCKS_DIFFER <= at <= self.until

    def takes_words(self, at: datetime) -> bool:
        """Tell whether words of this moment are the comment the hub asked for."""
        if self.comment_until is None or self.rated_at is None:
            return False
        return not self.comment and self.rated_at <= at <= self.comment_until


def asked(rating: Rating, survey: Survey, language: str, now: datetime) -> Rating:
    """Return the rating as it is once the question is queued."""
    return replace(
        rating,
        state=RatingState.asked,
        survey_id=survey.id,
        scale=survey.scale,
        comments=survey.comments,
        language=language,
        owes=None,
        next_at=None,
        asked_at=now,
        until=now + timedelta(days=survey.open_days),
    )


def skipped(rating: Rating, why: Why) -> Rating:
    """Return the rating of somebody who is not asked."""
    return replace(rating, state=RatingState.skipped, why=why, owes=None, next_at=None)


def rated(rating: Rating, score: int, words: str, at: datetime, via: Via, now: datetime) -> Rating:
    """Take a score with the words beside it. An older answer changes nothing that a newer one said."""
    after = rating
    if rating.rated_at is None or at >= rating.rated_at:
        # Of two answers of one moment the lower counts, whichever comes first: any order gives the same.
        same = rating.rated_at == at and rating.score is not None
        kept = min(score, rating.score) if same and rating.score is not None else score
        after = replace(rating, score=kept, rated_at=at, via=via)
        if rating.comments and via is not Via.link:
            after = replace(after, comment_until=at + COMMENT_FOR)
    if words:
        after = commented(after, words, at, now, thank=False)
    first = rating.score is None and via is not Via.link
    if not first:
        return after
    wants_words = rating.comments and not after.comment
    return replace(after, owes=Owed.comment if wants_words else Owed.thanks, next_at=now)


def commented(rating: Rating, words: str, at: datetime, now: datetime, *, thank: bool = True) -> Rating:
    """Take the words to a score; the newest count."""
    if rating.commented_at is not None and (at, words) < (rating.commented_at, rating.comment):
        return rating
    after = replace(rating, comment=words, commented_at=at)
    return replace(after, owes=Owed.thanks, next_at=now) if thank else after


def settled(rating: Rating) -> Rating:
    """Return the rating once what was owed is said, or need not be said any more."""
    return replace(rating, owes=None, next_at=None)
