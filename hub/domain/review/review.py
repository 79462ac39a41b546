"""A review of a call: from draft to submitted, the agent's reply and appeal, and how an appeal is settled. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hub.domain.errors import Conflict, Forbidden, Invalid
from hub.domain.ids import CallId, UserId
from hub.domain.review.ids import ReviewId, ScorecardId
from hub.domain.review.scorecard import Scorecard
from hub.domain.review.scoring import Answer, Score, missing, score

WORDS_LIMIT = 5_000


class ReviewState(StrEnum):
    """How far a review is."""

    draft = "draft"
    """Only its reviewer sees it."""
    submitted = "submitted"
    """The agent sees it and may reply or appeal."""
    appealed = "appealed"
    """The agent asked for another look; somebody has to settle it."""
    settled = "settled"
    """An appeal was decided: the score stands, or was changed."""


class StepKind(StrEnum):
    """What somebody did to a review."""

    submitted = "submitted"
    changed = "changed"
    """The reviewer corrected it after submitting."""
    replied = "replied"
    appealed = "appealed"
    upheld = "upheld"
    """The appeal was declined: the score stands."""
    granted = "granted"
    """The appeal led to new answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a review; they are only ever added."""

    kind: StepKind
    at: datetime
    by: UserId
    words: str = ""
    before: float | None = None
    """The score before this step."""
    after: float | None = None
    """The score after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's card about one call."""

    id: ReviewId
    call_id: CallId
    agent_id: UserId
    """Whom it is about."""
    reviewer_id: UserId
    scorecard_id: ScorecardId
    version: int
    """Of the scorecard."""
    calibration: bool = False
    """For comparing reviewers: counts in no figure, and the agent does not see it."""
    state: ReviewState = ReviewState.draft
    answers: tuple[Answer, ...] = ()
    score: float | None = None
    """Percent; of a draft, what it would earn so far."""
    passed: bool | None = None
    failed_by: tuple[str, ...] = ()
    summary: str = ""
    """What the reviewer says to the agent about the call as a whole."""
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    @property
    def counts(self) -> bool:
        """Tell whether its score counts for the agent."""
        return self.state is not ReviewState.draft and not self.calibration and self.score is not None


def filled_in(
    review: Review, card: Scorecard, *, answers: Sequence[Answer], summary: str, by: UserId, now: datetime
) -> Review:
    """Return the review with these answers. Raises Forbidden, Invalid, Conflict, in words.

    A submitted review may be corrected by its reviewer until it is appealed; the agent sees that it was, and the
    scores before and after.
    """
    if by != review.reviewer_id:
        raise Forbidden("Only its reviewer fills in a review. Begin one of your own beside it.")
    if review.state not in (ReviewState.draft, ReviewState.submitted):
        raise Conflict("The agent has appealed against this review: it is changed by settling the appeal.")
    if len(summary) > WORDS_LIMIT:
        raise Invalid(f"The summary is longer than {WORDS_LIMIT} characters.")
    earned = score(card, answers)
    changed = _scored(replace(review, answers=tuple(answers), summary=summary, changed_at=now), earned)
    if review.state is ReviewState.draft or (changed.answers, changed.summary) == (review.answers, review.summary):
        return changed
    _complete(card, answers)
    return _with_step(changed, StepKind.changed, by=by, at=now, before=review.score)


def submitted(review: Review, card: Scorecard, *, by: UserId, now: datetime) -> Review:
    """Return the review as the agent gets to see it; a second time nothing changes. Raises Forbidden, Invalid."""
    if by != review.reviewer_id:
        raise Forbidden("Only its reviewer submits a review.")
    if review.state is not ReviewState.draft:
        return review
    _complete(card, review.answers)
    final = _scored(
        replace(review, state=ReviewState.submitted, submitted_at=now, changed_at=now), score(card, review.answers)
    )
    return _with_step(final, StepKind.submitted, by=by, at=now, before=None)


def replied(review: Review, words: str, *, by: UserId, now: datetime) -> Review:
    """Return the review with the agent's words to it. Raises Forbidden, Invalid, Conflict."""
    _about(review, by)
    step = _with_step(review, StepKind.replied, by=by, at=now, before=review.score, words=_said(words))
    return replace(step, changed_at=now)


def appealed(review: Review, words: str, *, by: UserId, now: datetime) -> Review:
    """Return the review with the agent's request for another look: once, with a reason.

    Raises Forbidden, Invalid, Conflict.
    """
    _about(review, by)
    if review.state is not ReviewState.submitted:
        again = "is still open" if review.state is ReviewState.appealed else "has been settled"
        raise Conflict(f"You have appealed against this review already; the appeal {again}.")
    step = _with_step(review, StepKind.appealed, by=by, at=now, before=review.score, words=_said(words))
    return replace(step, state=ReviewState.appealed, changed_at=now)


def settled(
    review: Review, card: Scorecard, words: str, *, answers: Sequence[Answer] | None, by: UserId, now: datetime
) -> Review:
    """Return the review with its appeal decided: without answers the score stands, with answers it is anew.

    Raises Forbidden to the agent it is about, Conflict if nothing is to be settled, Invalid.
    """
    if by == review.agent_id:
        raise Forbidden("Somebody else has to settle the appeal against your own review.")
    if review.state is not ReviewState.appealed:
        raise Conflict("There is no open appeal against this review.")
    said = _said(words)
    done = replace(review, state=ReviewState.settled, changed_at=now)
    if answers is None:
        return _with_step(done, StepKind.upheld, by=by, at=now, before=review.score, words=said)
    _complete(card, answers)
    done = _scored(replace(done, answers=tuple(answers)), score(card, answers))
    return _with_step(done, StepKind.granted, by=by, at=now, before=review.score, words=said)


def may_see(review: Review, viewer: UserId, *, reviews: bool, own_submitted: bool = True) -> bool:
    """Tell whether a person sees a review.

    `reviews`: they review calls. `own_submitted`: whether they submitted a review of this call themselves; a
    calibration is blind until then, so that nobody is led by what others scored.
    """
    if viewer == review.reviewer_id:
        return True
    if review.state is ReviewState.draft:
        return False
    if viewer == review.agent_id:
        return not review.calibration
    return reviews and (own_submitted or not review.calibration)


def _about(review: Review, by: UserId) -> None:
    if by != review.agent_id:
        raise Forbidden("Only the agent whom a review is about can answer it.")
    if review.state is ReviewState.draft or review.calibration:
        raise Forbidden("There is no such review for you.")


def _said(words: str) -> str:
    said = words.strip()
    if not said:
        raise Invalid("Say in words what it is about.")
    if len(said) > WORDS_LIMIT:
        raise Invalid(f"At most {WORDS_LIMIT} characters.")
    return said


def _complete(card: Scorecard, answers: Sequence[Answer]) -> None:
    if open_ones := missing(card, answers):
        named = ", ".join(f"“{question.text}”" for question in open_ones[:3])
        more = f" and {len(open_ones) - 3} more" if len(open_ones) > 3 else ""
        raise Invalid(f"Not answered yet: {named}{more}.")


def _scored(review: Review, earned: Score) -> Review:
    return replace(review, score=earned.percent, passed=earned.passed, failed_by=earned.failed_by)


def _with_step(
    review: Review, kind: StepKind, *, by: UserId, at: datetime, before: float | None, words: str = ""
) -> Review:
    step = Step(kind=kind, at=at, by=by, words=words, before=before, after=review.score)
    return replace(review, steps=(*review.steps, step))
