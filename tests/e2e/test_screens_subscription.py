"""A webhook that dies at the provider: the channel says so by itself, with the remedy, and that it works again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.messenger import pages
from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    """A Page in good order that nobody wrote to."""
    async with FakeGraph() as server:
        pages.stock(server)
        server.answer("GET", f"{APP_ID}/subscriptions", {"data": []})
        server.answer("GET", "me/conversations", {"data": []})
        yield server


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    often = {"HUB_WEBHOOKS_CHECKED_EVERY": "1"}
    async with HubProcess(tmp_path / "hub", often, secrets=[TOKEN, APP_SECRET, VERIFY_TOKEN]) as running:
        yield running


async def test_a_page_unsubscribed_at_meta_is_said_on_the_screen_and_so_is_its_return(
    browser: Browser, hub: HubProcess, api: HubApi, graph: FakeGraph
) -> None:
    keys = {"token": TOKEN, "app_id": APP_ID, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN}
    made = await api.channel("messenger", "Shop page", {**keys, "page_id": pages.PAGE, "graph_url": graph.url})
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await page.goto(f"{hub.url}/settings/channels/{made['id']}")
    await page.evaluate("window.loadedOnce = true")
    await expect(page.get_by_text("Connected").first).to_be_visible(timeout=PATIENCE_MS)
    working = graph.answers["GET", "me/subscribed_apps"]

    graph.answer("GET", "me/subscribed_apps", {"data": []})
    said = page.get_by_role("status").filter(has_text="Meta does not tell the app of this Page's messages any more")
    await expect(said).to_be_visible(timeout=PATIENCE_MS)
    await expect(said).to_contain_text("Restart this channel to subscribe again.")
    await expect(page.get_by_role("button", name="Restart")).to_be_visible()
    step = page.get_by_role("listitem").filter(has_text="The Page tells the app of its messages")
    await expect(step).to_contain_text("missing", timeout=5_000)
    await api.insist("PATCH", "/session", {"language": "pl"})
    assert "Uruchom ten kanał ponownie" in (await api.get(f"/channels/{made['id']}"))["connection"]["detail"]
    await api.insist("PATCH", "/session", {"language": "en"})
    assert await serious(page) == []
    await pictures(page, "unsubscribed")

    graph.answer("GET", "me/subscribed_apps", working)
    await expect(said).to_have_count(0, timeout=PATIENCE_MS)
    await expect(page.get_by_text("Connected").first).to_be_visible()
    await expect(step).to_contain_text("done")
    await agent.check()
