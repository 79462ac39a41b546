"""What each event of the gateway means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.discord.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.discord.parse import parse_event
from connectors.discord.places import NEEDED, Place, Rules
from hub.contract import InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.snapshots import summary
from tests.connectors.discord.bots import raw
from tests.connectors.discord.conformance import CASE, HELP

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"
RULES = Rules(channels=frozenset({HELP.parent}))


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_an_event_means_what_its_summary_says(name: str) -> None:
    events = parse_event(FIXTURES[name], RULES)
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


def read(name: str, rules: Rules, place: Place | None = HELP, **changed: Any) -> list[InboundEvent]:
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return list(parse_event(raw(told["t"], {**told["d"], **changed}, place=place), rules))


@pytest.mark.parametrize(
    ("channels", "place", "heard"),
    [
        ((), HELP, False),
        (("*",), HELP, True),
        ((HELP.id,), HELP, True),
        ((HELP.parent,), HELP, True),
        (("300000000000000008",), Place(id=HELP.id, parent="7", above="300000000000000008"), True),
        (("300000000000000008",), HELP, False),
        ((HELP.parent,), Place(id="300000000000000099", parent=HELP.parent), False),
        ((HELP.parent,), None, False),
        ((HELP.id,), None, True),
    ],
)
def test_only_chosen_places_of_a_server_are_heard(channels: tuple[str, ...], place: Place | None, heard: bool) -> None:
    assert bool(read("message_in_channel", Rules(channels=frozenset(channels)), place)) is heard


def test_direct_messages_are_always_heard() -> None:
    assert read("message_direct", Rules(), None)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(channels=frozenset("*"), staff_roles=frozenset({"700000000000000001"})),
        Rules(channels=frozenset("*"), staff_ids=frozenset({"200000000000000001"})),
    ],
)
def test_our_own_people_answer_for_the_team_in_channels_but_not_directly(rules: Rules) -> None:
    (echo,) = read("message_in_channel", rules)
    (direct,) = read("message_direct", rules)
    assert isinstance(echo, InboundMessage)
    assert isinstance(direct, InboundMessage)
    assert (echo.author, echo.opens_wait, direct.author) == (AuthorKind.agent, False, AuthorKind.contact)
    assert echo.data == {"written_by": "Ania"}


def outcome(event: RawEvent) -> str:
    try:
        parse_event(event, Rules(channels=frozenset("*")))
    except UnparseableEvent:
        return "marked"
    return "read"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ("id", "type", "author", "member", "content", "timestamp", "edited_timestamp", "attachments", "embeds", "mentions",
     "sticker_items", "poll", "message_reference", "message_snapshots", "emoji", "ids", "flags", "guild_id", "user_id")
)  # fmt: skip
KINDS = st.sampled_from(sorted(NEEDED))


@given(kind=KINDS, given_fields=st.dictionaries(FIELDS, JSON, max_size=5))
def test_an_event_with_anything_in_its_fields_is_read_or_marked(kind: str, given_fields: dict[str, Any]) -> None:
    body = {"id": "1", "channel_id": "2", "message_id": "3", "user_id": "4", "author": {"id": "5"}, **given_fields}
    assert outcome(raw(kind, body)) in {"read", "marked"}


@given(kind=KINDS, junk=st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_marked(kind: str, junk: bytes) -> None:
    assert outcome(raw(kind, junk)) in {"read", "marked"}


@given(header=st.text(max_size=60))
def test_a_place_that_cannot_be_read_is_no_place_of_ours(header: str) -> None:
    event = raw("MESSAGE_DELETE", {"id": "1", "channel_id": "2", "guild_id": "3"})
    told = RawEvent(kind=event.kind, body=event.body, headers={"discord-place": header}, received_at=event.received_at)
    assert parse_event(told, Rules(channels=frozenset({"9"}))) == ()


if __name__ == "__main__":
    for missing in (name for name in FIXTURES if not expected_of(name).exists()):
        shown = json.dumps(summary(list(parse_event(FIXTURES[missing], RULES))), indent=1, ensure_ascii=False)
        expected_of(missing).write_text(f"{shown}\n", "utf-8")
