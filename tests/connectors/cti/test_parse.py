"""What each thing a telephone system tells means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.cti.test_parse` writes a summary for fixtures that have none yet: read it before you commit
it.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.cti.parse import EVENTS, Reader
from hub.contract import CallUpdate, InboundEvent, RawEvent, UnparseableEvent
from hub.domain.call_marks import Fact
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.cti.conformance import CASE
from tests.connectors.cti.systems import raw, settings, started

FIXTURES = dict(CASE.fixtures())
EXPECTED = Path(__file__).parent / "expected"
READER = Reader(settings())


def events_of(event: RawEvent) -> Sequence[InboundEvent]:
    try:
        return READER.parse(event)
    except UnparseableEvent:
        return ()


def call_of(told: dict[str, object]) -> str:
    first = READER.parse(raw(told))[0]
    assert isinstance(first, CallUpdate)
    return first.external_id


@pytest.mark.parametrize("name", FIXTURES)
def test_it_means_what_its_summary_says(name: str) -> None:
    expected = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    assert summary(list(READER.parse(FIXTURES[name]))) == expected


@pytest.mark.parametrize("name", FIXTURES)
def test_a_repetition_is_the_same_news_though_it_comes_later(name: str) -> None:
    event = FIXTURES[name]
    assert READER.parse(replace(event, received_at=event.received_at + timedelta(minutes=1))) == READER.parse(event)


def test_a_call_registered_again_without_an_id_is_the_same_call() -> None:
    told = started(id="", started_at="2026-11-22T09:30:01Z")
    again = started(id="", started_at="2026-11-22T10:30:01+01:00", at="2026-11-22T09:55:00Z")
    other = started(id="", started_at="2026-11-22T09:31:01Z")
    assert call_of(told) == call_of(again)
    assert call_of(told) != call_of(other)


def test_a_caller_who_hung_up_was_not_given_up_by_the_system() -> None:
    def facts(cause: str) -> set[Fact]:
        told = READER.parse(raw(started(event="ended", cause=cause)))
        return {event.fact for event in told if isinstance(event, CallUpdate)}

    assert facts("cancelled") == {Fact.ended}
    assert facts("no_answer") == {Fact.gave_up, Fact.ended}


def test_two_holds_of_one_call_are_two() -> None:
    first, second = (
        READER.parse(raw({"event": "held", "id": "17", "at": f"2026-11-22T09:3{minute}:00Z"}))[0] for minute in (1, 2)
    )
    assert isinstance(first, CallUpdate)
    assert isinstance(second, CallUpdate)
    assert first.news_id != second.news_id


@given(body=st.binary(max_size=300))
def test_any_bytes_are_read_or_marked(body: bytes) -> None:
    events_of(RawEvent(kind="webhook", body=body, received_at=NOW))


_VALUES = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(max_size=30), st.lists(st.text(max_size=5), max_size=3)
)


@given(
    event=st.sampled_from(sorted(EVENTS)),
    changes=st.dictionaries(
        st.sampled_from(["id", "direction", "from", "to", "agent", "user", "at", "cause", "call", "recording_url"]),
        _VALUES,
        max_size=4,
    ),
)
def test_any_field_with_anything_in_it_is_read_or_marked(event: str, changes: dict[str, object]) -> None:
    body = json.dumps({**started(event=event), **changes}).encode()
    for told in events_of(RawEvent(kind="webhook", body=body, received_at=NOW)):
        json.dumps(summary(told), ensure_ascii=False).encode("utf-8")


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for fixture, event in FIXTURES.items():
        path = EXPECTED / f"{fixture}.json"
        if not path.exists():
            path.write_text(
                json.dumps(summary(list(READER.parse(event))), ensure_ascii=False, indent=2) + "\n", "utf-8"
            )
