"""Builders: a bot against a fake Discord, with short time-outs; events as the gateway sends them."""

import json
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from connectors.discord.client import Patience
from connectors.discord.connector import DiscordBot
from connectors.discord.places import ME as ME_HEADER
from connectors.discord.places import Place
from connectors.discord.settings import DiscordSettings
from hub.contract import RawEvent
from tests.connectors.conformance.kit import NOW, tools_for
from tests.peers.fake_discord import ME, TOKEN, FakeDiscord

SHORT = Patience(connect=1, answer=0.4, hello=0.4)


class Pauses:
    """Records how long the bot was asked to wait, and lets it go on at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> Awaitable[None]:
        self.seconds.append(seconds)
        return _nothing()


async def _nothing() -> None:
    return


def settings_for(url: str, *, token: str = TOKEN, **more: Any) -> DiscordSettings:
    return DiscordSettings(**{"token": SecretStr(token), "api_url": url, **more})


def bot_for(
    discord: FakeDiscord,
    http: aiohttp.ClientSession,
    data_dir: Path,
    *,
    now: datetime = NOW,
    pause: Pauses | None = None,
    **more: Any,
) -> DiscordBot:
    tools = tools_for(http, data_dir, now=now)
    return DiscordBot(settings_for(discord.url, **more), tools, patience=SHORT, pause=pause or Pauses())


def raw(kind: str, body: object, *, place: Place | None = None, me: str = ME) -> RawEvent:
    """A raw event of the gateway; of bytes as they are."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {ME_HEADER: me, **(place.as_header() if place is not None else {})}
    return RawEvent(kind=kind, body=written, headers=headers, received_at=NOW)
