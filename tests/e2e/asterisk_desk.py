"""A hub connected to our fake Asterisk, for scenes in which telephones stand on desks."""

from uuid_utils.compat import uuid7

from tests.e2e.calls_seen import available
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import Agent
from tests.e2e.waiting import until
from tests.peers.fake_ari import FakeAri

OURS, ZOFIA, DESK = "+48221112233", "+48600100200", "PJSIP/1001"

CARD = {
    "name": "Quality",
    "pass_mark": 70,
    "sections": [
        {
            "key": "start",
            "title": "Start",
            "weight": 40,
            "questions": [{"key": "greeted", "text": "Greeted by name?", "kind": "yes_no", "weight": 100, "fails": []}],
        },
        {
            "key": "talk",
            "title": "Talk",
            "weight": 60,
            "questions": [{"key": "tone", "text": "Friendly?", "kind": "scale", "weight": 100}],
        },
    ],
}


async def connected(hub: HubProcess, api: HubApi, ari: FakeAri) -> Json:
    """Connect Asterisk, whose number has a line that records; return the line."""
    hub.secrets.append(ari.password)
    known = {"url": ari.url, "username": ari.user, "password": ari.password, "number": OURS}
    channel = await api.channel("asterisk", "Office", known)
    plan = (await api.get("/call-plans/first"))["plan"]
    body = {"id": str(uuid7()), "name": "Office", "channel_id": channel["id"], "number": OURS}
    line: Json = await api.post("/lines", {**body, "plan": {**plan, "recording": "on"}})

    async def there() -> bool:
        told = await api.get(f"/channels/{channel['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(there, what="the connection to Asterisk")
    return line


async def talked(api: HubApi, ari: FakeAri) -> Json:
    """Let the desk phone take a call; return the recording."""
    phone = ari.phone(DESK, "auto")
    caller = ari.call(ZOFIA, OURS, name="Zofia")
    await ari.heard("RecordingStarted", 2, seconds=30)
    ari.pbx.clock.pass_time(30)
    caller.hang_up()

    async def look() -> Json | None:
        (call,) = (await api.get("/calls"))["items"]
        found = await api.get(f"/calls/{call['id']}/recordings")
        return next((one for one in found if one["state"] == "ready" and not one["fetching"]), None)

    recording = await until(look, what="the recording")
    assert len(phone.rung) == 1
    return recording


async def rings_at_the_desk(agent: Agent) -> None:
    """Choose the desk phone instead of the browser, and be available."""
    page = agent.page
    await page.get_by_role("navigation").get_by_text("Away").click()
    await page.get_by_role("menuitem", name="My phones").click()
    form = page.get_by_role("dialog", name="My phones")
    await form.get_by_label("This browser").click()
    await form.get_by_label("Phone of the PBX").fill(DESK)
    await form.get_by_role("button", name="Save").click()
    await form.wait_for(state="hidden")
    await available(agent)
