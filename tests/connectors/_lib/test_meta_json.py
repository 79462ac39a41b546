"""Meta's JSON and times, as found in the wild."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.meta_json import moment, read_object
from hub.contract import UnparseableEvent

AT = datetime(2021, 9, 8, 6, 34, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [1631082844, "1631082844", 1631082844000, "1631082844000", "2021-09-08T06:34:04+0000", 1631082844.0]
)
def test_a_time_is_read_in_each_notation(value: object) -> None:
    assert moment(value) == AT


@pytest.mark.parametrize("value", [None, "", "soon", "-5", 0, -1, True, [], {}, 10**30, "9" * 400, float("inf"), "²"])
def test_nonsense_is_no_time(value: object) -> None:
    assert moment(value) is None


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_an_object_is_read_as_python_reads_it(value: dict[str, object]) -> None:
    body = json.dumps(value)
    expected = json.loads(body.replace("\\u0000", "\\ufffd"))
    assert read_object(body.encode()) == expected


@given(st.binary(max_size=60))
def test_whatever_comes_is_an_object_or_marked(body: bytes) -> None:
    with suppress(UnparseableEvent):
        assert isinstance(read_object(body), dict)


def test_depth_without_end_is_marked() -> None:
    with pytest.raises(UnparseableEvent):
        read_object(b'{"a":' * 200_000)
