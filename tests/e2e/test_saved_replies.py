"""A manager writes a saved reply in the settings; a slash in the composer finds it by keyboard and fills it in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", {"HUB_DEMO": "true"}) as running:
        yield running


async def test_a_saved_reply_goes_from_the_settings_into_a_message(browser: Browser, api: HubApi) -> None:
    for one in await api.get("/saved-replies"):  # the demo's
        await api.insist("DELETE", f"/saved-replies/{one['id']}")
    for one in await api.get("/macros"):  # a slash offers these, too
        await api.insist("DELETE", f"/macros/{one['id']}")
    agent = await Agent.sign_in(browser, api.hub)
    page = agent.page
    await a_manager_writes_it_and_hears_of_a_slip_of_the_pen(page, api.hub.url)
    conversation = await one_that_can_be_answered(api)
    await page.goto(f"{api.hub.url}/inbox/{conversation['id']}")
    field = page.get_by_role("textbox", name=f"Reply to {conversation['contact_name']}")
    await it_is_found_by_keyboard_and_stands_in_the_field(page, field, conversation["contact_name"])
    await a_slash_inside_a_word_and_one_that_was_closed_open_nothing(page, field)
    kept = {one["name"]: one["used"] for one in await api.get("/saved-replies")}
    assert kept == {"Delivery time": 0, "Greeting": 1}
    assert agent.errors == []


async def a_manager_writes_it_and_hears_of_a_slip_of_the_pen(page: Page, url: str) -> None:
    await page.goto(f"{url}/settings/saved-replies")
    await expect(page.get_by_text("No saved replies yet")).to_be_visible()
    await pictures(page, "empty")
    await page.get_by_role("button", name="New saved reply").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Greeting")
    await form.get_by_label("Shortcut").fill("hi")
    text = form.get_by_role("textbox", name="Text in English")
    await text.fill("Hello {{ contact.nmae }}")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("alert")).to_contain_text("Did you mean {{ contact.name }}?")
    await text.fill("Hello ")
    await form.get_by_role("button", name="contact.name").click()
    await expect(text).to_have_value("Hello {{ contact.name }}")
    await form.get_by_role("button", name="Add a language").click()
    await form.get_by_role("textbox", name="Text in Korean").fill("안녕하세요 {{ contact.name }}님")
    await pictures(page, "form")
    assert await serious(page) == []
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Greeting")).to_be_visible()
    await page.get_by_role("button", name="New saved reply").click()
    await form.get_by_label("Name").fill("Delivery time")
    await text.fill("It takes two working days, {{ contact.first_name }}. You get a message when it leaves our house.")
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Delivery time")).to_be_visible()
    await pictures(page, "list")
    assert await serious(page) == []


async def it_is_found_by_keyboard_and_stands_in_the_field(page: Page, field: Locator, name: str) -> None:
    await field.focus()
    await page.keyboard.type("Good morning! /")
    offered = page.get_by_role("listbox", name="Saved replies").get_by_role("option")
    await expect(offered).to_have_count(2)
    await pictures(page, "slash")
    assert await serious(page) == []
    await page.keyboard.press("ArrowDown")
    await expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Tab")
    await page.keyboard.type("hi")
    await expect(offered).to_have_count(1)
    await expect(offered).to_contain_text("안녕하세요")
    await page.keyboard.press("Tab")
    await expect(offered).to_contain_text(f"Hello {name}")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value(f"Good morning! Hello {name}")
    await expect(field).to_be_focused()
    await expect(offered).to_have_count(0)


async def a_slash_inside_a_word_and_one_that_was_closed_open_nothing(page: Page, field: Locator) -> None:
    listed = page.get_by_role("listbox", name="Saved replies")
    await field.fill("")
    await page.get_by_role("button", name="Saved replies").click()
    await expect(listed).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(listed).to_have_count(0)
    await expect(field).to_be_focused()
    await page.keyboard.type("hi and/or")
    await expect(field).to_have_value("/hi and/or")
    await expect(listed).to_have_count(0)


async def one_that_can_be_answered(api: HubApi) -> dict[str, str]:
    """Return a conversation of the demo whose customer may be written to now."""
    for row in (await api.get("/conversations"))["items"]:
        detail = await api.get(f"/conversations/{row['id']}")
        capabilities = detail["capabilities"]
        if detail["refused"] == "" and capabilities["reply_window"] is None and not row["group"]:
            return dict(row)
    raise AssertionError("the demo has no conversation that can be answered")
