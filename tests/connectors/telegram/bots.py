"""Builders: a bot of either way of receiving, against a fake Bot API server, with short time-outs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from connectors.telegram.client import Patience
from connectors.telegram.connector import PollingBot, WebhookBot
from connectors.telegram.settings import Mode, TelegramSettings
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.peers.telegram_api import TOKEN, FakeTelegram

SHORT = Patience(connect=1, answer=0.4, poll=0)


class Pauses:
    """Records how long the bot was asked to wait, and lets it go on at once."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.seconds: list[float] = []
        self._then = then

    def __call__(self, seconds: float) -> Awaitable[None]:
        self.seconds.append(seconds)
        self._then()
        return _nothing()


async def _nothing() -> None:
    return


def settings_for(url: str, *, token: str = TOKEN, mode: Mode = Mode.polling, previous: str = "") -> TelegramSettings:
    return TelegramSettings(
        token=SecretStr(token), mode=mode, api_url=url, previous_token=SecretStr(previous) if previous else None
    )


def webhook_bot(
    tg: FakeTelegram, http: aiohttp.ClientSession, *, url: str = WEBHOOK_URL, now: datetime = NOW, token: str = TOKEN
) -> WebhookBot:
    tools = tools_for(http, Path("unused"), webhook_url=url, now=now)
    return WebhookBot(settings_for(tg.url, token=token, mode=Mode.webhook), tools, patience=SHORT)


def polling_bot(
    tg: FakeTelegram,
    http: aiohttp.ClientSession,
    *,
    now: datetime = NOW,
    token: str = TOKEN,
    patience: Patience = SHORT,
    pause: Pauses | None = None,
) -> PollingBot:
    tools = tools_for(http, Path("unused"), now=now)
    return PollingBot(settings_for(tg.url, token=token), tools, patience=patience, pause=pause or Pauses())
