"""Callers who wait: for whom, behind whom, and who is in nobody's way."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.domain.call_marks import Fact, Party
from hub.domain.callflow.plan import ForwardNode, MenuNode, Node, Plan, Prompt, RingNode
from hub.domain.callflow.steps import Arrived, Decision, Forward, Pressed, Rang, TakeMessage, Wait
from hub.domain.ids import ExternalId, TeamId
from hub.domain.user import Team
from hub.services.calls import lines, presence
from hub.services.calls.plans import json_of
from hub.services.ids import new_id
from tests.calls import ANN, BOB, Telling
from tests.runtime.switchboard_office import QUEUE, Office, a_line, an_office, rung


@pytest.fixture
async def office(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(sqlite_url, tmp_path) as made:
        yield made


async def helped_in_german(office: Office, **more: Node) -> None:
    """Change the line: key 1 waits for who speaks German (Ann), key 2 for anybody; each then leaves a message."""
    german = RingNode(skills=("german",), wait_seconds=300, no_answer="voicemail")
    keys = MenuNode(prompt=Prompt(text="German 1, else 2."), choices={"1": "german", "2": "queue"})
    nodes = {**QUEUE.nodes, "german": german, "menu": keys, **more}
    async with office.hub.storage.begin() as uow:
        await lines.save_version(
            uow,
            office.line.id,
            json_of(Plan(start="menu", nodes=nodes)),
            based_on=1,
            note="",
            by=None,
            now=office.hub.clock.now(),
        )
        await presence.set_skills(uow, ANN, ["german"], now=office.hub.clock.now())
    office.hub.clock.forward(seconds=1)


async def chosen(office: Office, call: str, digits: str, **more: Any) -> Decision:
    """Let a caller press a key of the menu."""
    asked = await office.happens(Arrived(), call, **more)
    return await office.happens(Pressed(digits=digits), call, asked, **more)


async def test_nobody_is_kept_waiting_by_callers_who_wait_for_somebody_else(office: Office) -> None:
    await office.available(ANN, BOB)
    await helped_in_german(office)
    assert rung(await chosen(office, "one", "1", later=0)) == [ANN]
    first, second = [await chosen(office, call, "1", later=0) for call in ("two", "three")]
    assert {type(first.last), type(second.last)} == {Wait}
    assert rung(await chosen(office, "four", "2", number="+48600100204")) == [BOB]


async def test_a_caller_who_leaves_a_message_keeps_nobody_from_a_free_agent(office: Office) -> None:
    await office.available(ANN)
    ringing = await office.happens(Arrived(), "one")
    message = await office.happens(Rang(result="no_answer"), "one", ringing, later=301)
    assert isinstance(message.last, TakeMessage)
    assert rung(await office.happens(Arrived(), "two", number="+48600100201")) == [ANN]


async def test_a_caller_put_through_to_a_number_outside_keeps_nobody_from_a_free_agent(office: Office) -> None:
    await office.available(ANN)
    german = RingNode(skills=("german",), wait_seconds=30, no_answer="out")
    await helped_in_german(office, german=german, out=ForwardNode(number="+48221119999", no_answer="voicemail"))
    taken = await chosen(office, "one", "1")
    assert rung(taken) == [ANN]
    out = await office.happens(Rang(result="no_answer"), "one", taken, later=31)
    assert isinstance(out.last, Forward)
    told = Telling(office.hub.clock.now(), ExternalId("one"))
    await office.hub.hears(told.leg(Fact.joined, 1, "outside", party=Party.outside))
    assert rung(await chosen(office, "two", "2", number="+48600100201")) == [ANN]


async def test_a_line_that_takes_over_rings_its_own_team(office: Office) -> None:
    team = Team(id=TeamId(new_id()), name="Overflow")
    async with office.hub.storage.begin() as uow:
        await uow.users.save_team(team, [BOB])
    other = await a_line(office.hub, "Overflow", "+48221002004", team.id)
    await helped_in_german(office, german=ForwardNode(line=other.id, no_answer="voicemail"))
    await office.available(ANN, BOB)
    assert rung(await chosen(office, "one", "1")) == [BOB]
