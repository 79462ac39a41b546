from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.contract import SimulatedKind
from hub.domain.ids import ConversationId, ExternalId
from hub.services.demo import workspace
from hub.services.demo.live import Arrives, Cast, Heard, Known, Types, language_of
from hub.services.ids import new_id
from tests.databases import Sqlite
from tests.services.demo.played import NOW, Played, played
from tests.services.demo.shop import OURS, registry, simulation


def cast(seed: int = 1) -> Cast:
    return Cast(chance=Random(seed), ours=OURS, number=1_000_000)  # noqa: S311 - it plays


def plays(seed: int, times: int = 40) -> list[Arrives]:
    """What a cast delivers within some minutes, in the order in which the hub hears of it."""
    acts = cast(seed)
    found: list[Arrives] = []
    for turn in range(times):
        found += acts.begin(NOW + timedelta(seconds=8 * turn), [])
    return sorted(found, key=lambda act: act.said.received_at)


def heard(**changed: object) -> Heard:
    base: dict[str, object] = {
        "connector": "webchat",
        "conversation_id": ConversationId(new_id()),
        "address": "demo-visitor-000001",
        "name": "Ann Baker",
        "language": "en",
        "message_id": ExternalId(str(new_id())),
        "subject": "",
        "text": "Yes.",
        "by": "Sofia",
    }
    return Heard(**{**base, **changed})  # type: ignore[arg-type]  # fields by name


def test_the_same_chance_plays_the_same() -> None:
    assert plays(3) == plays(3)
    assert plays(3) != plays(4)


def test_some_messages_come_twice_late_or_crossed() -> None:
    acts = plays(5, times=200)
    numbers = [act.said.number for act in acts]
    assert len(set(numbers)) < len(numbers)
    assert any(act.said.received_at - act.said.at > timedelta(seconds=20) for act in acts)
    assert sorted(acts, key=lambda act: act.said.at) != acts


@given(st.integers(0, 10_000))
def test_nothing_is_said_before_it_happened_and_every_connector_reads_it(seed: int) -> None:
    from tests.services.demo.shop import connector

    for act in plays(seed, times=5):
        assert act.said.at <= act.said.received_at
        raw = simulation(act.connector).write(act.said)
        assert raw is not None
        assert connector(act.connector).parse(raw)


@given(st.integers(0, 10_000))
def test_a_customer_answers_an_agent_within_twenty_seconds_and_is_content_soon(seed: int) -> None:
    acts, told = cast(seed), heard()
    answers = [acts.answer(told, NOW) for _ in range(5)]
    said = [[a for a in some if isinstance(a, Arrives) and a.said.kind is SimulatedKind.message] for some in answers]
    assert said[0]
    assert all(a.said.received_at - NOW <= timedelta(seconds=25) for a in said[0])
    assert not said[2]
    assert not said[4]


def test_typing_is_seen_before_the_answer() -> None:
    acts = cast().answer(heard(), NOW)
    typing = next(act for act in acts if isinstance(act, Types))
    words = next(act for act in acts if isinstance(act, Arrives) and act.said.text)
    assert timedelta() < words.said.received_at - typing.at < timedelta(seconds=10)


def test_known_customers_write_again_from_their_own_address() -> None:
    known = Known(connector="email", address="ann@post.example", name="Ann Baker", subject="Boots")
    acts = cast()
    again = [act for turn in range(40) for act in acts.begin(NOW, [known]) if act.said.address]
    assert again
    assert {act.said.address for act in again} == {"ann@post.example"}


@pytest.mark.parametrize(("name", "language"), [("김민준", "ko"), ("Paweł Mazur", "pl"), ("Ann Baker", "en")])
def test_customers_write_in_the_language_of_their_name(name: str, language: str) -> None:
    assert language_of(name) == language


async def test_late_doubled_and_crossed_messages_give_the_same_timeline_as_told_once_in_order(
    sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    acts = plays(11, times=60)
    once = {act.said.number: act for act in reversed(acts)}
    in_order = sorted(once.values(), key=lambda act: (act.said.at, act.said.number))
    assert len(in_order) < len(acts)
    async with AsyncExitStack() as stack:
        folders = [tmp_path_factory.mktemp("live") for _ in range(2)]
        as_networks_do, plainly = [await shop(stack, sqlite, folder) for folder in folders]
        await deliver(as_networks_do, acts)
        await deliver(plainly, in_order)
        assert await timelines(as_networks_do) == await timelines(plainly)


async def shop(stack: AsyncExitStack, sqlite: Sqlite, folder: Path) -> Played:
    """Open a shop in which nothing happened yet."""
    demo = await stack.enter_async_context(played(sqlite.fresh(folder), folder))
    async with demo.storage.begin() as uow:
        await workspace.make(uow, list(registry()), now=NOW)
    await demo.accounts.refresh()
    return demo


async def deliver(demo: Played, acts: Sequence[Arrives]) -> None:
    """Deliver one by one, each read at once."""
    channels = {account.channel.connector: account.channel.id for account in demo.accounts}
    for act in acts:
        raw = simulation(act.connector).write(act.said)
        assert raw is not None
        demo.clock.set(act.said.received_at)
        await demo.storage.journal.append(channels[act.connector], [raw])
        await demo.read()


async def timelines(demo: Played) -> dict[tuple[str, str], object]:
    """Return what was said when, and since when they wait, by the customer's address and the subject."""
    found: dict[tuple[str, str], object] = {}
    for row in await demo.rows():
        said = [(entry.occurred_at, entry.text) for entry in await demo.thread(row.id)]
        found[row.address, row.subject] = (said, row.waiting_since, row.last_preview, row.state)
    return found
