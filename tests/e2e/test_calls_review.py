"""A call is reviewed in a browser: heard, commented on, scored; the agent answers; who may not listen is refused."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.calls_seen import available
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import picture
from tests.e2e.screens import Agent
from tests.e2e.waiting import until
from tests.peers.fake_ari import FakeAri

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

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


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


async def connected(hub: HubProcess, api: HubApi, ari: FakeAri) -> None:
    """Connect Asterisk, whose number has a line that records."""
    hub.secrets.append(ari.password)
    known = {"url": ari.url, "username": ari.user, "password": ari.password, "number": OURS}
    channel = await api.channel("asterisk", "Office", known)
    plan = (await api.get("/call-plans/first"))["plan"]
    body = {"id": str(uuid7()), "name": "Office", "channel_id": channel["id"], "number": OURS}
    await api.post("/lines", {**body, "plan": {**plan, "recording": "on"}})

    async def there() -> bool:
        told = await api.get(f"/channels/{channel['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(there, what="the connection to Asterisk")


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


async def opened(page: Page, hub: HubProcess, call_id: str) -> None:
    """Open the review of a call."""
    await page.goto(f"{hub.url}/reviews/{call_id}")
    await page.get_by_role("heading", name="Zofia").wait_for()


async def test_a_manager_reviews_the_agent_answers_and_others_are_refused(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    await connected(hub, api, ari)
    await api.post("/scorecards", {"id": str(uuid7()), **CARD})
    ala, boss, bob = [
        await api.colleague(name, role) for name, role in (("Ala", "agent"), ("Maria", "manager"), ("Bob", "agent"))
    ]
    async with screens.chromium("--autoplay-policy=no-user-gesture-required") as browser:
        agent = await Agent.sign_in(browser, hub, ala)
        await rings_at_the_desk(agent)
        recording = await talked(api, ari)
        call_id = recording["call_id"]

        manager = await Agent.sign_in(browser, hub, boss)
        page = manager.page
        await page.get_by_role("link", name="Calls").click()
        await page.get_by_role("link", name="Review", exact=True).click()
        await page.locator("a[href^='/reviews/']").filter(has_text="Zofia").click()
        await page.get_by_role("button", name="Play", exact=True).click()
        await expect(page.get_by_text("Agent speaks")).to_be_visible()
        await page.get_by_label("Comment at").fill("Say the name here.")
        await page.get_by_label("The agent sees it").click()
        await page.get_by_role("button", name="Comment", exact=True).click()
        await page.get_by_role("button", name="Begin a review").click()
        card = page.get_by_role("article").filter(has_text="Reviewed by Maria")
        await card.get_by_role("radiogroup", name="Greeted by name?").get_by_label("No").check()
        await card.get_by_role("radiogroup", name="Friendly?").get_by_label("4").check()
        await card.get_by_label("Summary for the agent").fill("Friendly. Next time say the name.")
        await expect(card.get_by_label("Total")).to_have_text("45 %")
        await picture(page, "call-review")
        await card.get_by_role("button", name="Submit").click()
        await card.get_by_text("Maria submitted the review").wait_for()

        await opened(agent.page, hub, call_id)
        mine = agent.page.get_by_role("article").filter(has_text="Reviewed by Maria")
        await expect(mine.get_by_label("Total")).to_have_text("45 %")
        await expect(agent.page.get_by_text("Say the name here.")).to_be_visible()
        await mine.get_by_label("Your words").fill("I will. The line was bad at first.")
        await mine.get_by_role("button", name="Reply").click()
        await mine.get_by_text("Ala replied").wait_for()
        await picture(agent.page, "call-reviewed")
        await page.reload()
        await page.get_by_text("I will. The line was bad at first.").wait_for()

        other = await Agent.sign_in(browser, hub, bob)
        status = await other.page.evaluate(
            """async (recording) => (await fetch(`/api/v1/recordings/${recording}/plays`, {
              method: "POST", body: '{"kind": "play"}',
              headers: { "Content-Type": "application/json", "X-CSRF-Token":
                (await (await fetch("/api/v1/session")).json()).csrf },
            })).status""",
            recording["id"],
        )
        assert status == 403
    (refused, *_) = (await api.get("/plays"))["items"]
    people = {one["id"]: one["name"] for one in await api.get("/users")}
    assert (refused["kind"], people[refused["user_id"]]) == ("refused", "Bob")
    played = [one for one in (await api.get("/plays"))["items"] if one["kind"] == "play"]
    assert {people[one["user_id"]] for one in played} == {"Maria"}
