"""A customer's own picture in a real browser: fetched from the provider, shown in list, thread and contact."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, expect

from tests.e2e import screens, telegram_bot
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.screens import Agent
from tests.peers.telegram_api import FakeTelegram

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]


hub = telegram_bot.hub


async def test_who_shows_a_picture_is_shown_with_it_and_who_does_not_by_initials(
    hub: HubProcess, api: HubApi, tg: FakeTelegram, browser: Browser, tmp_path: Path
) -> None:
    await api.channel("telegram", "Telegram", telegram_bot.settings(tg, "polling"))
    await tg.called("getUpdates")
    anna, ben = tg.world.person("Anna Example"), tg.world.person("Ben Example", user_id=7)
    file = tg.world.store(picture(), folder="profile_photos", suffix=".jpg")
    tg.world.portraits[anna["id"]] = [
        [{"file_id": file.file_id, "file_unique_id": file.unique_id, "width": 320, "height": 320}]
    ]
    agent = await Agent.sign_in(browser, hub)
    tg.world.says("Here I am", user=anna)
    tg.world.says("Me, too", user=ben)

    await expect(agent.row("Ben Example")).to_contain_text("BE")
    await seen(agent.row("Anna Example").locator("img"))
    await agent.row("Anna Example").click()
    await seen(agent.message("Here I am").first.locator("img"))
    await seen(agent.page.get_by_role("complementary").locator("img").first)
    await agent.page.screenshot(path=tmp_path / "portraits.png")
    await agent.check()


async def seen(image: Locator) -> None:
    """Wait until a picture is drawn: a broken one is visible, too, and has no width."""
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 320)


def picture() -> bytes:
    """A square JPEG that one knows again."""
    made = BytesIO()
    image = Image.new("RGB", (320, 320), "#2f6f8f")
    image.paste("#f2c29b", (110, 60, 210, 180))
    image.paste("#f4f0e6", (60, 190, 260, 320))
    image.save(made, "JPEG")
    return made.getvalue()
