"""Each number of the wallboard opens into what it counts: the waits, the conversations, the calls."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.domain.user import Role
from tests.api.phone_office import Office, phone_office
from tests.api.workspace import Workspace, fresh
from tests.calls import by
from tests.scripted import says


@pytest.fixture
async def office(either: Workspace) -> AsyncIterator[Office]:
    async with phone_office(either) as served:
        yield served


async def test_a_call_in_the_queue_is_listed_until_somebody_answers_it(office: Office) -> None:
    user, client = await office.agent()
    await client.put("/presence", {"chosen": "available"})
    now = office.hub.clock.now()
    first = replace(office.call("first"), began=now)
    second = replace(office.call("second", number="+48600100201"), began=now + timedelta(seconds=5))
    await office.hears(*by(user.id, first.answered()[:2]), *second.answered()[:2])
    wall, listed = await client.get("/wallboard"), await client.get("/wallboard/calls")
    assert sum(queue["calls"] for queue in wall["queues"]) == len(listed) == 2
    assert [call["address"] for call in listed] == ["+48600100200", "+48600100201"]
    assert wall["queues"][0]["oldest"] == listed[0]["queue_at"]

    await office.hears(*by(user.id, first.answered()[2:5]))
    wall, listed = await client.get("/wallboard"), await client.get("/wallboard/calls")
    assert sum(queue["calls"] for queue in wall["queues"]) == len(listed) == 1
    (agent,) = wall["agents"]
    (call,) = (await client.get("/calls?agent=" + str(user.id)))["items"]
    assert (agent["state"], agent["conversation_id"]) == ("busy", call["conversation_id"])


async def test_calls_of_another_channel_are_neither_counted_nor_listed(office: Office) -> None:
    _, client = await office.agent()
    await office.hears(*replace(office.call(), began=office.hub.clock.now()).answered()[:2])
    for query, calls in ((f"channel={office.channel.id}", 1), (f"channel={fresh()}", 0), ("team=none", 1)):
        wall, listed = await client.get(f"/wallboard?{query}"), await client.get(f"/wallboard/calls?{query}")
        assert sum(queue["calls"] for queue in wall["queues"]) == wall["calls"] == len(listed) == calls


async def test_who_is_away_says_since_when_and_why(office: Office) -> None:
    _, client = await office.agent()
    await client.put("/presence", {"chosen": "away", "reason": "Lunch"})
    (agent,) = (await client.get("/wallboard"))["agents"]
    assert (agent["state"], agent["reason"], agent["conversation_id"]) == ("away", "Lunch", None)
    assert agent["since"] is not None
    status, body = await client.put("/presence", {"chosen": "available"})
    assert (status, body["state"]) == (200, "available")
    (agent,) = (await client.get("/wallboard"))["agents"]
    assert (agent["state"], agent["reason"]) == ("available", "")


async def test_an_agents_conversations_and_waits_are_as_many_as_the_wall_says(either: Workspace) -> None:
    user = await either.user()
    await either.hears(says("One", by="ann"), says("Two", by="ben"), says("Three", by="cleo"))
    manager = await either.person(Role.manager)
    for row in (await either.rows())[:2]:
        await manager.patch(f"/conversations/{row.id}", {"assignee_id": str(user.id)})
    (mine, _) = [row for row in await either.rows() if row.assignee_id == user.id]
    await manager.patch(f"/conversations/{mine.id}", {"state": "snoozed", "snoozed_until": None})
    wall = await manager.get("/wallboard")
    agent = next(one for one in wall["agents"] if one["user_id"] == str(user.id))
    listed = await manager.get(f"/conversations?assignee={user.id}&state=open&state=pending&state=snoozed")
    assert agent["open"] == len(listed["items"]) == 2
    waits = await manager.get(f"/reports/waits?figure=waiting&agent={user.id}")
    assert agent["waiting"] == waits["total"]
    assert agent["oldest"] == waits["items"][0]["started_at"]


async def test_who_waits_with_no_team_and_who_waits_longest_are_listed(either: Workspace) -> None:
    manager = await either.person(Role.manager)
    team = {"id": fresh(), "name": "Shop"}
    assert (await manager.post("/teams", team))[0] == 201
    await either.hears(says("One", by="ann"))
    either.clock.forward(minutes=5)
    await either.hears(says("Two", by="ben", at=either.clock.now()), says("Three", by="cleo", at=either.clock.now()))
    row = next(row for row in await either.rows() if row.contact_name == "Cleo")
    await manager.patch(f"/conversations/{row.id}", {"team_id": team["id"]})
    wall = await manager.get("/wallboard")
    waits = await manager.get("/reports/waits?figure=waiting")
    assert (wall["open"]["n"], wall["open"]["oldest"]) == (waits["total"], waits["items"][0]["started_at"])
    for group in wall["teams"]:
        waits = await manager.get(f"/reports/waits?figure=waiting&team={group['id'] or 'none'}")
        assert (waits["total"], waits["items"][0]["started_at"]) == (group["waiting"], group["oldest"])
    assert {group["id"]: group["waiting"] for group in wall["teams"]} == {None: 2, team["id"]: 1}
    late = await manager.get("/reports/waits?figure=waiting_late")
    assert late["total"] == wall["open"]["late"] == 0
