"""Builders: communities of either way of receiving, against a fake VK, with short time-outs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
from pydantic import SecretStr

from connectors._lib.json_api import Patience
from connectors.vk.connector import CalledCommunity, PollingCommunity
from connectors.vk.settings import Mode, VkSettings
from hub.contract import OutboundAttachment, OutboundMessage, Tools
from hub.domain.ids import DeliveryId
from tests.connectors.conformance.kit import NOW, outbound, tools_for
from tests.connectors.vk.fake_vk import GROUP, SECRET, TOKEN, FakeVk

SHORT = Patience(connect=0.5, answer=0.3)
ANNA = 87654321
CHAT = 2000000005


def settings_for(url: str, **more: Any) -> VkSettings:
    given = {"group_id": GROUP, "token": SecretStr(TOKEN), "secret": SecretStr(SECRET), "api_url": url, **more}
    return VkSettings(**given)


def _tools(http: aiohttp.ClientSession, fetch: Callable[[str, int], AsyncIterator[bytes]] | None) -> Tools:
    tools = tools_for(http, Path("unused"))
    return replace(tools, fetch=fetch) if fetch else tools


def called(
    server: FakeVk,
    http: aiohttp.ClientSession,
    *,
    fetch: Callable[[str, int], AsyncIterator[bytes]] | None = None,
    **more: Any,
) -> CalledCommunity:
    return CalledCommunity(settings_for(server.url, **more), _tools(http, fetch), patience=SHORT)


def polling(server: FakeVk, http: aiohttp.ClientSession, **more: Any) -> PollingCommunity:
    return PollingCommunity(settings_for(server.url, mode=Mode.longpoll, **more), _tools(http, None), patience=SHORT)


def to_anna(text: str = "Good morning", *files: OutboundAttachment, **more: Any) -> OutboundMessage:
    return outbound(str(ANNA), text, attachments=files, **more)


def aged(message: OutboundMessage, age: timedelta) -> OutboundMessage:
    """The same message, of a delivery made so long ago."""
    made = int((NOW - age).timestamp() * 1000)
    return replace(message, delivery_id=DeliveryId(UUID(int=(made << 80) | (7 << 76) | (2 << 62) | 5)))
