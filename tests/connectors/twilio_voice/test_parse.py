"""What each thing Twilio says of a call means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.twilio_voice.test_parse` writes a summary for fixtures that have none yet: read it before
you commit it.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.twilio_voice.parse import Reader
from hub.contract import CallUpdate, InboundEvent, LegUpdate, RawEvent, UnparseableEvent
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.twilio_voice.accounts import call, raw, settings_for
from tests.connectors.twilio_voice.conformance import CASE

FIXTURES = dict(CASE.fixtures())
EXPECTED = Path(__file__).parent / "expected"
READER = Reader(settings_for())


def events_of(event: RawEvent) -> Sequence[InboundEvent]:
    try:
        return READER.parse(event)
    except UnparseableEvent:
        return ()


@pytest.mark.parametrize("name", FIXTURES)
def test_it_means_what_its_summary_says(name: str) -> None:
    expected = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    assert summary(list(READER.parse(FIXTURES[name]))) == expected


@pytest.mark.parametrize("name", [name for name in FIXTURES if not name.startswith("listed")])
def test_parameters_twilio_may_add_change_nothing(name: str) -> None:
    event = FIXTURES[name]
    assert READER.parse(replace(event, body=event.body + b"&NewIn2027=x&CallToken=y&=&")) == READER.parse(event)


@pytest.mark.parametrize("name", FIXTURES)
def test_a_repetition_is_the_same_news_though_it_comes_later(name: str) -> None:
    event = FIXTURES[name]
    again = READER.parse(replace(event, received_at=event.received_at + timedelta(minutes=1)))
    assert again == READER.parse(event)
    news = [told.news_id for told in again if isinstance(told, CallUpdate | LegUpdate)]
    assert all(news)


def test_the_list_tells_the_same_news_as_the_callbacks() -> None:
    """So that what is found later changes nothing of what was told in time."""
    told = [event for name in ("agent_answers", "agent_hangs_up") for event in READER.parse(FIXTURES[name])]
    listed = READER.parse(FIXTURES["listed_leg_of_an_agent"])

    def keys(events: Sequence[InboundEvent]) -> set[object]:
        legs = [event for event in events if isinstance(event, LegUpdate)]
        return {(leg.call, leg.leg, leg.fact, leg.news_id, leg.occurred_at) for leg in legs}

    assert keys(listed) == keys(told)


def test_the_order_of_parameters_means_nothing() -> None:
    chance = random.Random(7)  # noqa: S311 - an order, not a secret
    for name in ("arrives", "agent_answers", "recording_ready"):
        pairs = parse_qsl(FIXTURES[name].body.decode(), keep_blank_values=True)
        chance.shuffle(pairs)
        assert READER.parse(replace(FIXTURES[name], body=urlencode(pairs).encode())) == READER.parse(FIXTURES[name])


@pytest.mark.parametrize("written", ["", "nonsense", "Sun, 99 Nov 2026 09:30:01 +0000"])
def test_a_time_that_is_none_is_left_to_the_hub(written: str) -> None:
    for told in READER.parse(raw(call(CallStatus="completed", Timestamp=written), {"tell": "call"})):
        assert isinstance(told, CallUpdate | LegUpdate)
        assert told.occurred_at is None


@given(body=st.binary(max_size=300), kind=st.sampled_from(["webhook", "listed"]))
def test_any_bytes_are_read_or_marked(body: bytes, kind: str) -> None:
    events_of(RawEvent(kind=kind, body=body, received_at=NOW))


@settings(max_examples=60)
@given(data=st.data())
def test_any_request_with_anything_changed_is_read_or_marked(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in FIXTURES if not name.startswith("listed")]))
    pairs = parse_qsl(FIXTURES[name].body.decode(), keep_blank_values=True)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(pairs) - 1))
        pairs[place] = (pairs[place][0], data.draw(st.text(max_size=40)))
    query = {key: data.draw(st.sampled_from([value, "", "x" * 500])) for key, value in FIXTURES[name].query.items()}
    changed = replace(FIXTURES[name], body=urlencode(pairs, errors="replace").encode(), query=query)
    for event in events_of(changed):
        json.dumps(summary(event), ensure_ascii=False).encode("utf-8")


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for fixture, event in FIXTURES.items():
        path = EXPECTED / f"{fixture}.json"
        if not path.exists():
            path.write_text(
                json.dumps(summary(list(READER.parse(event))), ensure_ascii=False, indent=2) + "\n", "utf-8"
            )
