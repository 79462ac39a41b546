"""Builders: apps of either way of receiving, against a fake Slack, with short time-outs; events as Slack sends them."""

import json
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from connectors.slack.client import Patience
from connectors.slack.connector import CalledApp, SocketApp
from connectors.slack.settings import Mode, SlackSettings
from connectors.slack.verify import SIGNATURE, TIMESTAMP, signature
from hub.contract import RawEvent, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.peers.fake_slack import APP, APP_TOKEN, BOT, TEAM, TOKEN, FakeSlack

SHORT = Patience(connect=1, answer=0.4, ping=0.4)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
OTHER_SECRET = "0000000000000000abcd99yyyzzz85a5"


class Pauses:
    """Records how long the app was asked to wait, and lets it go on at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> Awaitable[None]:
        self.seconds.append(seconds)
        return _nothing()


async def _nothing() -> None:
    return


def settings_for(url: str, **more: Any) -> SlackSettings:
    given = {"token": SecretStr(TOKEN), "signing_secret": SecretStr(SECRET), "api_url": url, **more}
    return SlackSettings(**given)


def called_app(
    slack: FakeSlack, http: aiohttp.ClientSession, *, now: datetime = NOW, pause: Pauses | None = None, **more: Any
) -> CalledApp:
    tools = tools_for(http, Path("unused"), now=now)
    return CalledApp(settings_for(slack.url, **more), tools, patience=SHORT, pause=pause or Pauses())


def socket_app(slack: FakeSlack, http: aiohttp.ClientSession, *, app_token: str = APP_TOKEN) -> SocketApp:
    settings = settings_for(slack.url, mode=Mode.socket, signing_secret=None, app_token=SecretStr(app_token))
    return SocketApp(settings, tools_for(http, Path("unused")), patience=SHORT, pause=Pauses())


def envelope(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event with what Slack puts around it."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "event_id": "Ev0FAKE",
        "event_time": 1790000000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "is_ext_shared_channel": False,
        **more,
    }


def message(text: str = "Hello", **more: Any) -> dict[str, Any]:
    """A message in a channel."""
    said = {"type": "message", "user": "U0ANNA", "team": TEAM, "text": text, "ts": "1790000001.000100"}
    return {**said, "channel": "C0HELP", "channel_type": "channel", "event_ts": "1790000001.000100", **more}


def raw(body: object, kind: str = "webhook") -> RawEvent:
    """A raw event of a JSON body, or of bytes as they are."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawEvent(kind=kind, body=written, received_at=NOW)


def signed(body: bytes, *, secret: str = SECRET, at: datetime = NOW, **headers: str) -> WebhookRequest:
    """A request as Slack signs it."""
    timestamp = str(int(at.timestamp()))
    given = {TIMESTAMP: timestamp, SIGNATURE: signature(secret, timestamp, body), **headers}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=given, query={}, body=body)
