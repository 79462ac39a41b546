"""What answers earn: exact arithmetic on a scorecard, rounded once at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hub.domain.errors import Invalid
from hub.domain.review.scorecard import SCALE, YES, Question, QuestionKind, Scorecard, Section

TEXT_LIMIT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reviewer says to one question."""

    question: str
    """The question's key."""
    value: str | None = None
    """`yes`, `no`, `1` to `5`, a choice's key or a text; None if only noted or not applicable."""
    na: bool = False
    """Not applicable: the question's weight goes to the others of its section."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionScore:
    """What one section earned."""

    key: str
    percent: float | None
    """None if nothing of it was scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a card earned."""

    percent: float | None
    """0 to 100, one decimal; 0 if the card failed by an answer; None if nothing was scored."""
    earned: float | None
    """The percentage without auto-fail."""
    passed: bool | None
    """None if the card has no pass mark or nothing was scored."""
    failed_by: tuple[str, ...] = ()
    """Keys of the questions whose answer failed the whole card."""
    sections: tuple[SectionScore, ...] = ()
    questions: Mapping[str, int]
    """Points from 0 to 100 of each question that was scored, by key."""


def check_answers(card: Scorecard, answers: Iterable[Answer]) -> None:
    """Raise Invalid, in words, for an answer that fits no question."""
    questions = {question.key: question for question in card.questions}
    seen: set[str] = set()
    for answer in answers:
        question = questions.get(answer.question)
        if question is None:
            raise Invalid(f"The scorecard has no question {answer.question!r}. Load it again.")
        if answer.question in seen:
            raise Invalid(f"“{question.text}” is answered twice.")
        seen.add(answer.question)
        _check_answer(question, answer)


def _check_answer(question: Question, answer: Answer) -> None:
    if answer.na and answer.value is not None:
        raise Invalid(f"“{question.text}” cannot be both answered and not applicable.")
    if answer.na and not question.may_be_na:
        raise Invalid(f"“{question.text}” has to be answered; not applicable is no answer to it.")
    if answer.value is None:
        return
    if question.kind is QuestionKind.text:
        if len(answer.value) > TEXT_LIMIT:
            raise Invalid(f"The answer to “{question.text}” is longer than {TEXT_LIMIT} characters.")
    elif answer.value not in question.answers:
        allowed = ", ".join(question.answers)
        raise Invalid(f"{answer.value!r} is no answer to “{question.text}”. Possible: {allowed}.")


def missing(card: Scorecard, answers: Sequence[Answer]) -> tuple[Question, ...]:
    """Return the mandatory questions without an answer."""
    given = {answer.question for answer in answers if answer.na or (answer.value or "").strip()}
    return tuple(question for question in card.questions if question.mandatory and question.key not in given)


def score(card: Scorecard, answers: Sequence[Answer]) -> Score:
    """Return what the answers earn. Raises Invalid for answers that do not fit.

    A question that is not applicable or not answered yet counts neither for nor against: its weight goes to the
    scored questions of its section in their proportion, a section without any to the other sections. An answer in
    `fails` makes the whole card 0 %.
    """
    check_answers(card, answers)
    given = {answer.question: answer.value for answer in answers if answer.value is not None}
    points = {
        question.key: _points(question, given[question.key])
        for question in card.questions
        if question.key in given and question.weight and question.kind is not QuestionKind.text
    }
    sections = [(section, _mean((q.weight, points.get(q.key)) for q in section.questions)) for section in card.sections]
    earned = _mean((section.weight, share) for section, share in sections)
    failed_by = tuple(q.key for q in card.questions if given.get(q.key) in q.fails)
    percent = _percent(earned)
    if failed_by:
        percent = 0.0
    passed = None if card.pass_mark is None or percent is None else not failed_by and percent >= card.pass_mark
    return Score(
        percent=percent,
        earned=_percent(earned),
        passed=passed,
        failed_by=failed_by,
        sections=tuple(_section(section, share) for section, share in sections),
        questions=points,
    )


def _section(section: Section, share: Fraction | None) -> SectionScore:
    return SectionScore(key=section.key, percent=_percent(share))


def _points(question: Question, value: str) -> int:
    match question.kind:
        case QuestionKind.yes_no:
            return 100 if value == YES else 0
        case QuestionKind.scale:
            return SCALE.index(value) * 25
        case _:
            return next(choice.points for choice in question.choices if choice.key == value)


def _mean(parts: Iterable[tuple[int, int | Fraction | None]]) -> Fraction | None:
    """Return the weighted mean of what was scored; None if nothing that weighs was."""
    scored = [(weight, value) for weight, value in parts if value is not None and weight]
    total = sum(weight for weight, _ in scored)
    return sum((weight * Fraction(value) for weight, value in scored), Fraction()) / total if total else None


def _percent(value: Fraction | None) -> float | None:
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
