"""What counts as an answer, and which choice is meant."""

from datetime import date
from typing import Any

import pytest

from hub.domain.botflow.answers import answer_to, as_number
from hub.domain.botflow.choices import chosen, shown
from hub.domain.botflow.courtesy import is_courtesy
from hub.domain.botflow.dates import date_in
from hub.domain.botflow.flow import AnswerKind, Option
from hub.domain.botflow.happenings import Said
from hub.domain.botflow.humans import asks_for_human
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities
from tests.domain.botflow.flows import T0, options, question, tools

TODAY = date(2026, 11, 23)
TOPICS = (
    Option(id="delivery", label={"en": "Where is my order?", "ko": "주문 배송 조회", "pl": "Gdzie jest paczka?"}),
    Option(id="returns", label={"en": "Returns", "ko": "반품", "pl": "Zwroty"}, also=("refund", "환불")),
    Option(id="other", label={"en": "Something else", "ko": "기타", "pl": "Coś innego"}),
)


def answer(kind: AnswerKind, text: str, **more: Any) -> str | None:
    found = answer_to(
        question("q", kind, **more), Said(text=text, at=T0), phone=tools().phone, today=TODAY, language="en"
    )
    return found.value if found is not None else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim Minjun", "Kim Minjun"),
        ("my name is Ann Lee.", "Ann Lee"),
        ("저는 김민준입니다", "김민준"),
        ("Nazywam się Łucja Żółć", "Łucja Żółć"),
        ("O'Neill-Smith", "O'Neill-Smith"),
        ("Where is my order?", None),
        ("🙂🙂", None),
        ("12345", None),
        ("one two three four five six seven", None),
        ("a" * 200, None),
        ("ann@example.com", None),
        ("Ann\nI need help", None),
        ("", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert answer(AnswerKind.name, text) == name


@pytest.mark.parametrize(
    ("text", "address"),
    [("it is Ann@Example.COM, ok?", "ann@example.com"), ("ann at example", None), ("a@b", None), ("<x@y.z1>", None)],
)
def test_mail_addresses(text: str, address: str | None) -> None:
    assert answer(AnswerKind.email, text) == address


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", "1234.5"),
        ("1,234.50 EUR", "1234.5"),
        ("1.234.567", "1234567"),
        ("about 12", "12"),
        ("0,500", "0.5"),
        ("-3", "-3"),
        ("2 or 3", None),
        ("none", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert answer(AnswerKind.number, text) == number


def test_numbers_keep_within_their_bounds() -> None:
    assert answer(AnswerKind.number, "11", least=1, most=10) is None
    assert answer(AnswerKind.number, "10", least=1, most=10) == "10"
    assert as_number("twelve") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("12/24/26", date(2026, 12, 24)),
        ("3.1.", date(2027, 1, 3)),
        ("12월 24일", date(2026, 12, 24)),
        ("2027년 1월 3일에요", date(2027, 1, 3)),
        ("24 grudnia", date(2026, 12, 24)),
        ("Dec 24th", date(2026, 12, 24)),
        ("내일", date(2026, 11, 24)),
        ("jutro proszę", date(2026, 11, 24)),
        ("31.02.2026", None),
        ("29.02.2027", None),
        ("soon", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert date_in(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Returns", "returns"),
        ("zwroty", "returns"),
        ("반품", "returns"),
        ("2", "returns"),
        ("2번이요", "returns"),
        ("nr 3", "other"),
        ("２", "returns"),
        ("retruns", "returns"),
        ("refund please", "returns"),
        ("gdzie jest moja paczka", "delivery"),
        ("cos innego", "other"),
        ("4", None),
        ("👍", None),
        ("something completely different, namely my aunt", None),
        ("", None),
    ],
)
def test_choices_are_understood_by_number_words_and_likeness(text: str, meant: str | None) -> None:
    found = chosen(TOPICS, text)
    assert (found.id if found else None) == meant


def test_choices_that_are_times_are_told_by_their_words_first() -> None:
    times = options("10:00", "2:00")
    found = chosen(times, "2:00")
    assert found is not None
    assert found.id == "2:00"


def test_two_that_are_alike_are_not_guessed() -> None:
    assert chosen(options("Size 41", "Size 42"), "Siz") is None


def test_choices_become_numbered_lines_where_a_channel_has_no_buttons() -> None:
    three = Capabilities(buttons=(ButtonRule(form=ButtonForm.inline, max_count=3, label_limit=5),))
    assert shown("Which?", ("A", "B"), three).buttons == ("A", "B")
    assert shown("Which?", ("A", "B"), Capabilities()).text == "Which?\n1. A\n2. B"
    assert shown("Which?", (), Capabilities()).text == "Which?"


@pytest.mark.parametrize(
    "text",
    [
        "human",
        "Agent!",
        "can I speak to a human please",
        "talk to someone",
        "not a bot",
        "상담원",
        "상담원 연결 부탁드려요",
        "사람과 얘기하고 싶어요",
        "담당자 바꿔주세요",
        "poproszę konsultanta",
        "Chcę porozmawiać z człowiekiem",
        "Ich möchte mit einem Menschen sprechen",
        "quiero hablar con una persona",
        "je veux parler à un conseiller",
        "Позовите человека",
        "потрібен оператор",
        "转人工",
    ],
)
def test_a_wish_for_a_human_is_understood(text: str) -> None:
    assert asks_for_human(text)


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("Thanks!", True),
        ("감사합니다 ㅎㅎ", True),
        ("👍", True),
        ("Thanks, and my refund?", False),
        ("Dziękuję bardzo", True),
        ("Thanks but no", False),
    ],
)
def test_a_mere_thank_you_is_told_from_a_wish(text: str, courtesy: bool) -> None:
    assert is_courtesy(text) is courtesy


@pytest.mark.parametrize(
    "text",
    [
        "Is this shampoo for human hair?",
        "My travel agent booked the wrong day and now the hotel says it knows nothing about it",
        "두 사람 예약하고 싶어요",
        "Table for one person",
        "operatora koparki szukam od dwóch tygodni bez skutku",
        "hello",
        "",
        "🙂",
    ],
)
def test_what_merely_mentions_one_is_no_such_wish(text: str) -> None:
    assert not asks_for_human(text)
