"""What ratings come to: how many were asked, answered, and how satisfied they were. Pure. Nothing is None, never 0."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from hub.domain.survey.survey import SATISFIED, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many ratings with the same key, scale and score; a score of None was not answered."""

    key: UUID | None
    scale: Scale
    score: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """The figures of those who were asked within a period."""

    asked: int
    answered: int
    response_rate: float | None
    """Of those asked, the part that answered."""
    satisfied: float | None
    """CSAT: of those who answered, the part that gave 4, 5 or a thumb up."""
    average: float | None
    """Of the scores from 1 to 5; thumbs have none."""
    scores: Mapping[int, int] = field(default_factory=dict)
    """How often each score from 1 to 5 was given."""
    thumbs: Mapping[str, int] = field(default_factory=dict)
    """How often `up` and `down` were given."""


def satisfaction(counted: Iterable[Counted]) -> Satisfaction:
    """Return the figures of these ratings together."""
    scores, thumbs, asked = dict.fromkeys(range(1, 6), 0), {"up": 0, "down": 0}, 0
    for one in counted:
        asked += one.count
        if one.score is None:
            continue
        if one.scale is Scale.thumbs:
            thumbs["up" if one.score >= SATISFIED else "down"] += one.count
        else:
            scores[one.score] += one.count
    of_five = sum(scores.values())
    answered = of_five + sum(thumbs.values())
    happy = thumbs["up"] + sum(count for score, count in scores.items() if score >= SATISFIED)
    total = sum(score * count for score, count in scores.items())
    return Satisfaction(
        asked=asked,
        answered=answered,
        response_rate=answered / asked if asked else None,
        satisfied=happy / answered if answered else None,
        average=total / of_five if of_five else None,
        scores=scores,
        thumbs=thumbs,
    )


def by_key(counted: Iterable[Counted]) -> Mapping[UUID | None, Satisfaction]:
    """Return the figures of each key, those with the most questions first."""
    groups: dict[UUID | None, list[Counted]] = {}
    for one in counted:
        groups.setdefault(one.key, []).append(one)
    found = {key: satisfaction(of) for key, of in groups.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].asked, str(item[0]))))
