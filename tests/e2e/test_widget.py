"""The chat widget in one window and an agent in another, through the whole hub; the line between is cut for 10 s."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.waiting import until
from tests.peers.proxy import CuttableLine

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

CUT_FOR = 10.0
PHOTO = FilePayload(name="paczka.txt", mimeType="text/plain", buffer=b"a torn parcel")


@pytest.fixture
async def line(api: HubApi) -> AsyncIterator[CuttableLine]:
    """What the customer's browser reaches the hub by."""
    async with CuttableLine(api.hub.port) as whole:
        await api.channel("webchat", "Web chat", {"allowed_origins": [whole.url]})
        yield whole


@pytest.fixture
async def customer(browser: Browser, line: CuttableLine) -> Page:
    """A customer with the chat open on the demo page."""
    context = await browser.new_context(viewport=DESKTOP, reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{line.url}/demo/widget")
    await page.get_by_role("button", name="Open chat").click()
    return page


async def say(page: Page, text: str) -> None:
    """The customer writes a message and sends it with the keyboard."""
    box = page.get_by_role("textbox", name="Write a message")
    await box.fill(text)
    await box.press("Enter")


async def test_customer_and_agent_talk_in_two_windows_with_files_and_typing(
    browser: Browser, api: HubApi, customer: Page, tmp_path: Path
) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    await say(customer, "My parcel is torn")
    await agent.row("My parcel is torn").click(timeout=PATIENCE_MS)
    (row,) = await api.conversations()
    name = row["contact_name"] or row["address"]

    await agent.answer_to(name).press_sequentially("Oh no", delay=20)
    await expect(customer.get_by_text("Somebody is typing")).to_have_count(1, timeout=PATIENCE_MS)
    await agent.reply(name, "Oh no! Can you send a photo?")
    await expect(customer.get_by_text("Can you send a photo?")).to_be_visible(timeout=PATIENCE_MS)

    await customer.get_by_role("textbox", name="Write a message").press_sequentially("Here it", delay=20)
    await expect(agent.page.get_by_text("is writing…")).to_be_visible(timeout=PATIENCE_MS)
    await customer.locator("input[type=file]").set_input_files([PHOTO])
    await customer.get_by_role("button", name="Send", exact=True).click()
    await expect(agent.message("paczka.txt")).to_be_visible(timeout=PATIENCE_MS)
    (file,) = await until(partial(_fetched, api), what="the visitor's file is with us")
    assert await api.download(f"/attachments/{file['id']}") == b"a torn parcel"

    label = tmp_path / "label.txt"
    label.write_bytes(b"return label 17")
    await agent.attach(label)
    await agent.reply(name, "Use this label.")
    link = customer.get_by_role("link", name="label.txt")
    await expect(link).to_be_visible(timeout=PATIENCE_MS)
    saved = await customer.request.get(str(await link.evaluate("link => link.href")))
    assert await saved.body() == b"return label 17"
    await agent.check()


async def test_a_line_cut_for_ten_seconds_loses_and_doubles_nothing(
    browser: Browser, api: HubApi, customer: Page, line: CuttableLine
) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    await say(customer, "before the cut, customer")
    await agent.row("before the cut, customer").click(timeout=PATIENCE_MS)
    (row,) = await api.conversations()
    name = row["contact_name"] or row["address"]
    await agent.reply(name, "before the cut, agent")
    await expect(customer.get_by_text("before the cut, agent")).to_be_visible(timeout=PATIENCE_MS)

    line.cut()
    cut = asyncio.create_task(asyncio.sleep(CUT_FOR))
    await say(customer, "during the cut, customer 1")
    await agent.reply(name, "during the cut, agent 1")
    await say(customer, "during the cut, customer 2")
    await agent.reply(name, "during the cut, agent 2")
    await expect(customer.get_by_text("No connection")).to_be_visible()
    await cut
    assert line.refused, "the widget never tried to come back"
    line.mend()

    await say(customer, "after the cut, customer")
    await expect(customer.get_by_title("Sending")).to_have_count(0, timeout=PATIENCE_MS)
    await agent.reply(name, "after the cut, agent")
    said = {f"{when} the cut, {who}" for when in ("before", "after") for who in ("customer", "agent")}
    said |= {f"during the cut, {who} {number}" for who in ("customer", "agent") for number in (1, 2)}
    for text in said:
        await expect(customer.get_by_text(text, exact=True)).to_have_count(1, timeout=PATIENCE_MS)
        await expect(agent.message(text)).to_have_count(1, timeout=PATIENCE_MS)
    assert Counter(entry["text"] for entry in await api.messages()) == Counter(said)
    await agent.check()


async def _fetched(api: HubApi) -> list[Any]:
    files = [file for entry in await api.messages() for file in entry["attachments"]]
    return [file for file in files if file["state"] == "ready"]
