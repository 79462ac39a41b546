"""What tests of the form do on behalf of a visitor's browser."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import aiohttp

from connectors.webform.connector import WebformConnector
from connectors.webform.settings import WebformSettings
from connectors.webform.token import signed
from hub.contract import RawEvent, Tools, WebhookRequest, WebhookResponse
from tests.connectors.conformance.kit import WEBHOOK_URL, tools_for

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "form-secret-of-tests-0123456789abcdef"
SHOP = "https://shop.example.com"
CONSENT = "I agree that you keep my message."
PAGE_ID = "0123456789abcdef01234567"
FIXTURES = Path(__file__).parent / "fixtures"
FORM_TYPE = "application/x-www-form-urlencoded"
FILLED_IN = {"name": "Łucja Nowak", "email": "lucja@example.pl", "message": "Dzień dobry,\nile kosztuje namiot?"}


def settings(**changes: object) -> WebformSettings:
    """Return settings of a form for SHOP, with a known secret."""
    given = {"name": "Contact", "allowed_origins": [SHOP, "https://*.example.org"], "token_secret": SECRET}
    return WebformSettings.model_validate({**given, **changes})


ASKS_MORE = settings(
    fields=[
        {"key": "name", "required": True},
        {"key": "email"},
        {"key": "phone"},
        {"key": "company", "label": "Company", "max_length": 20},
        {"key": "topic", "kind": "select", "label": "Topic", "options": ["Order", "Returns"]},
        {"key": "newsletter", "kind": "checkbox", "label": "Newsletter"},
        {"key": "message"},
    ],
    reach="email or phone",
    consent=CONSENT,
    translations=[
        {
            "language": "pl",
            "title": "Kontakt ze sklepem",
            "consent": "Zgadzam się.",
            "labels": [{"key": "topic", "label": "Temat"}],
        }
    ],
).model_dump(mode="python")


def asks_more(**changes: object) -> WebformSettings:
    """Return settings with every kind of question, consent and a Polish translation."""
    return WebformSettings.model_validate({**ASKS_MORE, **changes})


def form(
    given: WebformSettings | None = None, *, after: timedelta = timedelta(0), url: str = WEBHOOK_URL
) -> WebformConnector:
    """Return the form as it is some time after NOW."""
    nobody = cast("aiohttp.ClientSession", None)
    tools: Tools = tools_for(nobody, Path("unused"), webhook_url=url, now=NOW + after)
    return WebformConnector(given or settings(), tools)


def token(*, at: datetime = NOW - timedelta(seconds=30), url: str = WEBHOOK_URL, secret: str = SECRET) -> str:
    """Return the token of a page that was opened at a time."""
    return signed(url, secret, at, PAGE_ID)


def body(values: Mapping[str, str] | None = None, *, page: str | None = None, **more: str) -> bytes:
    """Return what a browser posts."""
    proof = token() if page is None else page
    return urlencode({"_token": proof, **(FILLED_IN if values is None else values), **more}).encode()


def post(
    content: bytes, *, content_type: str = FORM_TYPE, client: str = "203.0.113.7", **headers: str
) -> WebhookRequest:
    """Return a submission; headers by their name with underscores."""
    told = {"content-type": content_type, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=told, query={}, body=content, client=client)


def look(*, method: str = "GET", query: Mapping[str, str] | None = None, **headers: str) -> WebhookRequest:
    """Return a look at the form."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return WebhookRequest(method=method, url=WEBHOOK_URL, headers=told, query=query or {}, body=b"")


def asked(connector: WebformConnector, request: WebhookRequest) -> WebhookResponse:
    """Return what the door would answer."""
    connector.verify(request)
    return connector.answer(request)


def raw(content: bytes, content_type: str = FORM_TYPE) -> RawEvent:
    """Return a submission as the journal keeps it."""
    return RawEvent(kind="webhook", body=content, headers={"content-type": content_type}, received_at=NOW)


def fixture(path: Path) -> RawEvent:
    """Read a submission: a JSON file with its content type and either the values or the body."""
    told = json.loads(path.read_text("utf-8"))
    values = told.get("values")
    content = urlencode(values) if values is not None else told["body"]
    return raw(content.encode(), told.get("content_type", FORM_TYPE))


def hidden(page: bytes) -> dict[str, str]:
    """Return the hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.decode())
    return {unescape(name): unescape(value) for name, value in found}
