"""A WhatsApp number on a fake Graph API: its templates, its settings, a hub that may ask it, and who writes to it.

A scene says in a fixture `graph` which template the number has and takes the others by name:
`hub, channel = whatsapp_number.hub, whatsapp_number.channel`.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from uuid_utils.compat import uuid7

from connectors._lib.meta_verify import HEADER, signature
from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, NUMBER_ID, stock
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess

PHONE = "48500100200"


@asynccontextmanager
async def graph_with(template: Mapping[str, object]) -> AsyncIterator[FakeGraph]:
    """Serve a number in good order that has one template."""
    async with FakeGraph() as server:
        stock(server)
        server.answer("GET", f"{ACCOUNT_ID}/message_templates", {"data": [template]})
        yield server


@pytest.fixture
async def hub(tmp_path: Path, graph: FakeGraph) -> AsyncIterator[HubProcess]:
    """A hub beside the provider, whose log must hold none of its secrets."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": graph.url.removeprefix("http://")}
    async with HubProcess(tmp_path / "hub", allowed, secrets=[TOKEN, APP_SECRET]) as running:
        yield running


@pytest.fixture
async def channel(api: HubApi, graph: FakeGraph) -> Json:
    """The connected number."""
    return await api.channel("whatsapp", "Shop number", settings(graph))


def settings(graph: FakeGraph) -> dict[str, object]:
    """What an admin enters to connect the number."""
    ids: dict[str, object] = {"phone_number_id": NUMBER_ID, "account_id": ACCOUNT_ID, "app_id": APP_ID}
    return {**ids, "token": TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN, "graph_url": graph.url}


async def writes(channel: Json, kind: str, content: object, *, ago: int = 0, **more: object) -> str:
    """Anna sent this so many seconds ago; Meta tells it now, signed. Return the message's id."""
    made = uuid7()
    at = str((made.int >> 80) // 1000 - ago)  # a UUIDv7 begins with Unix milliseconds
    message = {"from": PHONE, "id": f"wamid.{made.hex}", "timestamp": at, "type": kind, kind: content, **more}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550100200", "phone_number_id": NUMBER_ID},
        "contacts": [{"profile": {"name": "Anna Example"}, "wa_id": PHONE}],
        "messages": [message],
    }
    entry = {"id": ACCOUNT_ID, "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    headers = {HEADER: signature(body, APP_SECRET), "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as http, http.post(channel["webhook_url"], data=body, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
    return f"wamid.{made.hex}"
