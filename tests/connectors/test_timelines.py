"""Every fixture of every connector through the journal: told five times, shuffled, among cut and unknown events, the
timeline is the one of a provider that tells everything once and in order."""

import random
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from hub.app import Hub, open_hub
from hub.app.doors import open_door
from hub.app.parts import ingest_tools
from hub.contract import (
    Connector,
    InboundMessage,
    MessageEdited,
    RawEvent,
    UnparseableEvent,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ChannelId
from hub.domain.journal import LedgerLine
from hub.domain.views import ConversationFilter, InteractionView
from hub.runtime.journal_worker import JournalWorker
from hub.services import channels
from hub.services.ids import new_id
from hub.settings import HubSettings
from tests.connectors.conformance import folders
from tests.databases import Sqlite
from webhooks.ingress import Ingress

CALLS = {"asterisk", "cti", "twilio_voice"}
"""Their fixtures are parts of one call, whose story has tests of its own (tests/services/calls)."""
EVERY = folders.ways()
CASES = {key: case for key, case in EVERY.items() if key not in CALLS}
TIMES, CUT_AT_EVERY = 5, 100

Entry = tuple[object, ...]


class World:
    """One hub, where each connector gets its channels."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._door = Ingress(open_door(hub))
        self._reader = JournalWorker(
            storage=hub.storage,
            accounts=hub.accounts,
            tools=ingest_tools(hub),
            clock=hub.clock,
            metrics=hub.metrics,
        )

    async def channel(self, key: str) -> ChannelId:
        manifest, ident = folders.manifest_of(key), ChannelId(new_id())
        async with self.hub.storage.begin() as uow:
            made = await channels.create(
                uow,
                manifest,
                id=ident,
                name=manifest.title,
                settings=channels.validated(manifest, plain(EVERY[key].settings())),
                address=str(ident),
                now=self.hub.clock.now(),
            )
        await self.hub.accounts.refresh()
        return made.record.id

    def connector(self, channel_id: ChannelId) -> Connector:
        account = self.hub.accounts.get(channel_id)
        assert account is not None
        assert account.connector is not None
        return account.connector

    async def hears(self, channel_id: ChannelId, events: Sequence[RawEvent]) -> None:
        for start in range(0, len(events), 150):
            await self.hub.storage.journal.append(channel_id, events[start : start + 150])
            while await self._reader.drain():
                pass

    async def knock(self, channel_id: ChannelId, request: WebhookRequest) -> WebhookResponse:
        account = self.hub.accounts.get(channel_id)
        assert account is not None
        return await self._door.tell(account.channel.webhook_key, request)

    def refused(self, key: str) -> float:
        """How many requests the door has refused on all channels of a connector, as the metrics tell."""
        labels = {"connector": key.partition("/")[0], "outcome": "rejected"}
        return self.hub.metrics.registry.get_sample_value("hub_received_total", labels) or 0.0

    async def timeline(self, channel_id: ChannelId) -> list[Entry]:
        only = ConversationFilter(channel_ids=(channel_id,))
        rows = (await self.hub.storage.queries.conversations(only, viewer=None, cursor=None, limit=200)).items
        threads = [await self.hub.storage.queries.thread(row.id, before=None, limit=200) for row in rows]
        return sorted((shown(entry) for thread in threads for entry in thread.items), key=repr)

    async def ledger(self, channel_id: ChannelId) -> LedgerLine:
        lines = await self.hub.storage.queries.ledger(since=self.hub.clock.now() - timedelta(days=1))
        return next(line for line in lines if line.channel_id == channel_id)


def shown(e: InteractionView) -> Entry:
    said = (e.kind, e.content, e.direction, e.author_kind, e.author_name, e.text)
    return (e.occurred_at, *said, e.edited_at, e.deleted_at, sorted(m.emoji for m in e.reactions), len(e.attachments))


def plain(settings: BaseModel) -> Mapping[str, object]:
    """The settings as an admin types them."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {n: v.get_secret_value() if isinstance(v, SecretStr) else v for n, v in values.items()}


def agreeing(connector: Connector, fixtures: Sequence[tuple[str, RawEvent]]) -> Iterator[RawEvent]:
    """Leave out a fixture that gives a message's id to another message, or another wording to an edit's moment."""
    meant: dict[object, object] = {}
    for _, raw in fixtures:
        said = dict(meanings(connector, raw))
        if all(meant.setdefault(name, meaning) == meaning for name, meaning in said.items()):
            yield raw


def meanings(connector: Connector, raw: RawEvent) -> Iterator[tuple[object, object]]:
    for event in connector.parse(raw):
        if isinstance(event, InboundMessage):
            yield event.external_id, (event.content, event.author, event.text, event.occurred_at, event.sender.value)
        if isinstance(event, MessageEdited):
            yield (event.external_id, event.occurred_at), event.text


def cuts(connector: Connector, raw: RawEvent) -> Iterator[RawEvent]:
    """The event cut at every hundredth byte, wherever what is left is no event."""
    for end in range(0, len(raw.body), CUT_AT_EVERY):
        cut = RawEvent(kind=raw.kind, body=raw.body[:end], headers=raw.headers, received_at=raw.received_at)
        try:
            connector.parse(cut)
        except UnparseableEvent:
            yield cut


@pytest.fixture(scope="module")
async def world(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("timelines")
    settings = HubSettings.load(env_file=None, data_dir=folder, database_url=sqlite.fresh(folder))
    async with open_hub(settings) as hub:
        yield World(hub)


@pytest.mark.parametrize("key", sorted(CASES))
async def test_whatever_is_told_how_often_and_in_which_order_the_timeline_is_the_same(world: World, key: str) -> None:
    once, anyhow = await world.channel(key), await world.channel(key)
    connector = world.connector(anyhow)
    events = list(agreeing(connector, list(CASES[key].fixtures())))
    junk = [*(cut for raw in events for cut in cuts(connector, raw)), *CASES[key].unknown()]
    mixed = events * TIMES + junk
    random.Random(20261123).shuffle(mixed)  # noqa: S311 - an order, not a secret

    await world.hears(once, events)
    await world.hears(anyhow, mixed)

    told = await world.timeline(once)
    assert told
    assert await world.timeline(anyhow) == told
    line = await world.ledger(anyhow)
    assert (line.received, line.stored, line.waiting, line.unparsed) == (len(mixed), len(mixed), 0, len(junk))


SIGNED = {key: signed for key, case in EVERY.items() if (signed := case.signed()) is not None}


@pytest.mark.parametrize("key", sorted(SIGNED))
async def test_what_the_provider_did_not_sign_is_refused_counted_and_not_stored(world: World, key: str) -> None:
    channel = await world.channel(key)
    before, bad = world.refused(key), SIGNED[key].bad
    answers = {name: (await world.knock(channel, request)).status for name, request in bad.items()}
    forbidden = [name for name, status in answers.items() if status == 403]
    # Under a certificate not fetched yet nobody can tell: SNS is asked to come again.
    later = [name for name, status in answers.items() if status == 503]
    assert set(forbidden) | set(later) == set(bad)
    assert {"missing", "another account"} <= set(forbidden)
    assert world.refused(key) - before == len(forbidden)
    assert (await world.ledger(channel)).received == 0
