"""What an operator's units mean."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.smpp.alphabet import DefaultAlphabet, decode
from connectors.smpp.parse import parse
from connectors.smpp.pdu import Command, Pdu, ShortMessage, short_message, split, submit
from connectors.smpp.receipts import ReceiptIds, receipted_id, submitted_id
from connectors.smpp.segments import HAS_HEADER, content_of, cut, part_of
from connectors.smpp.settings import SmppSettings
from hub.contract import DeliveryReceipt, InboundMessage, OptedOut, RawEvent, UnparseableEvent
from hub.domain.delivery import DeliveryState
from hub.domain.interaction import ContentKind
from hub.domain.sms import sms_cost
from tests.connectors.conformance.kit import NOW
from tests.connectors.smpp.messages import ANNA, US, part, raw, receipt, short
from tests.connectors.smpp.smsc import Smsc

SETTINGS = Smsc().settings()


def message_of(event: RawEvent, settings: SmppSettings = SETTINGS) -> InboundMessage:
    (found,) = parse(event, settings)
    assert isinstance(found, InboundMessage)
    return found


def receipt_of(event: RawEvent, settings: SmppSettings = SETTINGS) -> DeliveryReceipt:
    (found,) = parse(event, settings)
    assert isinstance(found, DeliveryReceipt)
    return found


def test_a_text_comes_from_a_number_in_the_thread_of_that_number() -> None:
    found = message_of(raw(short(b"Hi \x00 you")))
    assert (found.text, found.thread, found.sender.namespace, found.sender.value) == ("Hi @ you", ANNA, "phone", ANNA)
    assert found.external_id == "19d3-1"
    assert found.occurred_at is None


def test_a_text_to_another_number_of_ours_is_a_thread_of_its_own() -> None:
    other = SmppSettings.model_validate({**SETTINGS.model_dump(), "sender": "60123"})
    assert message_of(raw(short(b"Hi")), other).thread == f"{ANNA}>{US}"


@pytest.mark.parametrize(
    ("content", "coding", "text"),
    [
        (b"\x1b\x65\x1b\x14 _".replace(b"_", b"\x11"), 0, "€^ _"),
        (b"caf\xe9", 3, "café"),
        ("żółć 😀".encode("utf-16-be"), 8, "żółć 😀"),
        ("한국".encode("utf-16-be"), 0x18, "한국"),
        (b"class", 0xF1, "class"),
    ],
)
def test_every_alphabet_is_read(content: bytes, coding: int, text: str) -> None:
    assert message_of(raw(short(content, coding=coding))).text == text


def test_the_default_alphabet_is_the_operators() -> None:
    assert decode(b"@_", 0, DefaultAlphabet.latin1) == "@_"
    assert decode(b"\x00\x11", 0, DefaultAlphabet.gsm7) == "@_"


def test_content_that_is_no_text_is_shown_as_such() -> None:
    found = message_of(raw(short(b"\x06\x05", coding=4)))
    assert (found.content, found.data) == (ContentKind.unsupported, {"what": "binary SMS"})


def test_parts_are_joined_and_a_missing_one_is_marked() -> None:
    assert message_of(raw(part(1, 2, b"one "), part(2, 2, b"two"))).text == "one two"
    assert message_of(raw(part(1, 3, b"one"), part(3, 3, b"three"))).text == "one […] three"
    assert message_of(raw(part(2, 3, b"two"))).text == "[…] two […]"


def test_a_letter_torn_between_two_parts_is_whole_again() -> None:
    smile = "😀".encode("utf-16-be")
    assert message_of(raw(part(1, 2, smile[:2], coding=8), part(2, 2, smile[2:], coding=8))).text == "😀"


@pytest.mark.parametrize(("word", "opted_out"), [(b" stop ", True), (b"START", False)])
def test_a_word_that_opts_out_is_recorded_and_asks_for_no_answer(word: bytes, opted_out: bool) -> None:
    message, told = parse(raw(short(word)), SETTINGS)
    assert isinstance(message, InboundMessage)
    assert isinstance(told, OptedOut)
    assert (message.opens_wait, told.opted_out, told.sender.value) == (False, opted_out, ANNA)


def test_the_word_within_a_sentence_opts_nobody_out() -> None:
    assert message_of(raw(short(b"Please stop by"))).opens_wait


@pytest.mark.parametrize(
    ("stat", "state"),
    [("DELIVRD", DeliveryState.delivered), ("ENROUTE", DeliveryState.sent), ("EXPIRED", DeliveryState.failed)],
)
def test_a_receipt_says_what_became_of_a_message(stat: str, state: DeliveryState) -> None:
    found = receipt_of(raw(receipt(f"id:0042 sub:001 dlvrd:001 done date:2611220931 stat:{stat} err:007 text:Hi")))
    assert (found.external_id, found.state, found.recipient) == ("42", state, ANNA[1:])


def test_a_failure_has_its_reason_in_words_and_its_code() -> None:
    found = receipt_of(raw(receipt("id:42 stat:REJECTD err:034")))
    assert found.reason == "The operator rejected the message. Its code is 034."
    assert found.code == "034"


def test_parameters_count_more_than_the_receipts_text() -> None:
    found = receipt_of(raw(receipt("id:1 stat:UNDELIV", receipted_message_id=b"77\0", message_state=b"\x02")))
    assert (found.external_id, found.state) == ("77", DeliveryState.delivered)


def test_a_receipt_that_says_nothing_new_is_not_needed() -> None:
    assert parse(raw(receipt("id:42 stat:UNKNOWN err:000")), SETTINGS) == ()


@pytest.mark.parametrize("text", ["", "stat:DELIVRD", "id:1 stat:TELEPATHY"])
def test_a_receipt_nobody_understands_stays_marked(text: str) -> None:
    with pytest.raises(UnparseableEvent):
        parse(raw(receipt(text)), SETTINGS)


@pytest.mark.parametrize(
    ("ids", "submitted", "receipted"),
    [
        (ReceiptIds.same, "00001A", "1A"),
        (ReceiptIds.hex_then_decimal, "1A", "0026"),
        (ReceiptIds.decimal_then_hex, "26", "1a"),
        (ReceiptIds.hex_then_decimal, "no-number", "no-number"),
    ],
)
def test_an_id_is_known_again_however_it_is_written(ids: ReceiptIds, submitted: str, receipted: str) -> None:
    assert submitted_id(submitted, ids) == receipted_id(receipted, ids)


@given(st.text(min_size=1, max_size=600), st.integers(0, 255), st.randoms())
def test_a_text_cut_into_parts_is_the_same_text_again_in_any_order(text: str, ref: int, chance: random.Random) -> None:
    pieces = cut(text, ref, DefaultAlphabet.gsm7)
    shorts = [short(content, coding=pieces.data_coding, esm_class=pieces.esm_class) for content in pieces.contents]
    chance.shuffle(shorts)
    units = [short_message(unit) for unit in split(raw(*shorts).body)]
    assert message_of(raw(*units)).text == text
    assert len(pieces.contents) == sms_cost(text).segments
    assert all(len(content) <= (140 if pieces.data_coding else 160) for content in pieces.contents)


@given(st.binary(max_size=400), st.integers(0, 255), st.integers(0, 255))
def test_any_content_is_read_or_marked(content: bytes, coding: int, esm_class: int) -> None:
    try:
        events = parse(raw(short(content, coding=coding, esm_class=esm_class)), SETTINGS)
    except UnparseableEvent:
        return
    assert len(events) <= 2


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_marked(body: bytes) -> None:
    with pytest.raises(UnparseableEvent):
        parse(RawEvent(kind="sms", body=body, received_at=NOW), SETTINGS)


def test_a_part_is_known_by_header_and_by_parameters() -> None:
    by_header = part(2, 3, b"x", reference=9)
    wide = short(b"\x06\x08\x04\x01\x02\x03\x02x", esm_class=HAS_HEADER)
    by_options = short(b"x", sar_msg_ref_num=b"\x00\x09", sar_total_segments=b"\x03", sar_segment_seqnum=b"\x02")
    known = [part_of(message) for message in (by_header, wide, by_options)]
    assert [(p.reference, p.total, p.number) for p in known if p] == [(9, 3, 2), (0x0102, 3, 2), (9, 3, 2)]
    assert [content_of(message) for message in (by_header, wide, by_options)] == [b"x", b"x", b"x"]


def test_a_data_sm_is_read_like_a_deliver_sm() -> None:
    body = b"\0\x01\x0148500000001\0\x01\x0148221234567\0\0\0\x08\x04\x24\0\x04\xd5\x5c\xad\x6d"
    event = RawEvent(kind="sms", body=Pdu(command=Command.data_sm, body=body).encode(), received_at=NOW)
    assert message_of(event).text == "한국"


def test_a_long_content_travels_as_payload() -> None:
    sent = short(b"a" * 300)
    read = short_message(Pdu(command=Command.deliver_sm, body=submit(sent)))
    assert isinstance(read, ShortMessage)
    assert read.content == b"a" * 300
