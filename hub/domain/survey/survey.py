"""A survey: whom to ask how it was after a conversation is resolved, when, and in which words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, TeamId

SurveyId = NewType("SurveyId", UUID)

NAME_LIMIT = 100
TEXT_LIMIT = 1000
LANGUAGES_LIMIT = 20
SURVEYS_LIMIT = 100
LONGEST_DELAY = timedelta(days=3)
LONGEST_OPEN = 30
"""Days for which an answer may be taken at the most."""


class Scale(StrEnum):
    """What can be answered."""

    five = "five"
    """1 (very bad) to 5 (excellent)."""
    thumbs = "thumbs"
    """Up or down, kept as 5 and 1."""


SCORES: Mapping[Scale, Sequence[int]] = {Scale.five: (1, 2, 3, 4, 5), Scale.thumbs: (5, 1)}
"""The scores of a scale in the order in which they are offered."""
SATISFIED = 4
"""From this score on, a customer was satisfied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is said in one language. What is empty is said in the hub's own words."""

    question: str = ""
    comment: str = ""
    """Asks for some words after the score."""
    thanks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Whom to ask, when, and how. Surveys are tried in order; the first that fits counts."""

    id: SurveyId
    name: str
    place: int = 0
    active: bool = True
    channel_ids: tuple[ChannelId, ...] = ()
    """Empty: every channel on which the hub can ask."""
    team_ids: tuple[TeamId, ...] = ()
    """The teams whose conversations it is for. Empty: all, and those without a team."""
    scale: Scale = Scale.five
    delay: timedelta = timedelta(minutes=5)
    """From the resolve to the question."""
    quiet_days: int = 30
    """Who was asked within so many days is not asked again; 0 asks after every conversation."""
    open_days: int = 7
    """For so long an answer is taken; the newest counts."""
    comments: bool = True
    """Ask for some words, too."""
    people_only: bool = True
    """Ask only where a person of ours wrote; False asks after what bots solved alone, too."""
    wording: Mapping[str, Wording] = field(default_factory=dict)
    """Language of two letters → own words."""
    templates: Mapping[ChannelId, str] = field(default_factory=dict)
    """Channel → key of the template to ask with where the reply window is shut."""
    created_at: datetime
    updated_at: datetime

    def fits(self, channel_id: ChannelId, team_id: TeamId | None) -> bool:
        """Tell whether it is for a conversation on a channel, with a team or none."""
        return (
            self.active
            and (not self.channel_ids or channel_id in self.channel_ids)
            and (not self.team_ids or team_id in self.team_ids)
        )


def survey_for(surveys: Iterable[Survey], channel_id: ChannelId, team_id: TeamId | None) -> Survey | None:
    """Return the first survey, in their order, that is for a conversation."""
    ordered = sorted(surveys, key=lambda one: (one.place, one.created_at, one.id))
    return next((one for one in ordered if one.fits(channel_id, team_id)), None)
