"""What a visitor's frames mean."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.contract import Address, DeliveryReceipt, InboundMessage, RawEvent, UnparseableEvent
from tests.connectors.webchat.browser import FIXTURES, NOW, chat, fixture, frame, raw

_QUIET: tuple[object, ...] = ("", (), {}, None, False)
_USUAL = {"clock_trusted": True, "opens_wait": True, "author": "contact", "content": "text", "occurred_at": NOW}
_FORMS = st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), st.text(max_size=50), max_size=5)


def _plain(event: object) -> dict[str, object]:
    """Return an event as data, without what says nothing."""
    data = {"is": type(event).__name__, **asdict(event)}  # type: ignore[call-overload]  # every event is a dataclass
    return _spoken({key: value for key, value in data.items() if _USUAL.get(key) != value}, keep={"text"})


def _spoken(data: Mapping[str, object], *, keep: frozenset[str] | set[str] = frozenset()) -> dict[str, object]:
    return {key: _value(value) for key, value in data.items() if key in keep or value not in _QUIET}


def _value(value: object) -> object:
    match value:
        case dict():
            return _spoken(value)
        case tuple():
            return [_value(one) for one in value]
        case _:
            return value


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_a_frame_means_what_its_fixture_says(path: Path) -> None:
    event, means = fixture(path)
    said = [_plain(one) for one in chat().parse(event)]
    assert [{"text": "", **one} for one in said] == [{"text": "", **one} for one in means]


def test_a_frame_sent_twice_has_one_id() -> None:
    first, again = (chat().parse(raw(frame(id="abcdefgh"))) for _ in range(2))
    assert first == again


def test_two_visitors_with_the_same_client_id_have_two_messages() -> None:
    ids = {_message(raw(frame(), thread=thread)).external_id for thread in ("v-one", "v-two")}
    assert len(ids) == 2


def test_nobody_can_name_another_visitors_file() -> None:
    body = frame(files=[{"id": "0" * 32}])
    sources = {_message(raw(body, thread=thread)).attachments[0].source for thread in ("v-one", "v-two")}
    assert len(sources) == 2


def test_the_hubs_clock_counts_not_the_visitors() -> None:
    message = _message(raw(frame(at="1999-01-01T00:00:00Z")))
    assert (message.occurred_at, message.clock_trusted) == (NOW, True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type":"message"}',
        b'{"type":"from tomorrow","id":"aaaaaaaa"}',
        b'{"type":"message","id":"aaaaaaaa","text":"\\ud800"}',
        b'{"type":"message","id":"short","text":"x"}',
        b'{"type":"message","id":"aaaaaaaa","files":[{"id":"../../x"}]}',
        b'{"type":"read","id":"aaaaaaaa","upto":"a b"}',
        json.dumps({"type": "message", "id": "aaaaaaaa", "text": "x" * 10_001}).encode(),
    ],
)
def test_what_is_no_frame_stays_in_the_journal(body: bytes) -> None:
    with pytest.raises(UnparseableEvent):
        chat().parse(raw(body))


def test_a_raw_event_of_another_kind_is_not_guessed_at() -> None:
    with pytest.raises(UnparseableEvent, match="webhook"):
        chat().parse(RawEvent(kind="webhook", body=frame(), headers={"thread": "v"}, received_at=NOW))


def test_a_frame_without_its_visitor_is_not_guessed_at() -> None:
    with pytest.raises(UnparseableEvent, match="which visitor"):
        chat().parse(RawEvent(kind="visitor", body=frame(), received_at=NOW))


def test_what_was_refused_is_not_quoted() -> None:
    with pytest.raises(UnparseableEvent) as refused:
        chat().parse(raw(frame(id="my secret")))
    assert "my secret" not in str(refused.value)


@given(st.text(max_size=200), _FORMS)
def test_any_text_becomes_one_message_without_controls(text: str, form: dict[str, str]) -> None:
    message = _message(raw(frame(text=text, form=form)))
    assert not set(message.text) & {chr(code) for code in (*range(9), *range(11, 32), 127)}


@given(st.binary(max_size=300))
def test_any_bytes_are_understood_or_refused(body: bytes) -> None:
    with pytest.raises(UnparseableEvent):
        chat().parse(raw(b"\x00" + body))


def test_an_address_claimed_in_the_form_proves_nothing() -> None:
    _, learned = chat().parse(raw(frame(form={"email": "boss@example.com"})))
    assert getattr(learned, "learned") == Address(namespace="email", value="boss@example.com")  # noqa: B009 - of a union


def test_a_receipt_counts_for_all_messages_before() -> None:
    (receipt,) = chat().parse(raw(b'{"type":"read","id":"aaaaaaaa","upto":"d1"}'))
    assert isinstance(receipt, DeliveryReceipt)
    assert receipt.up_to


def _message(event: RawEvent) -> InboundMessage:
    message = chat().parse(event)[0]
    assert isinstance(message, InboundMessage)
    return message
