"""What a bot wants done, as its webhook's answer says it: all of it is hostile."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.botflow.effects import AddTag, Assign, Close, HandOver, Reason, Say, SetField
from hub.domain.botflow.flow import Enclosed
from hub.domain.errors import Invalid
from hub.services.ids import new_id
from hub.services.outside_bots.actions import read_actions
from hub.services.outside_bots.speaking import Note

TEAM = new_id()


def said(*actions: Any) -> bytes:
    return json.dumps({"actions": actions}).encode()


def test_every_action_is_understood() -> None:
    content = said(
        {"type": "reply", "text": "Hi", "choices": ["Yes"]},
        {"type": "reply", "file_ids": [str(TEAM)]},
        {"type": "set_field", "name": "order", "value": "1"},
        {"type": "add_tag", "tag": "vip"},
        {"type": "note", "text": "kind"},
        {"type": "assign", "team_id": str(TEAM)},
        {"type": "hand_over", "words": "why"},
        {"type": "close"},
    )
    assert read_actions(content) == (
        Say(text="Hi", choices=("Yes",)),
        Say(text="", files=(Enclosed(id=TEAM),)),
        SetField(name="order", value="1"),
        AddTag(tag="vip"),
        Note(text="kind"),
        Assign(team_id=TEAM),
        HandOver(reason=Reason.flow, words="why"),
        Close(),
    )


@pytest.mark.parametrize("content", [b"", b"  ", b"OK", b"<html>", b"[]", b"{}", b'{"actions": []}', b"5"])
def test_an_answer_without_actions_means_only_that_the_bot_has_it(content: bytes) -> None:
    assert read_actions(content) == ()


@pytest.mark.parametrize(
    "action",
    [
        "reply",
        {"type": "fly"},
        {"text": "Hi"},
        {"type": "reply", "text": 5},
        {"type": "reply", "text": "x" * 20_001},
        {"type": "reply", "text": "x", "choices": "y"},
        {"type": "reply", "text": "x", "choices": [1]},
        {"type": "reply", "file_ids": ["no id"]},
        {"type": "reply", "file_ids": [str(TEAM)] * 11},
        {"type": "assign", "team_id": "no id"},
        {"type": "set_field", "name": "a"},
    ],
    ids=lambda action: str(action)[:40],
)
def test_what_is_no_action_is_refused_in_words(action: Any) -> None:
    with pytest.raises(Invalid):
        read_actions(said(action))


def test_too_many_actions_are_refused() -> None:
    with pytest.raises(Invalid, match="at most 20"):
        read_actions(said(*[{"type": "close"}] * 21))


JSON = st.recursive(st.none() | st.integers() | st.text(), lambda x: st.dictionaries(st.text(), x), max_leaves=4)


@settings(max_examples=25)
@given(JSON)
def test_no_json_breaks_the_reader(value: Any) -> None:
    with suppress(Invalid):
        assert isinstance(read_actions(json.dumps({"actions": [value]}).encode()), tuple)
