"""Logging in with tokens: renewed in time, renewed once when refused, kept when replaced."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.email.connector import EmailConnector
from connectors.email.oauth import TokenSource
from hub.contract import ConnectorError, CredentialsRefused
from tests.connectors.conformance.kit import outbound, tools_for
from tests.connectors.email.mails import NOW, settings
from tests.peers.fake_imap import FakeImap
from tests.peers.fake_smtp import FakeSmtp


class LoginService:
    """A provider's token endpoint."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.answer: dict[str, Any] = {"expires_in": 3600}
        self.status = 200
        app = web.Application()
        app.router.add_post("/token", self._token)
        self._server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        return self

    async def __aexit__(self, *details: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}/token"

    async def _token(self, request: web.Request) -> web.Response:
        self.forms.append({name: values[0] for name, values in parse_qs(await request.text()).items()})
        body = {"access_token": f"token-{len(self.forms)}"} | self.answer
        return web.json_response(body, status=self.status)


@pytest.fixture
async def service() -> AsyncIterator[LoginService]:
    async with LoginService() as running:
        yield running


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def oauth(service: LoginService, **changes: Any) -> Any:
    values = {"login": "oauth", "client_id": "app", "refresh_token": "refresh-1", "token_url": service.url}
    return settings(**(values | changes))


async def test_a_token_is_used_until_two_minutes_before_its_end(
    http: aiohttp.ClientSession, service: LoginService
) -> None:
    clock = Clock()
    source = TokenSource(oauth(service), http, clock)
    assert [await source.token(), await source.token()] == ["token-1", "token-1"]
    clock.now = NOW + timedelta(minutes=58, seconds=1)
    assert await source.token() == "token-2"
    assert service.forms[0] == {"client_id": "app", "grant_type": "refresh_token", "refresh_token": "refresh-1"}


async def test_a_replaced_refresh_token_is_used_and_kept(http: aiohttp.ClientSession, service: LoginService) -> None:
    kept: list[tuple[str, str]] = []

    async def keep(name: str, value: str) -> None:
        kept.append((name, value))

    service.answer["refresh_token"] = "refresh-2"
    source = TokenSource(oauth(service), http, Clock(), keep)
    await source.token()
    source.forget()
    await source.token()
    assert kept == [("refresh_token", "refresh-2")]
    assert service.forms[1]["refresh_token"] == "refresh-2"


async def test_microsoft_without_a_refresh_token_logs_in_as_the_app(
    http: aiohttp.ClientSession, service: LoginService
) -> None:
    values = oauth(service, login="microsoft", refresh_token="", client_secret="s")
    await TokenSource(values, http, Clock()).token()
    assert service.forms[0]["grant_type"] == "client_credentials"
    assert service.forms[0]["scope"] == "https://outlook.office365.com/.default"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("invalid_grant", "Get a new refresh token"),
        ("invalid_client", "Check client id"),
        ("invalid_scope", "permissions"),
        ("odd", "refused us"),
    ],
)
async def test_a_refusal_needs_a_person_and_says_what_to_do(
    http: aiohttp.ClientSession, service: LoginService, error: str, words: str
) -> None:
    service.status, service.answer = 400, {"error": error, "error_description": "AADSTS70008: expired\r\nTrace: x"}
    with pytest.raises(CredentialsRefused, match=words) as caught:
        await TokenSource(oauth(service), http, Clock()).token()
    assert "AADSTS70008" in str(caught.value)
    assert "refresh-1" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_service_out_of_order_is_passing(
    http: aiohttp.ClientSession, service: LoginService, status: int
) -> None:
    service.status = status
    with pytest.raises(ConnectorError) as caught:
        await TokenSource(oauth(service), http, Clock()).token()
    assert not isinstance(caught.value, CredentialsRefused)


async def test_an_unreachable_service_is_passing(http: aiohttp.ClientSession, service: LoginService) -> None:
    values = oauth(service, token_url="http://127.0.0.1:9/token")
    with pytest.raises(ConnectorError, match="did not answer") as caught:
        await TokenSource(values, http, Clock()).token()
    assert not isinstance(caught.value, CredentialsRefused)


@pytest.mark.parametrize("initial", ["SASL-IR", ""])
async def test_a_token_opens_the_mailbox(
    http: aiohttp.ClientSession, tmp_path: Path, service: LoginService, imap: FakeImap, initial: str
) -> None:
    imap.capabilities = f"IMAP4rev1 IDLE AUTH=XOAUTH2 {initial}"
    imap.tokens.add("token-1")
    mailbox = EmailConnector(oauth(service, imap_port=imap.port), tools_for(http, tmp_path))
    async with aclosing(mailbox.listen(None)) as items:
        assert (await anext(items))[0] is None


async def test_a_refused_token_is_renewed_once(
    http: aiohttp.ClientSession, tmp_path: Path, service: LoginService, imap: FakeImap
) -> None:
    imap.tokens.add("token-2")
    mailbox = EmailConnector(oauth(service, imap_port=imap.port), tools_for(http, tmp_path))
    async with aclosing(mailbox.listen(None)) as items:
        assert (await anext(items))[0] is None
    assert len(service.forms) == 2


async def test_a_mailbox_that_refuses_every_token_needs_a_person_at_once(
    http: aiohttp.ClientSession, tmp_path: Path, service: LoginService, imap: FakeImap
) -> None:
    mailbox = EmailConnector(oauth(service, imap_port=imap.port), tools_for(http, tmp_path))
    with pytest.raises(CredentialsRefused, match="OAuth login"):
        await anext(mailbox.listen(None))
    assert len(service.forms) == 2


async def test_a_token_sends_and_a_refused_one_is_renewed_once(
    http: aiohttp.ClientSession, tmp_path: Path, service: LoginService, smtp: FakeSmtp
) -> None:
    smtp.tokens.add("token-2")
    mailbox = EmailConnector(oauth(service, smtp_port=smtp.port), tools_for(http, tmp_path))
    await mailbox.send(replace(outbound("x"), recipient="ann@customer.example"))
    assert len(smtp.taken) == 1
    smtp.tokens.clear()
    with pytest.raises(CredentialsRefused):
        await mailbox.send(replace(outbound("x"), recipient="ann@customer.example"))
    assert len(smtp.taken) == 1
