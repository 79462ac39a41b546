"""What each event means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.vk.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.vk.parse import parse_event
from hub.contract import DeliveryReceipt, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import AuthorKind, ContentKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.vk.communities import ANNA, CHAT
from tests.connectors.vk.conformance import CASE
from tests.connectors.vk.fake_vk import GROUP

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_an_event_means_what_its_summary_says(name: str) -> None:
    events = parse_event(FIXTURES[name], GROUP)
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


def raw(kind: str, thing: object) -> RawEvent:
    body = json.dumps({"group_id": GROUP, "type": kind, "object": thing}).encode()
    return RawEvent(kind="longpoll", body=body, received_at=NOW)


def said(**message: Any) -> InboundMessage:
    whole = {"peer_id": ANNA, "from_id": ANNA, "conversation_message_id": 5, "date": 1790000000, **message}
    (event,) = parse_event(raw("message_new", {"message": whole}), GROUP)
    assert isinstance(event, InboundMessage)
    return event


def echo(**message: Any) -> object:
    whole = {
        "peer_id": ANNA,
        "from_id": -GROUP,
        "conversation_message_id": 5,
        "date": 1790000000,
        "text": "x",
        **message,
    }
    return parse_event(raw("message_reply", whole), GROUP)[0]


def test_an_admin_in_vk_itself_is_an_agent_and_other_programs_are_bots() -> None:
    admin, program = echo(admin_author_id=1, random_id=7), echo(random_id=7)
    assert isinstance(admin, InboundMessage)
    assert isinstance(program, InboundMessage)
    assert (admin.author, program.author) == (AuthorKind.agent, AuthorKind.bot)
    assert admin.counterpart is not None
    assert admin.counterpart.value == str(ANNA)


def test_what_we_sent_comes_back_as_a_receipt_of_our_delivery() -> None:
    (receipt,) = parse_event(FIXTURES["echo_of_ours"], GROUP)
    assert isinstance(receipt, DeliveryReceipt)
    assert str(receipt.delivery_id) == "01930000-0000-7000-8000-000000000d00"


def test_further_parts_of_what_we_sent_say_nothing_new() -> None:
    payload = '{"hub_delivery": "01930000-0000-7000-8000-000000000d00", "part": 1}'
    further = {"peer_id": ANNA, "from_id": -GROUP, "conversation_message_id": 6, "payload": payload}
    assert parse_event(raw("message_reply", further), GROUP) == ()


@pytest.mark.parametrize(
    "payload", ['{"hub_delivery": 1}', '{"hub_delivery": "x"}', "hub_delivery", '["hub_delivery"]']
)
def test_a_payload_that_only_looks_like_ours_is_another_programs(payload: str) -> None:
    assert isinstance(echo(payload=payload), InboundMessage)


def test_a_customer_cannot_claim_to_be_us_with_our_payload() -> None:
    message = said(text="x", payload='{"hub_delivery": "01930000-0000-7000-8000-000000000d00"}')
    assert message.author is AuthorKind.contact


def test_a_chat_of_many_is_one_thread_with_its_writers() -> None:
    message = said(peer_id=CHAT, text="x")
    assert (message.thread, message.group, message.external_id) == (str(CHAT), True, f"{CHAT}:5")
    assert message.counterpart is not None
    assert message.counterpart.stand_in == "VK chat"


def test_polled_and_called_events_mean_the_same() -> None:
    event = json.loads(FIXTURES["photo"].body)
    del event["secret"]
    polled = RawEvent(kind="longpoll", body=json.dumps(event).encode(), received_at=NOW)
    assert parse_event(polled, GROUP) == parse_event(FIXTURES["photo"], GROUP)


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:alert(1)", "https://x/" + "a" * 2100, 7])
def test_what_is_no_address_is_not_fetched(url: object) -> None:
    for kind in ("doc", "graffiti", "audio_message"):
        thing = {"url": url, "link_ogg": url, "width": 1, "height": 1}
        message = said(attachments=[{"type": kind, kind: thing}])
        assert message.attachments == ()
        assert message.content is ContentKind.unsupported


def test_forwarded_messages_nest_no_deeper_than_a_reader_follows() -> None:
    forwarded: dict[str, Any] = {"text": "deepest"}
    for _ in range(50):
        forwarded = {"text": "more", "fwd_messages": [forwarded]}
    text = said(text="see", fwd_messages=[forwarded]).text
    assert text == "see\n> more\n> > more\n> > > more"


@pytest.mark.parametrize("name", FIXTURES)
def test_fields_nobody_knows_change_nothing(name: str) -> None:
    told = FIXTURES[name]
    richer = json.loads(told.body, object_hook=lambda found: {**found, "brand_new": {"x": [1, None]}})
    more = RawEvent(kind=told.kind, body=json.dumps(richer).encode(), received_at=NOW)
    plain, rich = ([type(event) for event in parse_event(one, GROUP)] for one in (told, more))
    assert plain == rich


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
EVENTS = st.sampled_from(
    ["message_new", "message_reply", "message_edit", "message_read", "message_event", "message_reaction_event", "x"]
)
KINDS = st.sampled_from(["photo", "doc", "audio_message", "sticker", "wall", "link", "market", "poll", "gift", "x"])
FIELDS = st.sampled_from(
    ["text", "geo", "fwd_messages", "reply_message", "payload", "action", "date", "random_id", "sizes", "url", "id"]
)


@given(EVENTS, KINDS, st.dictionaries(FIELDS, JSON, max_size=6), JSON)
def test_whatever_the_json_holds_it_is_read_or_marked(
    event: str, kind: str, fields: dict[str, object], other: object
) -> None:
    whole = {
        "peer_id": ANNA,
        "from_id": ANNA,
        "conversation_message_id": 5,
        "user_id": 1,
        "event_id": "e",
        "payload": other,
    }
    message = {**whole, **fields, "attachments": [{"type": kind, kind: fields}, {"type": kind, kind: other}]}
    for thing in (message, {"message": message}, {**fields, "peer_id": other}, other):
        assert outcome(raw(event, thing)) in {"read", "marked"}


def outcome(event: RawEvent) -> str:
    try:
        parse_event(event, GROUP)
    except UnparseableEvent:
        return "marked"
    return "read"


def write_missing() -> None:
    for name, event in FIXTURES.items():
        if not expected_of(name).exists():
            events = summary(list(parse_event(event, GROUP)))
            expected_of(name).write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write_missing()
