"""Builders: an account of ours against a fake LINE, with short time-outs; messages young enough to be repeated."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
from pydantic import SecretStr

from connectors._lib.json_api import Patience
from connectors.line.connector import LineAccount
from connectors.line.settings import LineSettings
from hub.contract import OutboundAttachment, OutboundMessage
from hub.domain.ids import DeliveryId
from tests.connectors.conformance.kit import NOW, attachment, outbound, tools_for
from tests.connectors.line.fake_line import SECRET, TOKEN, FakeLine

SHORT = Patience(connect=0.5, answer=0.3)
ANNA = "U4af4980629a4c1f0c3b2f6a8d1e5b7c9"
GROUP = "Ca56f94637c56f94637c56f94637c56f9"


def settings_for(url: str, **more: Any) -> LineSettings:
    given = {"channel_secret": SecretStr(SECRET), "token": SecretStr(TOKEN), "api_url": url, "data_url": url, **more}
    return LineSettings(**given)


def line(
    server: FakeLine,
    http: aiohttp.ClientSession,
    *,
    fetch: Callable[[str, int], AsyncIterator[bytes]] | None = None,
    **more: Any,
) -> LineAccount:
    tools = tools_for(http, Path("unused"))
    tools = replace(tools, fetch=fetch) if fetch else tools
    return LineAccount(settings_for(server.origin, **more), tools, patience=SHORT)


def young(message: OutboundMessage, age: timedelta = timedelta(minutes=1)) -> OutboundMessage:
    """The same message, of a delivery made so long ago."""
    made = int((NOW - age).timestamp() * 1000)
    return replace(message, delivery_id=DeliveryId(UUID(int=(made << 80) | (7 << 76) | (2 << 62) | 5)))


def linked(name: str, media_type: str, *, size: int = 10, duration: float | None = None) -> OutboundAttachment:
    """A file with a public address."""

    def link(lasts: timedelta) -> str:
        return f"https://hub.example.com/files/{name}?days={lasts.days}"

    return replace(attachment(name, b"content", media_type, size=size), link=link, duration=duration)


def to_anna(text: str = "Good morning", *files: OutboundAttachment, **more: Any) -> OutboundMessage:
    return outbound(ANNA, text, attachments=files, **more)
