"""Builders: settings, a connector against the fake, signed requests, raw events of fixture files."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import aiohttp

from connectors._lib.twilio_failures import Patience
from connectors._lib.twilio_signature import SIGNATURE, sign
from connectors._lib.twilio_wire import FORM, pairs_of, parameters_of
from connectors.twilio_voice.connector import TwilioVoice
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.contract import FetchFailed, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.connectors.twilio_voice.provider import ACCOUNT, OURS, TOKEN, FakeTwilioVoice

SHORT = Patience(connect=1, answer=0.4)
ANNA = "+447700900001"
ROOT, KID = "CA" + "a" * 32, "CA" + "b" * 32
FIXTURES = Path(__file__).parent / "fixtures"


def settings_for(url: str = "https://api.twilio.com", **more: object) -> TwilioVoiceSettings:
    given = {"account_sid": ACCOUNT, "auth_token": TOKEN, "number": OURS, "api_url": url, "hold_music": ""}
    return TwilioVoiceSettings.model_validate({**given, **more})


def connector_at(
    twilio: FakeTwilioVoice, http: aiohttp.ClientSession, *, tools: Tools | None = None, **more: object
) -> TwilioVoice:
    lent = tools or tools_for(http, Path("unused"))
    return TwilioVoice(settings_for(twilio.url, **more), lent, patience=SHORT, between=0)


def fetching(http: aiohttp.ClientSession) -> Tools:
    """Tools whose guarded way out really fetches."""

    async def fetch(address: str, _: int) -> AsyncIterator[bytes]:
        async with http.get(address) as response:
            if response.status != 200:
                raise FetchFailed(f"HTTP {response.status}")
            yield await response.read()

    return replace(tools_for(http, Path("unused")), fetch=fetch)


def fixture(path: Path) -> RawEvent:
    """Read a fixture: a line of the address's query if there is one, then the form."""
    if path.suffix == ".json":
        return RawEvent(kind="listed", body=path.read_bytes(), received_at=NOW, recovered=True)
    lines = path.read_text("utf-8").strip().splitlines()
    query = dict(parse_qsl(lines[0].removeprefix("?"))) if lines[0].startswith("?") else {}
    return RawEvent(kind="webhook", body=lines[-1].encode(), query=query, received_at=NOW)


def raw(form: Mapping[str, str], query: Mapping[str, str] | None = None) -> RawEvent:
    return RawEvent(kind="webhook", body=urlencode(form).encode(), query=query or {}, received_at=NOW)


def call(**more: str) -> dict[str, str]:
    """Return the parameters of an ordinary call that has just come."""
    return {
        "CallSid": ROOT,
        "AccountSid": ACCOUNT,
        "From": ANNA,
        "To": OURS,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
        **more,
    }


def request(
    form: Mapping[str, str],
    query: Mapping[str, str] | None = None,
    *,
    signed_url: str = "",
    token: str = TOKEN,
    headers: Mapping[str, str] | None = None,
) -> WebhookRequest:
    """Return a request as Twilio signs it, or as if sent to another address; with `headers`, those instead."""
    body = urlencode(form).encode()
    address = WEBHOOK_URL + (f"?{urlencode(query)}" if query else "")
    signed = {SIGNATURE: sign(token, signed_url or address, parameters_of(pairs_of(body)))}
    return WebhookRequest(
        method="POST",
        url=address,
        headers={"content-type": FORM, **(signed if headers is None else headers)},
        query=dict(query or {}),
        body=body,
    )
