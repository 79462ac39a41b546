"""The three ready bots at work in the demo: a newcomer tries each on the demo page, made-up customers do, too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import PHONE, picture, serious
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.waiting import until_so

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(300),
]
expect.set_options(timeout=PATIENCE_MS)

WINDOW = {"width": 400, "height": 720}


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", {"HUB_DEMO": "true", "HUB_DEMO_EVERY": "1"}) as running:
        yield running


@pytest.fixture
async def visitor(browser: Browser, hub: HubProcess) -> Page:
    """A newcomer on the demo page."""
    context = await browser.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{hub.url}/demo/widget?lang=en")
    return page


async def test_each_ready_bot_is_at_work_in_the_demo(browser: Browser, api: HubApi, visitor: Page) -> None:
    # One test of several scenes: making the demo's month takes longer than all of them.
    agent = await Agent.sign_in(browser, api.hub)  # made-up customers write while somebody watches
    await it_greets_asks_and_hands_over(visitor)
    await the_bot_of_the_help_pages_answers_from_the_knowledge_base(visitor)
    await at_night_it_takes_a_number_for_a_callback(visitor)
    await an_agent_reads_what_it_learned(agent, api)
    await made_up_customers_answer_them_too(api)
    await a_manager_reads_how_satisfied_customers_were(agent, api)
    await the_drawing_shows_how_far_customers_came(agent, api)
    assert agent.errors == []


async def it_greets_asks_and_hands_over(page: Page) -> None:
    await page.set_viewport_size(WINDOW)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    await page.get_by_role("button", name="Open chat").click()
    await _says(page, "Hello, my parcel is late")
    await _hears(page, "What is your name?")
    await _says(page, "Ann Smith")
    await expect(page.get_by_role("button", name="Advice on a product")).to_be_visible()
    await picture(page, "bots-visitor")
    await page.get_by_role("button", name="My order").click()
    await _hears(page, "Please tell us in a sentence or two")
    await _says(page, "Order HO-22001 should have come on Monday")
    await _hears(page, "Thank you, Ann Smith! A colleague will answer you here.")
    await page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a plain dict is a ViewportSize


async def the_bot_of_the_help_pages_answers_from_the_knowledge_base(page: Page) -> None:
    await _choose(page, "help pages")
    await _says(page, "How long does delivery take?")
    await _hears(page, "We send every order within one working day")
    await page.get_by_role("button", name="Yes", exact=True).click()
    await _hears(page, "Glad to help")


async def at_night_it_takes_a_number_for_a_callback(page: Page) -> None:
    await _choose(page, "at night")
    await _says(page, "Hello, is anybody there?")
    await page.get_by_role("button", name="Yes, call me").click()
    await _hears(page, "At which number do we reach you?")
    await _says(page, "+44 7700 900123")
    await page.get_by_role("button", name="In the morning").click()
    await _hears(page, "What is it about?")
    await _says(page, "A tent for four")
    await _hears(page, "We will call you as soon as we are back.")


async def an_agent_reads_what_it_learned(agent: Agent, api: HubApi) -> None:
    [row] = [one for one in await api.conversations() if one["contact_name"] == "Ann Smith"]
    [team] = [one["id"] for one in await api.get("/teams") if one["name"] == "Orders and delivery"]
    assert row["team_id"] == team
    await agent.page.goto(f"{api.hub.url}/inbox/{row['id']}")
    note = agent.page.get_by_role("article").filter(has_text="Order HO-22001").filter(has_text="My order")
    await expect(note.last).to_be_visible()
    await picture(agent.page, "bots-handover")


async def made_up_customers_answer_them_too(api: HubApi) -> None:
    greeting = await _flow(api, "Greet and qualify")

    async def named() -> list[int]:
        told = await api.get(f"/bots/flows/{greeting}/counts")
        return [step["left"] for step in told["steps"] if step["step"] == "name"]

    # The visitor was the first.
    await until_so(named, lambda left: left > [1], what="a made-up customer says their name to the bot", within=60)


async def a_manager_reads_how_satisfied_customers_were(agent: Agent, api: HubApi) -> None:
    page = agent.page
    await page.goto(f"{api.hub.url}/reports/satisfaction")
    await expect(page.get_by_text("Satisfied (CSAT)").first).to_be_visible()
    [mail] = [one["id"] for one in await api.get("/channels") if one["name"] == "E-mail (demo)"]
    rated = next(one for one in (await api.get("/reports/ratings"))["items"] if one["channel_id"] == mail)
    await page.goto(f"{api.hub.url}/inbox/{rated['conversation_id']}")
    asked = page.get_by_role("article").filter(has_text="automatic")
    await expect(asked.first).to_contain_text("The hub")
    await picture(page, "demo-survey")


async def the_drawing_shows_how_far_customers_came(agent: Agent, api: HubApi) -> None:
    page, greeting = agent.page, await _flow(api, "Greet and qualify")
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="Bots", exact=True).click()
    await page.get_by_role("link", name="Greet and qualify").first.click()
    await expect(page.get_by_text("At work, version 1")).to_be_visible()
    await expect(page.get_by_text("handed over 0").first).to_be_visible()
    talk = page.get_by_role("region", name="Try it")
    await talk.get_by_role("combobox", name="As on channel…").click()
    await page.get_by_role("option", name="Web chat (demo)").click()
    await talk.get_by_role("textbox", name="Write something").fill("Hello, my tent arrived torn")
    await page.keyboard.press("Enter")
    await expect(talk.get_by_text("What is your name?")).to_be_visible()
    await talk.get_by_role("textbox", name="Write something").fill("Ann Smith")
    await page.keyboard.press("Enter")
    await expect(talk.get_by_role("button", name="My order")).to_be_visible()
    await picture(page, "bots")
    assert await serious(page) == []
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    await page.goto(f"{api.hub.url}/settings/bots/{greeting}")
    await expect(page.get_by_text("What is your name?").first).to_be_visible()
    await picture(page, "bots-phone")
    assert await serious(page) == []


async def _flow(api: HubApi, name: str) -> str:
    [found] = [flow["id"] for flow in await api.get("/bots/flows") if flow["name"] == name]
    return str(found)


async def _choose(page: Page, chat: str) -> None:
    await page.get_by_role("navigation", name="Chats").get_by_role("link", name=chat).click()
    await page.get_by_role("button", name="Open chat").click()


async def _says(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def _hears(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).last).to_be_visible()
