"""A telephone system through the whole hub: it tells of calls by webhook, and rings phones when asked."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from uuid_utils.compat import uuid7

from tests.connectors.cti.systems import SECRET, System, system
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

OURS, ANNA = "+12125550100", "+12125550123"


@pytest.fixture
async def pbx() -> AsyncIterator[System]:
    async with system() as running:
        yield running


@pytest.fixture
async def hub(tmp_path: Path, pbx: System) -> AsyncIterator[HubProcess]:
    running = HubProcess(tmp_path / "hub", secrets=[SECRET])
    place = pbx.url.removeprefix("http://").partition("/")[0]
    running.environment = {"HUB_PUBLIC_URL": running.url, "HUB_ALLOW_PRIVATE_FETCH": place}
    async with running:
        yield running


async def entry_where(api: HubApi, what: str, **data: object) -> Json:
    """Wait for a call whose entry says this."""

    async def look() -> Json | None:
        rows = await api.conversations()
        found = [entry for row in rows for entry in await api.every(f"/conversations/{row['id']}/interactions")]
        return next((e for e in found if all(e["data"].get(key) == value for key, value in data.items())), None)

    return await until(look, what=what)


async def tells(address: str, **told: object) -> Json:
    """Tell the hub, with the secret as a fixed header."""
    headers = {"Authorization": f"Bearer {SECRET}"}
    async with aiohttp.ClientSession() as http, http.post(address, json=told, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        return dict(await answer.json())


async def test_a_system_tells_of_a_missed_call_and_rings_the_agent_to_call_back(api: HubApi, pbx: System) -> None:
    settings = {"number": OURS, "secret": SECRET, "call_url": pbx.url}
    made = await api.channel("cti", "PBX", settings)
    assert pbx.asked[0] == {"event": "ping"}

    async def takes() -> bool:
        return bool((await tells(address, event="started", **call))["call"] == "17")

    address, call = made["webhook_url"], {"id": "17", "direction": "in", "from": ANNA, "to": OURS}
    await until(takes, what="the door")
    await entry_where(api, "the call, while it rings", state="queued")
    await takes()
    await tells(address, event="ended", cause="no_answer", **call)
    await entry_where(api, "the missed call", outcome="missed")

    async def debts() -> list[Json]:
        return list((await api.get("/debts"))["items"])

    (debt,) = await until(debts, what="the debt")
    assert debt["address"] == ANNA

    desk = {"kind": "endpoint", "address": "101"}
    await api._ask("PUT", "/presence/devices", json={"devices": [desk]})
    order = {"id": str(uuid7()), "channel_id": made["id"], "number": ANNA, "device": desk}
    placed = await api.post("/calls", order)
    asked = pbx.asked[-1]
    assert (asked["agent"], asked["number"], asked["call"]) == ("101", ANNA, placed["call"])
    assert pbx.proven == [True] * len(pbx.asked)
    back = {"id": "pbx-2", "direction": "out", "from": OURS, "to": ANNA, "agent": "101", "call": placed["call"]}
    at = "2026-11-22T{}Z"
    await tells(address, event="started", at=at.format("09:30:00"), **back)
    await tells(address, event="answered", at=at.format("09:30:10"), **back)
    await tells(address, event="ended", at=at.format("09:31:00"), cause="completed", **back)
    entry = await entry_where(api, "the call back", outcome="answered")
    assert (entry["data"]["call"], entry["data"]["talked"]) == (order["id"], 50)
