"""A review by keyboard alone, a clip kept for training, and an appeal that changes the score."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.asterisk_desk import CARD, connected, rings_at_the_desk, talked
from tests.e2e.calls_seen import plays
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures
from tests.e2e.screens import Agent
from tests.peers.fake_ari import FakeAri

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(150),
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
]


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


async def heard_by_keyboard(page: Page) -> None:
    """Move through the recording without a mouse."""
    press = page.keyboard.press
    await page.get_by_role("button", name="Play", exact=True).wait_for()
    await press("l")
    await page.get_by_label("Comment at 0:10").wait_for()
    await press("ArrowRight")
    await page.get_by_label("Comment at 0:15").wait_for()
    await press("j")
    await page.get_by_label("Comment at 0:05").wait_for()
    await press("Shift+Period")
    await expect(page.get_by_role("combobox", name="Speed")).to_have_value("1.25×")
    await press("Space")
    await page.get_by_role("button", name="Pause", exact=True).wait_for()
    await press("k")
    await page.get_by_role("button", name="Play", exact=True).wait_for()
    await press("c")
    await page.keyboard.type("Say the name.")
    await expect(page.get_by_label("Comment at")).to_have_value("Say the name.")


async def kept_as_a_clip(page: Page) -> None:
    """Drag over the waveform and put the range into a playlist of its own."""
    box = await page.get_by_role("img", name="Agent, Customer").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 40)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 40, steps=4)
    await page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40, steps=4)
    await page.mouse.up()
    await page.get_by_role("button", name="Save as a clip").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Title").fill("A friendly beginning")
    await form.get_by_label("Name of the playlist").fill("For newcomers")
    await form.get_by_role("button", name="Save as a clip").click()
    await form.wait_for(state="hidden")
    await page.get_by_role("link", name="Review", exact=True).click()
    await page.get_by_role("link", name="Training playlists").click()
    await page.get_by_role("button", name="Play A friendly beginning").click()
    await plays(page.get_by_role("region", name="For newcomers"))
    await pictures(page, "call-playlist")


async def test_a_call_is_heard_by_keyboard_clipped_scored_appealed_and_settled(
    hub: HubProcess, api: HubApi, ari: FakeAri
) -> None:
    await connected(hub, api, ari)
    await api.post("/scorecards", {"id": str(uuid7()), **CARD})
    ala, boss = [await api.colleague(name, role) for name, role in (("Ala", "agent"), ("Maria", "manager"))]
    async with screens.chromium("--autoplay-policy=no-user-gesture-required") as browser:
        agent = await Agent.sign_in(browser, hub, ala)
        await rings_at_the_desk(agent)
        address = f"{hub.url}/reviews/{(await talked(api, ari))['call_id']}"
        manager = await Agent.sign_in(browser, hub, boss)
        page = manager.page
        await page.goto(address)
        await heard_by_keyboard(page)
        await page.get_by_role("button", name="Begin a review").click()
        card = page.get_by_role("article").filter(has_text="Reviewed by Maria")
        await card.get_by_role("radiogroup", name="Greeted by name?").get_by_label("No").check()
        await card.get_by_role("radiogroup", name="Friendly?").get_by_label("4").check()
        await card.get_by_role("button", name="Submit").click()
        await card.get_by_text("Maria submitted the review").wait_for()

        await agent.page.goto(address)
        mine = agent.page.get_by_role("article").filter(has_text="Reviewed by Maria")
        await mine.get_by_label("Your words").fill("I said her name at 0:02.")
        await mine.get_by_role("button", name="Appeal").click()
        await mine.get_by_text("Ala appealed").wait_for()
        await card.get_by_text("I said her name at 0:02.").wait_for()
        await card.get_by_label("Your words").fill("So you did.")
        await card.get_by_role("button", name="Change the score").click()
        await card.get_by_role("radiogroup", name="Greeted by name?").get_by_label("Yes").check()
        await card.get_by_role("button", name="Save the new answers").click()
        await card.get_by_text("Maria changed the score").wait_for()
        await expect(mine.get_by_label("Total")).to_have_text("85 %")
        await kept_as_a_clip(page)
        assert manager.errors == agent.errors == []
