"""A form on a website of its owner's, filled in by a visitor in a real browser, through the whole hub."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import ApiProblem, HubApi, Json
from tests.e2e.looking import PHONE, picture, serious
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

CONSENT = "I agree that the shop keeps my message."


@asynccontextmanager
async def website(pages: dict[str, str]) -> AsyncIterator[str]:
    """The owner's own site; gives its origin. Pages may be added while it runs."""

    async def show(request: web.Request) -> web.Response:
        return web.Response(text=pages.get(request.path, ""), content_type="text/html")

    app = web.Application()
    app.router.add_get("/{page}", show)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def opened(browser: Browser, url: str) -> Page:
    """A visitor's window; a form needs neither scripts nor cookies, a website's one line does."""
    context = await browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(url)
    return page


async def at_phone(browser: Browser, url: str, locale: str) -> Page:
    """A visitor's phone, in a language."""
    context = await browser.new_context(viewport=PHONE, locale=locale)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(url)
    return page


async def typed(page: Page, *words: str) -> None:
    """Type into the questions one after the other, from the first on, with nothing but the keyboard."""
    await page.locator("input:not([type=hidden])").first.focus()
    for text in words:
        await page.keyboard.type(text)
        await page.keyboard.press("Tab")


async def make_a_form(page: Page) -> None:
    """Make a form in the settings that asks what it is about, and for consent."""
    await page.get_by_role("link", name="Web form", exact=True).click()
    await page.get_by_role("textbox", name="Form").fill("Repairs")
    questions = page.get_by_role("group", name="Questions", exact=True)
    await questions.get_by_role("button", name="Add").click()
    await page.keyboard.type("topic")  # the new question has the focus
    await page.get_by_role("button", name="Check and add").click()
    await expect(page.get_by_role("alert")).to_contain_text("Question 4: The question 'topic' needs a label.")
    added = page.get_by_role("group", name="Question 4")
    await added.get_by_role("textbox", name="Label").fill("What is it about?")
    await added.get_by_role("combobox", name="Kind").click()
    await page.get_by_role("option", name="select").click()
    for choice in ("My order", "Returns, refunds"):
        await page.get_by_role("combobox", name="Choices").fill(choice)
        await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="Consent").fill(CONSENT)
    await page.get_by_role("button", name="Check and add").click()


async def some(api: HubApi) -> Sequence[Json]:
    return await api.conversations()


async def test_a_visitor_fills_in_the_form_on_a_website_and_is_a_conversation_at_once(
    browser: Browser, api: HubApi
) -> None:
    pages: dict[str, str] = {}
    async with website(pages) as origin:
        # a browser's driver is quicker than a person
        given = {"name": "Contact", "allowed_origins": [origin], "consent": CONSENT, "least_seconds": 0}
        channel = await api.channel("webform", "Contact form", given)
        door = api.hub.url + urlsplit(channel["webhook_url"]).path
        pages["/contact"] = f'<!doctype html><html lang="pl"><body><script async src="{door}?script"></script></body>'
        page = await opened(browser, f"{origin}/contact?utm_source=newsletter&utm_campaign=wiosna")
        form = page.frame_locator("iframe")

        await form.get_by_label("Imię i nazwisko").fill("Łucja Nowak")
        await form.get_by_label("Wiadomość").fill("Ile kosztuje namiot?")
        await form.get_by_role("button", name="Wyślij").click()
        await expect(form.get_by_role("alert")).to_contain_text("Adres e-mail")
        await expect(form.get_by_label("Wiadomość")).to_have_value("Ile kosztuje namiot?")
        await form.get_by_label("Adres e-mail").fill("lucja@example.pl")
        await form.get_by_label(CONSENT).check()
        await form.get_by_role("button", name="Wyślij").click()
        await expect(form.get_by_role("heading", name="Wysłano")).to_be_visible()
        assert await page.locator("iframe").evaluate("frame => frame.style.height.endsWith('px')")

    (row,) = await until(partial(some, api), what="the submission is a conversation")
    (message,) = await api.thread(row["id"])
    contact = await api.get(f"/contacts/{row['contact_id']}")
    assert row["contact_name"] == "Łucja Nowak"
    assert "Message: Ile kosztuje namiot?" in message["text"]
    assert contact["source"] == "newsletter / wiosna"
    detail = await api.get(f"/conversations/{row['id']}")
    assert "e-mail address or phone number" in detail["refused"]
    with pytest.raises(ApiProblem, match="Nothing can be sent through a form"):
        await api.reply(row["id"], "It costs 900 zł.")


