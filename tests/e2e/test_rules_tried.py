"""A rule is tried on one conversation before it acts, and a survey asks by a template where the window is shut."""

import re
from collections.abc import AsyncIterator, Mapping

import pytest
from playwright.async_api import Browser, Page, expect

from tests.connectors._lib.fake_graph import FakeGraph
from tests.e2e import screens, whatsapp_number
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.talking import entry_where, saying
from tests.e2e.whatsapp_number import graph_with

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
expect.set_options(timeout=PATIENCE_MS)
hub, channel = whatsapp_number.hub, whatsapp_number.channel


ASKS: Mapping[str, object] = {
    "name": "how_was_it",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Hi {{1}}, how was it?", "example": {"body_text": [["Anna"]]}}],
}


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with graph_with(ASKS) as server:
        yield server


async def test_a_rule_is_tried_on_a_conversation_and_a_survey_gets_its_template(
    browser: Browser, api: HubApi, channel: Json
) -> None:
    await api.post(f"/channels/{channel['id']}/templates/refresh")
    row = await somebody_writes(browser, api)
    agent = await Agent.sign_in(browser, api.hub)
    await the_rule_says_what_it_would_do(agent.page, api, row)
    assert (await api.get(f"/conversations/{row['id']}"))["row"]["tags"] == []
    await the_week_tells_of_contacts_that_changed(agent.page, api, row)
    await the_survey_asks_by_a_template(agent.page, api, channel)
    assert agent.errors == []


async def somebody_writes(browser: Browser, api: HubApi) -> Json:
    """A visitor of the web chat asks something; return the conversation."""
    await api.channel("webchat", "Website", {"allowed_origins": [api.hub.url]})
    page = await browser.new_page(locale="en-GB")
    await page.goto(f"{api.hub.url}/demo/widget?lang=en")
    await page.get_by_role("button", name="Open chat").click()
    await page.get_by_role("textbox").fill("Where is my parcel?")
    await page.get_by_role("textbox").press("Enter")
    await entry_where(api, saying("Where is my parcel?"), "the visitor's question")
    return (await api.conversations())[0]


async def the_rule_says_what_it_would_do(page: Page, api: HubApi, row: Json) -> None:
    await page.goto(f"{api.hub.url}/settings/rules")
    await page.get_by_role("button", name="New rule").click()
    await page.get_by_role("menuitem", name="An empty rule").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox", name="Name").fill("Late ones")
    await form.get_by_role("button", name="Add an action").click()
    await page.get_by_role("menuitem", name="Tags").click()
    await form.get_by_role("combobox", name="Add tags").fill("late")
    await form.get_by_role("combobox", name="Add tags").press("Enter")
    conversation = form.get_by_role("combobox", name="Try on a conversation")
    await conversation.fill(row["contact_name"])
    await page.get_by_role("option", name=row["contact_name"]).first.click()
    would = form.get_by_role("region", name="Try on a conversation").get_by_role("status")
    await expect(would).to_contain_text("It would act: Tags")
    await form.get_by_role("button", name="Add a condition").click()
    await form.get_by_role("combobox", name="Values").fill("words nobody wrote")
    await form.get_by_role("combobox", name="Values").press("Enter")
    await expect(would).to_contain_text("It would not act.")
    await expect(would.get_by_role("listitem")).to_contain_text("“words nobody wrote” · is not so")
    await pictures(page, "rules-here")
    assert await serious(page) == []


async def the_week_tells_of_contacts_that_changed(page: Page, api: HubApi, row: Json) -> None:
    await api.insist("PATCH", f"/contacts/{row['contact_id']}", {"fields": [["tier", "gold"]]})
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Remove this condition").click()
    await form.get_by_role("combobox", name="When").click()
    for trigger in ("A target is breached", "A contact is missed", "The contact changes"):
        await page.get_by_role("option", name=trigger, exact=True).click()
    await page.keyboard.press("Tab")
    await form.get_by_role("combobox", name="Which of the contact’s fields").fill("tier")
    await page.keyboard.press("Enter")
    await form.get_by_role("button", name="Try on last week").click()
    tried = form.get_by_role("region", name="Try on last week")
    await expect(tried.get_by_role("status")).to_contain_text("It would have acted 2 times.")
    await expect(tried.get_by_role("listitem")).to_have_text(
        [re.compile("Where is my parcel.*A customer writes · Tags"), re.compile("The contact changes.*Tags")]
    )
    await expect(
        tried.get_by_text("since no trace of it is kept: A target is breached, The contact changes")
    ).to_be_visible()
    await pictures(page, "rules-week")
    assert await serious(page) == []


async def the_survey_asks_by_a_template(page: Page, api: HubApi, channel: Json) -> None:
    await page.goto(f"{api.hub.url}/settings/surveys")
    await page.get_by_role("button", name="New survey").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("By WhatsApp")
    template = form.get_by_role("combobox", name="Template on Shop number")
    await template.click()
    await pictures(page, "survey-template")
    await page.get_by_role("option", name="how_was_it (en_US)").click()
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="By WhatsApp")).to_be_visible()
    [kept] = [one for one in await api.get("/surveys") if one["name"] == "By WhatsApp"]
    assert list(kept["templates"]) == [channel["id"]]
