"""What each request means: every file of fixtures/ beside the summary we expect of it; and what is refused in words.

`python -m tests.connectors.api_channel.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.api_channel.parse import parse
from connectors.api_channel.people import People
from connectors.api_channel.reading import Unreadable, read_events
from hub.contract import ContactPointLearned, InboundMessage, UnparseableEvent
from tests.connectors.api_channel.system import message, raw, settings_for
from tests.connectors.conformance.snapshots import summary

FIXTURES = sorted(p for p in (Path(__file__).parent / "fixtures").glob("*.json") if ".expected" not in p.name)
PEOPLE = People(settings_for())


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


def meaning_of(path: Path) -> Any:
    """What a fixture means, as JSON; a file's bytes as Python writes them."""
    found = summary(list(parse(raw(path.read_bytes()), PEOPLE)))
    return json.loads(json.dumps(found, default=repr))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_request_means_what_its_summary_says(path: Path) -> None:
    assert meaning_of(path) == json.loads(expected_of(path).read_text("utf-8"))


def one(**more: Any) -> InboundMessage:
    found, *_ = parse(raw(message(**more)), PEOPLE)
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sender": None}, "sender: has to be a JSON object"),
        ({"sender": {"id": "17", "email": "nobody"}}, "sender.email: is not a mail address"),
        ({"sender": {"id": "17", "phone": "call me"}}, "sender.phone: is not a phone number"),
        ({"id": "x" * 301}, "id: "),
        ({"id": "line\nbreak"}, "id: String should match"),
        ({"text": ""}, "the event: has neither text, html, attachments nor a location"),
        ({"text": "x" * 50_001}, "text: String should have at most 50000 characters"),
        ({"author": "agent"}, "of one of us needs a recipient"),
        ({"occurred_at": "1999-12-31T23:59:59Z"}, "the time has to lie in this century"),
        ({"attachments": [{"name": "a"}]}, "attachments.0: give either url or content"),
        ({"attachments": [{"url": "file:///etc/passwd"}]}, "attachments.0.url: write the address as https://"),
        ({"attachments": [{"content": "not base64!"}]}, "attachments.0.content: is not base64"),
        ({"attachments": [{"content": 5}]}, "attachments.0.content: has to be a text in base64"),
        ({"attachments": [{"url": "https://x.example"}] * 11}, "at most 10 items"),
        ({"location": {"latitude": 91, "longitude": 0}}, "location.latitude: Input should be less than or equal to 90"),
        ({"type": "telepathy"}, "this type is not known; there are message, edit"),
        ({"type": None}, "this type is not known"),
    ],
)
def test_what_does_not_fit_is_said_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_events(raw(message(**changes)).body)
    assert words in str(refused.value)


def test_a_problem_in_a_batch_names_its_place() -> None:
    with pytest.raises(Unreadable, match=r"events\.1\.text"):
        read_events(raw({"events": [message(), message(text=5)]}).body)


def test_a_batch_of_more_than_a_hundred_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 100 events; this one has 101"):
        read_events(raw({"events": [message()] * 101}).body)


def test_at_most_five_problems_are_told() -> None:
    with pytest.raises(Unreadable) as refused:
        read_events(raw({"events": [message(text=5)] * 50}).body)
    assert len(refused.value.problems) == 5


def test_a_number_is_an_id_as_well() -> None:
    assert one(id=4711).external_id == "4711"
    assert one(sender={"id": 17}).sender.value == one(sender={"id": "17"}).sender.value == "shop:17"


def test_people_groups_and_threads_of_equal_ids_are_different_threads() -> None:
    person = one(sender={"id": "9"})
    group = one(group={"id": "9"})
    thread = one(thread="9")
    assert len({person.thread, group.thread, thread.thread}) == 3
    assert [PEOPLE.of_thread(found.thread) for found in (person, group, thread)] == [
        PEOPLE.target(person.thread, "shop:9"),
        PEOPLE.target(group.thread, "shop#9"),
        PEOPLE.of_thread("shop/9"),
    ]


def test_two_systems_do_not_share_their_users() -> None:
    other, *_ = parse(raw(message()), People(settings_for(system="game")))
    assert isinstance(other, InboundMessage)
    assert other.sender.value != one().sender.value


@pytest.mark.parametrize(("ids", "person"), [("phone", "+48500000001"), ("email", "anna@customer.example")])
def test_where_ids_are_numbers_or_mail_addresses_contacts_match_across_channels(ids: str, person: str) -> None:
    people = People(settings_for(ids=ids))
    found, *learned = parse(raw(message(sender={"id": person, ids: person})), people)
    assert isinstance(found, InboundMessage)
    assert (found.sender.namespace, found.sender.value, found.sender.verified) == (ids, person, False)
    assert learned == []
    assert people.target(found.thread, person).person == person
    assert people.of_thread(found.thread).person == person


def test_an_unproven_address_is_told_as_such() -> None:
    _, learned = parse(raw(message(sender={"id": 17, "email": "anna@customer.example"})), PEOPLE)
    assert isinstance(learned, ContactPointLearned)
    assert learned.learned is not None
    assert not learned.learned.verified


def test_fields_of_tomorrow_change_nothing() -> None:
    assert one(mood="happy", sender={"id": 17, "name": "Anna Example", "shoe_size": 38}) == one()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NAMES = st.sampled_from(
    ["id", "sender", "text", "html", "attachments", "group", "thread", "occurred_at", "location", "emojis", "state"]
)
KINDS = st.sampled_from(["message", "edit", "delete", "reaction", "receipt", "opted_out", "blocked"])


@given(KINDS, st.dictionaries(NAMES, JSON, max_size=6))
def test_any_json_at_all_is_read_or_refused(kind: str, fields: dict[str, Any]) -> None:
    with suppress(UnparseableEvent):
        parse(raw({**message(), "message": "m-1", **fields, "type": kind}), PEOPLE)


if __name__ == "__main__":
    for fixture in FIXTURES:
        if not expected_of(fixture).exists():
            written = json.dumps(meaning_of(fixture), ensure_ascii=False, indent=1)
            expected_of(fixture).write_text(f"{written}\n", "utf-8")
