"""Customers whom their agent left on hold are taken by whoever was asked, or the call ends; others are left alone."""

from typing import Any

import pytest

from hub.contract.calls import CallCommand, EndCall, EndConsult
from hub.domain.call_marks import Ending, Fact, Party
from hub.services.calls.abandoned import rescue
from tests.calls import T0, Telling, story

TOLD = Telling(T0)
TALK: list[Any] = [TOLD.fact(Fact.began), TOLD.leg(Fact.dialled, 1), TOLD.leg(Fact.joined, 10)]
HELD = [*TALK, TOLD.fact(Fact.held, 20)]
ASKED = [*HELD, TOLD.leg(Fact.dialled, 20, "colleague")]
ANSWERED = [*ASKED, TOLD.leg(Fact.joined, 25, "colleague")]
LEFT = TOLD.leg(Fact.leg_ended, 30, ending=Ending.completed)
HANDED_ON = [*ANSWERED, TOLD.fact(Fact.resumed, 29), LEFT]

CASES: dict[str, tuple[list[Any], CallCommand | None]] = {
    "the agent talks": (TALK, None),
    "the agent holds": (HELD, None),
    "the agent asks a colleague": (ANSWERED, None),
    "the agent left, the colleague is there": ([*ANSWERED, LEFT], EndConsult(complete=True)),
    "the agent left, the colleague still rings": ([*ASKED, LEFT], None),
    "the agent left, and nobody was asked": ([*HELD, LEFT], EndCall()),
    "the agent left, and the colleague refused": (
        [*ASKED, TOLD.leg(Fact.leg_ended, 28, "colleague", ending=Ending.rejected), LEFT],
        EndCall(),
    ),
    "the colleague who took over holds in turn": ([*HANDED_ON, TOLD.fact(Fact.held, 40)], None),
    "a manager who listens is no agent": (
        [*HELD, TOLD.leg(Fact.joined, 22, "boss", party=Party.supervisor), LEFT],
        EndCall(),
    ),
    "the call is over": ([*ANSWERED, LEFT, TOLD.fact(Fact.ended, 31)], None),
}


@pytest.mark.parametrize("case", CASES)
def test_nobody_waits_for_an_agent_who_is_gone(case: str) -> None:
    told, command = CASES[case]
    assert rescue(story(told)) == command
