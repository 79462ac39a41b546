"""Choices become buttons where a channel has them, and a press counts for the question it was under."""

from uuid import UUID

import pytest

from hub.domain.botflow.choices import button_data, read_button
from hub.domain.botflow.effects import AskKnowledge, CountHelp, HandOver, Reason
from hub.domain.botflow.flow import AnswerKind, Faq, Hand
from hub.domain.botflow.happenings import Answered, Press
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities
from hub.domain.sending import buttons_for
from tests.domain.botflow.flows import Talk, flow, options, question

RUN, OTHER = UUID(int=1), UUID(int=2)


def two_questions() -> Talk:
    return Talk(
        flow(
            question("size", AnswerKind.choice, "colour", options=options("Small", "Large")),
            question("colour", AnswerKind.choice, "end", options=options("Red", "Blue")),
            Hand(id="end", text={"en": "Thank you!"}),
        )
    )


def test_a_press_answers_the_question_it_is_under() -> None:
    talk = two_questions()
    talk.says("Hi")
    assert talk.presses("Large") == ["colour?"]
    assert talk.presses("Blue") == ["Thank you!"]
    assert talk.position.variables == {"size": "large", "size_label": "Large", "colour": "blue", "colour_label": "Blue"}


def test_the_same_button_twice_is_no_answer_to_the_next_question() -> None:
    talk = two_questions()
    talk.says("Hi")
    talk.presses("Large")
    assert talk.presses("Large", asked=1) == []
    assert talk.position.step == "colour"
    assert talk.position.remarks == ()


def test_another_button_of_an_earlier_question_is_told_to_colleagues_and_the_question_asked_once_more() -> None:
    talk = two_questions()
    talk.says("Hi")
    talk.presses("Large")
    assert talk.presses("Small", asked=1) == ["colour?"]
    assert (talk.position.remarks, talk.position.tries) == (("Small",), 0)
    assert talk.presses("Red") == ["Thank you!"]


def test_a_button_of_another_run_is_no_answer_either() -> None:
    talk = two_questions()
    talk.says("Hi")
    assert talk.says("Large", press=Press(asked=0, place=1)) == ["size?"]
    assert talk.position.variables == {}


def test_a_question_asked_again_in_other_words_still_takes_its_first_buttons() -> None:
    talk = two_questions()
    talk.says("Hi")
    talk.says("banana")
    assert talk.presses("Small", asked=1) == ["colour?"]


def test_a_button_of_an_old_question_that_asks_for_a_human_brings_one() -> None:
    talk = Talk(
        flow(
            question("first", AnswerKind.choice, "second", options=options("Order", "Operator")),
            question("second", AnswerKind.text, "end"),
            Hand(id="end"),
        )
    )
    talk.says("Hi")
    talk.presses("Order")
    talk.presses("Operator", asked=1)
    assert [one.reason for one in talk.of(HandOver)] == [Reason.asked]


def test_whether_an_article_helped_is_pressed_and_only_once() -> None:
    talk = Talk(
        flow(
            Faq(id="faq", exits={"helped": "more", "not_helped": "end", "none": "end"}),
            question("more", AnswerKind.text, "end"),
            Hand(id="end"),
        )
    )
    talk.says("Where is my parcel?")
    [asked] = talk.of(AskKnowledge)
    talk.happens(Answered(ask=asked.ask, found=True, text="On its way.", article_id="a1"))
    assert talk.presses("Yes") == ["more?"]
    assert talk.presses("Yes", asked=1) == []
    assert [one.helped for one in talk.of(CountHelp)] == [True]


def test_what_a_button_carries_is_short_and_names_its_run() -> None:
    data = button_data(RUN, 999_999, 99)
    assert data.isascii()
    assert len(data) <= 64
    assert read_button(data, RUN) == Press(asked=999_999, place=99)
    assert read_button(data, OTHER) == Press(asked=0, place=99)


@pytest.mark.parametrize("data", ["", "helped:yes", "hub:", "hub:0:1:2", f"hub:{RUN.hex}:x:1", f" hub:{RUN.hex}:1:1"])
def test_other_programs_buttons_are_only_words(data: str) -> None:
    assert read_button(data, RUN) is None


@pytest.mark.parametrize(
    ("text", "labels", "form"),
    [
        ("Which?", ("A", "B", "C"), ButtonForm.inline),
        ("Which?", ("A", "B", "C", "D"), ButtonForm.list),
        ("Which?", ("A", "B", "Longer"), ButtonForm.list),
        ("W" * 21, ("A", "B"), ButtonForm.list),
        ("W" * 31, ("A", "B"), None),
        ("Which?", ("A", "Far too long"), None),
        ("Which?", ("A", "B", "C", "D", "E"), None),
        ("Which?", ("A", " "), None),
        (" ", ("A", "B"), None),
        ("Which?", (), None),
    ],
)
def test_the_first_form_that_fits_is_taken(text: str, labels: tuple[str, ...], form: ButtonForm | None) -> None:
    rules = (
        ButtonRule(form=ButtonForm.inline, max_count=3, label_limit=5, text_limit=20),
        ButtonRule(form=ButtonForm.list, max_count=4, label_limit=8),
    )
    found = buttons_for(Capabilities(text_limit=30, buttons=rules), text, labels)
    assert (found.form if found else None) == form
