"""A manager writes a macro in the settings; in a conversation it is found by keyboard, previewed, done, taken back."""

import pytest
from playwright.async_api import Browser, Page, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.talking import entry_where, saying
from tests.e2e.test_surveys import a_visitor
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(120),
]
expect.set_options(timeout=PATIENCE_MS)


async def test_a_macro_goes_from_the_settings_into_a_conversation_and_back(api: HubApi) -> None:
    async with screens.chromium() as browser:
        agent = await Agent.sign_in(browser, api.hub)
        page = agent.page
        await a_manager_writes_it(page, api.hub.url)
        for key, text in {"refund-policy": "Within 30 days.", "greeting": "Hello {{ contact.first_name }}!"}.items():
            texts = {
                "id": str(uuid7()),
                "name": key.capitalize().replace("-", " "),
                "shortcut": key,
                "texts": {"en": text},
            }
            await api.post("/saved-replies", texts)
        row = await a_customer_writes(browser, api)
        await page.goto(f"{api.hub.url}/inbox/{row['id']}")
        await it_is_found_by_keyboard_and_in_the_menu(page, row["contact_name"])
        await a_slash_finds_it_among_the_saved_replies_and_it_is_done(page, row["contact_name"])

        async def done() -> Json | None:
            return next(
                (
                    one
                    for one in await api.every("/conversations", [("state", "resolved")])
                    if one["id"] == row["id"] and "refund" in one["tags"]
                ),
                None,
            )

        await until(done, what="the macro resolved and tagged the conversation")
        line = page.get_by_text("ran “Refund”")
        await expect(line).to_be_visible()
        await pictures(page, "macro-thread")
        assert await serious(page) == []
        await page.get_by_role("button", name="Take back").click()
        await expect(page.get_by_text("took “Refund” back")).to_be_visible()
        await expect(page.get_by_role("button", name="Take back")).to_have_count(0)
        assert agent.errors == []


async def a_manager_writes_it(page: Page, url: str) -> None:
    await page.goto(f"{url}/settings/macros")
    await expect(page.get_by_text("No macros yet")).to_be_visible()
    await page.get_by_role("button", name="New macro").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Refund")
    await add(page, "Reply")
    await form.get_by_role("textbox", name="Text in English").fill("Hello {{ contact.first_name }}, it is on its way.")
    await add(page, "Tags")
    await form.get_by_label("Add tags").fill("refund")
    await page.keyboard.press("Enter")
    await add(page, "State")
    await pictures(page, "macro-form")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("send a reply → tags +refund → resolve")).to_be_visible()
    await pictures(page, "macro-list")
    assert await serious(page) == []


async def add(page: Page, kind: str) -> None:
    await page.get_by_role("button", name="Add an action").click()
    await page.get_by_role("menuitem", name=kind, exact=True).click()
    # axe would find the colours of a menu that fades away too weak
    await expect(page.get_by_role("menu")).to_have_count(0)


async def it_is_found_by_keyboard_and_in_the_menu(page: Page, name: str) -> None:
    await expect(page.get_by_role("textbox", name=f"Reply to {name}")).to_be_visible()
    await page.keyboard.press("m")
    picker = page.get_by_role("dialog", name="Run a macro")
    await expect(picker.get_by_role("combobox", name="Find a macro")).to_be_focused()
    await page.keyboard.type("ref")
    await expect(picker.get_by_role("option", name="Refund")).to_have_attribute("aria-selected", "true")
    await expect(picker.get_by_text(f"Hello {name.split(' ')[0]}, it is on its way.")).to_be_visible()
    await pictures(page, "macro-picker")
    assert await serious(page) == []
    await page.keyboard.press("Escape")
    await expect(picker).to_have_count(0)
    await page.get_by_role("button", name="More", exact=True).press("Enter")
    await page.get_by_role("menuitem", name="Run a macro").press("Enter")
    await expect(picker.get_by_role("option", name="Refund")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(picker).to_have_count(0)


async def a_slash_finds_it_among_the_saved_replies_and_it_is_done(page: Page, name: str) -> None:
    field, found = page.get_by_role("textbox", name=f"Reply to {name}"), page.get_by_role("listbox")
    await field.fill("Hello again ")
    await field.press_sequentially("/")
    await expect(found.get_by_role("option")).to_have_count(3)
    await pictures(page, "slash")
    await field.press_sequentially("refu")
    await expect(found.get_by_role("option", name="Refund policy")).to_have_attribute("aria-selected", "true")
    await field.press("ArrowDown")
    await field.press("Enter")
    picker = page.get_by_role("dialog", name="Run a macro")
    await expect(picker.get_by_role("option", name="Refund")).to_have_attribute("aria-selected", "true")
    await expect(picker.get_by_text(f"Hello {name.split(' ')[0]}, it is on its way.")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(picker).to_have_count(0)
    await expect(field).to_have_value("Hello again ")


async def a_customer_writes(browser: Browser, api: HubApi) -> Json:
    """Return the conversation of somebody who wrote in the web chat."""
    visitor = await a_visitor(browser, api)
    await visitor.get_by_role("textbox").fill("I want my money back")
    await visitor.keyboard.press("Enter")
    written = await entry_where(api, saying("I want my money back"), "the visitor writes")
    return next(row for row in await api.conversations() if row["id"] == written["conversation_id"])
