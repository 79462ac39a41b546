"""The composer on an SMS number: what a text costs, what a message carries, and how long a recording may be."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.connectors.twilio_sms.accounts import form, inbound, signed
from tests.connectors.twilio_sms.provider import ACCOUNT, OURS, TOKEN, FakeTwilio
from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.waiting import until
from tests.media import paper

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
browser = screens.hearing


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    async with FakeTwilio() as server:
        yield server


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", secrets=[TOKEN]) as running:
        yield running


@pytest.fixture
async def channel(api: HubApi, hub: HubProcess, twilio: FakeTwilio) -> Json:
    """A connected number to which a customer has written."""
    account = {"account_sid": ACCOUNT, "auth_token": TOKEN, "sender": OURS, "api_url": twilio.url}
    made = await api.channel("twilio_sms", "SMS", account)
    asked = signed(form(inbound()), url=made["webhook_url"])
    key = made["webhook_url"].rpartition("/")[2]
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{hub.url}/webhooks/{key}", data=asked.body, headers=dict(asked.headers)) as answer,
    ):
        assert answer.status == 200, await answer.text()
    return made


@pytest.mark.usefixtures("channel")
async def test_what_an_sms_costs_and_carries_is_said_before_it_is_sent(
    browser: Browser, hub: HubProcess, twilio: FakeTwilio, tmp_path: Path
) -> None:
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await agent.row("Are you open on Sunday?").click(timeout=PATIENCE_MS)
    field = page.get_by_role("textbox", name="Reply to")

    await field.fill("Yes, from ten.")
    await expect(page.get_by_text("1 SMS · 146 letters left · GSM-7")).to_be_visible()
    await field.fill("Tak, od dziesiątej.")
    await expect(page.get_by_text("1 SMS · 51 letters left · UCS-2 (ą)")).to_be_visible()
    await field.fill("word " * 400)
    await expect(page.get_by_text("Goes as 2 messages")).to_be_visible()
    await field.fill("word " * 1500)
    await expect(page.get_by_text("Too long: this channel carries 4 messages of 1600 characters")).to_be_visible()
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()

    fits, photo, document, other = (tmp_path / name for name in ("a.pdf", "b.png", "c.pdf", "d.zip"))
    fits.write_bytes(paper())
    photo.write_bytes(b"x" * 5_000_001)
    document.write_bytes(b"x" * 500_001)
    other.write_bytes(b"x")
    await agent.attach(fits, photo, document, other)
    refused = page.get_by_role("alert")
    await expect(refused.get_by_text("“b.png” is too large: this channel carries files up to 5 MB.")).to_be_visible()
    await expect(refused.get_by_text("“c.pdf” is too large: this channel carries files up to 500 kB.")).to_be_visible()
    await expect(refused.get_by_text("“d.zip”: this channel does not carry files of the type")).to_be_visible()
    assert await serious(page) == []
    await pictures(page, "composer-sms")
    await page.get_by_role("button", name="Remove a.pdf").click()

    await agent.context.grant_permissions(["microphone"], origin=hub.url)
    await page.get_by_role("button", name="Record a voice note").click()
    recorder = page.get_by_role("group", name="Voice note", exact=True)
    await expect(recorder.get_by_role("timer")).to_contain_text("/ 0:59", timeout=PATIENCE_MS)
    await recorder.get_by_role("button", name="Discard").click()

    await field.fill("Yes, from ten.")
    await page.get_by_role("button", name="Send", exact=True).click()

    async def taken() -> bool:
        return [one["Body"] for one in twilio.sent] == [["Yes, from ten."]]

    await until(taken, what="the SMS at Twilio")
    await agent.check()
