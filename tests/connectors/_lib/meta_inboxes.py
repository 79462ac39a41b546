"""What the tests of Messenger and Instagram share: an inbox in good order, and tools that fetch from a table."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import aiohttp

from hub.contract import FetchFailed, Tools
from tests.connectors._lib.fake_graph import APP_ID, FakeGraph
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for

ANNA = "7482910563748291"


def tools(
    http: aiohttp.ClientSession,
    *,
    files: Mapping[str, bytes] | None = None,
    now: Callable[[], datetime] = lambda: NOW,
) -> Tools:
    """Tools whose guarded fetch hands out these files by address."""

    async def fetch(url: str, _max_bytes: int) -> AsyncIterator[bytes]:
        if url not in (files or {}):
            raise FetchFailed("gone")
        yield (files or {})[url]

    return replace(tools_for(http, Path("unused")), fetch=fetch, now=now)


def stock_inbox(graph: FakeGraph, *, fields: tuple[str, ...]) -> None:
    """Teach a fake Graph API what both inboxes ask."""
    sent = iter(range(1, 1000))
    uploaded = iter(range(1, 1000))
    graph.answer("POST", "me/messages", lambda _call: {"recipient_id": ANNA, "message_id": f"m_OUT{next(sent)}"})
    graph.answer("POST", "me/message_attachments", lambda _call: {"attachment_id": f"{next(uploaded)}"})
    graph.answer("POST", "me/subscribed_apps", {"success": True})
    graph.answer("GET", "me/subscribed_apps", {"data": [{"id": APP_ID, "subscribed_fields": list(fields)}]})
    graph.answer("POST", f"{APP_ID}/subscriptions", {"success": True})


def subscribed(kind: str, *fields: str, url: str = WEBHOOK_URL) -> dict[str, object]:
    """An app's webhook, as its subscriptions list it."""
    named = [{"name": name, "version": "v25.0"} for name in fields]
    return {"data": [{"object": kind, "callback_url": url, "active": True, "fields": named}]}


def messages(graph: FakeGraph) -> list[dict[str, object]]:
    """The messages the API took, typing and seen left out."""
    bodies = [call.json for call in graph.made("POST", "me/messages")]
    return [body for body in bodies if "message" in body]
