import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hub.contract import FetchFailed, OutboundMessage, Rejected
from hub.contract.connector import Connector, FetchesAttachments
from hub.contract.visitors import HostsVisitors
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId, DeliveryId, ExternalId, InteractionId
from hub.domain.interaction import Direction
from hub.domain.views import ConversationRow
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.simulated import Simulated, has_blocked_us
from hub.runtime.simulator import Simulator
from hub.services import reply
from hub.services.deliver import Means, attempt
from hub.services.demo.live import MOST_OPEN, REST
from hub.services.demo.pictures import picture
from hub.services.ids import new_id
from tests.databases import Sqlite
from tests.services.demo.played import Played, played
from tests.services.demo.shop import registry
from webhooks.ingress import Door, Ingress


@dataclass
class Stage:
    """A demo with a simulator whose time a test moves."""

    demo: Played
    simulator: Simulator
    notices: Notices
    watching: list[bool]
    metrics: Metrics

    def calls(self, outcome: str) -> dict[str, float]:
        """Return how many signed calls each connector's channel took at the door."""
        found = next(metric for metric in self.metrics.received.collect())
        return {
            sample.labels["connector"]: sample.value
            for sample in found.samples
            if sample.name.endswith("_total") and sample.labels["outcome"] == outcome
        }

    async def pass_by(self, seconds: float, *, step: float = 1.0) -> None:
        """Let time go by, looking every `step` seconds."""
        for _ in range(int(seconds / step)):
            self.demo.clock.set(self.demo.clock.now() + timedelta(seconds=step))
            await self.simulator.step()
            await self.demo.read()

    async def answer(self, row: ConversationRow, text: str = "Yes, of course.") -> None:
        """Let somebody at the screens answer a customer."""
        connector, now = self.connector(row), self.demo.clock.now()
        manifest = registry().get(connector_key(self.demo, row))
        assert manifest is not None
        async with self.demo.storage.begin() as uow:
            await reply.reply(
                uow,
                id=InteractionId(new_id()),
                conversation_id=row.id,
                written=reply.Written(text=text),
                capabilities=manifest.capabilities,
                new_message_id=connector.new_message_id,
                by=None,
                now=now,
            )
            (due,) = await uow.outbox.claim(now, 1, channels=[row.channel_id])
        means = Means(
            storage=self.demo.storage,
            blobs=self.demo.blobs,
            clock=self.demo.clock,
            token_key=b"k" * 32,
            chance=lambda: 0.5,
        )
        await attempt(means, connector, due)

    def connector(self, row: ConversationRow) -> Connector:
        account = self.demo.accounts.get(row.channel_id)
        assert account is not None
        assert account.connector is not None
        return account.connector

    async def texts(self, row: ConversationRow) -> list[str]:
        return [entry.text for entry in await self.demo.thread(row.id) if entry.direction is Direction.inbound]


def connector_key(demo: Played, row: ConversationRow) -> str:
    account = demo.accounts.get(row.channel_id)
    assert account is not None
    return account.channel.connector


