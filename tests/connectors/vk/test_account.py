"""Proving the community, the wizard's steps, files, passing signs, settings, the demo."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError

from connectors.vk import MANIFEST
from connectors.vk.connector import CalledCommunity, PollingCommunity
from connectors.vk.simulate import SIMULATION
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    DeliveryReceipt,
    FetchFailed,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    RawEvent,
    Reaction,
    ReceivesWebhooks,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
)
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, seen, tools_for
from tests.connectors.vk.communities import ANNA, called, polling, settings_for
from tests.connectors.vk.fake_vk import GROUP, TOKEN, FakeVk

# -- the account


async def test_the_settings_say_how_it_receives(http: aiohttp.ClientSession) -> None:
    for mode, kind in (("callback", CalledCommunity), ("longpoll", PollingCommunity)):
        settings = settings_for("http://127.0.0.1:9", mode=mode)
        assert isinstance(MANIFEST.create(settings, tools_for(http, Path("unused"))), kind)


@pytest.mark.parametrize(
    "answer", [{"groups": [{"id": GROUP, "screen_name": "halden"}]}, [{"id": GROUP, "screen_name": "halden"}]]
)
async def test_check_names_the_community(server: FakeVk, http: aiohttp.ClientSession, answer: object) -> None:
    server.answers["groups.getById"] = answer
    assert await called(server, http).check() == "vk.com/halden"


async def test_a_token_of_another_community_is_found_out(server: FakeVk, http: aiohttp.ClientSession) -> None:
    with pytest.raises(ConnectorError, match=f"vk.com/halden .ID {GROUP}.*name 5"):
        await called(server, http, group_id=5).check()


async def test_a_refused_token_says_what_to_do(server: FakeVk, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused, match="API usage") as refused:
        await called(server, http, token="another-token-that-is-refused").check()
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("answer", [[], {"groups": []}, "text", {"groups": ["x"]}])
async def test_a_token_of_a_person_is_told_apart(server: FakeVk, http: aiohttp.ClientSession, answer: object) -> None:
    server.answers["groups.getById"] = answer
    with pytest.raises(ConnectorError, match="not a community's"):
        await called(server, http).check()


async def test_the_wizard_says_which_step_is_missing(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community = called(server, http)
    assert [step.done for step in await community.setup()] == [True, True, None, False]
    await community.register()
    server.answers["groups.getTokenPermissions"] = {"permissions": [{"name": "messages"}]}
    steps = await community.setup()
    assert [step.done for step in steps] == [True, False, None, True]
    assert "photos, docs, manage" in steps[1].help


async def test_polling_needs_no_public_address(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community = polling(server, http)
    await community.register()
    assert [step.done for step in await community.setup()] == [True, True, None, True]


# -- files and signs


async def test_files_are_fetched_through_the_guard(server: FakeVk, http: aiohttp.ClientSession) -> None:
    async def guarded(url: str, _limit: int) -> AsyncIterator[bytes]:
        yield url.encode()

    community = called(server, http, fetch=guarded)
    source = ExternalId("https://sun9-1.userapi.com/o.jpg")
    assert b"".join([chunk async for chunk in community.fetch(source)]) == source.encode()
    with pytest.raises(FetchFailed, match="no address"):
        assert [chunk async for chunk in community.fetch(ExternalId("file:///etc/passwd"))] == []


async def test_signs_go_to_the_chat(server: FakeVk, http: aiohttp.ClientSession) -> None:
    community, thread = called(server, http), ExternalId(str(ANNA))
    await community.mark_read(seen(thread, f"{ANNA}:5"))
    await community.show_typing(thread)
    peer = {"group_id": str(GROUP), "peer_id": str(ANNA)}
    assert server.made("messages.markAsRead") == [{**peer, "mark_conversation_as_read": "1"}]
    assert server.made("messages.setActivity") == [{**peer, "type": "typing"}]


async def test_a_refused_sign_is_an_error_the_hub_knows(server: FakeVk, http: aiohttp.ClientSession) -> None:
    server.refuse("messages.setActivity", 901)
    with pytest.raises(ConnectorError):
        await called(server, http).show_typing(ExternalId(str(ANNA)))


# -- settings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("group_id", 0),
        ("group_id", 2_000_000_001),
        ("token", "with blanks in it, which no token has"),
        ("secret", "no-hyphens-here"),
        ("secret", "short"),
        ("api_version", "6"),
        ("api_url", "http://api.vk.com/method"),
        ("api_url", "https://user@api.vk.com/method"),
        ("api_url", "api.vk.com"),
    ],
)
def test_a_wrong_setting_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        MANIFEST.settings.model_validate({"group_id": GROUP, "token": TOKEN, field: value})
    assert len(refused.value.errors()) == 1
    assert TOKEN not in str(refused.value)


def test_an_empty_secret_is_none() -> None:
    assert MANIFEST.settings.model_validate({"group_id": GROUP, "token": TOKEN, "secret": " "}).secret is None


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
OURS = ExternalId("900000007:41")
PHOTO = SimulatedFile(key="0" * 32, name="leg.jpg", media_type="image/jpeg", content=b"content", width=4, height=3)


def heard(said: SimulatedMessage, http: aiohttp.ClientSession) -> InboundEvent:
    """What the hub reads after the door let the request in."""
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    community = MANIFEST.create(settings, tools_for(http, Path("unused")))
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    asked = SIMULATION.request(settings, raw, WEBHOOK_URL)
    assert isinstance(community, ReceivesWebhooks)
    community.verify(asked)
    (event,) = community.parse(RawEvent(kind="webhook", body=asked.body, received_at=said.received_at))
    return event


async def test_a_made_up_customer_writes(http: aiohttp.ClientSession) -> None:
    message = heard(SAID, http)
    assert isinstance(message, InboundMessage)
    assert (message.text, message.occurred_at, message.group) == ("Dzień dobry", SAID.at, False)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (replace(SAID, kind=SimulatedKind.edit, about=OURS), MessageEdited),
        (replace(SAID, kind=SimulatedKind.reaction, about=OURS, text="👍"), Reaction),
        (replace(SAID, kind=SimulatedKind.read, about=OURS), DeliveryReceipt),
        (replace(SAID, place=(52.2, 21.0)), InboundMessage),
        (replace(SAID, group="Neighbours"), InboundMessage),
        (replace(SAID, about=OURS), InboundMessage),
        (replace(SAID, files=(replace(PHOTO, media_type="application/pdf"),)), InboundMessage),
    ],
)
async def test_other_things_they_do(http: aiohttp.ClientSession, said: SimulatedMessage, kind: type) -> None:
    assert isinstance(heard(said, http), kind)


async def test_a_file_can_be_handed_out(http: aiohttp.ClientSession) -> None:
    message = heard(replace(SAID, files=(PHOTO,)), http)
    assert isinstance(message, InboundMessage)
    (file,) = message.attachments
    assert str(file.source).endswith(PHOTO.key)
    assert (file.width, file.height) == (4, 3)


def test_what_vk_never_tells_is_left_out() -> None:
    assert SIMULATION.write(replace(SAID, kind=SimulatedKind.auto_reply)) is None
