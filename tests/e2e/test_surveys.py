"""A visitor of the web chat is asked how it was, rates by a button, and the manager sees it in the report."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.talking import entry_where, saying
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(120),
]
expect.set_options(timeout=PATIENCE_MS)


async def test_a_visitor_rates_a_resolved_conversation_and_the_manager_sees_it(api: HubApi) -> None:
    async with screens.chromium() as browser:
        agent = await Agent.sign_in(browser, api.hub)
        page = agent.page
        await a_manager_sets_the_survey_up(page, api.hub.url)
        visitor = await a_visitor(browser, api)
        await visitor.get_by_role("textbox").fill("Gdzie jest moja paczka?")
        await visitor.keyboard.press("Enter")
        question = await entry_where(api, saying("Gdzie jest moja paczka?"), "the visitor writes")
        conversation = question["conversation_id"]
        await api.reply(conversation, "Przyjdzie jutro.")
        await expect(visitor.get_by_text("Przyjdzie jutro.")).to_be_visible()
        await api.insist("PATCH", f"/conversations/{conversation}", {"state": "resolved"})
        await expect(visitor.get_by_text("Jak było?")).to_be_visible()
        await visitor.get_by_role("button", name="Znakomicie").click()
        await expect(visitor.get_by_text("Czy możesz w kilku słowach")).to_be_visible()
        await visitor.get_by_role("textbox").fill("Szybko i miło")
        await visitor.keyboard.press("Enter")
        await expect(visitor.get_by_text("Dziękujemy, to nam pomaga.")).to_be_visible()
        await pictures(visitor, "visitor")

        async def rated() -> Json | None:
            found = (await api.get("/reports/ratings"))["items"]
            return next((one for one in found if one["comment"]), None)

        rating = await until(rated, what="the rating has its words")
        assert (rating["score"], rating["comment"], rating["via"]) == (5, "Szybko i miło", "button")
        row = next(one for one in await api.conversations() if one["id"] == conversation)
        assert (row["state"], row["waiting_since"]) == ("resolved", None)
        await the_manager_sees_it(page, api.hub.url, conversation)
        await agent.check()


async def a_manager_sets_the_survey_up(page: Page, url: str) -> None:
    await page.goto(f"{url}/settings/surveys")
    await page.evaluate("window.loadedOnce = true")
    await expect(page.get_by_text("Customers are not asked yet")).to_be_visible()
    await pictures(page, "empty")
    await page.get_by_role("button", name="New survey").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("After help")
    await form.get_by_label("Minutes after the resolve").fill("0")
    await form.get_by_role("combobox", name="Own words in…").click()
    await page.get_by_role("option", name="Polish", exact=True).click()
    await form.get_by_label("Question").fill("Jak było?")
    assert await serious(page) == []
    await pictures(page, "form")
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="After help")).to_be_visible()
    await pictures(page, "list")
    assert await serious(page) == []


async def a_visitor(browser: Browser, api: HubApi) -> Page:
    await api.channel("webchat", "Website", {"allowed_origins": [api.hub.url]})
    context = await browser.new_context(viewport=DESKTOP, locale="pl-PL", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{api.hub.url}/demo/widget?lang=pl")
    await page.get_by_role("button", name="Otwórz czat").click()
    return page


async def the_manager_sees_it(page: Page, url: str, conversation: str) -> None:
    await page.goto(f"{url}/reports/satisfaction")
    await page.evaluate("window.loadedOnce = true")
    await expect(page.locator('[data-figure="satisfied"]')).to_contain_text("100%")
    await expect(page.locator('[data-figure="average"]')).to_contain_text("5")
    await pictures(page, "report")
    assert await serious(page) == []
    await page.get_by_text("Szybko i miło").scroll_into_view_if_needed()
    await page.locator(f'a[href$="/inbox/{conversation}"]').first.click()
    await expect(page.get_by_role("note").filter(has_text="The customer rated:")).to_contain_text("5 of 5")
    await expect(page.get_by_role("heading", name="Ratings")).to_be_visible()
    await pictures(page, "thread")
    assert await serious(page) == []
