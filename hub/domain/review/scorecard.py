"""A scorecard: sections and questions whose weights make 100 %, and the rules a card must keep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.errors import Invalid
from hub.domain.ids import UserId
from hub.domain.review.ids import ScorecardId

SCALE = ("1", "2", "3", "4", "5")
YES, NO = "yes", "no"
SECTIONS_LIMIT = 20
QUESTIONS_LIMIT = 100
CHOICES_LIMIT = 20


class QuestionKind(StrEnum):
    """How a question is answered."""

    yes_no = "yes_no"
    scale = "scale"
    """1 to 5; 1 earns nothing, 5 everything."""
    choice = "choice"
    """One of the question's own choices, each worth some points."""
    text = "text"
    """In words; weighs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a question of the kind choice."""

    key: str
    label: str
    points: int
    """0 to 100: how much of the question's weight it earns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a section."""

    key: str
    """Unique in the card and the same in all its versions, so that scores of a question can be followed over time."""
    text: str
    guide: str = ""
    """What a good answer looks like, shown to the reviewer."""
    kind: QuestionKind
    weight: int
    """Percent of the section; 0 for a question that is asked but not scored."""
    choices: tuple[Choice, ...] = ()
    mandatory: bool = True
    """A review cannot be submitted without an answer (N/A is one, where it is allowed)."""
    may_be_na: bool = True
    fails: tuple[str, ...] = ()
    """Answers that fail the whole card, whatever else was earned (auto-fail)."""

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered, by value; empty for a text."""
        match self.kind:
            case QuestionKind.yes_no:
                return (YES, NO)
            case QuestionKind.scale:
                return SCALE
            case QuestionKind.choice:
                return tuple(choice.key for choice in self.choices)
            case QuestionKind.text:
                return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that belong together."""

    key: str
    title: str
    weight: int
    """Percent of the card."""
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One version of a scorecard. A version somebody may have scored by never changes; a change is the next version."""

    id: ScorecardId
    version: int
    name: str
    description: str = ""
    sections: tuple[Section, ...]
    pass_mark: int | None = None
    """Percent from which a call counts as passed."""
    active: bool = True
    created_at: datetime
    created_by: UserId | None = None

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in order."""
        return (question for section in self.sections for question in section.questions)


def check_card(card: Scorecard) -> None:
    """Raise Invalid, in words, unless the card can be scored by."""
    if not card.name.strip():
        raise Invalid("The scorecard needs a name.")
    if not card.sections:
        raise Invalid("The scorecard has no section. Add one with a question.")
    if len(card.sections) > SECTIONS_LIMIT or sum(1 for _ in card.questions) > QUESTIONS_LIMIT:
        raise Invalid(f"At most {SECTIONS_LIMIT} sections and {QUESTIONS_LIMIT} questions: split the scorecard.")
    if card.pass_mark is not None and not 0 <= card.pass_mark <= 100:
        raise Invalid("The pass mark is a percentage from 0 to 100.")
    _unique((section.key for section in card.sections), "sections")
    _unique((question.key for question in card.questions), "questions")
    _to_hundred([section.weight for section in card.sections], "The sections")
    for section in card.sections:
        _check_section(section)


def _check_section(section: Section) -> None:
    if not section.questions:
        raise Invalid(f"The section “{section.title}” has no question.")
    weights = [question.weight for question in section.questions]
    if section.weight:
        _to_hundred(weights, f"The questions of “{section.title}”")
    for question in section.questions:
        _check_question(question)


def _check_question(question: Question) -> None:
    name = f"“{question.text}”"
    if not question.text.strip():
        raise Invalid("A question has no text.")
    if question.kind is QuestionKind.text and question.weight:
        raise Invalid(f"{name} is answered in words, which earn no points: its weight has to be 0.")
    if question.kind is QuestionKind.choice:
        if not 2 <= len(question.choices) <= CHOICES_LIMIT:
            raise Invalid(f"{name} needs 2 to {CHOICES_LIMIT} choices.")
        _unique(question.answers, f"choices of {name}")
        if not all(0 <= choice.points <= 100 for choice in question.choices):
            raise Invalid(f"The points of a choice of {name} are a percentage from 0 to 100.")
        if question.weight and max(choice.points for choice in question.choices) != 100:
            raise Invalid(f"One choice of {name} has to earn 100 points, else nobody can reach 100 %.")
    elif question.choices:
        raise Invalid(f"{name} has choices, but is not a question of the kind choice.")
    if strange := [answer for answer in question.fails if answer not in question.answers]:
        raise Invalid(f"{name} cannot fail the card by {strange[0]!r}: that is none of its answers.")
    if question.answers and set(question.fails) == set(question.answers):
        raise Invalid(f"Every answer to {name} fails the card.")


def _unique(keys: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if not key or key in seen:
            raise Invalid(f"Two {what} have the same key {key!r}." if key else f"One of the {what} has no key.")
        seen.add(key)


def _to_hundred(weights: Sequence[int], who: str) -> None:
    if any(weight < 0 for weight in weights):
        raise Invalid(f"{who}: a weight is below 0 %.")
    if sum(weights) != 100:
        raise Invalid(f"{who} weigh {sum(weights)} % together; it has to be 100 %.")


def spread(weights: Sequence[int]) -> tuple[int, ...]:
    """Return whole percentages in the proportion of the given weights that make exactly 100.

    What rounding leaves over goes to the largest remainders, the earlier first. All zero counts as all equal.
    Raises Invalid for a weight below zero, or for none at all.
    """
    if not weights or min(weights) < 0:
        raise Invalid("Give at least one weight, none below 0.")
    given = list(weights) if any(weights) else [1] * len(weights)
    total = sum(given)
    shares = [weight * 100 // total for weight in given]
    remainders = sorted(range(len(given)), key=lambda place: (-(given[place] * 100 % total), place))
    for place in remainders[: 100 - sum(shares)]:
        shares[place] += 1
    return tuple(shares)
