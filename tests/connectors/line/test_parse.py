"""What each event means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.line.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.line.parse import parse_webhook
from hub.contract import ContactPointBlocked, InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.line.accounts import ANNA, GROUP
from tests.connectors.line.conformance import CASE
from tests.connectors.line.fake_line import BOT

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_an_event_means_what_its_summary_says(name: str) -> None:
    events = parse_webhook(FIXTURES[name], BOT)
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


def told(**event: object) -> list[InboundEvent]:
    given = {"timestamp": 1790000000000, "source": {"type": "user", "userId": ANNA}, "mode": "active", **event}
    body = json.dumps({"destination": BOT, "events": [given]}).encode()
    return list(parse_webhook(RawEvent(kind="webhook", body=body, received_at=NOW), BOT))


def said(**message: object) -> InboundMessage:
    (event,) = told(type="message", message={"id": "1", **message})
    assert isinstance(event, InboundMessage)
    return event


def test_an_event_of_another_account_is_kept_and_named() -> None:
    with pytest.raises(UnparseableEvent, match="another LINE account"):
        parse_webhook(FIXTURES["text"], "U" + "0" * 32)


def test_without_our_user_id_every_signed_event_is_ours() -> None:
    assert parse_webhook(FIXTURES["text"], "") == parse_webhook(FIXTURES["text"], BOT)


def test_a_message_told_again_is_the_same_message() -> None:
    first, again = (parse_webhook(FIXTURES[name], BOT)[0] for name in ("text", "redelivery"))
    assert isinstance(first, InboundMessage)
    assert isinstance(again, InboundMessage)
    assert first.external_id == again.external_id


def test_in_standby_a_message_is_shown_and_asks_for_no_answer() -> None:
    (message,) = parse_webhook(FIXTURES["standby"], BOT)
    assert isinstance(message, InboundMessage)
    assert message.text
    assert not message.opens_wait


def test_who_is_not_named_in_a_group_is_shown_as_the_group() -> None:
    (message,) = parse_webhook(FIXTURES["group_without_user"], BOT)
    assert isinstance(message, InboundMessage)
    assert message.sender == message.counterpart
    assert (message.thread, message.sender.stand_in) == (GROUP, "LINE group")


def test_a_block_is_told_with_its_time() -> None:
    (event,) = told(type="unfollow")
    assert isinstance(event, ContactPointBlocked)
    assert event.blocked
    assert event.occurred_at is not None


@pytest.mark.parametrize("timestamp", [None, "soon", -1, 0, 10**30, True, float("nan")])
def test_a_time_that_is_none_is_not_guessed(timestamp: object) -> None:
    (message,) = told(type="message", timestamp=timestamp, message={"id": "1", "type": "text", "text": "x"})
    assert isinstance(message, InboundMessage)
    assert message.occurred_at is None


@pytest.mark.parametrize("coordinates", [{}, {"latitude": 91, "longitude": 0}, {"latitude": "52", "longitude": 21}])
def test_a_place_that_is_none_still_shows_its_words(coordinates: dict[str, object]) -> None:
    assert said(type="location", title="Shop", **coordinates).text == "Shop"
    assert said(type="location", **coordinates).data["what"] == "location"


@pytest.mark.parametrize("sticker", ["../../secret", "", "１２", "9" * 400])
def test_a_sticker_leads_to_no_other_address(sticker: str) -> None:
    files = said(type="sticker", stickerId=sticker).attachments
    assert all(str(file.source).removeprefix("sticker:").isdecimal() for file in files)
    assert all(len(str(file.source)) < 60 for file in files)


def test_letters_no_database_takes_are_replaced() -> None:
    assert said(type="text", text="a\x00b\ud83dc").text == "ab?c"


@pytest.mark.parametrize("name", FIXTURES)
def test_fields_nobody_knows_change_nothing(name: str) -> None:
    told = FIXTURES[name]
    richer = json.loads(told.body, object_hook=lambda found: {**found, "brand_new": {"x": [1, None]}})
    more = RawEvent(kind=told.kind, body=json.dumps(richer).encode(), received_at=NOW)
    plain, rich = ([type(event) for event in parse_webhook(one, BOT)] for one in (told, more))
    assert plain == rich


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
KINDS = st.sampled_from(["message", "unsend", "postback", "follow", "join", "memberJoined", "memberLeft", "x"])
MESSAGES = st.sampled_from(["text", "image", "video", "audio", "file", "location", "sticker", "x"])
NAMES = st.sampled_from(
    ["text", "id", "contentProvider", "duration", "fileName", "fileSize", "latitude", "keywords", "mention", "imageSet"]
)


@given(KINDS, JSON, JSON, MESSAGES, st.dictionaries(NAMES, JSON, max_size=5))
def test_whatever_the_json_holds_it_is_read_or_marked(
    kind: str, source: object, detail: object, message: str, fields: dict[str, object]
) -> None:
    event = {"type": kind, "source": source, kind: detail, "message": {**fields, "type": message}, "timestamp": detail}
    named = {**event, "source": {"type": "group", "groupId": GROUP, "userId": source}, "webhookEventId": "e1"}
    for one in (event, named):
        body = json.dumps({"destination": BOT, "events": [one]}).encode()
        assert outcome(body) in {"read", "marked"}


def outcome(body: bytes) -> str:
    try:
        parse_webhook(RawEvent(kind="webhook", body=body, received_at=NOW), BOT)
    except UnparseableEvent:
        return "marked"
    return "read"


def write_missing() -> None:
    for name, raw in FIXTURES.items():
        if not expected_of(name).exists():
            events = summary(list(parse_webhook(raw, BOT)))
            expected_of(name).write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_missing()
