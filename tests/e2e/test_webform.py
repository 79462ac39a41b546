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
from tests.e2e.screens import DESKTOP, PATIENCE_MS
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

CONSENT = "I agree that the shop keeps my message."


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with screens.chromium() as running:
        yield running


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
