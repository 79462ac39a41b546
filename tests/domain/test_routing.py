"""A conversation goes to whoever had the customer, speaks their language, has the skill, has room, and is next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.channel import ChannelKind
from hub.domain.ids import ConversationId, TeamId, UserId
from hub.domain.routing import Agent, Method, Queued, TeamRouting, agent_for

T = datetime(2026, 11, 23, 10, tzinfo=UTC)
TEAM, CHAT, SMS = TeamId(UUID(int=1)), ChannelKind("webchat"), ChannelKind("sms")
ANN, BEN, CHO = (UserId(UUID(int=n)) for n in (11, 12, 13))


def queued(**more: Any) -> Queued:
    return replace(Queued(conversation_id=ConversationId(UUID(int=5)), team_id=TEAM, kind=CHAT), **more)


def agent(user_id: UserId, *, minutes: int | None = None, **more: Any) -> Agent:
    """Somebody of the team who got a conversation so many minutes ago."""
    given_at = None if minutes is None else T - timedelta(minutes=minutes)
    return replace(Agent(user_id=user_id, team_ids=(TEAM,), given_at=given_at), **more)


def given_to(found: Queued, *agents: Agent, **routing: Any) -> UserId | None:
    rules = replace(TeamRouting(team_id=TEAM, method=Method.round_robin), **routing)
    got = agent_for(found, agents, rules)
    return got.user_id if got else None


def test_round_robin_goes_to_who_got_none_for_the_longest() -> None:
    assert given_to(queued(), agent(ANN, minutes=5), agent(BEN, minutes=9)) == BEN
    assert given_to(queued(), agent(ANN, minutes=5), agent(BEN)) == BEN


def test_the_least_busy_has_the_fewest_on_all_channels() -> None:
    ann, ben = agent(ANN, load={CHAT: 1, SMS: 4}), agent(BEN, load={CHAT: 3}, minutes=1)
    assert given_to(queued(), ann, ben, method=Method.least_busy) == BEN


def test_who_is_full_on_this_kind_of_channel_gets_none_of_it() -> None:
    ann = agent(ANN, load={CHAT: 2})
    assert given_to(queued(), ann, capacity={"webchat": 2, "": 9}) is None
    assert given_to(queued(kind=SMS), ann, capacity={"webchat": 2, "": 9}) == ANN


def test_a_tag_that_is_somebodys_skill_asks_for_it_and_any_other_does_not() -> None:
    ann, ben = agent(ANN), agent(BEN, skills=frozenset({"returns"}), minutes=1)
    assert given_to(queued(tags=("Returns", "vip")), ann, ben) == BEN
    assert given_to(queued(tags=("vip",)), ann, ben) == ANN


def test_who_speaks_the_language_comes_first_and_else_anybody() -> None:
    ann, ben, cho = agent(ANN), agent(BEN, skills=frozenset({"pl"}), minutes=1), agent(CHO, language="ko", minutes=1)
    assert given_to(queued(language="pl"), ann, ben, cho) == BEN
    assert given_to(queued(language="ko"), ann, ben, cho) == CHO
    assert given_to(queued(language="uk"), ann, ben, cho) == ANN


def test_who_had_the_customer_last_gets_them_again_if_there() -> None:
    ann, ben = agent(ANN), agent(BEN, minutes=1)
    assert given_to(queued(owner=BEN), ann, ben) == BEN
    assert given_to(queued(owner=BEN), ann, ben, sticky=False) == ANN
    assert given_to(queued(owner=CHO), ann, ben) == ANN


def test_who_did_not_answer_does_not_get_it_again() -> None:
    ann, ben = agent(ANN, minutes=9), agent(BEN, minutes=1)
    assert given_to(queued(assignee=ANN, owner=ANN), ann, ben) == BEN
    assert given_to(queued(assignee=BEN, passed=frozenset({ANN})), ann, ben) is None


def test_nobody_of_another_team_gets_it_and_nobody_where_it_is_off() -> None:
    assert given_to(queued(), agent(ANN, team_ids=())) is None
    assert given_to(queued(), agent(ANN), method=Method.off) is None


@pytest.mark.parametrize("method", [Method.round_robin, Method.least_busy])
@given(loads=st.lists(st.integers(0, 4), min_size=1, max_size=5), many=st.integers(1, 30))
def test_nobody_ever_gets_more_than_they_have_room_for_and_no_room_is_left_while_some_wait(
    method: Method, loads: list[int], many: int
) -> None:
    agents = [agent(UserId(UUID(int=n)), load={CHAT: load}) for n, load in enumerate(loads, 1)]
    rules = TeamRouting(team_id=TEAM, method=method, capacity={"": 3})
    room = sum(max(0, 3 - load) for load in loads)
    count = 0
    for number in range(many):
        if (got := agent_for(queued(), agents, rules)) is not None:
            got.take(CHAT, T + timedelta(seconds=number))
            count += 1
    assert count == min(many, room)
    assert all(one.load[CHAT] <= max(3, before) for one, before in zip(agents, loads, strict=True))
