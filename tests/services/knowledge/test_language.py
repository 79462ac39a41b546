"""The language of customers' short messages; where it is unsure, nothing is claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.services.knowledge.language import guess, language_of

OURS = ("en", "ko", "pl")
SAID = [
    ("hello", "en"),
    ("Hi", "en"),
    ("Kiedy przyjdzie moja paczka?", "pl"),
    ("gdzie jest moje zamowienie", "pl"),
    ("dzien dobry", "pl"),
    ("cześć", "pl"),
    ("반품하고 싶어요 iPhone 15 Pro Max", "ko"),
    ("where is my order", "en"),
    ("Ile kosztuje wysylka do Krakowa", "pl"),
    ("👍👍", ""),
    ("12345", ""),
    ("thx", "en"),
    ("https://allegro.pl/oferta/12 ???", ""),
    ("ㅋㅋㅋ", "ko"),
    ("iPhone", ""),
    ("Kowalski", ""),
    ("My name is Kim Minsu", "en"),
    ("Nazywam się Jan", "pl"),
    ("no", ""),
    ("nie", "pl"),
    ("test", ""),
    ("ok", ""),
]
ANY = [
    ("Bonjour, où est ma commande ?", "fr"),
    ("привет", "ru"),
    ("Де моє замовлення?", "uk"),
    ("Wo ist meine Bestellung", "de"),
    ("你好,我的订单在哪里", "zh"),
    ("注文はどこですか", "ja"),
    ("gracias por su ayuda", "es"),
    ("Σας ευχαριστώ", "el"),
    ("asdfgh", ""),
]


@pytest.mark.parametrize(("text", "language"), SAID)
def test_one_of_the_languages_in_question_is_told(text: str, language: str) -> None:
    assert guess(text, OURS) == language


@pytest.mark.parametrize(("text", "language"), ANY)
def test_any_language_is_told_where_none_is_asked_for(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_language_that_is_not_in_question_is_not_told() -> None:
    assert guess("注文はどこですか", OURS) == ""


@given(st.text(max_size=1000))
def test_no_text_breaks_it(text: str) -> None:
    assert guess(text, OURS) in {"", *OURS}
