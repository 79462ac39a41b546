"""Builders: settings, a connector against the fake, signed requests, with short time-outs."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from connectors._lib.twilio_failures import Patience
from connectors._lib.twilio_signature import SIGNATURE, sign
from connectors._lib.twilio_wire import FORM, pairs_of, parameters_of
from connectors.twilio_sms.connector import TwilioSms
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import FetchFailed, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.connectors.twilio_sms.provider import ACCOUNT, OURS, TOKEN, FakeTwilio

SHORT = Patience(connect=1, answer=0.4)
ANNA = "+447700900001"


def settings_for(url: str, **more: object) -> TwilioSmsSettings:
    return TwilioSmsSettings.model_validate(
        {"account_sid": ACCOUNT, "auth_token": TOKEN, "sender": OURS, "api_url": url, **more}
    )


def tools_with(
    http: aiohttp.ClientSession,
    *,
    url: str = WEBHOOK_URL,
    now: datetime = NOW,
    outside: aiohttp.ClientSession | None = None,
) -> Tools:
    """Tools whose guarded way out really fetches, if a session for it is given."""
    tools = tools_for(http, Path("unused"), webhook_url=url, now=now)
    return replace(tools, fetch=lambda address, _: _plain_fetch(outside, address)) if outside else tools


async def _plain_fetch(http: aiohttp.ClientSession, address: str) -> AsyncIterator[bytes]:
    async with http.get(address) as response:
        if response.status != 200:
            raise FetchFailed(f"HTTP {response.status}")
        yield await response.read()


def connector_at(
    twilio: FakeTwilio, http: aiohttp.ClientSession, *, tools: Tools | None = None, **more: object
) -> TwilioSms:
    return TwilioSms(settings_for(twilio.url, **more), tools or tools_with(http), patience=SHORT)


def form(values: Mapping[str, str]) -> bytes:
    return urlencode(values).encode()


def webhook(values: Mapping[str, str] | bytes) -> RawEvent:
    return RawEvent(kind="webhook", body=values if isinstance(values, bytes) else form(values), received_at=NOW)


def inbound(**more: str) -> dict[str, str]:
    """Return the parameters of an ordinary message."""
    sid = "SM" + "a" * 32
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": ANNA,
        "To": OURS,
        "Body": "Are you open on Sunday?",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **more,
    }


def signed(
    body: bytes,
    *,
    url: str = WEBHOOK_URL,
    signed_url: str = "",
    token: str = TOKEN,
    headers: Mapping[str, str] | None = None,
) -> WebhookRequest:
    """Return a request as Twilio makes it; `signed_url` if it signs another form of the address."""
    signature = sign(token, signed_url or url, parameters_of(pairs_of(body)))
    return request(body, url=url, headers={SIGNATURE: signature, **(headers or {})})


def request(body: bytes, *, url: str = WEBHOOK_URL, headers: Mapping[str, str] | None = None) -> WebhookRequest:
    found = {"content-type": f"{FORM}; charset=UTF-8", **(headers or {})}
    return WebhookRequest(method="POST", url=url, headers=found, query={}, body=body)
