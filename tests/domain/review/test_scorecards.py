from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.domain.review.scorecard import Choice, QuestionKind, Scorecard, check_card, spread
from hub.domain.review.scoring import Answer, missing, score
from tests.domain.review.cards import answers, card, quality, question, section

GOOD = {"greeted": "yes", "tone": "5", "solved": "yes", "identified": "yes"}


def test_a_card_of_every_kind_of_question_keeps_its_own_rules() -> None:
    check_card(quality())


def test_what_was_done_well_earns_its_weight() -> None:
    earned = score(quality(), answers(greeted="yes", tone="3", solved="later", identified="yes"))
    # manner: 25 % of 100 and 75 % of 50 = 62.5; matter: 50. 60 % of 62.5 and 40 % of 50 = 57.5
    assert (earned.percent, earned.passed, earned.failed_by) == (57.5, False, ())
    assert {s.key: s.percent for s in earned.sections} == {"manner": 62.5, "matter": 50.0}
    assert earned.questions == {"greeted": 100, "tone": 50, "solved": 50}


def test_an_answer_that_fails_the_card_makes_it_zero_and_keeps_what_was_earned() -> None:
    earned = score(quality(), answers(**GOOD | {"identified": "no"}))
    assert (earned.percent, earned.earned, earned.passed, earned.failed_by) == (0.0, 100.0, False, ("identified",))


def test_what_does_not_apply_counts_neither_for_nor_against() -> None:
    assert score(quality(), answers(greeted=None, tone="5", solved=None, identified="yes")).percent == 100.0
    assert score(quality(), answers(greeted="yes", tone=None, solved=None, identified="yes")).percent == 100.0


def test_nothing_scored_is_no_score_rather_than_zero() -> None:
    earned = score(quality(), answers(greeted=None, tone=None, solved=None, identified="yes"))
    assert (earned.percent, earned.passed) == (None, None)


def test_mandatory_questions_are_missing_until_answered_or_not_applicable() -> None:
    assert [q.key for q in missing(quality(), answers(greeted="yes", tone=None))] == ["solved", "identified"]
    assert missing(quality(), answers(**GOOD)) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([Answer(question="hummed", value="yes")], "no question"),
        ([Answer(question="greeted", value="maybe")], "is no answer to"),
        ([Answer(question="tone", value="6")], "Possible: 1, 2, 3, 4, 5"),
        ([Answer(question="identified", na=True)], "has to be answered"),
        ([Answer(question="greeted", value="yes", na=True)], "both answered and not applicable"),
        ([Answer(question="greeted", value="yes"), Answer(question="greeted", value="no")], "answered twice"),
        ([Answer(question="advice", value="x" * 5001)], "longer than"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_words(said: list[Answer], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        score(quality(), said)


def _with(**more: object) -> Scorecard:
    return card(section("all", 100, replace(question("greeted"), **more)))  # type: ignore[arg-type]  # the tests' own


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (card(name=" "), "needs a name"),
        (card(pass_mark=120), "0 to 100"),
        (card(section("a", 60, question("x")), section("b", 30, question("y"))), "weigh 90 % together"),
        (card(section("a", 100, question("x", 50))), "“A” weigh 50 %"),
        (card(section("a", 100, question("x", 50), question("x", 50))), "same key 'x'"),
        (card(section("a", 100)), "has no question"),
        (_with(kind=QuestionKind.text), "its weight has to be 0"),
        (_with(kind=QuestionKind.choice), "2 to 20 choices"),
        (_with(choices=(Choice(key="a", label="A", points=1),)), "not a question of the kind choice"),
        (_with(fails=("maybe",)), "none of its answers"),
        (_with(fails=("yes", "no")), "Every answer"),
        (
            _with(
                kind=QuestionKind.choice,
                choices=(Choice(key="a", label="A", points=50), Choice(key="b", label="B", points=0)),
            ),
            "One choice",
        ),
    ],
)
def test_a_card_that_cannot_be_scored_by_is_refused_in_words(wrong: Scorecard, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check_card(wrong)


weights = st.lists(st.integers(0, 1000), min_size=1, max_size=20)


@given(weights)
def test_weights_are_spread_to_exactly_a_hundred_in_their_proportion(given_weights: list[int]) -> None:
    shares = spread(given_weights)
    assert sum(shares) == 100
    total = sum(given_weights)
    assert all(abs(share - w * 100 / total) < 1 for share, w in zip(shares, given_weights, strict=True) if total)


VALUES = {
    QuestionKind.yes_no: st.sampled_from(["yes", "no"]),
    QuestionKind.scale: st.sampled_from(["1", "2", "3", "4", "5"]),
}


@st.composite
def cards_with_answers(draw: st.DrawFn) -> tuple[Scorecard, list[Answer]]:
    sections, said = [], []
    section_weights = spread(draw(st.lists(st.integers(1, 9), min_size=1, max_size=4)))
    for s, weight in enumerate(section_weights):
        questions = []
        for q, share in enumerate(spread(draw(st.lists(st.integers(1, 9), min_size=1, max_size=4)))):
            kind = draw(st.sampled_from(sorted(VALUES)))
            questions.append(question(f"{s}.{q}", share, kind=kind))
            value = draw(st.none() | VALUES[kind])
            said.append(Answer(question=f"{s}.{q}", value=value, na=value is None))
        sections.append(section(str(s), weight, *questions))
    return card(*sections), said


@given(cards_with_answers())
def test_a_score_lies_between_the_worst_and_the_best_answer(made: tuple[Scorecard, list[Answer]]) -> None:
    whole, said = made
    check_card(whole)
    earned = score(whole, said)
    points = list(earned.questions.values())
    assert (earned.percent is None) == (not points)
    assert points == [] or min(points) <= (earned.percent or 0.0) <= max(points)


@given(cards_with_answers(), st.randoms())
def test_the_order_of_the_answers_does_not_matter(made: tuple[Scorecard, list[Answer]], chance: st.DataObject) -> None:
    whole, said = made
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random by hypothesis
    assert score(whole, shuffled) == score(whole, said)


@given(cards_with_answers())
def test_a_better_answer_never_lowers_the_score(made: tuple[Scorecard, list[Answer]]) -> None:
    whole, said = made
    before = score(whole, said).percent
    better = {QuestionKind.yes_no: "yes", QuestionKind.scale: "5"}
    kinds = {q.key: q.kind for q in whole.questions}
    raised = [replace(a, value=a.value and better[kinds[a.question]]) for a in said]
    assert score(whole, raised).percent == (None if before is None else 100.0)
