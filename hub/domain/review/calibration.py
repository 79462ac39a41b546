"""Several reviewers of one call side by side: where they agree and where they do not. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.domain.ids import UserId
from hub.domain.review.review import Review, ReviewState
from hub.domain.review.scorecard import Question, QuestionKind, Scorecard
from hub.domain.review.scoring import Answer, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One question, as every reviewer answered it."""

    question: Question
    answers: Mapping[UserId, Answer]
    points: Mapping[UserId, int]
    """0 to 100, of those who scored it."""
    spread: int
    """Highest minus lowest points; 0 for a question answered in words."""
    agreed: bool
    """All who answered said the same; True for a question answered in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The submitted reviews of one call by one version of a scorecard."""

    scores: Mapping[UserId, float | None]
    mean: float | None
    spread: float
    """Highest minus lowest score."""
    agreement: float | None
    """Percent of the scored questions in which all agreed; None with fewer than two reviewers."""
    questions: tuple[Compared, ...]


def calibrate(card: Scorecard, reviews: Sequence[Review]) -> Calibration:
    """Compare reviews of one call. Drafts and reviews by another card or version are left out."""
    fit = [
        review
        for review in reviews
        if review.state is not ReviewState.draft and (review.scorecard_id, review.version) == (card.id, card.version)
    ]
    points = {review.reviewer_id: score(card, review.answers).questions for review in fit}
    answers = {review.reviewer_id: {answer.question: answer for answer in review.answers} for review in fit}
    questions = tuple(_compared(question, answers, points) for question in card.questions)
    scored = [c for c in questions if c.question.weight and c.question.kind is not QuestionKind.text]
    totals = [review.score for review in fit if review.score is not None]
    return Calibration(
        scores={review.reviewer_id: review.score for review in fit},
        mean=round(sum(totals) / len(totals), 1) if totals else None,
        spread=round(max(totals) - min(totals), 1) if totals else 0.0,
        agreement=round(100 * sum(c.agreed for c in scored) / len(scored), 1) if scored and len(fit) > 1 else None,
        questions=questions,
    )


def _compared(
    question: Question,
    answers: Mapping[UserId, Mapping[str, Answer]],
    points: Mapping[UserId, Mapping[str, int]],
) -> Compared:
    given = {who: found[question.key] for who, found in answers.items() if question.key in found}
    earned = {who: found[question.key] for who, found in points.items() if question.key in found}
    said = {(answer.value, answer.na) for answer in given.values() if answer.na or answer.value is not None}
    return Compared(
        question=question,
        answers=given,
        points=earned,
        spread=max(earned.values()) - min(earned.values()) if earned else 0,
        agreed=question.kind is QuestionKind.text or len(said) <= 1,
    )
