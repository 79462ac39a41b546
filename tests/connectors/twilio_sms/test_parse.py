"""What each thing Twilio says means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.twilio_sms.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.twilio_sms.addresses import sender_of
from connectors.twilio_sms.keywords import HELP, START, STOP, Keywords, words_of
from connectors.twilio_sms.parse import Reader
from hub.contract import (
    ContactPointLearned,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    OptedOut,
    RawEvent,
    UnparseableEvent,
)
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.twilio_sms.accounts import inbound, webhook
from tests.connectors.twilio_sms.conformance import CASE
from tests.connectors.twilio_sms.provider import OURS, SERVICE, WHATSAPP

FIXTURES = dict(CASE.fixtures())
EXPECTED = Path(__file__).parent / "expected"
KEYWORDS = Keywords(stop=frozenset(words_of(STOP)), start=frozenset(words_of(START)), help=frozenset(words_of(HELP)))
READER = Reader(keywords=KEYWORDS, sender=sender_of(OURS))


def events_of(raw: RawEvent) -> Sequence[InboundEvent]:
    try:
        return READER.parse(raw)
    except UnparseableEvent:
        return ()


def message_of(**more: str) -> InboundMessage:
    message = READER.parse(webhook(inbound(**more)))[0]
    assert isinstance(message, InboundMessage)
    return message


@pytest.mark.parametrize("name", FIXTURES)
def test_it_means_what_its_summary_says(name: str) -> None:
    expected = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    assert summary(list(READER.parse(FIXTURES[name]))) == expected


@pytest.mark.parametrize("name", [name for name in FIXTURES if not name.startswith("listed")])
def test_parameters_twilio_may_add_change_nothing(name: str) -> None:
    more = FIXTURES[name].body + b"&NewIn2027=x&Body2=&=&MediaUrl77=x"
    assert READER.parse(webhook(more)) == READER.parse(FIXTURES[name])


def test_the_same_events_whatever_order_the_parameters_come_in() -> None:
    chance = random.Random(7)  # noqa: S311 - an order, not a secret
    for name, raw in FIXTURES.items():
        pairs = parse_qsl(raw.body.decode(), keep_blank_values=True)
        chance.shuffle(pairs)
        listed = name.startswith("listed")
        assert listed or READER.parse(webhook(urlencode(pairs).encode())) == READER.parse(raw), name


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " StopAll\n", "Unsubscribe", "CANCEL", "end", "quit", "Revoke", "optout"]
)
def test_an_opt_out_word_alone_opts_out_and_asks_for_no_answer(word: str) -> None:
    message, opted = READER.parse(webhook(inbound(Body=word)))
    assert isinstance(message, InboundMessage)
    assert not message.opens_wait
    assert isinstance(opted, OptedOut)
    assert (opted.opted_out, opted.keyword) == (True, word.strip())


@pytest.mark.parametrize("text", ["Please stop", "stop.it", "ST OP", "END of month?", "стоп", ""])
def test_other_texts_opt_nobody_out(text: str) -> None:
    (message,) = READER.parse(webhook(inbound(Body=text)))
    assert isinstance(message, InboundMessage)
    assert message.opens_wait


def test_start_opts_in_again_and_a_yes_may_still_be_an_answer() -> None:
    start, yes = (READER.parse(webhook(inbound(Body=word))) for word in ("Start", "Yes"))
    assert [event.opted_out for event in (*start, *yes) if isinstance(event, OptedOut)] == [False, False]
    assert [event.opens_wait for event in (*start, *yes) if isinstance(event, InboundMessage)] == [False, True]


def test_help_is_marked_and_waits_for_a_person() -> None:
    message = message_of(Body="INFO")
    assert message.data == {"keyword": "HELP"}
    assert message.opens_wait


def test_twilios_own_word_for_an_opt_out_counts_more_than_the_text() -> None:
    told = READER.parse(webhook(inbound(Body="Nie pisz", OptOutType="STOP")))
    help_only = READER.parse(webhook(inbound(Body="STOP", OptOutType="HELP")))
    assert [event.opted_out for event in told if isinstance(event, OptedOut)] == [True]
    assert [event for event in help_only if isinstance(event, OptedOut)] == []


def test_a_number_is_the_same_person_on_sms_and_whatsapp() -> None:
    sms, whatsapp = message_of(), message_of(From="whatsapp:+447700900001")
    assert (sms.sender.namespace, sms.sender.value) == (whatsapp.sender.namespace, whatsapp.sender.value)
    assert sms.thread != whatsapp.thread


def test_whatsapps_own_id_of_a_person_is_learned_beside_the_number() -> None:
    events = READER.parse(webhook(inbound(From="whatsapp:+447700900001", ExternalUserId="whatsapp:GB.1")))
    (learned,) = [event for event in events if isinstance(event, ContactPointLearned)]
    assert learned.learned is not None
    assert (learned.known.value, learned.learned.namespace, learned.learned.value) == (
        "+447700900001",
        "whatsapp",
        "GB.1",
    )


@pytest.mark.parametrize(
    ("ours", "names"), [(WHATSAPP, ("+447700900001", "whatsapp:GB.1")), (SERVICE, ("whatsapp:GB.1",))]
)
def test_an_answer_joins_what_we_began_under_the_number_but_not_in_a_pool_of_several_channels(
    ours: str, names: tuple[str, ...]
) -> None:
    reader = Reader(keywords=KEYWORDS, sender=sender_of(ours))
    raw = webhook(inbound(From="whatsapp:+447700900001", ExternalUserId="whatsapp:GB.1", To=WHATSAPP))
    message = reader.parse(raw)[0]
    assert isinstance(message, InboundMessage)
    assert message.other_threads == names


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("91", "0"), ("0", "181"), ("x", "1"), ("nan", "1"), ("inf", "1"), ("", "5"), ("1e999", "1")],
)
def test_an_impossible_place_is_no_place(latitude: str, longitude: str) -> None:
    assert message_of(Latitude=latitude, Longitude=longitude).content == "text"


@pytest.mark.parametrize("count", ["-1", "x", "1e9", "999999999999999999999999"])
def test_a_strange_number_of_files_brings_only_those_that_are_there(count: str) -> None:
    assert message_of(NumMedia=count).attachments == ()


@pytest.mark.parametrize(
    ("query", "named"),
    [({"delivery": str(UUID(int=7))}, UUID(int=7)), ({"delivery": "7"}, None), ({}, None)],
    ids=["ours", "not ours", "none"],
)
def test_a_status_names_the_delivery_twilio_returns_in_the_address(query: dict[str, str], named: UUID | None) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "AccountSid": "AC1", "To": "+447700900001"}
    (told,) = READER.parse(replace(webhook(form), query=query))
    assert isinstance(told, DeliveryReceipt)
    assert told.delivery_id == named


def test_the_reason_never_repeats_what_a_customer_wrote() -> None:
    entry = RawEvent(kind="listed", body=b'{"sid": "SM1", "direction": {"my secret": 1}}', received_at=NOW)
    with pytest.raises(UnparseableEvent) as refused:
        READER.parse(entry)
    assert "secret" not in str(refused.value)


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
    for event in events_of(webhook(urlencode(pairs, errors="replace").encode())):
        json.dumps(summary(event), ensure_ascii=False).encode("utf-8")


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for fixture, event in FIXTURES.items():
        path = EXPECTED / f"{fixture}.json"
        if not path.exists():
            path.write_text(
                json.dumps(summary(list(READER.parse(event))), ensure_ascii=False, indent=2) + "\n", "utf-8"
            )
