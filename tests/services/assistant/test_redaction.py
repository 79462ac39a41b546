"""What must not leave the house does not; what the model says of it is put back here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.assistant import Redact
from hub.services.assistant.redaction import Redactor, redacted

TAKEN_OUT = [
    ("My card is 4111 1111 1111 1111, thanks", "My card is [card], thanks"),
    ("PESEL 44051401359", "PESEL [pesel]"),
    ("주민번호 900101-1234567 입니다", "주민번호 [rrn] 입니다"),
    ("IBAN PL61 1090 1014 0000 0712 1981 2874", "IBAN [iban]"),
    ("Write to jan.kowalski+shop@example.co.uk!", "Write to [email 1]!"),
    ("a@b.com and c@d.com and a@b.com", "[email 1] and [email 2] and [email 1]"),
    ("call +48 600 123 456 or 010-1234-5678", "call [phone 1] or [phone 2]"),
    ("tel. (22) 123 45 67 8", "tel. [phone 1]"),
]
LEFT_IN = [
    "Order 12345 of 2026-03-02 was 59.90 EUR",
    "between 10:00 and 18:00, 30 days",
    "02.03.2026",
    "item 1234567",
    "https://shop.example/orders/12345678901",
    "반품은 14일 이내입니다",
]


@pytest.mark.parametrize(("text", "left"), TAKEN_OUT)
def test_numbers_and_addresses_are_taken_out(text: str, left: str) -> None:
    assert redacted(text).text == left


@pytest.mark.parametrize("text", LEFT_IN)
def test_what_the_question_needs_stays(text: str) -> None:
    assert redacted(text).text == text


def test_addresses_stay_where_an_admin_chose_so_but_cards_never() -> None:
    text = "a@b.com +48 600 123 456 4111111111111111"
    assert redacted(text, ()).text == "a@b.com +48 600 123 456 [card]"
    assert redacted(text, (Redact.email,)).text == "[email 1] +48 600 123 456 [card]"


def test_what_the_model_says_of_an_address_is_put_back_and_what_it_made_up_is_not() -> None:
    redactor = Redactor()
    redactor.take_out("a@b.com, 4111 1111 1111 1111")
    assert redactor.put_back("Sent to [email 1], not [Email 1]; [email 2], [card]") == (
        "Sent to a@b.com, not a@b.com; [email 2], [card]"
    )


@given(st.text(max_size=300), st.sampled_from(["4111111111111111", "5500 0000 0000 0004", "44051401359"]))
def test_a_card_or_id_never_leaves_whatever_stands_around_it(around: str, number: str) -> None:
    assert number not in redacted(f"{around} {number} {around}").text


@given(st.text(max_size=500))
def test_putting_back_undoes_taking_out_where_nothing_is_for_ever(text: str) -> None:
    redactor = Redactor()
    left = redactor.take_out(text)
    assert redactor.put_back(left) == text or "[" in left
