"""What the demo's customers answer a bot: what it asks for, in the words of its choices. Pure: chance is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from hub.domain.botflow.flow import AnswerKind, Faq, Flow, Question, said
from hub.domain.botflow.position import Phase, Position
from hub.domain.botflow.wording import Word, words

HELPED_ONE_IN = 4
"""One of so many customers says that an article did not help."""
_HUMAN = {
    "en": "I would like to talk to a human, please",
    "ko": "상담원 연결해 주세요",
    "pl": "Poproszę z konsultantem",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a bot waits to hear."""

    of: str
    """Names the question within the hub; the same as long as it is asked."""
    answer: AnswerKind | None
    """None: whether an article helped."""
    choices: tuple[str, ...] = ()
    """In the language the bot speaks."""


def asked(run: str, flow: Flow, position: Position) -> Asked | None:
    """Return what a run waits to hear from its customer; None where it waits for something else."""
    step, language = flow.steps.get(position.step), position.language or flow.language
    of = f"{run}:{position.step}:{position.asked}:{position.tries}"
    match step:
        case Question() if position.phase is Phase.asking:
            labels = tuple(said(option.label, language, flow.language) for option in step.options)
            return Asked(of=of, answer=step.answer, choices=labels)
        case Faq() if position.phase is Phase.confirming:
            return Asked(of=of, answer=None, choices=(words(Word.yes, language), words(Word.no, language)))
        case _:
            return None


def answer(question: Asked, *, name: str, topic: str, language: str, chance: Random) -> str:
    """Return what the customer writes. Who is asked for what the demo's customers do not have asks for a human."""
    match question.answer:
        case None:
            yes, no = question.choices
            return no if chance.randrange(HELPED_ONE_IN) == 0 else yes
        case AnswerKind.choice:
            return _one(question.choices, chance)
        case AnswerKind.name:
            return name
        case AnswerKind.phone:
            # Of a range kept for films and books, so that nobody has it.
            return f"+447700900{chance.randrange(1000):03d}"
        case AnswerKind.text:
            return topic
        case _:
            return _HUMAN[language]


def _one(choices: Sequence[str], chance: Random) -> str:
    return choices[chance.randrange(len(choices))]
