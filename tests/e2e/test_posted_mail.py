"""Mail that a provider posts, through the whole hub: in by the webhook door, answered over SMTP."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from hub.contract import WebhookRequest
from hub.runtime.clock import SystemClock
from tests.connectors.email.mails import mail
from tests.connectors.email.providers import PASSWORD, SIGNING_KEY, mailgun, postmark, sendgrid
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state
from tests.peers.fake_smtp import FakeSmtp

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


async def mailbox(hub: HubProcess, api: HubApi, smtp: FakeSmtp, receive: str, **more: str) -> Json:
    hub.secrets += [*more.values(), "mailbox-secret"]
    settings: dict[str, Any] = {
        "address": "support@example.test",
        "password": "mailbox-secret",
        "receive": receive,
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
        "smtp_port": smtp.port,
        **more,
    }
    return await api.channel("email", "Support", settings)


async def post(http: aiohttp.ClientSession, address: str, asked: WebhookRequest) -> tuple[int, str]:
    """Post what a provider would."""
    async with http.post(address, data=asked.body, headers=dict(asked.headers)) as answer:
        return answer.status, await answer.text()


async def test_a_mail_mailgun_posts_is_answered_over_smtp(
    hub: HubProcess, api: HubApi, smtp: FakeSmtp, http: aiohttp.ClientSession
) -> None:
    made = await mailbox(hub, api, smtp, "mailgun", mailgun_signing_key=SIGNING_KEY)
    # Of the three kinds of mailbox this is the one that neither reads a folder nor registers its address.
    assert made["abilities"] == ["ReceivesWebhooks", "ChecksSetup"]
    now = SystemClock().now()
    asked = mailgun(mail("Gdzie jest moja paczka?\n"), at=now)
    assert await post(http, made["webhook_url"] + "?mime", asked) == (200, "")
    assert await post(http, made["webhook_url"] + "?mime", asked) == (200, "")
    refused = await post(http, made["webhook_url"], mailgun(mail(), key="another-accounts-key", at=now))
    assert refused[0] == 403
    question = await entry_where(api, lambda entry: "paczka" in entry["text"], "the mail")
    await api.reply(question["conversation_id"], "Jutro rano")
    await entry_where(api, in_state("sent", "Jutro rano"), "the answer")
    assert len(smtp.taken) == 1
    assert len(await api.messages()) == 2


@pytest.mark.parametrize("receive", ["postmark", "sendgrid"])
async def test_the_password_in_the_address_opens_the_door(
    hub: HubProcess, api: HubApi, smtp: FakeSmtp, http: aiohttp.ClientSession, receive: str
) -> None:
    made = await mailbox(hub, api, smtp, receive, webhook_password=PASSWORD)
    body = mail("Where is my order?\n")
    told = {"From": "x@x.example", "MessageID": "1", "Headers": [], "RawEmail": body.decode()}
    asked = {"postmark": postmark(told), "sendgrid": sendgrid(body)}[receive]
    bare = {name: value for name, value in asked.headers.items() if name != "authorization"}
    address = made["webhook_url"].replace("://", f"://hub:{PASSWORD}@")
    async with http.post(made["webhook_url"], data=asked.body, headers=bare) as answer:
        assert answer.status == 403
    async with http.post(address, data=asked.body, headers=bare) as answer:
        assert answer.status == 200
    found = await entry_where(api, lambda entry: "my order" in entry["text"], "the mail")
    assert found["subject"] == "Order 17"
