"""What each callback means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.viber.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.viber.parse import parse_callback
from hub.contract import DeliveryReceipt, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import ContentKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.viber.conformance import CASE

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_a_callback_means_what_its_summary_says(name: str) -> None:
    events = parse_callback(FIXTURES[name])
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


def raw(body: object) -> RawEvent:
    return RawEvent(kind="webhook", body=json.dumps(body).encode(), received_at=NOW)


def said(**message: object) -> InboundMessage:
    body = {
        "event": "message",
        "message_token": 7,
        "sender": {"id": "a="},
        "message": message,
        "timestamp": 1790000000000,
    }
    (event,) = parse_callback(raw(body))
    assert isinstance(event, InboundMessage)
    return event


def test_a_token_of_64_bits_keeps_its_digits() -> None:
    (receipt,) = parse_callback(FIXTURES["delivered"])
    assert isinstance(receipt, DeliveryReceipt)
    assert receipt.external_id == "18446744073709551615"


def test_a_link_with_a_context_tells_where_somebody_came_from() -> None:
    (opened,) = parse_callback(FIXTURES["conversation_started"])
    assert isinstance(opened, InboundMessage)
    assert (opened.source, opened.opens_wait) == ("spring-offer", False)


@pytest.mark.parametrize("media", ["", "file:///etc/passwd", "javascript:alert(1)", "https://[", "no address"])
def test_what_is_no_address_is_not_fetched(media: str) -> None:
    assert said(type="picture", media=media, text="words").attachments == ()
    assert said(type="picture", media=media, text="words").content is ContentKind.unsupported
    assert said(type="sticker", media=media).content is ContentKind.sticker


@pytest.mark.parametrize("place", [{}, {"lat": "north", "lon": 1}, {"lat": True, "lon": 1}, {"lat": 91, "lon": 0}])
def test_a_place_that_is_none_is_not_guessed(place: dict[str, object]) -> None:
    assert said(type="location", location=place).content is ContentKind.unsupported


@pytest.mark.parametrize("name", FIXTURES)
def test_fields_nobody_knows_change_nothing(name: str) -> None:
    told = FIXTURES[name]
    richer = json.loads(told.body, object_hook=lambda found: {**found, "brand_new": {"x": [1, None]}})
    more = RawEvent(kind=told.kind, body=json.dumps(richer).encode(), received_at=NOW)
    plain, rich = ([type(event) for event in parse_callback(one)] for one in (told, more))
    assert plain == rich


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
EVENTS = st.sampled_from(["message", "seen", "failed", "subscribed", "unsubscribed", "conversation_started", "x"])
KINDS = st.sampled_from(["text", "picture", "video", "file", "location", "contact", "url", "sticker", "x"])
FIELDS = st.sampled_from(["text", "media", "location", "contact", "file_name", "file_size", "duration", "size"])


@given(EVENTS, JSON, JSON, KINDS, st.dictionaries(FIELDS, JSON, max_size=5))
def test_whatever_the_json_holds_it_is_read_or_marked(
    event: str, token: object, when: object, kind: str, fields: dict[str, object]
) -> None:
    person = {"id": "a=", "name": token}
    body = {"event": event, "message_token": token, "timestamp": when, "sender": person, "user": person}
    for message in ({**fields, "type": kind}, token):
        assert outcome({**body, "message": message}) in {"read", "marked"}
        assert outcome({**body, "message_token": 7, "user_id": when, "message": message}) in {"read", "marked"}


def outcome(body: object) -> str:
    try:
        parse_callback(raw(body))
    except UnparseableEvent:
        return "marked"
    return "read"


def write_missing() -> None:
    for name, event in FIXTURES.items():
        if not expected_of(name).exists():
            events = summary(list(parse_callback(event)))
            expected_of(name).write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_missing()
