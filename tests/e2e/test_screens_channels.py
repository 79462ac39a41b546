"""An agent on a channel with templates, a reply window and voice notes, in a real browser with a made-up microphone."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, NUMBER_ID, messages, subscription
from tests.e2e import screens, whatsapp_number
from tests.e2e.hub_api import Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.waiting import until
from tests.e2e.whatsapp_number import graph_with, writes

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub, channel, browser = whatsapp_number.hub, whatsapp_number.channel, screens.hearing
DAY = 24 * 3600
PARCEL: Mapping[str, object] = {
    "name": "parcel_arrives",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Your parcel"},
        {"type": "BODY", "text": "Hi {{1}}, it comes {{2}}.", "example": {"body_text": [["Anna", "tomorrow"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thank you"}]},
    ],
}


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with graph_with(PARCEL) as server:
        yield server


async def sent(graph: FakeGraph, kind: str) -> dict[str, Any]:
    """Wait until the provider took a message of this kind."""

    async def look() -> dict[str, Any] | None:
        return next((message for message in messages(graph) if message["type"] == kind), None)

    return await until(look, what=f"a message of the kind {kind}")


async def opened(browser: Browser, hub: HubProcess, text: str) -> Agent:
    """An agent with the conversation open in which this was said."""
    agent = await Agent.sign_in(browser, hub)
    await agent.row(text).click(timeout=PATIENCE_MS)
    return agent


async def test_once_the_time_is_over_a_template_is_the_way_back(
    browser: Browser, hub: HubProcess, graph: FakeGraph, channel: Json
) -> None:
    await writes(channel, "text", {"body": "Where is my parcel?"}, ago=DAY + 60)
    agent = await opened(browser, hub, "Where is my parcel?")
    page = agent.page
    await expect(page.get_by_text("The time to reply is over")).to_be_visible()
    await expect(agent.answer_to("Anna Example")).to_have_count(0)

    await page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog", name="Send a template")
    await dialog.get_by_role("button", name="Load the templates anew").click()
    await dialog.get_by_role("button", name="parcel arrives").click()
    await page.keyboard.type("Anna")  # the first field has the focus
    await dialog.get_by_role("button", name="Send template").click()
    await expect(dialog.get_by_text("This is needed.")).to_be_visible()
    await dialog.get_by_label("Text 2").fill("on Monday")
    preview = dialog.get_by_role("region", name="As the customer will read it")
    await expect(preview).to_contain_text("Hi Anna, it comes on Monday.")
    await expect(preview).to_contain_text("Thank you")
    await dialog.get_by_role("button", name="Send template").press("Enter")
    await expect(page.get_by_role("button", name="Choose a template")).to_be_focused()

    await expect(agent.message("Hi Anna, it comes on Monday.")).to_contain_text("Template: parcel arrives")
    told = (await sent(graph, "template"))["template"]
    texts = [parameter["text"] for part in told["components"] for parameter in part.get("parameters", [])]
    assert (told["name"], texts) == ("parcel_arrives", ["Anna", "on Monday"])
    await agent.check()


async def test_a_voice_note_is_recorded_heard_and_sent(
    browser: Browser, hub: HubProcess, graph: FakeGraph, channel: Json
) -> None:
    await writes(channel, "text", {"body": "Please call me"}, ago=60)
    agent = await opened(browser, hub, "Please call me")
    page = agent.page
    await agent.context.grant_permissions(["microphone"], origin=hub.url)
    await expect(page.get_by_text("left to answer")).to_be_visible()
    await agent.answer_to("Anna Example").fill("I will")

    await page.get_by_role("button", name="Record a voice note").click()
    recorder = page.get_by_role("group", name="Voice note", exact=True)
    await expect(recorder.get_by_role("timer")).to_have_text("0:04", timeout=PATIENCE_MS)
    await recorder.get_by_role("button", name="Pause").click()
    await expect(recorder.get_by_role("button", name="Go on")).to_be_visible()
    await recorder.get_by_role("button", name="Stop").press("Enter")
    await plays(recorder)
    await recorder.get_by_role("button", name="Send recording").press("Enter")

    _name, media_type, _content = await uploaded(graph)
    assert media_type.startswith("audio/ogg")
    await sent(graph, "audio")
    # what was begun is still there, with the focus
    await expect(agent.answer_to("Anna Example")).to_have_value("I will")
    await expect(agent.answer_to("Anna Example")).to_be_focused()
    in_thread = page.get_by_role("log").get_by_role("group", name="Voice message")
    await plays(in_thread)
    await in_thread.get_by_role("button", name="Pause").click()
    position = in_thread.get_by_role("slider", name="Position")
    await position.press("Home")
    await position.press("ArrowRight")
    await expect(position).to_have_attribute("aria-valuetext", re.compile("^0:01 of 0:0[4-9]$"))
    await agent.check()


async def plays(player: Locator) -> None:
    """Press play and wait until sound runs."""
    await player.get_by_role("button", name="Play").click()
    position = player.get_by_role("slider", name="Position")
    await expect(position).to_have_attribute("aria-valuetext", re.compile("^0:0[1-9] of"), timeout=PATIENCE_MS)


async def uploaded(graph: FakeGraph) -> tuple[str, str, bytes]:
    """Wait for a file the hub hands to the provider: name, type, content."""

    async def look() -> tuple[str, str, bytes] | None:
        calls = graph.made("POST", f"{NUMBER_ID}/media")
        return calls[0].form["file"] if calls else None

    return await until(look, what="the uploaded recording")


@pytest.mark.usefixtures("api")
async def test_a_channel_is_connected_and_says_which_step_is_missing(
    browser: Browser, hub: HubProcess, graph: FakeGraph
) -> None:
    graph.answer("GET", f"{ACCOUNT_ID}/subscribed_apps", {"data": []})
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": [subscription("https://other.example.com", "flows")]})
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await page.goto(f"{hub.url}/settings/channels/new")
    await page.evaluate("window.loadedOnce = true")
    await page.get_by_role("searchbox", name="Search kinds of channels").fill("whatsapp")
    await page.get_by_role("link", name="WhatsApp", exact=True).click()
    await page.get_by_label("Phone number ID").fill(NUMBER_ID)
    await page.get_by_label("WhatsApp Business Account ID").fill(ACCOUNT_ID)
    await page.get_by_label("Access token").first.fill(TOKEN)
    await page.get_by_label("App ID").fill(APP_ID)
    await page.get_by_label("App secret").first.fill(APP_SECRET)
    await page.get_by_label("Verify token").first.fill(VERIFY_TOKEN)
    await page.get_by_role("button", name="more settings").click()
    await page.get_by_label("Graph API").first.fill(graph.url)
    await page.get_by_role("button", name="Check and add").click()

    steps = page.get_by_role("region", name="Is it connected?")
    missing = steps.get_by_role("listitem").filter(has_text="The app is subscribed to “messages”")
    await expect(missing).to_contain_text("missing")
    await expect(missing).to_contain_text("switch on “messages”")
    graph.answer("GET", f"{ACCOUNT_ID}/subscribed_apps", {"data": [{"whatsapp_business_api_data": {"id": APP_ID}}]})
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": [subscription("https://other.example.com")]})
    # no click: the list looks again by itself
    await expect(missing).to_contain_text("done", timeout=PATIENCE_MS)
    await agent.check()
