"""A call is reviewed in a browser: heard, commented on, scored; the agent answers; who may not listen is refused."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.asterisk_desk import CARD, connected, rings_at_the_desk, talked
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import picture, pictures
from tests.e2e.screens import Agent
from tests.e2e.waiting import until
from tests.peers.fake_ari import FakeAri

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]

HEARD = (
    """() => [...document.querySelectorAll("audio")].find((one) => !one.paused && one.currentTime > 0)?.currentTime"""
)


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


async def heard_from(api: HubApi, second: int) -> bool:
    """Tell whether the only play in the log began at a second."""
    (play,) = (await api.get("/plays"))["items"]
    return bool(play["heard"]) and second <= play["heard"][0][0] < second + 1


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


async def test_a_link_to_a_second_opens_the_review_there_and_plays_from_it(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    await connected(hub, api, ari)
    ala, boss = [await api.colleague(name, role) for name, role in (("Ala", "agent"), ("Maria", "manager"))]
    async with screens.chromium("--autoplay-policy=no-user-gesture-required") as browser:
        agent = await Agent.sign_in(browser, hub, ala)
        await rings_at_the_desk(agent)
        recording = await talked(api, ari)
        manager = await Agent.sign_in(browser, hub, boss)
        page = manager.page
        await manager.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.goto(f"{hub.url}/reviews/{recording['call_id']}?t=17")
        await page.get_by_label("Comment at 0:17").wait_for()
        await page.get_by_role("button", name="Play", exact=True).click()
        await page.get_by_label("Comment at 0:19").wait_for()
        await page.get_by_role("button", name="Pause", exact=True).click()
        await until(lambda: heard_from(api, 17), what="the seconds that were heard, in the log")
        await page.reload()
        await page.get_by_label("Comment at 0:17").wait_for()
        await page.get_by_role("button", name="10 seconds back").click()
        await page.get_by_label("Comment at 0:07").wait_for()
        await page.get_by_role("button", name="Copy a link to this second").click()
        await page.get_by_text("The link is copied.").wait_for()

        await agent.page.goto(await page.evaluate("navigator.clipboard.readText()"))
        await agent.page.get_by_text("0:07 / 0:30").wait_for()
        await pictures(agent.page, "call-review-at-a-second")
        # a link beyond the end opens the call at its end, and one that is no second at its beginning
        await agent.page.goto(f"{hub.url}/reviews/{recording['call_id']}?t=9999")
        await agent.page.get_by_text("0:30 / 0:30").wait_for()
        await agent.page.goto(f"{hub.url}/reviews/{recording['call_id']}?t=soon")
        await agent.page.get_by_text("0:00 / 0:30").wait_for()
        assert manager.errors == agent.errors == []
