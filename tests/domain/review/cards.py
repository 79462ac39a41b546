"""Makes scorecards, reviews and lanes for the tests of reviewing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from hub.domain.ids import CallId, UserId
from hub.domain.review.ids import ReviewId, ScorecardId
from hub.domain.review.review import Review
from hub.domain.review.scorecard import Choice, Question, QuestionKind, Scorecard, Section
from hub.domain.review.scoring import Answer
from hub.domain.review.talk import FRAME

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
REVIEWER, OTHER, AGENT = (UserId(UUID(int=n)) for n in (1, 2, 3))


def question(key: str, weight: int = 100, **more: Any) -> Question:
    given: dict[str, Any] = {"key": key, "text": f"{key}?", "kind": QuestionKind.yes_no, "weight": weight}
    return Question(**(given | more))


def section(key: str, weight: int, *questions: Question) -> Section:
    return Section(key=key, title=key.title(), weight=weight, questions=questions)


def card(*sections: Section, **more: Any) -> Scorecard:
    given: dict[str, Any] = {
        "id": ScorecardId(UUID(int=9)),
        "version": 1,
        "name": "Quality",
        "sections": sections or (section("all", 100, question("greeted")),),
        "created_at": NOW,
    }
    return Scorecard(**(given | more))


def quality() -> Scorecard:
    """Return a card with every kind of question: manner 60 %, matter 40 %, and what must not happen."""
    return card(
        section(
            "manner",
            60,
            question("greeted", 25),
            question("tone", 75, kind=QuestionKind.scale),
        ),
        section(
            "matter",
            40,
            question(
                "solved",
                100,
                kind=QuestionKind.choice,
                choices=(
                    Choice(key="yes", label="At once", points=100),
                    Choice(key="later", label="Later", points=50),
                    Choice(key="no", label="Not at all", points=0),
                ),
            ),
            question("identified", 0, fails=("no",), may_be_na=False),
            question("advice", 0, kind=QuestionKind.text, mandatory=False),
        ),
        pass_mark=80,
    )


def answers(**given: str | None) -> Sequence[Answer]:
    """Return answers by key; None is not applicable."""
    return [Answer(question=key, value=value, na=value is None) for key, value in given.items()]


def review(**more: Any) -> Review:
    given: dict[str, Any] = {
        "id": ReviewId(uuid7()),
        "call_id": CallId(UUID(int=5)),
        "agent_id": AGENT,
        "reviewer_id": REVIEWER,
        "scorecard_id": ScorecardId(UUID(int=9)),
        "version": 1,
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Review(**(given | more))


def lane(spoken: Sequence[tuple[float, float]], seconds: float, *, loud: int = 9_000, noise: int = 40) -> list[int]:
    """Return a lane that speaks in these spans of seconds, over a little noise."""
    levels = [noise] * round(seconds / FRAME)
    for start, end in spoken:
        levels[round(start / FRAME) : round(end / FRAME)] = [loud] * (round(end / FRAME) - round(start / FRAME))
    return levels
