"""An agent decides who is who: two contacts of two channels become one life, and two again."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import screens, telegram_bot
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.peers.telegram_api import FakeTelegram

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub = telegram_bot.hub
BY_TELEGRAM = "Is the shop open on Sunday?"
BY_CHAT = "My parcel is torn"


@pytest.fixture
async def agent(browser: Browser, api: HubApi, tg: FakeTelegram) -> Agent:
    """An agent with Anna's conversation by Telegram open; she also wrote in the web chat, giving her name."""
    await api.channel("telegram", "Telegram", telegram_bot.settings(tg, "polling"))
    await api.channel("webchat", "Web chat", {"allowed_origins": [api.hub.url], "fields": [{"key": "name"}]})
    await tg.called("getUpdates")
    tg.world.says(BY_TELEGRAM, user=tg.world.person("Anna Example"))
    await chats(browser, api.hub, "Anna Example", BY_CHAT)
    agent = await Agent.sign_in(browser, api.hub)
    await expect(agent.row(BY_CHAT)).to_be_visible(timeout=PATIENCE_MS)
    await agent.row(BY_TELEGRAM).click(timeout=PATIENCE_MS)
    return agent


async def chats(browser: Browser, hub: HubProcess, name: str, text: str) -> None:
    """Somebody writes in the chat on the demo page."""
    page = await (await browser.new_context(reduced_motion="reduce")).new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{hub.url}/demo/widget")
    await page.get_by_role("button", name="Open chat").click()
    await page.get_by_role("textbox", name="Name").fill(name)
    await page.get_by_role("button", name="Start the chat").click()
    box = page.get_by_role("textbox", name="Write a message")
    await box.fill(text)
    await box.press("Enter")
    await expect(page.get_by_title("Sending")).to_have_count(0)


def said(page: Page, text: str) -> Locator:
    """A message in the contact's timeline."""
    return page.get_by_role("tabpanel", name="Timeline").get_by_role("article").filter(has_text=text)


async def test_two_contacts_of_two_channels_become_one_life_and_two_again(agent: Agent) -> None:
    page = agent.page
    await expect(page.get_by_text("Both are called “Anna Example”, and they write by different ways")).to_be_visible()
    await page.get_by_role("button", name="Compare and merge").click()
    dialog = page.get_by_role("dialog", name="Merge two contacts")
    await dialog.get_by_role("button", name="Merge", exact=True).click()
    await expect(page.get_by_text("Merged into Anna Example.")).to_be_visible()
    await expect(dialog).to_have_count(0)

    await page.get_by_role("tab", name="Timeline").click()
    await expect(said(page, BY_TELEGRAM)).to_be_visible()
    await expect(said(page, BY_CHAT)).to_be_visible()

    await page.get_by_role("tab", name="Identity").click()
    history = page.get_by_role("tabpanel", name="Identity")
    await expect(history.get_by_text("Both are called “Anna Example”")).to_be_visible()
    await history.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("button", name="Compare and merge")).to_be_visible()

    await page.get_by_role("tab", name="Timeline").click()
    await expect(said(page, BY_TELEGRAM)).to_be_visible()
    await expect(said(page, BY_CHAT)).to_have_count(0)
    await agent.check()


async def test_two_people_of_one_name_are_never_suggested_again_until_that_is_taken_back(agent: Agent) -> None:
    page = agent.page
    hint = page.get_by_text("May be the same person:")
    await page.get_by_role("button", name="Not the same").click()
    await expect(page.get_by_text("These two will not be suggested again.")).to_be_visible()
    await expect(hint).to_have_count(0)
    await page.get_by_role("tab", name="Identity").click()
    history = page.get_by_role("tabpanel", name="Identity")
    await expect(history.get_by_text("An agent said that these are two people.")).to_be_visible()
    await history.get_by_role("button", name="Undo").click()
    await expect(hint).to_be_visible()
    await agent.check()


async def test_an_address_that_is_somebody_elses_is_split_off(agent: Agent) -> None:
    page = agent.page
    await page.get_by_role("button", name="Compare and merge").click()
    await page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
    await expect(page.get_by_text("Merged into Anna Example.")).to_be_visible()

    await page.get_by_role("button", name="More for v-").click()
    await page.get_by_role("menuitem", name="Belongs to somebody else…").click()
    dialog = page.get_by_role("dialog", name="Split off addresses")
    await dialog.get_by_label("Name of the new contact").fill("Anna the Other")
    await dialog.get_by_label("Reason").fill("Another Anna: she says so.")
    await dialog.get_by_role("button", name="Split", exact=True).click()
    await expect(page.get_by_text("Split into two contacts.")).to_be_visible()
    await expect(agent.row("Anna the Other")).to_be_visible()

    await page.get_by_role("tab", name="Identity").click()
    history = page.get_by_role("tabpanel", name="Identity")
    await expect(history.get_by_text("Another Anna: she says so.")).to_be_visible()
    await history.get_by_role("listitem").filter(has_text="Another Anna").get_by_role("button", name="Undo").click()
    await expect(agent.row("Anna the Other")).to_have_count(0)
    await agent.check()
