"""Every kind of message has its place in the timeline: sent through real doors, looked at in a real browser."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, expect

from tests.e2e import screens, telegram_bot
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent
from tests.peers.telegram_api import FakeTelegram
from tests.peers.telegram_world import Json

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

hub, bot = telegram_bot.hub, telegram_bot.bot
NAME = "Anna Example"


@pytest.fixture
async def anna(bot: Json, tg: FakeTelegram) -> Json:  # noqa: ARG001 - it is connected
    """A customer of the bot."""
    return tg.world.person(NAME)


async def test_a_place_a_card_a_poll_and_what_nobody_can_show_are_told_apart(
    browser: Browser, hub: HubProcess, tg: FakeTelegram, anna: Json
) -> None:
    tg.world.sends(user=anna, poll=poll("When shall we come?", "Today", "Tomorrow, before noon"))
    seoul = {"latitude": 37.5665, "longitude": 126.978}
    tg.world.sends(user=anna, location=seoul, venue={"location": seoul, "title": "서울시청", "address": "세종대로 110"})
    tg.world.sends(user=anna, location={"latitude": 52.2297, "longitude": 21.0122, "live_period": 900})
    tg.world.sends(user=anna, contact={"phone_number": "821012345678", "first_name": "김민준", "user_id": 698})
    tg.world.sends(user=anna, dice={"emoji": "🎲", "value": 4})
    await tg.idle()

    agent = await Agent.sign_in(browser, hub)
    await agent.row(NAME).click(timeout=PATIENCE_MS)
    asked = agent.message("When shall we come?")
    await expect(asked.get_by_role("listitem")).to_have_text(["Today", "Tomorrow, before noon"])
    place = agent.message("서울시청")
    await expect(place).to_contain_text("세종대로 110")
    await expect(place.get_by_role("link")).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=37.5665&mlon=126.978#map=16/37.5665/126.978"
    )
    await expect(agent.message("52.22970, 21.01220")).to_be_visible()
    await expect(agent.message("김민준").get_by_role("link")).to_have_attribute("href", "tel:+821012345678")
    await expect(agent.message("dice")).to_contain_text("🎲 4")
    assert await serious(agent.page) == []
    await pictures(agent.page, "kinds")
    await agent.check()


async def test_an_album_is_one_message_and_a_sticker_stands_without_a_bubble(
    browser: Browser, hub: HubProcess, tg: FakeTelegram, anna: Json
) -> None:
    for colour, caption in (("teal", "Three views of it"), ("sienna", None), ("slateblue", None)):
        tg.world.sends_photo(drawn(colour), user=anna, media_group_id="13377331", caption=caption)
    tg.world.sends(user=anna, sticker=sticker(tg, drawn("gold", "WEBP"), ".webp"))
    tg.world.sends(user=anna, sticker=sticker(tg, b"\x1f\x8b\x08 a film in Lottie", ".tgs", is_animated=True))
    await tg.idle()

    agent = await Agent.sign_in(browser, hub)
    await agent.row(NAME).click(timeout=PATIENCE_MS)
    album = agent.message("Three views of it")
    await expect(album).to_have_count(1)
    views = album.get_by_role("button", name="Open photo.jpg").get_by_role("img", include_hidden=True)
    await expect(views).to_have_count(3, timeout=PATIENCE_MS)
    for index in range(3):
        await drawn_at(views.nth(index))
    await drawn_at(agent.page.get_by_role("img", name="sticker.webp"))
    await expect(agent.message("🍒")).to_contain_text("sticker.tgs")
    assert await serious(agent.page) == []
    await pictures(agent.page, "album")
    await agent.check()


def poll(question: str, *options: str) -> Json:
    """A poll nobody has voted in."""
    choices = [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(options)]
    kinds = {"type": "regular", "is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
    more = {"allows_revoting": True, "members_only": False, "total_voter_count": 0}
    return {"id": "5825895662671101957", "question": question, "options": choices, **kinds, **more}


def sticker(tg: FakeTelegram, content: bytes, suffix: str, *, is_animated: bool = False) -> Json:
    """A sticker Telegram has."""
    file = tg.world.store(content, folder="stickers", suffix=suffix)
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    kind = {"type": "regular", "is_animated": is_animated, "is_video": False, "emoji": "🍒"}
    return described | kind | {"width": 512, "height": 512}


def drawn(colour: str, kind: str = "JPEG") -> bytes:
    """A picture."""
    made = BytesIO()
    Image.new("RGB", (400, 300), colour).save(made, kind)
    return made.getvalue()


async def drawn_at(image: Locator) -> None:
    """Wait until a picture is drawn: a broken one is visible, too, and has no width."""
    await image.scroll_into_view_if_needed()
    await expect(image).not_to_have_js_property("naturalWidth", 0)
