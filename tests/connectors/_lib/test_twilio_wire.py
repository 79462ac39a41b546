"""Twilio's forms are read as the standard library reads them, in half the time."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.twilio_wire import MOST_PARAMETERS, pairs_of


@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_was_encoded_is_read_back(pairs: list[tuple[str, str]]) -> None:
    said = [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in pairs]
    assert pairs_of(urlencode(said).encode()) == [(name.decode(), value.decode()) for name, value in said]


@given(st.text(alphabet="ab=&+%;C3\u0142 0_\r\n\t", max_size=60))
def test_any_text_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert pairs_of(text.encode()) == parse_qsl(text, keep_blank_values=True, errors="replace")


def test_a_form_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        pairs_of(b"a=1&" * (MOST_PARAMETERS + 1))
