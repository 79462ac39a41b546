"""Looking into JSON of any shape never raises, and what it finds can be stored."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.loose_json import flag, inner, number, objects, storable, text, texts, whole

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=10), inside, max_size=3),
    max_leaves=8,
)


@given(value=ANYTHING)
def test_what_is_of_another_kind_is_empty(value: Any) -> None:
    of = {"a": value}
    assert isinstance(text(of, "a"), str)
    assert isinstance(number(of, "a"), int | float | None)
    assert isinstance(whole(of, "a"), int | None)
    assert flag(of, "a") is (value is True)
    assert isinstance(inner(of, "a"), dict)
    assert all(isinstance(one, dict) for one in objects(of, "a"))
    assert all(isinstance(one, str) for one in texts(of, "a"))


@pytest.mark.parametrize(
    ("spelled", "kept"),
    [('"a\\u0000b"', "ab"), ('"\\ud83d\\ude00"', "😀"), ('"cut \\ud83d"', "cut ?"), ('"안녕"', "안녕")],
)
def test_a_text_can_be_stored_however_it_is_spelled(spelled: str, kept: str) -> None:
    assert text({"a": json.loads(spelled)}, "a") == kept


@given(st.text(max_size=30))
def test_what_can_be_stored_stays_as_it_is(value: str) -> None:
    assert storable(value) == value.replace("\x00", "")


def test_the_first_field_that_says_something_counts() -> None:
    assert text({"a": "", "b": None, "c": "x", "d": "y"}, "a", "b", "c", "d") == "x"


@pytest.mark.parametrize("value", [True, -1, float("nan"), float("inf"), "7", 2**60])
def test_what_is_no_sensible_number_is_none(value: object) -> None:
    assert number({"a": value}, "a") is None
    assert whole({"a": value}, "a") is None
