"""The demo speaks as each provider does, by the provider's own door, and late, doubled or shuffled it is told once.

One hub with a channel of every connector that can be played; nothing is faked behind the door.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from hub.app import Hub, open_hub
from hub.app.doors import open_door
from hub.app.parts import ingest_tools
from hub.contract import Manifest, SimulatedMessage, Simulation, WebhookResponse
from hub.contract.webhook import WebhookRequest
from hub.domain.ids import ChannelId
from hub.domain.views import ConversationFilter
from hub.runtime.journal_worker import JournalWorker
from hub.services import channels
from hub.services.ids import new_id
from hub.settings import HubSettings
from storage import migrate
from tests.connectors.conformance.folders import keys, manifest_of
from webhooks.ingress import Ingress

PUBLIC_URL = "https://hub.example"
BEGAN = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORDS = ("first", "second, dzień dobry", "third 김", "fourth 😀")
SHUFFLED = (3, 0, 1, 1, 2, 0, 3)
"""The newest first, some twice, the oldest again at the end."""

PLAYED = [key for key in keys() if manifest_of(key).simulation is not None]
WITHOUT = {"asterisk", "twilio_voice"}
"""Calls alone, which the demo plays as a telephone system's (cti)."""
TIMELESS = {"smpp", "twilio_sms", "webchat", "webform"}
"""Their providers tell no time, or are the hub itself: what comes first is first."""
UNSIGNED = {"vk", "webform"}
"""VK proves itself by a secret word in the body, a form's page by a token: neither signs what is said. Their own tests
try wrong ones."""
TALKING = [key for key in PLAYED if key != "cti"]
"""All but the telephone system, which carries calls."""
SIGNED = [key for key in TALKING if (played := manifest_of(key).simulation) and played.request]


@dataclass(frozen=True, slots=True)
class Played:
    """A channel of a connector, and how its provider is played."""

    manifest: Manifest[Any]
    simulation: Simulation
    settings: BaseModel
    channel_id: ChannelId
    webhook_key: str


class World:
    """One hub with a channel of each connector."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.door = Ingress(open_door(hub))
        self.played: dict[str, Played] = {}
        self.reader = JournalWorker(
            storage=hub.storage,
            accounts=hub.accounts,
            tools=ingest_tools(hub),
            clock=hub.clock,
            metrics=hub.metrics,
        )

    async def add(self, key: str) -> None:
        manifest = self.hub.registry.manifests[key]
        simulation = manifest.simulation
        assert simulation is not None
        settings = channels.validated(manifest, dict(simulation.settings))
        async with self.hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=ChannelId(new_id()),
                name=manifest.title,
                settings=settings,
                address=simulation.address,
                now=self.hub.clock.now(),
            )
        self.played[key] = Played(manifest, simulation, settings, made.record.id, made.record.webhook_key)

    def request(self, key: str, number: int) -> WebhookRequest:
        """Return the signed request that brings one of the words."""
        channel, raw = self.played[key], self.played[key].simulation.write(self.said(key, number))
        assert raw is not None
        assert channel.simulation.request is not None
        return channel.simulation.request(channel.settings, raw, f"{PUBLIC_URL}/webhooks/{channel.webhook_key}")

    async def knock(self, key: str, request: WebhookRequest) -> WebhookResponse:
        return await self.door.tell(self.played[key].webhook_key, request)

    async def tell(self, key: str, number: int) -> None:
        """Let the provider tell one of the words, by its webhook where it has one, else as if listened to."""
        channel = self.played[key]
        if key in SIGNED:
            assert (await self.knock(key, self.request(key, number))).status < 300
            return
        raw = channel.simulation.write(self.said(key, number))
        assert raw is not None
        await self.hub.storage.journal.append(channel.channel_id, [raw])

    def refused(self, key: str) -> float:
        """Return how many requests of a connector the door has refused so far, as the metrics tell."""
        labels = {"connector": key, "outcome": "rejected"}
        return self.hub.metrics.registry.get_sample_value("hub_received_total", labels) or 0.0

    def said(self, key: str, number: int) -> SimulatedMessage:
        at = BEGAN + timedelta(minutes=number)
        now = self.hub.clock.now()
        return SimulatedMessage(
            person=7,
            address="+447700900007" if key in ("smpp", "twilio_sms") else "",
            name="Anna Example",
            email="anna@example.com",
            us=self.played[key].simulation.address,
            number=101 + number,
            at=at,
            received_at=now,
            subject="A question",
            text=WORDS[number],
        )

    async def timeline(self, key: str) -> list[str]:
        """Return what is on the timeline of a channel, oldest first."""
        while await self.reader.drain():
            pass
        only = ConversationFilter(channel_ids=(self.played[key].channel_id,))
        rows = (await self.hub.storage.queries.conversations(only, viewer=None, cursor=None, limit=9)).items
        found = []
        for row in rows:
            page = await self.hub.storage.queries.thread(row.id, before=None, limit=50)
            # a form's message has the other answers above it
            found += [(entry.occurred_at, entry.text.rpartition("Message: ")[2].strip()) for entry in page.items]
        return [text for _, text in sorted(found)]


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("simulations")
    settings = HubSettings.load(env_file=None, data_dir=folder, public_url=PUBLIC_URL)
    await migrate(settings.database)
    async with open_hub(settings) as hub:
        made = World(hub)
        for key in TALKING:
            await made.add(key)
        await hub.accounts.refresh()
        yield made


def test_every_channel_can_be_played_but_those_of_calls() -> None:
    assert set(keys()) - set(PLAYED) == WITHOUT


@pytest.mark.parametrize("key", TALKING)
async def test_what_comes_late_doubled_and_shuffled_is_told_once_and_in_order(world: World, key: str) -> None:
    for number in SHUFFLED:
        await world.tell(key, number)
    told = await world.timeline(key)

    assert sorted(told) == sorted(WORDS)
    assert told == list(WORDS) or key in TIMELESS


@pytest.mark.parametrize("key", sorted(set(SIGNED) - UNSIGNED))
async def test_what_is_not_signed_by_the_provider_is_refused_counted_and_not_stored(world: World, key: str) -> None:
    before, refused = await world.timeline(key), world.refused(key)
    genuine = world.request(key, 2)
    forged = replace(genuine, body=genuine.body.replace(b"third", b"forged"), headers={**genuine.headers})
    assert forged.body != genuine.body

    assert (await world.knock(key, forged)).status == 403
    assert world.refused(key) == refused + 1
    assert await world.timeline(key) == before
