"""Files both ways in a real browser: pages, films and voices are seen, what is gone is said, a template carries one."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests import media
from tests.connectors._lib.fake_graph import FakeGraph
from tests.connectors.whatsapp.numbers import NUMBER_ID, messages
from tests.e2e import screens, whatsapp_number
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.e2e.waiting import until
from tests.e2e.whatsapp_number import graph_with, writes

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub, channel = whatsapp_number.hub, whatsapp_number.channel
NAME = "Anna Example"
INVOICE: Mapping[str, object] = {
    "name": "your_invoice",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "DOCUMENT", "example": {"header_handle": ["4::aW"]}},
        {"type": "BODY", "text": "Hi {{1}}, here is your invoice.", "example": {"body_text": [["Anna"]]}},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Pay", "url": "https://pay.example.com/{{1}}", "example": ["https://x/7"]},
                {"type": "QUICK_REPLY", "text": "A question"},
            ],
        },
    ],
}


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with graph_with(INVOICE) as server:
        yield server


def has(graph: FakeGraph, media_id: str, name: str, content: bytes) -> None:
    """Meta keeps a file."""
    graph.answer("GET", media_id, {"url": f"{graph.url}/files/{name}"})
    graph.files[name] = content


async def test_pages_films_and_voices_are_seen_and_a_file_that_is_gone_is_said(
    browser: Browser, hub: HubProcess, api: HubApi, graph: FakeGraph, channel: Json
) -> None:
    has(graph, "1001", "lease.pdf", media.paper())
    has(graph, "1002", "door.mp4", media.film())
    has(graph, "1003", "voice.ogg", media.ogg())
    asked = await writes(channel, "document", {"id": "1001", "mime_type": "application/pdf", "filename": "lease.pdf"})
    await writes(channel, "video", {"id": "1002", "mime_type": "video/mp4", "caption": "This door"})
    await writes(channel, "audio", {"id": "1003", "mime_type": "audio/ogg; codecs=opus", "voice": True})
    await writes(channel, "image", {"id": "1004", "mime_type": "image/jpeg"}, context={"id": asked})
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await agent.row(NAME).click(timeout=PATIENCE_MS)

    first_page = page.get_by_role("link", name="lease.pdf").locator("img")
    await expect(first_page).not_to_have_js_property("naturalWidth", 0, timeout=PATIENCE_MS)
    film = agent.message("This door").locator("video")
    await expect(film).to_have_attribute("poster", re.compile("/thumbnail$"), timeout=PATIENCE_MS)
    await expect(page.get_by_role("group", name="Voice message")).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.get_by_text("Meta does not give the file any more")).to_be_visible(timeout=PATIENCE_MS)
    await expect(agent.message("Meta does not give the file any more")).to_contain_text("📎 lease.pdf")
    assert await serious(page) == []
    await pictures(page, "media")
    await agent.check()
    for language, gone in (("ko", "Meta가 더는 파일을 주지 않습니다."), ("pl", "Meta nie wydaje już tego pliku:")):
        await api.insist("PATCH", "/session", {"language": language})
        await page.reload()
        await expect(page.get_by_text(gone)).to_be_visible()
        await pictures(page, f"media-{language}")


async def test_a_template_takes_its_file_and_the_end_of_its_link(
    browser: Browser, hub: HubProcess, graph: FakeGraph, channel: Json, tmp_path: Path
) -> None:
    await writes(channel, "text", {"body": "May I have the invoice?"}, ago=25 * 3600)
    (tmp_path / "invoice.pdf").write_bytes(media.paper())
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await agent.row("May I have the invoice?").click(timeout=PATIENCE_MS)
    await page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog", name="Send a template")
    await dialog.get_by_role("button", name="Load the templates anew").click()
    await dialog.get_by_role("button", name="your invoice").click()
    async with page.expect_file_chooser() as chooser:
        await dialog.get_by_role("button", name="Header: document").click()
    await (await chooser.value).set_files(tmp_path / "invoice.pdf")
    await dialog.get_by_label("Text 1").fill("Anna")
    await dialog.get_by_label("Link of “Pay”").fill("inv-77")
    preview = dialog.get_by_role("region", name="As the customer will read it")
    await expect(preview).to_contain_text("invoice.pdf")
    await expect(preview).to_contain_text("https://pay.example.com/inv-77")
    await expect(preview).to_contain_text("A question")
    assert await serious(page) == []
    await pictures(page, "template-file")
    await dialog.get_by_role("button", name="Send template").click()

    told = (await sent(graph))["template"]
    header, body, button = told["components"]
    assert header["parameters"] == [{"type": "document", "document": {"id": "up-1", "filename": "invoice.pdf"}}]
    assert [parameter["text"] for parameter in body["parameters"] + button["parameters"]] == ["Anna", "inv-77"]
    (upload,) = graph.made("POST", f"{NUMBER_ID}/media")
    assert upload.form["file"][1:] == ("application/pdf", (tmp_path / "invoice.pdf").read_bytes())
    await expect(agent.message("Hi Anna, here is your invoice.")).to_contain_text("Template: your invoice")
    await agent.check()


async def sent(graph: FakeGraph) -> dict[str, Any]:
    """Wait until the provider took a template."""

    async def look() -> dict[str, Any] | None:
        return next((message for message in messages(graph) if message["type"] == "template"), None)

    return await until(look, what="the template")


async def test_what_is_changed_taken_back_reacted_to_and_passed_on_stands_at_its_message(
    browser: Browser, hub: HubProcess, channel: Json
) -> None:
    question = await writes(channel, "text", {"body": "Where is my parcel?"}, ago=300)
    slip = await writes(channel, "text", {"body": "Wrong window"}, ago=280)
    await writes(channel, "text", {"body": "It left on Friday"}, ago=260, context={"forwarded": True})
    ewa = {"name": {"formatted_name": "Ewa Nowak"}, "phones": [{"phone": "+48 500 100 301"}]}
    jan = {"name": {"formatted_name": "Jan Kowalski"}, "phones": [{"phone": "+48 500 100 300"}]}
    await writes(channel, "contacts", [jan, ewa], ago=240)
    await writes(channel, "unsupported", {"type": "poll"}, ago=220, errors=[{"code": 131051, "title": "Unknown"}])
    edited = {"type": "text", "text": {"body": "Where is my second parcel?"}}
    await writes(channel, "edit", {"original_message_id": question, "message": edited}, ago=200)
    await writes(channel, "revoke", {"original_message_id": slip}, ago=180)
    await writes(channel, "reaction", {"message_id": question, "emoji": "👍"}, ago=160)
    agent = await Agent.sign_in(browser, hub)
    page = agent.page
    await agent.row(NAME).click(timeout=PATIENCE_MS)

    asked = agent.message("Where is my second parcel?")
    await expect(asked).to_contain_text("👍", timeout=PATIENCE_MS)
    await asked.get_by_role("button", name="edited").click()
    await expect(page.get_by_text("Where is my parcel?")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Wrong window")).to_have_count(0)
    await expect(agent.message("It left on Friday")).to_contain_text("Forwarded")
    await expect(agent.message("Ewa Nowak").get_by_role("link", name="+48 500 100 300")).to_be_visible()
    await expect(agent.message("A message the hub cannot show yet: poll")).to_be_visible()
    assert await serious(page) == []
    await pictures(page, "changes")
    await agent.check()
