"""The demo's customers answer what bots ask, and so come to the end of each ready flow."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random

import pytest

from hub.domain.botflow.effects import Close, HandOver, Reason
from hub.domain.botflow.flow import AnswerKind
from hub.domain.botflow.happenings import Answered
from hub.domain.botflow.position import Phase
from hub.domain.botflow.reading import read_flow
from hub.services.bots.rendering import render
from hub.services.bots.starters import KEYS, starter
from hub.services.demo.live import Arrives
from hub.services.demo.to_bots import Asked, answer, asked
from tests.domain.botflow.flows import Talk, flow, message, question, tools
from tests.services.demo.played import NOW
from tests.services.demo.test_live import cast, heard

NAMES = {"en": "Ann Baker", "ko": "김민준", "pl": "Łukasz Żak"}
FIRST = {"en": "Hello, where is my parcel?", "ko": "안녕하세요, 택배가 어디 있나요?", "pl": "Gdzie jest moja paczka?"}


@dataclass
class Customer:
    """A customer of the demo who talks with a bot."""

    talk: Talk
    language: str
    chance: Random
    found: bool
    """Whether the knowledge base knows what they ask."""

    def go_on(self) -> None:
        """Write what is asked for, or let the knowledge base answer."""
        question = asked("run", self.talk.flow, self.talk.position)
        assert question is not None
        self.talk.says(self.answers(question))

    def answers(self, question: Asked) -> str:
        """Return what they write."""
        name, topic = NAMES[self.language], FIRST[self.language]
        return answer(question, name=name, topic=topic, language=self.language, chance=self.chance)

    def look_up(self) -> None:
        """Let the knowledge base answer."""
        self.talk.happens(Answered(ask=self.talk.position.ask, found=self.found, text="Soon.", article_id="a"))


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("key", KEYS)
def test_customers_come_to_the_end_of_a_ready_flow(key: str, seed: int, language: str) -> None:
    night = tools(render=render, opened=lambda _calendar: False, context={"channel": {"name": "Shop"}})
    talk = Talk(read_flow(starter(key)), night)
    customer = Customer(talk, language, Random(seed), found=seed > 0)  # noqa: S311 - it plays
    talk.says(FIRST[language])
    turns = count()
    while talk.position.phase is not Phase.over:
        assert next(turns) < 20, "they turn in circles"
        {Phase.calling: customer.look_up}.get(talk.position.phase, customer.go_on)()
    assert len([*talk.of(HandOver), *talk.of(Close)]) == 1
    assert {hand.reason for hand in talk.of(HandOver)} <= {Reason.flow}


@pytest.mark.parametrize("kind", [AnswerKind.file, AnswerKind.date, AnswerKind.number, AnswerKind.email])
@pytest.mark.parametrize("language", NAMES)
def test_who_is_asked_for_what_they_do_not_have_asks_for_a_human(kind: AnswerKind, language: str) -> None:
    talk = Talk(flow(question(answer=kind), message("thanks")))
    customer = Customer(talk, language, Random(1), found=True)  # noqa: S311 - it plays
    talk.says(FIRST[language])
    customer.go_on()
    assert [hand.reason for hand in talk.of(HandOver)] == [Reason.asked]


def test_a_question_in_two_messages_is_answered_once() -> None:
    acts, told, helped = cast(), heard(), Asked(of="run:name:1:0", answer=None, choices=("Yes", "No"))
    first, second = acts.answer_bot(told, helped, NOW), acts.answer_bot(told, helped, NOW + timedelta(seconds=1))
    (said,) = [act.said for act in first if isinstance(act, Arrives)]
    assert said.text in ("Yes", "No")
    assert second == []
