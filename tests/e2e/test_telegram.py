"""Telegram through the whole hub, against a fake Bot API that speaks real HTTP: by webhook and by polling."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from tests.e2e import telegram_bot
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.waiting import until
from tests.peers.telegram_api import FakeTelegram

pytestmark = pytest.mark.e2e
hub = telegram_bot.hub


@pytest.fixture(params=["webhook", "polling"])
async def mode(request: pytest.FixtureRequest, api: HubApi, tg: FakeTelegram) -> str:
    """A connected bot, once in each of the two ways Telegram offers."""
    await api.channel("telegram", "Telegram", telegram_bot.settings(tg, request.param))
    await tg.called("setWebhook" if request.param == "webhook" else "getUpdates")
    return str(request.param)


async def entry_where(api: HubApi, fits: Callable[[Json], object], what: str) -> Json:
    """Wait for a message on the timeline."""

    async def look() -> Json | None:
        return next((entry for entry in await api.messages() if fits(entry)), None)

    return await until(look, what=what)


def in_state(*states: str) -> Callable[[Json], bool]:
    """Tell our messages whose delivery has one of these states."""
    return lambda entry: bool(entry["delivery"]) and entry["delivery"]["state"] in states


@pytest.mark.usefixtures("mode")
async def test_a_customer_writes_edits_and_sends_a_photo_and_reads_the_answer(api: HubApi, tg: FakeTelegram) -> None:
    anna = tg.world.person("Anna Example")
    question = tg.world.says("Is it open on Sunday?", user=anna)
    first = await entry_where(api, lambda entry: entry["text"] == "Is it open on Sunday?", "the question")
    tg.world.edits(question, "Is it open on Saturday?")
    await entry_where(api, lambda entry: entry["text"] == "Is it open on Saturday?" and entry["edited_at"], "the edit")

    tg.world.sends_photo(picture(), user=anna, caption="This door")
    photo = await entry_where(api, has_stored_file, "the photo, fetched")
    (file,) = photo["attachments"]
    assert (photo["text"], file["media_type"], file["width"]) == ("This door", "image/jpeg", 40)
    assert await api.download(f"/attachments/{file['id']}") == picture()

    await api.reply(first["conversation_id"], "Yes, until noon.", reply_to_id=first["id"])
    await entry_where(api, in_state("sent"), "the answer, sent")
    assert tg.texts(tg.world.chats[anna["id"]]) == ["Yes, until noon."]
    (row,) = await api.conversations()
    assert row["contact_name"] == "Anna Example"
    assert len(await api.messages()) == 3


@pytest.mark.usefixtures("mode")
async def test_a_message_to_somebody_who_blocked_the_bot_fails_in_words(api: HubApi, tg: FakeTelegram) -> None:
    anna = tg.world.person("Anna Example")
    tg.world.says("Leave me alone", user=anna)
    asked = await entry_where(api, lambda entry: entry["text"] == "Leave me alone", "the message")
    tg.world.blocked.add(anna["id"])
    await api.reply(asked["conversation_id"], "Goodbye.")
    failed = await entry_where(api, in_state("failed"), "the failure")
    assert "blocked" in failed["delivery"]["reason"]
    assert tg.sent == []


@pytest.mark.usefixtures("mode")
async def test_when_telegram_asks_us_to_wait_the_message_goes_out_once_after_that(
    api: HubApi, tg: FakeTelegram
) -> None:
    tg.world.says("Hello", user=tg.world.person("Anna Example"))
    asked = await entry_where(api, lambda entry: entry["text"] == "Hello", "the message")
    tg.fail("sendMessage", status=429, retry_after=2, times=1)
    await api.reply(asked["conversation_id"], "Good morning.")
    waiting = await entry_where(api, lambda entry: entry["delivery"] and entry["delivery"]["reason"], "the wait")
    assert waiting["delivery"]["state"] == "queued"
    sent = await entry_where(api, in_state("sent"), "the answer, sent")
    assert [call.values["text"] for call in tg.sent] == ["Good morning."]
    events = await api.get(f"/deliveries/{sent['delivery']['id']}/events")
    refused, again = [event for event in events if event["state"] in {"queued", "sending"}][2:4]
    assert (datetime.fromisoformat(again["at"]) - datetime.fromisoformat(refused["at"])).total_seconds() >= 2


def picture() -> bytes:
    """A small JPEG."""
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


def has_stored_file(entry: Json) -> bool:
    """Tell whether a message's files are fetched."""
    return bool(entry["attachments"]) and all(file["state"] == "ready" for file in entry["attachments"])
