"""What a lost webhook missed: found at the provider, in its place, marked, and told at the top of every screen."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from playwright.async_api import Browser, expect

from hub.runtime.clock import SystemClock
from tests.connectors.twilio_sms.provider import ACCOUNT, OURS, TOKEN, FakeTwilio, entry
from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    async with FakeTwilio() as server:
        yield server


async def test_a_message_no_webhook_told_is_found_marked_and_said_until_somebody_has_seen_it(
    browser: Browser, hub: HubProcess, api: HubApi, twilio: FakeTwilio
) -> None:
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    sent_at = SystemClock().now().replace(microsecond=0) - timedelta(minutes=10)
    when = format_datetime(sent_at)
    twilio.listed = [entry("SM" + "b" * 32, body="Did you get my order?", date_created=when, date_sent=when)]
    await api.channel(
        "twilio_sms", "Shop SMS", {"account_sid": ACCOUNT, "auth_token": TOKEN, "sender": OURS, "api_url": twilio.url}
    )

    banner = page.get_by_role("status").filter(has_text="Shop SMS: 1 message had not been told to the hub")
    await expect(banner).to_be_visible(timeout=PATIENCE_MS)
    assert await serious(page) == []
    await pictures(page, "recovered")
    await agent.row("Did you get my order?").click()
    await expect(agent.message("Did you get my order?")).to_contain_text("Arrived late, found by checking")

    await banner.get_by_role("link", name="Look at the channel").click()
    here = page.get_by_role("status").filter(has_text="They stand in their conversations")
    await expect(here).to_be_visible()
    await here.get_by_role("button", name="Dismiss").click()
    await expect(banner).to_have_count(0)
    await expect(here).to_have_count(0)
    (found,) = await api.messages()
    assert (datetime.fromisoformat(found["occurred_at"]), found["recovered"]) == (sent_at, True)
    (line,) = await api.get("/ledger")
    assert line["recovered"] == 1
    await agent.check()
