"""Fixtures of scenes at Telegram: a hub that may fetch its files, and a bot that Telegram calls.

A scene takes them by name: `hub, bot = telegram_bot.hub, telegram_bot.bot`.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.peers.telegram_api import FakeTelegram


@pytest.fixture
async def hub(tmp_path: Path, tg: FakeTelegram) -> AsyncIterator[HubProcess]:
    """A hub beside Telegram, whose log must not hold the bot's token."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": tg.url.removeprefix("http://")}
    async with HubProcess(tmp_path / "hub", allowed, secrets=[tg.token]) as running:
        yield running


@pytest.fixture
async def bot(api: HubApi, tg: FakeTelegram) -> Json:
    """The channel of a bot that Telegram calls by webhook, with its secret."""
    made = await api.channel("telegram", "Telegram", settings(tg, "webhook"))
    await tg.called("setWebhook")
    return made


def settings(tg: FakeTelegram, mode: str) -> Json:
    """What an admin enters to connect the bot: Telegram calls the hub (`webhook`) or the hub asks (`polling`)."""
    return {"token": tg.token, "mode": mode, "api_url": tg.url}
