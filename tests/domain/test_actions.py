"""What an action changes, whether it would change anything, and what is wrong with a list of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.actions import (
    AnyAction,
    Assign,
    AssignTeam,
    CallHook,
    Notify,
    SendReply,
    SetPriority,
    SetState,
    StartBot,
    StopBot,
    Tag,
    Work,
    WriteNote,
    acts,
    after_action,
    faults,
    speaks,
    tags_after,
)
from hub.domain.botflow.records import FlowId
from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import ConversationState, Priority
from hub.domain.ids import TeamId, UserId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN, SALES = UserId(UUID(int=1)), TeamId(UUID(int=2))
OPEN = Work(state=ConversationState.open)

tags = st.lists(st.sampled_from(["VIP", "vip", "Late", "late", "new"]), max_size=4).map(tuple)
works = st.builds(
    Work,
    state=st.sampled_from(ConversationState),
    assignee_id=st.sampled_from([None, ANN]),
    team_id=st.sampled_from([None, SALES]),
    priority=st.sampled_from(Priority),
    tags=tags.map(lambda given: tags_after((), Tag(add=given))),
    speaker=st.sampled_from(Speaker),
)
settings = st.one_of(
    st.builds(Assign, user_id=st.sampled_from([None, ANN])),
    st.builds(AssignTeam, team_id=st.sampled_from([None, SALES]), queue=st.booleans()),
    st.builds(Tag, add=tags, remove=tags),
    st.builds(SetPriority, priority=st.sampled_from(Priority)),
    st.builds(SetState, state=st.sampled_from(ConversationState)),
    st.just(StopBot()),
)


@given(works, settings)
def test_what_is_done_once_need_not_be_done_again(work: Work, action: AnyAction) -> None:
    after = after_action(work, action, NOW)
    assert after_action(after, action, NOW) == after
    assert not acts(after, action, NOW)


@given(works, settings)
def test_an_action_acts_exactly_where_it_changes_something(work: Work, action: AnyAction) -> None:
    assert acts(work, action, NOW) is (after_action(work, action, NOW) != work)


@given(tags, tags, tags)
def test_no_tag_is_there_twice_whatever_is_added_and_removed(had: Any, add: Any, remove: Any) -> None:
    folded = [tag.casefold() for tag in tags_after(had, Tag(add=add, remove=remove))]
    assert len(folded) == len(set(folded))
    assert {tag.casefold() for tag in add} <= set(folded)


def test_a_queue_takes_the_conversation_from_whoever_has_it() -> None:
    held = Work(state=ConversationState.open, assignee_id=ANN)
    assert after_action(held, AssignTeam(team_id=SALES), NOW).assignee_id == ANN
    assert after_action(held, AssignTeam(team_id=SALES, queue=True), NOW).assignee_id is None


def test_a_snooze_ends_after_its_minutes_or_when_the_customer_writes() -> None:
    snooze = SetState(state=ConversationState.snoozed, minutes=90)
    assert after_action(OPEN, snooze, NOW).snoozed_until == NOW + timedelta(minutes=90)
    assert after_action(OPEN, SetState(state=ConversationState.snoozed), NOW).snoozed_until is None


def test_texts_always_act_and_a_bot_begins_where_none_speaks() -> None:
    assert acts(OPEN, WriteNote(text="Look"), NOW)
    flow = StartBot(flow_id=FlowId(UUID(int=5)))
    assert acts(OPEN, flow, NOW)
    assert not acts(after_action(OPEN, flow, NOW), flow, NOW)


def test_only_messages_and_bots_reach_the_customer() -> None:
    assert speaks([SendReply(texts={"en": "Hello"})])
    assert not speaks([WriteNote(text="Look"), Notify(assignee=True), CallHook(hook_id=UUID(int=3))])


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        ([], "there is no action yet"),
        ([StopBot()] * 21, "at most 20 actions"),
        ([Tag(add=("  ",))], "Action 1: name a tag"),
        ([StopBot(), WriteNote(text=" ")], "Action 2: the note is empty"),
        ([SendReply(texts={"en": "Hi", "pl": ""})], "write the answer"),
        ([Notify(text="Look")], "say who is to be told"),
        ([SetState(state=ConversationState.open, minutes=5)], "only a snoozed conversation"),
        ([SetState(state=ConversationState.snoozed, minutes=0)], "one minute to one year"),
        ([WriteNote(text="x" * 10_001)], "at most 10000 characters"),
    ],
)
def test_what_is_wrong_is_said_with_the_place_of_the_action(actions: list[AnyAction], words: str) -> None:
    assert any(words in fault for fault in faults(actions))


def test_a_good_list_has_no_faults() -> None:
    assert faults([Assign(user_id=ANN), SendReply(texts={"en": "Hello {{ contact.name }}"})]) == []
