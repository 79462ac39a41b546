"""The demo's customers speak as Instagram does, through the signed door."""

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from connectors.instagram import MANIFEST
from connectors.instagram.simulate import SIMULATION
from hub.contract import (
    DeliveryReceipt,
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
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for

OURS = ExternalId("m_OURS")
SAID = SimulatedMessage(
    person=7,
    name="Anna Example",
    email="anna@example.com",
    us=SIMULATION.address,
    number=12,
    at=NOW,
    received_at=NOW,
    text="Dzień dobry",
)
FILE = SimulatedFile(key="0" * 32, name="leg.jpg", media_type="image/jpeg", content=b"content")


async def heard(said: SimulatedMessage, http: aiohttp.ClientSession) -> InboundEvent:
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    connector = MANIFEST.create(settings, tools_for(http, Path("unused")))
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    assert isinstance(connector, ReceivesWebhooks)
    request = SIMULATION.request(settings, raw, WEBHOOK_URL)
    connector.verify(request)
    (event,) = connector.parse(RawEvent(kind="webhook", body=request.body, received_at=NOW))
    return event


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (SAID, InboundMessage),
        (replace(SAID, place=(52.2, 21.0)), InboundMessage),
        (replace(SAID, about=OURS), InboundMessage),
        (replace(SAID, kind=SimulatedKind.edit, about=OURS), MessageEdited),
        (replace(SAID, kind=SimulatedKind.reaction, about=OURS, text="👍"), Reaction),
        (replace(SAID, kind=SimulatedKind.read, about=OURS), DeliveryReceipt),
    ],
)
async def test_what_they_say(http: aiohttp.ClientSession, said: SimulatedMessage, kind: type) -> None:
    assert isinstance(await heard(said, http), kind)


async def test_a_message_and_its_file(http: aiohttp.ClientSession) -> None:
    message = await heard(replace(SAID, files=(FILE,)), http)
    assert isinstance(message, InboundMessage)
    assert (message.text, message.sender.name, message.occurred_at) == ("Dzień dobry", "Anna Example", NOW)
    assert [str(file.source)[-32:] for file in message.attachments] == [FILE.key]


@pytest.mark.parametrize("said", [replace(SAID, kind=SimulatedKind.bounce), replace(SAID, group="Neighbours")])
def test_what_is_never_told_is_left_out(said: SimulatedMessage) -> None:
    assert SIMULATION.write(said) is None
