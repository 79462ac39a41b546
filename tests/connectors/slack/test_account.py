"""Proving the account, the steps of its setup, its files, its settings, its demo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.slack import MANIFEST
from connectors.slack.connector import CalledApp
from connectors.slack.ids import Thread, message_ts, moment, read_thread, ts_of
from connectors.slack.parse import parse_event
from connectors.slack.roles import Rules
from connectors.slack.settings import SlackSettings
from connectors.slack.simulate import simulate
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    FetchFailed,
    InboundMessage,
    MessageEdited,
    Reaction,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
)
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.connectors.slack.apps import SECRET, SHORT, called_app, settings_for
from tests.peers.fake_slack import TOKEN, FakeSlack
from tests.peers.faulty_server import Fault

# -- the account


async def test_check_names_the_bot_and_the_workspace(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    assert await called_app(slack, http).check() == "@support in Halden"


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_expired"])
async def test_a_refused_token_says_what_to_do(slack: FakeSlack, http: aiohttp.ClientSession, error: str) -> None:
    slack.refuse("auth.test", error)
    with pytest.raises(CredentialsRefused, match="install it again"):
        await called_app(slack, http).check()


async def test_an_app_that_may_not_write_is_refused_before_a_customer_waits(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    slack.scopes = "channels:history"
    with pytest.raises(CredentialsRefused, match="chat:write"):
        await called_app(slack, http).check()


@pytest.mark.parametrize("body", [b'{"ok":true}', b"<html>", b"[]"])
async def test_a_server_that_is_not_slack_is_told_apart(
    slack: FakeSlack, http: aiohttp.ClientSession, body: bytes
) -> None:
    slack.fail(Fault(method="auth.test", status=200, body=body))
    with pytest.raises(ConnectorError, match=r"Check the API address|could not be read"):
        await called_app(slack, http).check()


async def test_the_steps_say_which_scope_is_missing_and_where_slack_shall_call(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    slack.scopes = "chat:write,channels:history"
    scopes, called, places = await called_app(slack, http).setup()
    assert (scopes.done, called.done, places.done) == (False, None, False)
    assert "groups:history" in scopes.help
    assert WEBHOOK_URL in called.help
    assert "/invite" in places.help


async def test_an_app_with_all_scopes_in_a_channel_has_done_what_can_be_told(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    slack.channel("help")
    assert [step.done for step in await called_app(slack, http).setup()] == [True, None, True]


# -- files


async def fetched(app: CalledApp, source: str) -> bytes:
    return b"".join([part async for part in app.fetch(ExternalId(source))])


async def test_a_file_is_fetched_whole_with_the_token(slack: FakeSlack, http: aiohttp.ClientSession) -> None:
    content = bytes(range(256)) * 2000
    assert await fetched(called_app(slack, http), slack.keeps_file(content)) == content
    assert slack.file_headers[0]["Authorization"] == f"Bearer {TOKEN}"


async def test_a_redirect_is_followed_by_the_guarded_way_without_the_token(
    slack: FakeSlack, http: aiohttp.ClientSession
) -> None:
    asked: list[str] = []

    async def fetch(url: str, _: int) -> AsyncIterator[bytes]:
        asked.append(url)
        yield b"content"

    slack.redirect = "https://cdn.example.com/f/1"
    tools = replace(tools_for(http, Path("unused")), fetch=fetch)
    app = CalledApp(settings_for(slack.url), tools, patience=SHORT)
    assert await fetched(app, slack.keeps_file(b"x")) == b"content"
    assert asked == ["https://cdn.example.com/f/1"]


@pytest.mark.parametrize("target", ["https://halden.slack.com/?redir=%2Ffiles-pri%2FF1", "/signin", ""])
async def test_a_log_in_page_is_no_file(slack: FakeSlack, http: aiohttp.ClientSession, target: str) -> None:
    slack.redirect = target or "ftp://x"
    with pytest.raises(FetchFailed, match="files:read"):
        await fetched(called_app(slack, http), slack.keeps_file(b"x"))


@pytest.mark.parametrize("url", ["https://files.example.com/x", "http://files.slack.com/x", "file:///etc/passwd"])
async def test_the_token_is_shown_to_slacks_own_hosts_only(
    slack: FakeSlack, http: aiohttp.ClientSession, url: str
) -> None:
    file = slack.keeps_file(b"x")
    slack.files[file] |= {"url_private": url, "url_private_download": url}
    with pytest.raises(FetchFailed, match="outside of Slack"):
        await fetched(called_app(slack, http), file)


@pytest.mark.parametrize(
    ("fault", "passing"),
    [
        (Fault(method="files.info", status=502), True),
        (Fault(method="files.info", reset=True), True),
        (Fault(method="files.info", status=429), True),
        (Fault(method="files.info", status=200, body=b'{"ok":false,"error":"file_deleted"}'), False),
        (Fault(method="files.info", status=200, body=b'{"ok":true,"file":{}}'), False),
        (Fault(method="download", status=503), True),
        (Fault(method="download", status=404), False),
    ],
)
async def test_a_file_that_cannot_be_fetched_says_whether_to_try_again(
    slack: FakeSlack, http: aiohttp.ClientSession, fault: Fault, passing: bool
) -> None:
    file = slack.keeps_file(b"content")
    slack.fail(fault)
    with pytest.raises(FetchFailed) as failed:
        await fetched(called_app(slack, http), file)
    assert failed.value.passing is passing


# -- the settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"token": "xoxp-12345678901234"}, "xoxb-"),
        ({"signing_secret": "too short"}, "signing secret"),
        ({"signing_secret": None}, "signing secret is missing"),
        ({"mode": "socket"}, "app-level token"),
        ({"mode": "socket", "app_token": "xoxb-12345678901234"}, "xapp-"),
        ({"staff_ids": ["anna"]}, "not a member id"),
        ({"api_url": "http://slack.com/api"}, "https only"),
        ({"api_url": "ftp://slack.com"}, "https://host/api"),
        ({"api_url": "https://a:b@slack.com/api"}, "password"),
        ({"bot_user_id": "me"}, "U012AB3CD"),
    ],
)
def test_settings_that_cannot_work_say_why_and_no_secret(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        SlackSettings.model_validate({"token": TOKEN, "signing_secret": SECRET, **given})
    assert "12345678901234" not in str(refused.value)


def test_pasted_blanks_are_forgiven() -> None:
    settings = SlackSettings.model_validate({"token": f" {TOKEN}\n", "signing_secret": SECRET, "app_token": " "})
    assert settings.token.get_secret_value() == TOKEN
    assert settings.app_token is None


# -- ids


@pytest.mark.parametrize("thread", [Thread("U0ANNA"), Thread("C0HELP", "1790000001.000100"), Thread("D0X", "1.1")])
def test_a_thread_is_read_back_as_it_was(thread: Thread) -> None:
    assert read_thread(thread.id) == thread


@pytest.mark.parametrize("foreign", ["", "mail@example.com", "123", "C0HELP/", "C0HELP/x", "c:1", "<id@host>"])
def test_an_id_of_another_channel_is_refused(foreign: str) -> None:
    with pytest.raises(ValueError, match="not a thread"):
        read_thread(ExternalId(foreign))


def test_a_time_keeps_its_microseconds() -> None:
    at = moment("1790000001.000100")
    assert (at.microsecond, ts_of(at)) == (100, "1790000001.000100")
    assert message_ts(ExternalId("file:F1")) == ""


# -- the demo


def said(**more: Any) -> SimulatedMessage:
    return SimulatedMessage(
        **{
            "person": 7,
            "name": "Anna Example",
            "email": "anna@example.com",
            "us": "@support",
            "number": 12,
            "at": datetime(2026, 11, 1, 12, tzinfo=UTC),
            "received_at": NOW,
            "text": "Is <this> open & free?",
            **more,
        }
    )


async def test_a_made_up_customer_is_told_by_a_signed_call_and_read_like_a_real_one(
    http: aiohttp.ClientSession,
) -> None:
    simulation = MANIFEST.simulation
    assert simulation is not None
    assert simulation.request is not None
    settings = SlackSettings.model_validate(simulation.settings)
    app = CalledApp(settings, tools_for(http, Path("unused")))
    file = SimulatedFile(key="0" * 31 + "a", name="door.jpg", media_type="image/jpeg", content=b"x", width=4, height=3)
    raw = simulation.write(said(files=(file,), group="Shop floor"))
    assert raw is not None
    app.verify(simulation.request(settings, raw, WEBHOOK_URL))
    (found,) = app.parse(raw)
    assert isinstance(found, InboundMessage)
    assert (found.text, found.sender.name, found.group) == ("Is <this> open & free?", "Anna Example", True)
    assert [str(one.source)[-32:] for one in found.attachments] == [file.key]


@pytest.mark.parametrize(("kind", "event"), [(SimulatedKind.edit, MessageEdited), (SimulatedKind.reaction, Reaction)])
def test_a_made_up_customer_edits_and_reacts(kind: SimulatedKind, event: type[MessageEdited | Reaction]) -> None:
    raw = simulate(said(kind=kind, about=ExternalId("D0DEMO000007:1790000001.000100"), text="👍"))
    assert raw is not None
    (found,) = parse_event(raw, Rules())
    assert isinstance(found, event)
    assert found.external_id == "D0DEMO000007:1790000001.000100"


def test_two_messages_of_one_moment_are_two() -> None:
    raws = [simulate(said(number=number)) for number in (1_795_338_000_123, 1_795_338_000_124)]
    ids = {
        event.external_id
        for raw in raws
        if raw
        for event in parse_event(raw, Rules())
        if isinstance(event, InboundMessage)
    }
    assert len(ids) == 2


def test_of_what_slack_never_tells_the_demo_tells_nothing() -> None:
    assert simulate(said(kind=SimulatedKind.read, about=ExternalId("D0X:1.1"))) is None
