"""What each webhook means: every file of fixtures/ beside the summary we expect of it; and the shared corpus.

`python -m tests.connectors.whatsapp.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.whatsapp.content import hex_of
from connectors.whatsapp.parse import parse_update
from hub.contract import InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import ContentKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.whatsapp.numbers import NUMBER_ID

FIXTURES = sorted(p for p in (Path(__file__).parent / "fixtures").glob("*.json") if ".expected" not in p.name)


def raw(body: bytes) -> RawEvent:
    return RawEvent(kind="webhook", body=body, received_at=NOW)


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_webhook_means_what_its_summary_says(path: Path) -> None:
    events = parse_update(raw(path.read_bytes()), NUMBER_ID)
    assert summary(list(events)) == json.loads(expected_of(path).read_text("utf-8"))


def of_text(body: str) -> bytes:
    """A webhook with this JSON text, as it would stand between the quotes, for a message's text."""
    template = json.loads((Path(__file__).parent / "fixtures" / "text.json").read_text("utf-8"))
    template["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] = "@"
    return json.dumps(template).replace('"@"', f'"{body}"').encode()


@pytest.mark.parametrize("half", [r"\ud83d cut", r"cut \udca6", r"\u0000", "\x7f"])
def test_halves_of_letters_do_not_lose_the_message(half: str) -> None:
    *_, message = parse_update(raw(of_text(half)), NUMBER_ID)
    assert isinstance(message, InboundMessage)
    assert message.text.encode("utf-8")
    assert "\x00" not in message.text


def test_a_kind_nobody_knows_does_not_hold_up_the_messages_beside_it() -> None:
    batch = json.loads((Path(__file__).parent / "fixtures" / "batch.json").read_text("utf-8"))
    changes = batch["entry"][0]["changes"]
    changes.insert(0, {"field": "telepathy", "value": {"whatever": [1]}})
    changes[2]["value"]["statuses"].insert(0, {"id": "wamid.X", "status": "teleported", "timestamp": "1"})
    texts = [event.text for event in parse_update(raw(json.dumps(batch).encode()), NUMBER_ID) if hasattr(event, "text")]
    assert texts == ["first", "second"]


@pytest.mark.parametrize("digest", ["", "no base64!", "c2hvcnQ=", "\ud83d"])
def test_what_is_no_hash_is_not_checked(digest: str) -> None:
    assert hex_of(digest) == ""


# -- the shared corpus


def corpus() -> list[tuple[str, dict[str, Any]]]:
    file = CORPORA / "whatsapp" / "updates.json"
    return list(json.loads(file.read_text("utf-8")).items()) if file.is_file() else []


def number_of(update: Any) -> str:
    """The number an update of the corpus belongs to."""
    found = json.dumps(update).partition('"phone_number_id": "')[2].partition('"')[0]
    return found or NUMBER_ID


def parsed(update: Any, body: bytes | None = None) -> list[Any]:
    encoded = json.dumps(update).encode() if body is None else body
    return list(parse_update(raw(encoded), number_of(update)))


@needs_corpora
@pytest.mark.parametrize(("name", "update"), corpus(), ids=[name for name, _ in corpus()])
def test_every_update_of_the_corpus_is_understood(name: str, update: dict[str, Any]) -> None:
    events = parsed(update)
    shown = [event for event in events if isinstance(event, InboundMessage)]
    silent = name.startswith(("account_", "template_", "message_status.", "call_status", "call_terminate"))
    assert bool(events) or silent
    assert all(message.thread and message.external_id for message in shown)
    kinds = {message.content for message in shown}
    assert ContentKind.unsupported not in kinds or name.startswith(("message.unsupported", "call_connect"))


@needs_corpora
def test_the_corpus_five_times_and_shuffled_says_the_same() -> None:
    once = {name: parsed(update) for name, update in corpus()}
    shuffled = corpus() * 5
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert [name for name, update in shuffled if parsed(update) != once[name]] == []


UPDATES = pytest.mark.parametrize("update", [update for _, update in corpus()], ids=[name for name, _ in corpus()])


@needs_corpora
@UPDATES
def test_a_cut_update_is_marked(update: dict[str, Any]) -> None:
    body = json.dumps(update).encode()
    for end in range(0, len(body), 100):
        with pytest.raises(UnparseableEvent):
            parsed(update, body[:end])


@needs_corpora
@UPDATES
def test_extra_fields_and_unknown_kinds_change_nothing_else(update: dict[str, Any]) -> None:
    richer = json.loads(json.dumps(update), object_hook=lambda found: {**found, "brand_new": {"x": [1, None]}})
    assert [type(event) for event in parsed(richer)] == [type(event) for event in parsed(update)]
    for place in places(update):
        with suppress(UnparseableEvent):
            parsed(place)


def places(update: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The update with each of its strings and lists once replaced by something else."""
    flat = json.dumps(update)
    for mark in ('"type": "', '"field": "', '"status": "', '"from": "', '"id": "', '"timestamp": "'):
        yield json.loads(flat.replace(mark, f"{mark}x"))
    yield json.loads(flat.replace("[", "[null, "))
    yield json.loads(flat.replace(': "', ': [], "y": "'))


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["messages", "statuses", "contacts", "text", "id", "type"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_no_value_breaks_the_reader(value: Any) -> None:
    update = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }
    with suppress(UnparseableEvent):
        parsed(update)


def _write_missing_summaries() -> None:
    for path in FIXTURES:
        target = expected_of(path)
        if not target.exists():
            events = summary(list(parse_update(raw(path.read_bytes()), NUMBER_ID)))
            target.write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_missing_summaries()
