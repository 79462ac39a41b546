"""Calls over the API: the list, the pop, placing, presence, the board, lines in versions, figures."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.domain.user import Role
from tests.api.phone_office import Office, phone_office
from tests.api.workspace import Workspace, fresh
from tests.calls import CUSTOMER, OURS, by


@pytest.fixture
async def office(hub: Workspace) -> AsyncIterator[Office]:
    async with phone_office(hub) as served:
        yield served


async def test_a_call_is_listed_with_who_it_is_and_found_by_what_it_is(office: Office) -> None:
    user, client = await office.agent()
    told = office.call()
    news = by(user.id, told.answered())
    await office.hears(*news)
    await office.hears(*office.call("call-2", number="+48600100201").missed())
    page = await client.get("/calls")
    assert [(c["outcome"], c["contact_name"]) for c in page["items"]] == [
        ("abandoned", "+48600100201"),
        ("answered", CUSTOMER),
    ]
    (mine,) = (await client.get(f"/calls?agent={user.id}"))["items"]
    assert (mine["waited"], mine["talked"], mine["agents"]) == (18.0, 60.0, [str(user.id)])
    assert len((await client.get("/calls?number=%2B48%20600%20100%20201"))["items"]) == 1
    assert (await client.get("/calls?outcome=voicemail"))["items"] == []
    first = await client.get("/calls?limit=1")
    second = await client.get(f"/calls?limit=1&cursor={first['next']}")
    assert [first["items"][0]["id"], second["items"][0]["id"]] == [c["id"] for c in page["items"]]


async def test_before_answering_an_agent_sees_who_calls_and_what_was_last(office: Office) -> None:
    user, client = await office.agent()
    await office.hears(*office.call("before").missed())
    told = replace(office.call("now"), began=office.hub.clock.now())
    await office.hears(*by(user.id, told.answered()[:4]))
    (live,) = (await client.get("/calls?live=true"))["items"]
    pop = await client.get(f"/calls/{live['id']}/pop")
    assert (pop["call"]["contact_name"], pop["call"]["ringing"]) == (CUSTOMER, [str(user.id)])
    assert [entry["data"]["outcome"] for entry in pop["last"]] == ["abandoned"]
    assert (len(pop["open"]), pop["owed"]) == (1, True)


async def test_a_call_pops_by_the_live_connection(office: Office) -> None:
    user, client = await office.agent()
    address = f"{office.hub.origin.replace('http', 'ws')}/api/v1/live"
    async with client.http.ws_connect(address, headers={**client.headers, "Origin": client.origin}) as live:
        hello = await live.receive_json(timeout=10)
        assert hello["type"] == "hello"
        told = replace(office.call(), began=office.hub.clock.now())
        await office.hears(*by(user.id, told.answered()[:4]))
        frames = [await live.receive_json(timeout=10)]
        frames += [await live.receive_json(timeout=10) for _ in frames if not frames[0].get("pops")]
    pops = [pop for frame in frames for pop in frame.get("pops", [])]
    assert [(pop["call"]["ringing"], pop["call"]["state"]) for pop in pops] == [([str(user.id)], "queued")]


async def test_a_desk_phone_rings_first_and_the_call_is_on_the_timeline(office: Office) -> None:
    user, client = await office.agent()
    desk = {"kind": "endpoint", "address": "PJSIP/1001"}
    assert (await client.put("/presence/devices", {"devices": [desk]}))[0] == 200
    body = {"id": fresh(), "channel_id": str(office.channel.id), "number": "600 100 300"}
    status, placed = await client.post("/calls", body)
    assert (status, placed["number"], placed["browser"]) == (201, "+48600100300", False)
    (order,) = office.exchange.orders
    assert (order.agent.address, order.agent.user_id, order.caller_id) == ("PJSIP/1001", user.id, OURS)
    await office.read()
    shown = await client.get(f"/calls/{placed['id']}")
    assert (shown["state"], shown["direction"], shown["placed_by"]) == ("placing", "outbound", str(user.id))
    assert (await client.post("/calls", body))[0] == 200
    assert len(office.exchange.orders) == 1


async def test_what_the_provider_refuses_is_said_and_stays_on_the_call(office: Office) -> None:
    _, client = await office.agent()
    await client.put("/presence/devices", {"devices": [{"kind": "number", "address": "+48221112233"}]})
    office.exchange.refuses = "The account has no credit."
    body = {"id": fresh(), "channel_id": str(office.channel.id), "number": "+48600100300"}
    status, problem = await client.post("/calls", body)
    assert (status, problem["detail"]) == (422, "The call was not placed. The account has no credit.")
    await office.read()
    shown = await client.get(f"/calls/{body['id']}")
    assert (shown["outcome"], shown["reason"]) == ("failed", "The account has no credit.")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+1 900 555 0199", "not allowed"),
        ("+44 20 7946 0000", "Calls to United Kingdom are not allowed"),
        ("+44 1481 234567", "Calls to Guernsey are not allowed"),
        ("+44 7700 900001", "belongs to no country"),
        ("+48 700 123 456", "premium-rate"),
        ("112", "Emergency"),
        ("hello", "no phone number"),
    ],
)
async def test_numbers_that_may_not_be_dialled_are_refused_in_words(office: Office, number: str, words: str) -> None:
    _, client = await office.agent()
    body = {"id": fresh(), "channel_id": str(office.channel.id), "number": number}
    status, problem = await client.post("/calls", body)
    assert status == 422
    assert words in problem["detail"]


async def test_an_admin_widens_what_may_be_dialled_and_bounds_how_often(office: Office) -> None:
    _, agent = await office.agent()
    _, admin = await office.agent(Role.admin)
    rules = {"countries": ["PL", "DE"], "per_hour": 1}
    assert (await admin.put("/dialling", rules))[0] == 200
    body = {"channel_id": str(office.channel.id), "number": "+49 30 123456"}
    assert (await agent.post("/calls", {"id": fresh(), **body}))[0] == 201
    await office.read()
    status, problem = await agent.post("/calls", {"id": fresh(), **body})
    assert status == 422
    assert "limit" in problem["detail"]
    assert (await agent.put("/dialling", rules))[0] == 403


async def test_presence_follows_the_choice_and_the_call(office: Office) -> None:
    user, client = await office.agent()
    status, shown = await client.put("/presence", {"chosen": "available"})
    assert (status, shown["state"]) == (200, "available")
    told = replace(office.call(), began=office.hub.clock.now())
    await office.hears(*by(user.id, told.answered()[:5]))
    found = {one["user_id"]: one["state"] for one in await client.get("/presence")}
    assert found[str(user.id)] == "busy"
    _, manager = await office.agent(Role.manager)
    assert (await manager.put(f"/users/{user.id}/skills", {"skills": ["Polish", "polish "]}))[1]["skills"] == ["polish"]


async def test_the_board_is_taken_dismissed_and_counted(office: Office) -> None:
    user, client = await office.agent()
    await office.hears(*office.call().missed())
    assert await client.get("/debts/counts") == {"open": 1, "overdue": 0}
    (debt,) = (await client.get("/debts"))["items"]
    assert (debt["contact_name"], debt["address"]) == (CUSTOMER, CUSTOMER)
    status, taken = await client.patch(f"/debts/{debt['id']}", {"assignee_id": str(user.id)})
    assert (status, taken["assignee_id"]) == (200, str(user.id))
    assert len((await client.get("/debts?mine=true"))["items"]) == 1
    assert (await client.patch(f"/debts/{debt['id']}", {"dismissed": True}))[1]["closed_by"] == "dismissed"
    assert (await client.patch(f"/debts/{debt['id']}", {"dismissed": True}))[0] == 409
    office.hub.clock.forward(minutes=10)
    await office.hears(*office.call("again").missed())
    (again,) = (await client.get("/debts"))["items"]
    assert again["id"] != debt["id"]


async def test_a_line_has_versions_that_never_change(office: Office) -> None:
    _, manager = await office.agent(Role.manager)
    body = {"id": fresh(), "name": "Help", "channel_id": str(office.channel.id), "number": OURS, "language": "pl"}
    status, line = await manager.post("/lines", body)
    assert (status, line["version"]) == (201, 1)
    versions = f"/lines/{line['id']}/versions"
    (first,) = await manager.get(versions)
    plan = {**first["plan"], "wrap_up_seconds": 60}
    status, second = await manager.post(versions, {"plan": plan, "based_on": 1, "note": "A longer pause"})
    assert (status, second["version"]) == (201, 2)
    assert (await manager.post(versions, {"plan": plan, "based_on": 1}))[0] == 409
    status, third = await manager.post(f"{versions}/1/restore")
    assert (status, third["plan"]) == (201, first["plan"])
    broken = {**plan, "start": "nowhere"}
    status, problem = await manager.post(versions, {"plan": broken, "based_on": 3})
    assert (status, "nowhere" in problem["detail"]) == (422, True)
    assert (await manager.post("/call-plans/check", {"plan": broken}))[1]["problems"]
    assert (await manager.post("/lines", {**body, "id": fresh()}))[0] == 409


async def test_figures_of_calls_are_those_of_the_definitions_and_agents_see_their_own(office: Office) -> None:
    user, client = await office.agent()
    _, manager = await office.agent(Role.manager)
    told = office.call().answered(after=18)
    await office.hears(*by(user.id, told))
    await office.hears(*office.call("short", number="+48600100201").missed(after=3))
    await office.hears(*office.call("long", number="+48600100202").missed(after=40))
    figures = await manager.get("/call-numbers?by=agent")
    total = figures["total"]
    assert (total["offered"], total["answered"], total["outcomes"]) == (
        3,
        1,
        {"answered": 1, "short_abandon": 1, "abandoned": 1},
    )
    assert (total["asa"], total["service_level"], total["abandon_rate"]) == (18.0, 0.5, 0.5)
    assert figures["groups"][str(user.id)]["answered"] == 1
    assert figures["callbacks"]["missed"] == 2
    own = await client.get("/call-numbers")
    assert (own["hidden"], own["total"]["calls"]) == (True, 1)


async def test_what_an_agent_says_of_a_call_stays_with_it(office: Office) -> None:
    _, client = await office.agent()
    await office.hears(*office.call().answered())
    (call,) = (await client.get("/calls"))["items"]
    assert (await client.patch(f"/calls/{call['id']}", {"result": "sold"}))[1]["result"] == "sold"
