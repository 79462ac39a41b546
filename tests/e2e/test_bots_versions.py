"""A bot is published twice and rolled back; exported and imported it is a bot of its own, which answers."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(120),
]
expect.set_options(timeout=PATIENCE_MS)

FIRST, SECOND = "Hello from the first version.", "Hello from the second version."
STEPS = [
    {"kind": "message", "id": "hello", "label": "Greeting", "text": {"en": FIRST}, "exits": {"next": "team"}},
    {"kind": "handover", "id": "team", "text": {"en": "A colleague will write."}},
]
GRAPH = {"schema": 1, "languages": ["en"], "start": "hello", "steps": STEPS}


@pytest.fixture
async def flow(api: HubApi) -> str:
    """A drawn bot that whoever writes in the web chat would wake, once it is at work."""
    channel = await api.channel("webchat", "Website", {"allowed_origins": [api.hub.url]})
    key = str(uuid7())
    await api.post("/bots/flows", {"id": key, "name": "Welcome", "description": "Greets everybody", "draft": GRAPH})
    await api.post("/bots/rules", {"id": str(uuid7()), "name": "All", "flow_id": key, "channel_ids": [channel["id"]]})
    return key


async def test_a_bot_goes_back_to_an_earlier_version_and_lives_on_in_an_imported_one(
    browser: Browser, api: HubApi, flow: str, tmp_path: Path
) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    page = agent.page
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(f"{api.hub.url}/settings/bots/{flow}")
    await publish(page, "The first one", 1)
    await visitor_hears(browser, api, FIRST)
    await greet_with(page, SECOND)
    await publish(page, "Warmer words", 2)
    await visitor_hears(browser, api, SECOND)
    await roll_back(page)
    await visitor_hears(browser, api, FIRST)
    file = await export(page, tmp_path)
    assert json.loads(file.read_text())["name"] == "Welcome"
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Take from work").click()
    await expect(page.get_by_text("Draft", exact=True)).to_be_visible()
    await imported_and_at_work(page, file)
    # What was exported is what was drawn last, whichever version was at work.
    await visitor_hears(browser, api, SECOND)
    assert await serious(page) == []
    assert agent.errors == []


async def publish(page: Page, note: str, version: int) -> None:
    await page.get_by_role("button", name="Publish", exact=True).click()
    await page.get_by_role("textbox", name="What changed").fill(note)
    await page.get_by_role("button", name="Put to work").click()
    await expect(page.get_by_text(f"At work, version {version}", exact=True)).to_be_visible()


async def greet_with(page: Page, words: str) -> None:
    await page.locator(".react-flow__node").filter(has=page.get_by_text("Greeting", exact=True)).click()
    side = page.get_by_role("complementary", name="The step")
    await side.get_by_role("textbox", name="What it says", exact=True).fill(words)
    await expect(page.get_by_text("At work, version 1 · the draft has changes")).to_be_visible()
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()


async def roll_back(page: Page) -> None:
    await page.get_by_role("button", name="Versions").click()
    await expect(page.get_by_role("menuitem", name="At work, version 2")).to_be_disabled()
    await expect(page.get_by_role("menuitem", name="Back to 1")).to_contain_text("The first one")
    await pictures(page, "bots-versions")
    await page.get_by_role("menuitem", name="Back to 1").click()
    await expect(page.get_by_text("Version 1 is at work again, as a new version")).to_be_visible()
    await expect(page.get_by_text("At work, version 3 · the draft has changes")).to_be_visible()
    await pictures(page, "bots-rolled-back")


async def export(page: Page, folder: Path) -> Path:
    await page.get_by_role("button", name="More", exact=True).click()
    async with page.expect_download() as told:
        await page.get_by_role("menuitem", name="Export").click()
    file = folder / "exported.json"
    await (await told.value).save_as(file)
    return file


async def imported_and_at_work(page: Page, file: Path) -> None:
    """Import a file into a new bot, publish it, and have it woken by whoever writes."""
    await page.get_by_role("link", name="Bots", exact=True).click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Import", exact=True).click()
    await (await chooser.value).set_files(file)
    await expect(page.get_by_role("heading", name="Welcome", exact=True)).to_be_visible()
    await expect(page.get_by_text("Draft", exact=True)).to_be_visible()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Name and purpose").click()
    await page.get_by_role("textbox", name="Name", exact=True).fill("Welcome again")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("heading", name="Welcome again")).to_be_visible()
    await publish(page, "From a file", 1)
    await page.get_by_role("link", name="Bots", exact=True).click()
    await page.get_by_role("button", name="New rule").click()
    form = page.get_by_role("dialog", name="New rule")
    await form.get_by_role("textbox", name="Name", exact=True).fill("Everybody again")
    await form.get_by_role("combobox", name="Bot").click()
    await page.get_by_role("option", name="Welcome again").click()
    await form.get_by_role("combobox", name="Channels").click()
    await page.get_by_role("option", name="Website").click()
    await page.keyboard.press("Tab")
    await form.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Welcome again · Website · At any time · Anybody")).to_be_visible()
    await expect(page.get_by_text("Welcome · Website · At any time · Anybody · not at work")).to_be_visible()
    await pictures(page, "bots-imported")


async def visitor_hears(browser: Browser, api: HubApi, words: str) -> None:
    """Somebody new writes in the web chat, and hears this once."""
    context = await browser.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    await page.goto(f"{api.hub.url}/demo/widget?lang=en")
    await page.get_by_role("button", name="Open chat").click()
    await page.get_by_role("textbox").fill("Hello, is anybody there?")
    await page.get_by_role("textbox").press("Enter")
    await expect(page.get_by_text("A colleague will write.")).to_be_visible()
    await expect(page.get_by_text("Hello from the")).to_have_text(words)
    await context.close()
