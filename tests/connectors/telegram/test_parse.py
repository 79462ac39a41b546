"""What each update means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.telegram.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.telegram.content import SILENT
from connectors.telegram.parse import parse_update
from hub.contract import InboundEvent, RawEvent, UnparseableEvent
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.peers.telegram_spec import BotApiSpec

FIXTURES = sorted(p for p in (Path(__file__).parent / "fixtures").glob("*.json") if ".expected" not in p.name)
CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpora" / "messengers"
SPEC = BotApiSpec.load()

BEYOND_THE_SPEC = {
    "impossible_date",
    "poll_of_an_older_server",
    "text_entities_hostile",
    "unknown_content",
    "unknown_content_with_caption",
}
"""Fixtures that are meant to differ from today's Bot API."""


def raw(body: bytes) -> RawEvent:
    return RawEvent(kind="webhook", body=body, received_at=NOW)


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_an_update_means_what_its_summary_says(path: Path) -> None:
    assert summary(list(parse_update(raw(path.read_bytes())))) == json.loads(expected_of(path).read_text("utf-8"))


@pytest.mark.skipif(SPEC is None, reason="the corpora folder with the Bot API's description is not beside the checkout")
@pytest.mark.parametrize("path", [p for p in FIXTURES if p.stem not in BEYOND_THE_SPEC], ids=lambda path: path.stem)
def test_the_fixtures_are_what_telegram_would_send(path: Path) -> None:
    assert SPEC is not None
    assert SPEC.type_problems("Update", json.loads(path.read_text("utf-8"))) == []


@pytest.mark.skipif(SPEC is None, reason="the corpora folder with the Bot API's description is not beside the checkout")
def test_every_kind_of_update_the_bot_api_has_is_known() -> None:
    assert SPEC is not None
    bodies = {kind: json.dumps({"update_id": 1, kind: {}}).encode() for kind in SPEC.field_names("Update")}
    reasons = {kind: _reason(body) for kind, body in bodies.items() if kind != "update_id"}
    assert {kind for kind, reason in reasons.items() if "does not know" in reason} == set()


@pytest.mark.skipif(SPEC is None, reason="the corpora folder with the Bot API's description is not beside the checkout")
def test_every_kind_of_message_the_bot_api_has_is_shown_or_known_to_say_nothing() -> None:
    assert SPEC is not None
    envelope = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
    for name in sorted(SPEC.field_names("Message") - envelope.keys()):
        try:
            events = parse_update(raw(json.dumps({"update_id": 1, "message": envelope | {name: {}}}).encode()))
        except UnparseableEvent:
            continue
        assert events or name in SILENT, name


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora folder is not beside the checkout")
def test_updates_of_another_projects_tests_are_read_or_marked() -> None:
    updates = json.loads((CORPUS / "telegram_updates_opsdroid.json").read_text("utf-8"))
    outcomes = [_outcome(json.dumps(update["data"]).encode()) for update in updates]
    # three of them are no updates of Telegram's: no message id, no file id, a truth value for a person
    assert outcomes.count("unparseable") == 3
    assert outcomes.count("read") == 17


def _reason(body: bytes) -> str:
    """Why an update is unparseable; "" if it is not."""
    try:
        parse_update(raw(body))
    except UnparseableEvent as error:
        return str(error)
    return ""


def _outcome(body: bytes) -> str:
    return "unparseable" if _reason(body) else "read"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b"{",
        b'{"update_id":1}',
        b'{"update_id":1,"telepathy":{}}',
        b'{"update_id":"x","message":{}}',
        b'{"update_id":1,"message":null}',
        b'{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"text":"\\ud83d"}}',
        b"\xff\xfe{}",
        b'{"update_id":1,"message":' + b'{"reply_to_message":' * 5000 + b"{}" + b"}" * 5001,
    ],
)
def test_what_is_no_known_update_is_marked_not_lost(body: bytes) -> None:
    with pytest.raises(UnparseableEvent):
        parse_update(raw(body))


def test_the_reason_names_the_place_and_never_the_value() -> None:
    with pytest.raises(UnparseableEvent, match=r"message\.message_id") as refused:
        parse_update(raw(b'{"update_id":1,"message":{"message_id":"my secret","chat":{"id":1}}}'))
    assert "my secret" not in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_marked(body: bytes) -> None:
    _outcome(body)


@given(data=st.data())
def test_any_update_with_anything_changed_is_read_or_marked(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FIXTURES))
    update = json.loads(path.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(_places(update)))
        holder[key] = data.draw(JSON)
    events = _events(json.dumps(update).encode())
    for event in events:
        json.dumps(summary(event), ensure_ascii=False).encode("utf-8")
        assert all(isinstance(getattr(event, name), str) for name in ("text", "html") if hasattr(event, name))


def _events(body: bytes) -> Sequence[InboundEvent]:
    try:
        return parse_update(raw(body))
    except UnparseableEvent:
        return ()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its holder and key."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        return [(value, key) for key in keys] + [place for key in keys for place in _places(value[key])]
    return []


if __name__ == "__main__":
    for fixture in FIXTURES:
        if not expected_of(fixture).exists():
            events = summary(list(parse_update(raw(fixture.read_bytes()))))
            expected_of(fixture).write_text(json.dumps(events, ensure_ascii=False, indent=2) + "\n", "utf-8")
