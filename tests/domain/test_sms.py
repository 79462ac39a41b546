"""What a text costs as SMS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.sms import GSM_BASIC, sms_cost


@pytest.mark.parametrize(
    ("text", "alphabet", "segments", "left"),
    [
        ("", "gsm7", 0, 160),
        ("a" * 160, "gsm7", 1, 0),
        ("a" * 161, "gsm7", 2, 145),
        ("€" * 80, "gsm7", 1, 0),
        ("a" * 152 + "€" + "a" * 10, "gsm7", 2, 141),
        ("ż", "ucs2", 1, 69),
        ("가" * 70, "ucs2", 1, 0),
        ("가" * 71, "ucs2", 2, 63),
        ("가" * 66 + "😀" + "가" * 10, "ucs2", 2, 55),
    ],
)
def test_a_text_costs_as_the_standard_counts(text: str, alphabet: str, segments: int, left: int) -> None:
    cost = sms_cost(text)
    assert (cost.alphabet, cost.segments, cost.left) == (alphabet, segments, left)


def test_the_basic_alphabet_has_all_its_128_places() -> None:
    assert len(GSM_BASIC) == 128
    assert len(set(GSM_BASIC)) == 128


@given(st.text(max_size=500), st.text(max_size=50))
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert sms_cost(text + more).segments >= sms_cost(text).segments
