"""Bodies of raw events: what is an object is read, with texts any database takes; anything else is marked."""

import pytest

from connectors._lib.json_body import read_object
from hub.contract import UnparseableEvent


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff", b"[]", b'"text"', b"{", b"null", b"[" * 100_000])
def test_what_is_no_object_is_marked_in_words(body: bytes) -> None:
    with pytest.raises(UnparseableEvent, match="Acme sent a body"):
        read_object(body, "Acme")


def test_letters_no_database_takes_are_mended_wherever_they_stand() -> None:
    body = rb'{"a\u0000": ["b\ud83d", {"c": "\ud83d\ude00"}], "n": 1}'
    assert read_object(body, "Acme") == {"a": ["b?", {"c": "😀"}], "n": 1}