@pytest.fixture(scope="module")
async def made(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was made and closed: making one takes seconds."""
    folder = tmp_path_factory.mktemp("made")
    async with played(sqlite.fresh(folder), folder) as demo:
        await demo.make(past=1)
    return folder


@pytest.fixture
async def stage(made: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """A demo as a hub finds it that starts again, with a simulator."""
    await asyncio.to_thread(shutil.copytree, made / "blobs", tmp_path / "blobs")
    async with played(Sqlite(made / "hub.db").fresh(tmp_path), tmp_path) as demo:
        await demo.make(past=1)
        watching, notices, metrics = [True], Notices(), Metrics()
        door = Door(
            accounts=demo.accounts,
            journal=demo.storage.journal,
            clock=demo.clock,
            metrics=metrics,
            public_url="http://127.0.0.1",
            max_body=1_000_000,
        )
        simulator = Simulator(
            storage=demo.storage,
            accounts=demo.accounts,
            registry=registry(),
            notices=notices,
            clock=demo.clock,
            watched=lambda: watching[0],
            chance=Random(5),  # noqa: S311 - it plays
            every=10,
            call=Ingress(door).tell,
            public_url="http://127.0.0.1",
        )
        yield Stage(demo, simulator, notices, watching, metrics)


async def test_customers_write_while_somebody_watches(stage: Stage) -> None:
    before = len(await stage.demo.rows())
    await stage.pass_by(60)
    assert len(await stage.demo.rows()) > before
    assert {(line.unparsed, line.parked) for line in await stage.demo.ledger()} == {(0, 0)}


async def test_nobody_writes_while_nobody_watches(stage: Stage) -> None:
    stage.watching[0] = False
    before = await stage.demo.rows()
    await stage.pass_by(120, step=10)
    assert await stage.demo.rows() == before


@pytest.mark.parametrize("name", ["Léa Fontaine", "Priya Raghunathan", "Giulia Marchetti"])
async def test_a_customer_answers_who_answers_them_and_then_goes_quiet(stage: Stage, name: str) -> None:
    stage.watching[0] = False
    row = await stage.demo.row(name)
    before = len(await stage.texts(row))
    await stage.answer(row)
    await stage.pass_by(30)
    assert len(await stage.texts(row)) > before
    for _ in range(3):
        await stage.answer(row)
        await stage.pass_by(30)
    content = await stage.texts(row)
    await stage.answer(row)
    await stage.pass_by(30)
    assert await stage.texts(row) == content


async def test_typing_shows_on_the_screens(stage: Stage) -> None:
    row = await stage.demo.row("Léa Fontaine")
    with stage.notices.signs() as signs:
        await stage.answer(row)
        await stage.pass_by(25)
    sign = signs.get_nowait()
    assert (sign["type"], sign["conversation_id"], sign["who"]) == ("typing", str(row.id), "contact")


async def test_groups_are_left_alone(stage: Stage) -> None:
    row = await stage.demo.row("Hut tour 2207")
    before = await stage.texts(row)
    await stage.answer(row)
    await stage.pass_by(30)
    assert await stage.texts(row) == before


async def test_the_demo_stops_growing(stage: Stage) -> None:
    stage.demo.clock.set(stage.demo.clock.now() + REST)
    await stage.pass_by(600, step=5)
    waiting = await stage.demo.written(ConversationState.open, ConversationState.pending)
    assert len(waiting) <= MOST_OPEN + 2


async def test_what_people_took_on_is_not_closed_by_the_demos_agents(stage: Stage) -> None:
    mine = await stage.demo.row("Samuel Okafor")
    stage.demo.clock.set(stage.demo.clock.now() + 2 * REST)
    await stage.answer(mine)
    await stage.pass_by(900, step=5)
    still_open = {row.id for row in await stage.demo.rows(ConversationState.open)}
    assert mine.id in still_open


async def test_after_the_removal_of_the_channels_nothing_happens(stage: Stage) -> None:
    from hub.services.demo import removal

    await removal.remove(stage.demo.storage, stage.demo.blobs)
    await stage.demo.accounts.refresh()
    await stage.pass_by(60, step=5)
    assert not await stage.demo.rows()


async def test_a_demo_channel_is_connected_without_asking_anybody(stage: Stage) -> None:
    for account in stage.demo.accounts:
        assert isinstance(account.connector, Simulated)
        assert await account.connector.check() == account.channel.address


async def test_a_few_customers_have_blocked_us_and_the_failure_says_so(stage: Stage) -> None:
    blocked = next(f"nobody{n}@post.example" for n in range(1000) if has_blocked_us(f"nobody{n}@post.example"))
    connector = stage.connector(await stage.demo.row("Giulia Marchetti"))
    message = OutboundMessage(
        delivery_id=DeliveryId(new_id()),
        conversation_id=ConversationId(new_id()),
        message_id=ExternalId("hub.1@halden.example"),
        thread=ExternalId("a"),
        recipient=blocked,
        text="Hello",
    )
    with pytest.raises(Rejected, match="blocked") as refusal:
        await connector.send(message)
    assert refusal.value.unreachable


async def test_nobody_whom_a_newcomer_meets_first_has_blocked_us(stage: Stage) -> None:
    assert not [row for row in await stage.demo.rows(ConversationState.open) if has_blocked_us(row.address)]


async def test_files_of_the_demo_are_handed_out_and_no_others(stage: Stage) -> None:
    connector: object = stage.connector(await stage.demo.row("Priya Raghunathan"))
    assert isinstance(connector, FetchesAttachments)
    wanted = picture("zip")
    assert b"".join([part async for part in connector.fetch(ExternalId(f"demo-{wanted.key}"))]) == wanted.content
    with pytest.raises(FetchFailed):
        await anext(aiter(connector.fetch(ExternalId("demo-unknown"))))


async def test_the_demos_web_chat_still_admits_real_visitors(stage: Stage) -> None:
    assert isinstance(stage.connector(await stage.demo.row("Léa Fontaine")), HostsVisitors)


async def test_providers_that_call_us_do_so_signed_through_the_real_door(stage: Stage) -> None:
    signed = {m.key for m in registry() if m.simulation is not None and m.simulation.request is not None}
    assert signed
    await stage.pass_by(1800, step=5)
    assert stage.calls("rejected") == {}
    assert stage.calls("stored")
    assert stage.calls("stored").keys() <= signed


async def test_the_phone_rings_while_somebody_watches_and_each_call_comes_to_its_end(stage: Stage) -> None:
    async def live() -> list[str]:
        async with stage.demo.storage.read() as uow:
            return [call.state.value for call in await uow.calls.live()]

    seen: set[str] = set()
    while not {"queued", "active"} <= seen:
        await stage.pass_by(5, step=5)
        seen |= set(await live())
    stage.watching[0] = False
    await stage.pass_by(120, step=15)
    assert await live() == []