async def test_a_website_nobody_allowed_cannot_show_the_form(browser: Browser, api: HubApi) -> None:
    channel = await api.channel("webform", "Contact form", {"name": "Contact"})
    door = api.hub.url + urlsplit(channel["webhook_url"]).path
    async with website({"/steal": f'<!doctype html><iframe src="{door}?embed"></iframe>'}) as origin:
        page = await opened(browser, f"{origin}/steal")
        await expect(page.frame_locator("iframe").get_by_role("button", name="Send")).to_have_count(0)
        await page.goto(door)
        await expect(page.get_by_role("button", name="Send")).to_be_visible()


async def test_a_form_is_made_in_the_settings_and_filled_in_on_a_phone_by_keys_alone_in_korean(
    browser: Browser, api: HubApi
) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    await agent.page.goto(f"{api.hub.url}/settings/channels/new")
    await agent.page.evaluate("window.loadedOnce = true")
    await make_a_form(agent.page)
    seen = agent.page.get_by_role("region", name="As visitors see it")
    await expect(seen.frame_locator("iframe").get_by_label("What is it about?")).to_be_visible(timeout=PATIENCE_MS)
    assert await serious(agent.page) == []
    await picture(agent.page, "webform-made")
    (channel,) = await api.get("/channels")
    assert channel["embed"] == f'<script async src="{channel["webhook_url"]}?script"></script>'
    # a browser's driver is quicker than a person
    await api.insist("PATCH", f"/channels/{channel['id']}", {"settings": {"least_seconds": 0}})
    door = api.hub.url + urlsplit(channel["webhook_url"]).path

    visitor = await at_phone(browser, door, "ko-KR")
    await typed(visitor, "김민준", "minjun@", "텐트가 찢어졌어요.")
    await visitor.get_by_role("button", name="보내기").press("Enter")
    alert = visitor.get_by_role("alert")
    await expect(alert).to_be_focused()
    await expect(alert).to_contain_text("올바른 이메일 주소가 아닙니다")
    assert await serious(visitor) == []
    await picture(visitor, "webform-korean-mistakes")
    await typed(visitor, "", "minjun@example.kr", "", "R")
    await visitor.get_by_label(CONSENT).press("Space")
    await visitor.get_by_role("button", name="보내기").press("Enter")
    await expect(visitor.get_by_role("heading", name="전송됨")).to_be_focused()
    await picture(visitor, "webform-korean-thanks")

    (row,) = await until(partial(some, api), what="the submission is a conversation")
    contact = await api.get(f"/contacts/{row['contact_id']}")
    assert contact["name"] == "김민준"
    assert "Returns, refunds" in str(contact["fields"])
    await agent.check()


async def test_what_a_program_fills_in_and_what_comes_too_often_is_given_back_with_words_in_polish(
    browser: Browser, api: HubApi
) -> None:
    channel = await api.channel("webform", "Contact form", {"name": "Contact", "per_hour": 1, "least_seconds": 0})
    door = api.hub.url + urlsplit(channel["webhook_url"]).path
    visitor = await at_phone(browser, f"{door}?utm_source=ulotka&utm_medium=druk", "pl-PL")
    send = visitor.get_by_role("button", name="Wyślij")
    await typed(visitor, "Żaneta Wójcik", "zaneta@example.pl", "Czy naprawiają Państwo namioty?")
    await visitor.locator("[name=_more]").evaluate("trap => { trap.value = 'https://spam.example'; }")
    await send.press("Enter")
    await expect(visitor.get_by_role("alert")).to_contain_text("Pole, które ma pozostać puste, zostało wypełnione")
    await send.press("Enter")
    await expect(visitor.get_by_role("heading", name="Wysłano")).to_be_visible()

    await visitor.goto(door)
    await typed(visitor, "Żaneta Wójcik", "zaneta@example.pl", "A plecaki?")
    await send.press("Enter")
    await expect(visitor.get_by_role("alert")).to_contain_text("W ostatniej godzinie wysłano zbyt wiele")
    await expect(visitor.get_by_label("Wiadomość")).to_have_value("A plecaki?")

    (row,) = await until(partial(some, api), what="the submission is a conversation")
    (message,) = await api.thread(row["id"])
    assert "Czy naprawiają Państwo namioty?" in message["text"]
    assert (await api.get(f"/contacts/{row['contact_id']}"))["source"] == "ulotka / druk"
