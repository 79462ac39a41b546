"""Builders: a bot of ours against a fake Viber, with short time-outs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from connectors._lib.json_api import Patience
from connectors.viber.connector import ViberBot
from connectors.viber.settings import ViberSettings
from hub.contract import OutboundAttachment, OutboundMessage
from tests.connectors.conformance.kit import attachment, outbound, tools_for
from tests.connectors.viber.fake_viber import TOKEN, FakeViber

SHORT = Patience(connect=0.5, answer=0.3)
ANNA = "01234567890A="


def settings_for(url: str, **more: Any) -> ViberSettings:
    return ViberSettings(**{"token": SecretStr(TOKEN), "api_url": url, **more})


def viber(
    server: FakeViber,
    http: aiohttp.ClientSession,
    *,
    fetch: Callable[[str, int], AsyncIterator[bytes]] | None = None,
    **more: Any,
) -> ViberBot:
    tools = tools_for(http, Path("unused"))
    tools = replace(tools, fetch=fetch) if fetch else tools
    return ViberBot(settings_for(server.url, **more), tools, patience=SHORT)


def linked(name: str, media_type: str, *, size: int = 10, duration: float | None = None) -> OutboundAttachment:
    """A file with a public address."""

    def link(lasts: timedelta) -> str:
        return f"https://hub.example.com/files/token-for-{lasts.days}-days"

    return replace(attachment(name, b"content", media_type, size=size), link=link, duration=duration)


def to_anna(text: str = "Good morning", *files: OutboundAttachment) -> OutboundMessage:
    return outbound(ANNA, text, attachments=files)
