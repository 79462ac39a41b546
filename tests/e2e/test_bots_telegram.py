"""First contact on Telegram: greeted in her language, asked by buttons, handed to the team; then the bot is silent."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.first_contact import FirstContact
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.waiting import until
from tests.peers.telegram_api import FakeTelegram

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
async def hub(tmp_path: Path, tg: FakeTelegram) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", secrets=[tg.token]) as running:
        yield running


def buttons(tg: FakeTelegram) -> list[tuple[str, str]]:
    """Return the buttons under the bot's newest message: label and data."""
    keyboard = json.loads(tg.sent[-1].values["reply_markup"])["inline_keyboard"]
    return [(button["text"], button["callback_data"]) for row in keyboard for button in row]


async def test_an_unknown_person_is_greeted_asked_by_buttons_and_handed_to_the_team(
    api: HubApi, tg: FakeTelegram
) -> None:
    settings = {"token": tg.token, "mode": "webhook", "api_url": tg.url}
    channel = await api.channel("telegram", "Halden on Telegram", settings)
    await tg.called("setWebhook")
    bot = await FirstContact.open(api, channel)

    anna = tg.world.person("Anna Nowak")
    chat = tg.world.chats[anna["id"]]
    tg.world.says("Dzień dobry, gdzie jest moja paczka?", user=anna)
    await tg.sent_count(2)
    assert "Tu asystent Halden on Telegram" in tg.texts(chat)[0]
    assert tg.texts(chat)[1] == "Jak się Pan(i) nazywa?"

    tg.world.says("Nazywam się Anna Nowak", user=anna)
    await tg.sent_count(3)
    offered = dict(buttons(tg))
    assert "Moje zamówienie" in offered
    asked = next(m for m in tg.world.messages.values() if m.get("text") == "W czym możemy pomóc?")
    tg.world.presses(asked, offered["Moje zamówienie"], user=anna)
    await tg.sent_count(4)
    tg.world.presses(asked, offered["Moje zamówienie"], user=anna)
    tg.world.says("Paczka nie dotarła od tygodnia.", user=anna)
    await tg.sent_count(5)
    assert tg.texts(chat)[4] == "Dziękuję, Anna Nowak! Nasz pracownik odpowie w tej rozmowie."

    row = await bot.handed_over()
    assert (row["contact_name"], row["tags"], await bot.speaker(row)) == ("Anna Nowak", ["Moje zamówienie"], "human")
    contact = await bot.contact(row)
    assert (contact["source"], contact["expires_at"]) == ("Halden on Telegram", None)
    note = await bot.note(row["id"])
    assert "Paczka nie dotarła od tygodnia." in note
    assert "Language: pl" in note

    await api.reply(row["id"], "Dzień dobry, już sprawdzam.")
    await entry_where(api, in_state("sent", "Dzień dobry, już sprawdzam."), "the agent's answer, sent")
    tg.world.says("Dziękuję!", user=anna)
    tg.world.presses(asked, offered["Moje zamówienie"], user=anna)
    await entry_where(api, saying("Dziękuję!"), "what she says then")
    await tg.idle()
    await until(lambda: _presses(api, 3), what="the late press, on the timeline")
    assert tg.texts(chat)[5:] == ["Dzień dobry, już sprawdzam."]
    assert len(tg.answered()) == 3


async def _presses(api: HubApi, count: int) -> bool:
    return len([entry for entry in await api.messages() if entry["content"] == "button"]) == count
