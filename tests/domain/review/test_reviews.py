from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.domain.errors import Conflict, Forbidden, Invalid
from hub.domain.ids import UserId
from hub.domain.review.calibration import calibrate
from hub.domain.review.review import (
    Review,
    ReviewState,
    StepKind,
    appealed,
    filled_in,
    may_see,
    replied,
    settled,
    submitted,
)
from tests.domain.review.cards import AGENT, NOW, OTHER, REVIEWER, answers, quality, review

GOOD = answers(greeted="yes", tone="5", solved="yes", identified="yes")
POOR = answers(greeted="no", tone="1", solved="no", identified="yes")
CARD = quality()
LATER = NOW + timedelta(hours=1)


def done(**more: object) -> Review:
    drafted = filled_in(review(**more), CARD, answers=POOR, summary="Slow down.", by=REVIEWER, now=NOW)
    return submitted(drafted, CARD, by=REVIEWER, now=NOW)


def test_a_draft_shows_what_it_would_earn_and_counts_for_nobody() -> None:
    draft = filled_in(review(), CARD, answers=answers(tone="5"), summary="", by=REVIEWER, now=NOW)
    assert (draft.score, draft.state, draft.counts, draft.steps) == (100.0, ReviewState.draft, False, ())


def test_a_review_is_submitted_only_when_it_is_complete() -> None:
    draft = filled_in(review(), CARD, answers=answers(tone="5"), summary="", by=REVIEWER, now=NOW)
    with pytest.raises(Invalid, match="Not answered yet: “greeted\\?”, “solved\\?”, “identified\\?”"):
        submitted(draft, CARD, by=REVIEWER, now=NOW)


def test_submitting_twice_is_submitting_once() -> None:
    once = done()
    assert submitted(once, CARD, by=REVIEWER, now=LATER) == once
    assert [step.kind for step in once.steps] == [StepKind.submitted]


def test_a_correction_after_submitting_shows_both_scores() -> None:
    changed = filled_in(done(), CARD, answers=GOOD, summary="Well done.", by=REVIEWER, now=LATER)
    assert [(s.kind, s.before, s.after) for s in changed.steps] == [
        (StepKind.submitted, None, 0.0),
        (StepKind.changed, 0.0, 100.0),
    ]
    assert changed.passed


def test_saving_the_same_again_leaves_no_trace() -> None:
    once = done()
    again = filled_in(once, CARD, answers=POOR, summary="Slow down.", by=REVIEWER, now=LATER)
    assert again.steps == once.steps


def test_the_agent_replies_appeals_once_and_somebody_settles_it() -> None:
    answered = replied(done(), "The line was bad.", by=AGENT, now=LATER)
    asked = appealed(answered, "I did greet: second 3.", by=AGENT, now=LATER)
    with pytest.raises(Conflict, match="still open"):
        appealed(asked, "Again!", by=AGENT, now=LATER)
    with pytest.raises(Conflict, match="settling the appeal"):
        filled_in(asked, CARD, answers=GOOD, summary="", by=REVIEWER, now=LATER)
    stands = settled(asked, CARD, "I heard it again.", answers=None, by=OTHER, now=LATER)
    assert (stands.state, stands.score) == (ReviewState.settled, 0.0)
    anew = settled(asked, CARD, "You are right.", answers=GOOD, by=REVIEWER, now=LATER)
    assert (anew.score, anew.steps[-1].kind, anew.steps[-1].before) == (100.0, StepKind.granted, 0.0)
    with pytest.raises(Conflict, match="has been settled"):
        appealed(anew, "Still wrong.", by=AGENT, now=LATER)


def test_nobody_acts_in_anothers_place() -> None:
    asked = appealed(done(), "No.", by=AGENT, now=LATER)
    refused: Sequence[Callable[[], Review]] = (
        lambda: filled_in(review(), CARD, answers=GOOD, summary="", by=OTHER, now=NOW),
        lambda: submitted(review(), CARD, by=AGENT, now=NOW),
        lambda: replied(done(), "Hm.", by=REVIEWER, now=NOW),
        lambda: replied(review(), "A draft is not for me.", by=AGENT, now=NOW),
        lambda: appealed(done(calibration=True), "Nor a calibration.", by=AGENT, now=NOW),
        lambda: settled(asked, CARD, "I grant it myself.", answers=GOOD, by=AGENT, now=NOW),
    )
    for act in refused:
        with pytest.raises(Forbidden):
            act()


def test_an_appeal_needs_words() -> None:
    with pytest.raises(Invalid, match="Say in words"):
        appealed(done(), "  ", by=AGENT, now=LATER)


@pytest.mark.parametrize(
    ("viewer", "reviews", "draft", "final", "calibration", "blind"),
    [
        (REVIEWER, True, True, True, True, True),
        (AGENT, False, False, True, False, False),
        (OTHER, True, False, True, True, False),
        (OTHER, False, False, False, False, False),
    ],
)
def test_who_sees_what(viewer: UserId, reviews: bool, draft: bool, final: bool, calibration: bool, blind: bool) -> None:
    assert may_see(review(), viewer, reviews=reviews) is draft
    assert may_see(done(), viewer, reviews=reviews) is final
    assert may_see(done(calibration=True), viewer, reviews=reviews) is calibration
    assert may_see(done(calibration=True), viewer, reviews=reviews, own_submitted=False) is blind


def test_a_calibration_shows_where_reviewers_differ() -> None:
    first = done(calibration=True)
    given = answers(greeted="yes", tone="1", solved="no", identified="yes")
    second = submitted(
        filled_in(review(reviewer_id=OTHER), CARD, answers=given, summary="", by=OTHER, now=NOW),
        CARD,
        by=OTHER,
        now=NOW,
    )
    other_card = replace(done(), version=2, reviewer_id=AGENT)
    side_by_side = calibrate(CARD, [first, second, review(), other_card])
    assert side_by_side.scores == {REVIEWER: 0.0, OTHER: 15.0}
    assert (side_by_side.mean, side_by_side.spread) == (7.5, 15.0)
    compared = {c.question.key: (c.agreed, c.spread) for c in side_by_side.questions}
    assert compared == {
        "greeted": (False, 100),
        "tone": (True, 0),
        "solved": (True, 0),
        "identified": (True, 0),
        "advice": (True, 0),
    }
    assert side_by_side.agreement == 66.7
