"""The demo's customers speak as WhatsApp does, through the signed door."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from connectors.whatsapp import MANIFEST
from connectors.whatsapp.simulate import SIMULATION
from hub.contract import (
    ContactPointLearned,
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
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for

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
OURS = ExternalId("wamid.OURS")


async def heard(said: SimulatedMessage, http: aiohttp.ClientSession) -> InboundEvent:
    """The last event, after the door let its request in."""
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    connector = MANIFEST.create(settings, tools_for(http, Path("unused")))
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    request = SIMULATION.request(settings, raw, WEBHOOK_URL)
    assert isinstance(connector, ReceivesWebhooks)
    connector.verify(request)
    return connector.parse(RawEvent(kind="webhook", body=request.body, received_at=said.received_at))[-1]


async def test_a_message(http: aiohttp.ClientSession) -> None:
    message = await heard(SAID, http)
    assert isinstance(message, InboundMessage)
    assert (message.text, message.sender.name, message.occurred_at) == ("Dzień dobry", "Anna Example", SAID.at)


async def test_the_same_person_has_the_same_addresses(http: aiohttp.ClientSession) -> None:
    settings = MANIFEST.settings.model_validate(SIMULATION.settings)
    connector = MANIFEST.create(settings, tools_for(http, Path("unused")))
    pairs = []
    for number in (1, 2):
        raw = SIMULATION.write(replace(SAID, number=number))
        assert raw is not None
        pairs.append(connector.parse(raw)[0])
    assert pairs[0] == pairs[1]
    assert isinstance(pairs[0], ContactPointLearned)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (replace(SAID, kind=SimulatedKind.edit, about=OURS), MessageEdited),
        (replace(SAID, kind=SimulatedKind.reaction, about=OURS, text="👍"), Reaction),
        (replace(SAID, kind=SimulatedKind.read, about=OURS), DeliveryReceipt),
        (replace(SAID, kind=SimulatedKind.bounce, about=OURS), DeliveryReceipt),
        (replace(SAID, place=(52.2, 21.0)), InboundMessage),
        (replace(SAID, about=OURS), InboundMessage),
        (replace(SAID, group="Neighbours"), InboundMessage),
    ],
)
async def test_other_things_they_say(http: aiohttp.ClientSession, said: SimulatedMessage, kind: type) -> None:
    assert isinstance(await heard(said, http), kind)


async def test_a_file_can_be_handed_out_and_its_hash_is_told(http: aiohttp.ClientSession) -> None:
    file = SimulatedFile(key="0" * 32, name="leg.jpg", media_type="image/jpeg", content=b"content")
    message = await heard(replace(SAID, files=(file,)), http)
    assert isinstance(message, InboundMessage)
    (attachment,) = message.attachments
    assert attachment.source is not None
    assert attachment.source.endswith(file.key)
    assert len(attachment.sha256) == 64


async def test_a_bounce_says_why(http: aiohttp.ClientSession) -> None:
    receipt = await heard(replace(SAID, kind=SimulatedKind.bounce, about=OURS), http)
    assert isinstance(receipt, DeliveryReceipt)
    assert (receipt.state, receipt.code) == (DeliveryState.failed, "131026")


def test_what_whatsapp_never_tells_is_left_out() -> None:
    assert SIMULATION.write(replace(SAID, kind=SimulatedKind.auto_reply)) is None
