"""Proving the bot, its webhook and setup, files, settings, the demo."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.viber import MANIFEST
from connectors.viber.connector import ViberBot
from connectors.viber.simulate import SIMULATION
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    DeliveryReceipt,
    FetchFailed,
    InboundEvent,
    InboundMessage,
    RawEvent,
    ReceivesWebhooks,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.connectors.viber.bots import viber
from tests.connectors.viber.conformance import CASE, request
from tests.connectors.viber.fake_viber import OTHER_TOKEN, TOKEN, FakeViber
from tests.peers.faulty_server import Fault

FIXTURES = dict(CASE.fixtures())

# -- the account


async def test_check_names_the_bot(server: FakeViber, http: aiohttp.ClientSession) -> None:
    assert await viber(server, http).check() == "Halden Shop"


async def test_a_refused_token_says_what_to_do(server: FakeViber, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused, match=r"partners\.viber\.com") as refused:
        await viber(server, http, token=OTHER_TOKEN).check()
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("body", [b'{"status": 0}', b"<html>", b"[]"])
async def test_a_server_that_is_not_viber_is_told_apart(
    server: FakeViber, http: aiohttp.ClientSession, body: bytes
) -> None:
    server.fail(Fault(method="info", status=200, body=body))
    with pytest.raises(ConnectorError, match=r"does not answer as Viber|could not be read"):
        await viber(server, http).check()


# -- the webhook


@pytest.mark.parametrize(("webhook", "words"), [("", "calls nobody"), ("https://other.example.com", "another program")])
async def test_our_address_is_registered_where_it_is_not(
    server: FakeViber, http: aiohttp.ClientSession, webhook: str, words: str
) -> None:
    server.webhook = webhook
    bot = viber(server, http)
    assert words in await bot.subscription()
    await bot.register()
    assert server.webhook == WEBHOOK_URL
    assert await bot.subscription() == ""


async def test_events_nobody_tells_us_of_are_asked_for(server: FakeViber, http: aiohttp.ClientSession) -> None:
    server.event_types = ["delivered", "seen"]
    bot = viber(server, http)
    assert "does not tell of: conversation_started, failed" in await bot.subscription()
    await bot.register()
    assert set(server.event_types) >= {"failed", "subscribed"}


async def test_what_is_registered_is_not_registered_again(server: FakeViber, http: aiohttp.ClientSession) -> None:
    server.refuse("set_webhook", 3)
    await viber(server, http).register()
    assert len(server.refusals) == 1


async def test_what_an_admin_registered_is_left_alone(server: FakeViber, http: aiohttp.ClientSession) -> None:
    server.webhook = "https://proxy.example.com"
    bot = viber(server, http, register_webhook=False)
    await bot.register()
    assert server.webhook == "https://proxy.example.com"
    assert "Enter this channel's" in await bot.subscription()


async def test_an_address_viber_cannot_call_is_said(server: FakeViber, http: aiohttp.ClientSession) -> None:
    server.webhook = ""
    server.refuse("set_webhook", 1, "Result: 60 (SSL certificate)")
    with pytest.raises(ConnectorError, match=r"SSL certificate.*whole chain"):
        await viber(server, http).register()


async def test_the_wizard_says_which_step_is_missing(server: FakeViber, http: aiohttp.ClientSession) -> None:
    assert [step.done for step in await viber(server, http).setup()] == [True, True, None]
    server.webhook = ""
    steps = await viber(server, http).setup()
    assert [step.done for step in steps] == [True, False, None]
    assert "haldenshop" in steps[2].help


async def test_vibers_trial_call_is_answered_and_not_kept(server: FakeViber, http: aiohttp.ClientSession) -> None:
    bot = viber(server, http)
    trial = json.dumps({"event": "webhook", "timestamp": 1790000000000, "message_token": 241256543215}).encode()
    assert bot.answer(request(trial, "")).store is False
    assert bot.answer(request(FIXTURES["text"].body, "")).store is True
    assert bot.answer(request(b"{", "")).store is True


# -- files


async def fetched(bot: ViberBot, source: str) -> bytes:
    return b"".join([chunk async for chunk in bot.fetch(ExternalId(source))])


async def test_files_are_fetched_through_the_guard(server: FakeViber, http: aiohttp.ClientSession) -> None:
    asked: list[str] = []

    async def guarded(url: str, _limit: int) -> AsyncIterator[bytes]:
        asked.append(url)
        yield b"picture"

    (message,) = viber(server, http).parse(FIXTURES["picture"])
    assert isinstance(message, InboundMessage)
    source = str(message.attachments[0].source)
    assert await fetched(viber(server, http, fetch=guarded), source) == b"picture"
    assert asked == [json.loads(FIXTURES["picture"].body)["message"]["media"]]


async def test_what_is_no_address_is_refused(server: FakeViber, http: aiohttp.ClientSession) -> None:
    with pytest.raises(FetchFailed, match="no address"):
        await fetched(viber(server, http), "file:///etc/passwd")


# -- settings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("token", "no-token"),
        ("token", "445da6az1s345z78 dazcczb2542zv51a e0vc5fva17480im9"),
        ("sender_name", "a name of more than 28 letters"),
        ("sender_avatar", "http://example.com/logo.jpg"),
        ("api_url", "http://chatapi.viber.com/pa"),
        ("api_url", "https://user@chatapi.viber.com/pa"),
        ("api_url", "chatapi.viber.com"),
    ],
)
def test_a_wrong_setting_is_refused_without_repeating_it(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MANIFEST.settings.model_validate({"token": TOKEN, field: value})
    assert len(refused.value.errors()) == 1
    assert value not in str(refused.value)


# -- the demo

SAID = SimulatedMessage(
    person=7,
    name="Anna Example",
    email="anna@example.com",
    us=SIMULATION.address,
    number=12,
    at=NOW - timedelta(minutes=2),
    received_at=NOW,
    text="Dzień dobry",
)
PHOTO = SimulatedFile(key="0" * 32, name="leg.jpg", media_type="image/jpeg", content=b"content")


def heard(said: SimulatedMessage, http: aiohttp.ClientSession) -> InboundEvent:
    """What the hub reads after the door let the request in."""
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    bot = MANIFEST.create(settings, tools_for(http, Path("unused")))
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    signed = SIMULATION.request(settings, raw, WEBHOOK_URL)
    assert isinstance(bot, ReceivesWebhooks)
    bot.verify(signed)
    (event,) = bot.parse(RawEvent(kind="webhook", body=signed.body, received_at=said.received_at))
    return event


async def test_a_made_up_customer_writes(http: aiohttp.ClientSession) -> None:
    message = heard(SAID, http)
    assert isinstance(message, InboundMessage)
    assert (message.text, message.occurred_at, message.sender.name) == ("Dzień dobry", SAID.at, "Anna Example")


async def test_other_things_a_made_up_customer_does(http: aiohttp.ClientSession) -> None:
    place = heard(replace(SAID, place=(52.2, 21.0)), http)
    photo = heard(replace(SAID, files=(PHOTO,)), http)
    assert isinstance(place, InboundMessage)
    assert isinstance(photo, InboundMessage)
    assert place.data["latitude"] == 52.2
    assert str(photo.attachments[0].source).endswith(PHOTO.key)
    states = {SimulatedKind.read: DeliveryState.read, SimulatedKind.bounce: DeliveryState.failed}
    for kind, state in states.items():
        for about in ("5741311803571721088", "demo-of-ours"):
            receipt = heard(replace(SAID, kind=kind, about=ExternalId(about)), http)
            assert isinstance(receipt, DeliveryReceipt)
            assert (receipt.external_id, receipt.state) == (about, state)


def test_what_viber_never_tells_is_left_out() -> None:
    assert SIMULATION.write(replace(SAID, kind=SimulatedKind.edit)) is None
    assert SIMULATION.write(replace(SAID, group="Neighbours")) is None
