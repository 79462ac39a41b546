"""What each event means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.matrix.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.matrix.connector import ignored_by
from connectors.matrix.ids import transaction_id
from connectors.matrix.parse import parse_event
from hub.contract import DeliveryReceipt, InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, ExternalId
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.matrix.accounts import ANNA, ROOM, said
from tests.connectors.matrix.conformance import FIXTURES, fixture
from tests.connectors.matrix.homeserver import US

FILES = sorted(p for p in FIXTURES.glob("*.json") if ".expected" not in p.name)


def nobody(user: str) -> bool:
    return user == ""


def enveloped(event: object, **room: object) -> RawEvent:
    body = {"us": US, "room": {"id": ROOM, "with": ANNA, **room}, "event": event}
    return RawEvent(kind="event", body=json.dumps(body).encode(), received_at=NOW)


def read(raw: RawEvent) -> Sequence[InboundEvent] | None:
    """What an event means; None if it is unparseable."""
    try:
        return parse_event(raw, nobody)
    except UnparseableEvent:
        return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_event_means_what_its_summary_says(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    assert summary(list(parse_event(fixture(path), nobody))) == expected


@needs_corpora
def test_events_of_another_projects_tests_are_read_or_marked() -> None:
    found = [item["data"] for item in json.loads((CORPORA / "messengers" / "matrix_opsdroid.json").read_text("utf-8"))]
    # one is an invitation of somebody, which says nothing; the others are settings of that project
    assert [read(enveloped(item)) for item in found] == [(), None, None, None, None, None]
    assert [read(RawEvent(kind="event", body=json.dumps(item).encode(), received_at=NOW)) for item in found] == [
        None
    ] * 6


@needs_corpora
def test_the_corpus_cut_and_shuffled_never_breaks() -> None:
    found = [item["data"] for item in json.loads((CORPORA / "messengers" / "matrix_opsdroid.json").read_text("utf-8"))]
    bodies = [enveloped({**item, "extra": {"new": [1, 2]}}).body for item in found * 5]
    random.Random(7).shuffle(bodies)  # noqa: S311 - an order, not a secret
    for body in bodies:
        for end in range(0, len(body), 100):
            read(RawEvent(kind="event", body=body[:end], received_at=NOW))


def test_ghosts_of_bridges_are_not_shown() -> None:
    ignored = ignored_by("@telegram_*:hub.test @bot[1]:hub.test")
    ghost = enveloped(said(1, sender="@telegram_123:hub.test"))
    assert parse_event(ghost, ignored) == ()
    assert [ignored(user) for user in ("@bot[1]:hub.test", "@bot1:hub.test", "@x@telegram_1:hub.test")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("at", [-1, None, "now", 2**53, True, 253_402_300_800_000])
def test_an_event_without_a_possible_time_is_marked(at: object) -> None:
    assert read(enveloped({**said(1), "origin_server_ts": at})) is None


def test_the_time_of_another_homeserver_is_its_claim() -> None:
    ours, theirs = (parse_event(enveloped(said(1, sender=user)), nobody)[0] for user in (ANNA, "@jan:other.test"))
    assert isinstance(ours, InboundMessage)
    assert isinstance(theirs, InboundMessage)
    assert (ours.clock_trusted, theirs.clock_trusted) == (True, False)


def test_the_echo_of_what_the_hub_sent_settles_a_message_whose_fate_was_unknown() -> None:
    delivery = DeliveryId(UUID("01930000-0000-7000-8000-000000000d00"))
    ours = said(1, sender=US, unsigned={"transaction_id": transaction_id(delivery, 2, 2)})
    assert parse_event(enveloped(ours), nobody) == (
        DeliveryReceipt(
            external_id=ExternalId("$e1"),
            delivery_id=delivery,
            state=DeliveryState.sent,
            occurred_at=datetime(2026, 11, 22, 9, 0, 1, tzinfo=UTC),
        ),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_marked(body: bytes) -> None:
    read(RawEvent(kind="event", body=body, received_at=NOW))
    read(RawEvent(kind="receipt", body=body, received_at=NOW))


@given(data=st.data())
def test_any_event_with_anything_changed_is_read_or_marked(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    whole = json.loads(path.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(whole)))
        holder[key] = data.draw(JSON)
    raw = RawEvent(kind=fixture(path).kind, body=json.dumps(whole).encode(), received_at=NOW)
    for event in read(raw) or ():
        json.dumps(summary(event), ensure_ascii=False).encode("utf-8")


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its holder and key."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]
    return []


if __name__ == "__main__":
    for file in FILES:
        expected_file = file.with_name(f"{file.stem}.expected.json")
        if not expected_file.exists():
            told = summary(list(parse_event(fixture(file), nobody)))
            expected_file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
