"""Builders: an account of ours against a fake Graph API, with short time-outs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

import aiohttp
from pydantic import SecretStr

from connectors.instagram.connector import InstagramConnector
from connectors.instagram.settings import FIELDS, InstagramSettings
from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors._lib.meta_inboxes import stock_inbox, tools
from tests.connectors.conformance.kit import NOW

ACCOUNT = "17841405309211844"
META_SECRET = "the-secret-of-the-meta-app-itself"


def settings_for(url: str, *, token: str = TOKEN) -> InstagramSettings:
    return InstagramSettings(
        account_id=ACCOUNT,
        token=SecretStr(token),
        app_id=APP_ID,
        app_secret=SecretStr(APP_SECRET),
        meta_app_secret=SecretStr(META_SECRET),
        verify_token=SecretStr(VERIFY_TOKEN),
        graph_url=url,
    )


def instagram(
    graph: FakeGraph,
    http: aiohttp.ClientSession,
    *,
    token: str = TOKEN,
    files: Mapping[str, bytes] | None = None,
    now: Callable[[], datetime] = lambda: NOW,
    keep_secret: Callable[[str, str], Awaitable[None]] | None = None,
) -> InstagramConnector:
    lent = replace(tools(http, files=files, now=now), keep_secret=keep_secret)
    return InstagramConnector(settings_for(graph.url, token=token), lent, patience=SHORT)


def stock(graph: FakeGraph) -> None:
    """Teach a fake Graph API one account in good order."""
    stock_inbox(graph, fields=FIELDS)
    graph.answer("GET", "me", {"id": "9001", "user_id": ACCOUNT, "username": "halden.shop"})
