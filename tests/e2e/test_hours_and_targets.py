"""A manager says when they are open and how soon whom is to be answered, in the browser, and may change their mind."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
expect.set_options(timeout=PATIENCE_MS)


async def test_a_manager_keeps_hours_and_targets_in_the_browser(browser: Browser, api: HubApi) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    await a_day_has_hours_of_its_own_and_an_edit_keeps_what_was(agent, api)
    await a_calendar_in_use_is_not_deleted_and_says_why(agent)
    await a_target_is_for_a_segment_and_stands_still_as_chosen(agent, api)
    await a_target_is_deleted_once_it_was_asked(agent, api)
    assert agent.errors == []


async def a_day_has_hours_of_its_own_and_an_edit_keeps_what_was(agent: Agent, api: HubApi) -> None:
    page = agent.page
    await page.goto(f"{api.hub.url}/settings/hours")
    await page.get_by_role("button", name="New calendar").click()
    form = page.get_by_role("dialog", name="Calendar")
    await form.get_by_label("Name").first.fill("Shop")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await page.get_by_role("button", name="Edit").click()
    await form.get_by_role("button", name="Day of its own").click()
    await form.get_by_label("Date", exact=True).fill("2030-12-24")
    await form.get_by_placeholder("Name").fill("Christmas Eve")
    await form.get_by_role("button", name="More hours on Christmas Eve").click()
    await form.get_by_label("Closes on Christmas Eve").fill("12:00")
    await pictures(page, "hours-form")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await expect(page.get_by_text("Christmas Eve 09:00–12:00")).to_be_visible()
    await page.get_by_text("1 earlier version").click()
    await expect(page.get_by_text("version 1", exact=True)).to_be_visible()
    await pictures(page, "hours")
    assert await serious(page) == []
    (calendar,) = await api.get("/calendars")
    assert [(day["name"], day["hours"]) for day in calendar["days"]] == [
        ("Christmas Eve", [{"opens": "09:00", "closes": "12:00"}])
    ]


async def a_calendar_in_use_is_not_deleted_and_says_why(agent: Agent) -> None:
    page = agent.page
    keeper = page.get_by_role("combobox", name="The whole company")
    await keeper.click()
    await page.get_by_role("option", name="Shop").click()
    await page.get_by_role("button", name="Delete “Shop”").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("This calendar is used (company)")).to_be_visible()
    await expect(page.get_by_text("Christmas Eve 09:00–12:00")).to_be_visible()


async def a_target_is_for_a_segment_and_stands_still_as_chosen(agent: Agent, api: HubApi) -> None:
    page = agent.page
    await page.goto(f"{api.hub.url}/settings/targets")
    await page.get_by_role("button", name="New target").click()
    form = page.get_by_role("dialog", name="Target")
    await form.get_by_label("Name").fill("Important customers")
    await form.get_by_role("button", name="Field of the contact").click()
    await form.get_by_role("textbox", name="Field of the contact").fill("Segment")
    await form.get_by_role("textbox", name="Its value").fill("VIP")
    await form.get_by_role("checkbox", name="Snoozed").check()
    await pictures(page, "target-form")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Segment = VIP")).to_be_visible()
    (target,) = await api.get("/targets")
    assert target["segments"] == [{"field": "Segment", "value": "VIP"}]
    assert sorted(target["pause_when"]) == ["pending", "snoozed"]


async def a_target_is_deleted_once_it_was_asked(agent: Agent, api: HubApi) -> None:
    page = agent.page
    delete = page.get_by_role("button", name="Delete “Important customers”")
    question = page.get_by_role("dialog", name="Delete “Important customers”")
    await delete.click()
    await expect(question).to_contain_text("What was measured by it stays as it was.")
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    assert len(await api.get("/targets")) == 1
    await delete.click()
    await question.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_text("No targets yet")).to_be_visible()
    assert await api.get("/targets") == []
