"""Builders: a Page of ours against a fake Graph API, with short time-outs."""

from collections.abc import Callable, Mapping
from datetime import datetime

import aiohttp
from pydantic import SecretStr

from connectors.messenger.connector import MessengerConnector
from connectors.messenger.settings import FIELDS, MessengerSettings
from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, Call, FakeGraph
from tests.connectors._lib.meta_inboxes import stock_inbox, subscribed, tools
from tests.connectors.conformance.kit import NOW

PAGE = "204080304050607"


def settings_for(
    url: str, *, token: str = TOKEN, register: bool = True, late_tag: str = "HUMAN_AGENT"
) -> MessengerSettings:
    return MessengerSettings(
        page_id=PAGE,
        token=SecretStr(token),
        app_id=APP_ID,
        app_secret=SecretStr(APP_SECRET),
        verify_token=SecretStr(VERIFY_TOKEN),
        register_webhook=register,
        late_tag=late_tag,
        graph_url=url,
    )


def messenger(
    graph: FakeGraph,
    http: aiohttp.ClientSession,
    *,
    token: str = TOKEN,
    register: bool = True,
    late_tag: str = "HUMAN_AGENT",
    files: Mapping[str, bytes] | None = None,
    now: Callable[[], datetime] = lambda: NOW,
) -> MessengerConnector:
    settings = settings_for(graph.url, token=token, register=register, late_tag=late_tag)
    return MessengerConnector(settings, tools(http, files=files, now=now), patience=SHORT)


def _registered(graph: FakeGraph, call: Call) -> Mapping[str, object]:
    """Remember where the app's events go from now on."""
    told = subscribed("page", *call.json["fields"].split(","), url=call.json["callback_url"])
    graph.answer("GET", f"{APP_ID}/subscriptions", told)
    return {"success": True}


def stock(graph: FakeGraph) -> None:
    """Teach a fake Graph API one Page in good order."""
    stock_inbox(graph, fields=FIELDS)
    graph.answer("GET", "me", {"id": PAGE, "name": "Halden Shop"})
    graph.answer("GET", f"{APP_ID}/subscriptions", subscribed("page", *FIELDS))
    graph.answer("POST", f"{APP_ID}/subscriptions", lambda call: _registered(graph, call))
    scopes = ["pages_manage_metadata", "pages_messaging"]
    graph.answer("GET", "debug_token", {"data": {"is_valid": True, "app_id": APP_ID, "scopes": scopes}})
