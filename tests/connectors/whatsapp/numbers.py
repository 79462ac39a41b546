"""Builders: a number of ours against a fake Graph API, with short time-outs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from connectors.whatsapp.connector import WhatsAppConnector
from connectors.whatsapp.settings import WhatsAppSettings
from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, Call, FakeGraph
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for

NUMBER_ID = "106540352242922"
ACCOUNT_ID = "102290129340398"
NUMBER = "+15550100200"
ANNA = "PL.13491208655302741918"


def settings_for(url: str, *, token: str = TOKEN, register: bool = True, previous: str = "") -> WhatsAppSettings:
    return WhatsAppSettings(
        phone_number_id=NUMBER_ID,
        account_id=ACCOUNT_ID,
        token=SecretStr(token),
        app_id=APP_ID,
        app_secret=SecretStr(APP_SECRET),
        verify_token=SecretStr(VERIFY_TOKEN),
        previous_app_secret=SecretStr(previous) if previous else None,
        register_webhook=register,
        graph_url=url,
    )


def whatsapp(
    graph: FakeGraph,
    http: aiohttp.ClientSession,
    *,
    token: str = TOKEN,
    register: bool = True,
    now: Callable[[], datetime] = lambda: NOW,
) -> WhatsAppConnector:
    tools = replace(tools_for(http, Path("unused")), now=now)
    return WhatsAppConnector(settings_for(graph.url, token=token, register=register), tools, patience=SHORT)


def stock(graph: FakeGraph) -> None:
    """Teach a fake Graph API one number in good order."""
    sent = iter(range(1, 1000))
    uploaded = iter(range(1, 1000))
    graph.answer("GET", NUMBER_ID, node())
    graph.answer("POST", NUMBER_ID, lambda call: _overridden(graph, call))
    graph.answer("POST", f"{NUMBER_ID}/messages", lambda _call: {"messages": [{"id": f"wamid.OUT{next(sent)}"}]})
    graph.answer("POST", f"{NUMBER_ID}/media", lambda _call: {"id": f"up-{next(uploaded)}"})
    graph.answer("POST", f"{ACCOUNT_ID}/subscribed_apps", {"success": True})
    subscribed = {"whatsapp_business_api_data": {"id": APP_ID, "name": "Hub"}}
    graph.answer("GET", f"{ACCOUNT_ID}/subscribed_apps", {"data": [subscribed]})
    graph.answer("GET", f"{ACCOUNT_ID}/message_templates", {"data": []})
    graph.answer("GET", f"{APP_ID}/subscriptions", {"data": [subscription("https://other.example.com")]})
    graph.answer("POST", f"{APP_ID}/subscriptions", {"success": True})
    scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
    graph.answer("GET", "debug_token", {"data": {"is_valid": True, "app_id": APP_ID, "scopes": scopes}})


def _overridden(graph: FakeGraph, call: Call) -> Mapping[str, object]:
    """Remember where the number's events go from now on."""
    graph.answer("GET", NUMBER_ID, node(webhook=call.json["webhook_configuration"]["override_callback_uri"]))
    return {"success": True}


def node(status: str = "CONNECTED", *, webhook: str = WEBHOOK_URL) -> dict[str, object]:
    return {
        "id": NUMBER_ID,
        "display_phone_number": "+1 555-010-0200",
        "verified_name": "Halden Shop",
        "status": status,
        "webhook_configuration": {"application": "https://other.example.com", "phone_number": webhook},
    }


def subscription(url: str, *fields: str) -> dict[str, object]:
    named = [{"name": name, "version": "v25.0"} for name in fields or ("messages", "smb_message_echoes")]
    return {"object": "whatsapp_business_account", "callback_url": url, "active": True, "fields": named}


def messages(graph: FakeGraph) -> list[dict[str, object]]:
    """The messages the API took, read marks left out."""
    bodies = [call.json for call in graph.made("POST", f"{NUMBER_ID}/messages")]
    return [body for body in bodies if "status" not in body]
