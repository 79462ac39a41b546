"""A WhatsApp number on a fake Graph API: its templates, its settings, and a hub that may ask it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, NUMBER_ID, stock
from tests.e2e.hub_process import HubProcess


@asynccontextmanager
async def graph_with(template: Mapping[str, object]) -> AsyncIterator[FakeGraph]:
    """Serve a number in good order that has one template."""
    async with FakeGraph() as server:
        stock(server)
        server.answer("GET", f"{ACCOUNT_ID}/message_templates", {"data": [template]})
        yield server


def hub_beside(graph: FakeGraph, folder: Path) -> HubProcess:
    """Return a hub that may ask the provider, not started yet."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": graph.url.removeprefix("http://")}
    return HubProcess(folder / "hub", allowed, secrets=[TOKEN, APP_SECRET])


def settings(graph: FakeGraph) -> dict[str, object]:
    """What an admin enters to connect the number."""
    ids: dict[str, object] = {"phone_number_id": NUMBER_ID, "account_id": ACCOUNT_ID, "app_id": APP_ID}
    return {**ids, "token": TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN, "graph_url": graph.url}
