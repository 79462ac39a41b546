"""A bot asks a visitor of the web chat for a file: an emoji is none, a photo is, and an agent finds it."""

import pytest
from playwright.async_api import Browser, expect
from uuid_utils.compat import uuid7

from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.screens import DESKTOP, PATIENCE_MS, Agent
from tests.e2e.waiting import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(screens.missing()), reason=screens.missing()),
    pytest.mark.timeout(120),
]
expect.set_options(timeout=PATIENCE_MS)

PHOTO = {"name": "tent.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a torn tent"}
STEPS = [
    {
        "kind": "question",
        "id": "photo",
        "answer": "file",
        "save_as": "photo",
        "contact_field": "photo",
        "text": {"en": "Hello! Please send us a photo."},
        "exits": {"next": "team"},
    },
    {"kind": "handover", "id": "team", "text": {"en": "Thank you for {{ photo }}. A colleague looks at it."}},
]


@pytest.fixture
async def bot(api: HubApi) -> None:
    """A web chat whose bot asks for a photo."""
    channel = await api.channel("webchat", "Website", {"allowed_origins": [api.hub.url]})
    flow = str(uuid7())
    graph = {"schema": 1, "languages": ["en"], "start": "photo", "steps": STEPS}
    await api.post("/bots/flows", {"id": flow, "name": "Photo", "draft": graph})
    await api.post(f"/bots/flows/{flow}/publish", {"note": ""})
    await api.post("/bots/rules", {"id": str(uuid7()), "name": "All", "flow_id": flow, "channel_ids": [channel["id"]]})


@pytest.mark.usefixtures("bot")
async def test_a_visitor_answers_a_bot_with_a_file(browser: Browser, api: HubApi) -> None:
    agent = await Agent.sign_in(browser, api.hub)
    context = await browser.new_context(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict is a ViewportSize
    page = await context.new_page()
    await page.goto(f"{api.hub.url}/demo/widget?lang=en")
    await page.get_by_role("button", name="Open chat").click()
    box = page.get_by_role("textbox")
    await box.fill("My tent is torn")
    await box.press("Enter")
    await expect(page.get_by_text("Please send us a photo.")).to_be_visible()
    await box.fill("👍")
    await box.press("Enter")
    await expect(page.get_by_text("Please send a file or a picture.")).to_be_visible()
    await page.locator("input[type=file]").set_input_files([PHOTO])  # type: ignore[arg-type]  # a plain dict is a FilePayload
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Thank you for tent.png. A colleague looks at it.")).to_be_visible()

    async def handed() -> Json | None:
        return next((row for row in await api.conversations() if "A colleague looks" in row["last_preview"]), None)

    row = await until(handed, what="the conversation is a human's")
    assert (await api.get(f"/conversations/{row['id']}/speaker"))["speaker"] == "human"
    await agent.page.goto(f"{api.hub.url}/inbox/{row['id']}")
    note = agent.page.get_by_role("article").filter(has_text="The bot “Photo” handed over")
    await expect(note).to_contain_text("tent.png")
    await expect(agent.page.get_by_role("article").filter(has_text="tent.png").first).to_be_visible()
    contact = await api.get(f"/contacts/{row['contact_id']}")
    assert ["photo", "tent.png"] in contact["fields"]
    assert agent.errors == []
