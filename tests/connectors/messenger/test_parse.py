"""What each webhook means: every file of fixtures/ beside the summary we expect of it; and the shared corpus.

`python -m tests.connectors.messenger.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.messenger.parse import inbox_of, parse_inbox
from hub.contract import DeliveryReceipt, InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.messenger.pages import PAGE, settings_for

FIXTURES = sorted(p for p in (Path(__file__).parent / "fixtures").glob("*.json") if ".expected" not in p.name)
INBOX = inbox_of(settings_for("https://graph.facebook.com"))


def parsed(body: bytes) -> list[InboundEvent]:
    return list(parse_inbox(RawEvent(kind="webhook", body=body, received_at=NOW), INBOX))


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_webhook_means_what_its_summary_says(path: Path) -> None:
    assert summary(parsed(path.read_bytes())) == json.loads(expected_of(path).read_text("utf-8"))


def test_a_kind_nobody_knows_does_not_hold_up_the_messages_beside_it() -> None:
    batch = (Path(__file__).parent / "fixtures" / "batch.json").read_bytes()
    assert [event.text for event in parsed(batch) if hasattr(event, "text")] == ["first", "second"]


def test_what_came_back_of_ours_proves_that_it_went_out() -> None:
    echo = (Path(__file__).parent / "fixtures" / "echo_of_ours.json").read_bytes()
    (receipt,) = parsed(echo)
    assert isinstance(receipt, DeliveryReceipt)
    assert str(receipt.delivery_id) == "01930000-0000-7000-8000-000000000d01"
    foreign = echo.replace(b"01930000-0000-7000-8000-000000000d01", b"somebody else's words")
    (message,) = parsed(foreign)
    assert isinstance(message, InboundMessage), "another program of the same app wrote it: it must be seen"
    assert message.author is AuthorKind.agent


# -- the shared corpus


def corpus() -> list[bytes]:
    file = CORPORA / "messengers" / "messenger_opsdroid.json"
    return [json.dumps(one["data"]).encode() for one in json.loads(file.read_text("utf-8"))] if file.is_file() else []


@needs_corpora
@pytest.mark.parametrize("body", corpus())
def test_the_corpus_has_no_ids_and_is_kept_for_a_person(body: bytes) -> None:
    """Its payloads lack the message's id: without one nothing could be told from its repetition."""
    for end in (*range(0, len(body), 100), len(body)):
        with pytest.raises(UnparseableEvent):
            parsed(body[:end])


@needs_corpora
@pytest.mark.parametrize("body", corpus())
def test_the_corpus_with_ids_is_understood_or_says_what_is_missing(body: bytes) -> None:
    update = json.loads(body)
    update["entry"][0]["messaging"][0]["message"]["mid"] = "m_1"
    with suppress(UnparseableEvent):
        (message,) = parsed(json.dumps(update).encode())
        assert summary(message)["text"] == "Hello"


def test_all_fixtures_five_times_and_shuffled_say_the_same() -> None:
    once = {path: parsed(path.read_bytes()) for path in FIXTURES}
    shuffled = FIXTURES * 5
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert [path.stem for path in shuffled if parsed(path.read_bytes()) != once[path]] == []


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["sender", "message", "read", "mid", "text", "attachments", "id", "payload", "url"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_value_breaks_the_reader(value: Any) -> None:
    person = {"sender": {"id": "1"}, "recipient": {"id": PAGE}}
    for event in (value, {**person, "message": value}, {**person, "message": {"mid": "m", "attachments": [value]}}):
        body = json.dumps({"object": "page", "entry": [{"id": PAGE, "messaging": [event]}]}).encode()
        with suppress(UnparseableEvent):
            parsed(body)


def _write_missing_summaries() -> None:
    for path in FIXTURES:
        target = expected_of(path)
        if not target.exists():
            events = summary(parsed(path.read_bytes()))
            target.write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_missing_summaries()
