"""What a customer waited in all is one number per episode, in the hour its last wait ended, whatever comes when."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.domain.conversation import ConversationState
from hub.domain.ids import ExternalId
from hub.domain.reports.answers import By, Selection, Sums, value_of
from hub.domain.reports.figures import FIGURES
from hub.domain.reports.happened import HOUR, hour_of
from hub.domain.reports.lists import WaitList
from hub.domain.reports.measures import Measure
from hub.domain.reports.period import Span
from hub.services import conversations, merging, waits
from hub.services.conversations import Edit
from hub.services.reports import checking
from hub.services.reports.rollup import count_all
from tests.databases import Sqlite
from tests.scripted import T0, SmallHub, says, small_hub
from tests.services.test_waits import STORY, echo, rebuilt, the_only

MINUTE = timedelta(minutes=1)
SPAN = Span(start=T0 - HOUR, end=T0 + timedelta(days=40))


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as small:
        small.clock.forward(days=30)
        yield small


async def totals(hub: SmallHub) -> dict[object, list[float]]:
    """The seconds customers waited in all, by the hour they count in; as the cells have them, which are all right."""
    await count_all(hub.storage.rollups)
    assert (await checking.check(hub.storage.rollups, draw=0.0, hours=500)).differences == ()
    asked = WaitList(figure="requester_wait", span=SPAN, now=hub.clock.now())
    page = await hub.storage.reports.waits(asked, cursor=None, limit=99)
    found: dict[object, list[float]] = {}
    for wait in page.items:
        assert wait.ended_at is not None
        assert wait.counted is not None
        found.setdefault(hour_of(wait.ended_at), []).append(wait.counted)
    for hour, seconds in found.items():
        assert isinstance(hour, type(T0))
        cells = await hub.storage.reports.sums(Span(start=hour, end=hour + HOUR), Selection(), [By.nothing])
        assert cells[By.nothing][None].histogram(Measure.requester_wait).total == pytest.approx(sum(seconds))
    whole = (await hub.storage.reports.sums(SPAN, Selection(), [By.nothing]))[By.nothing].get(None, Sums())
    assert value_of(FIGURES["requester_wait"], whole).n == len(page.items)
    return found


async def test_the_waits_of_one_matter_are_one_number_where_the_last_of_them_ended(hub: SmallHub) -> None:
    await hub.hears(says("hello", at=T0), echo("hi", at=T0 + 10 * MINUTE))
    assert await totals(hub) == {hour_of(T0): [600]}
    # Each is read by itself: what was counted of the first goes over to the hour of the second.
    await hub.hears(says("one more thing", at=T0 + 120 * MINUTE))
    assert await totals(hub) == {hour_of(T0): [600]}
    await hub.hears(echo("sure", at=T0 + 185 * MINUTE))
    assert await totals(hub) == {hour_of(T0 + 185 * MINUTE): [600 + 65 * 60]}
    await hub.hears(says("thanks", at=T0 + 250 * MINUTE))
    talk, now = await the_only(hub), T0 + 310 * MINUTE
    async with hub.storage.begin() as uow:
        await conversations.change(uow, talk.id, Edit(state=ConversationState.resolved), by=None, now=now)
    assert await totals(hub) == {hour_of(now): [600 + 125 * 60]}


async def test_an_answer_that_comes_late_shortens_what_was_waited_in_all_where_that_counts(hub: SmallHub) -> None:
    await hub.hears(says("hello", at=T0), echo("hi", at=T0 + 50 * MINUTE))
    await hub.hears(says("and?", at=T0 + 100 * MINUTE), echo("yes", at=T0 + 200 * MINUTE))
    assert await totals(hub) == {hour_of(T0 + 200 * MINUTE): [150 * 60]}
    await hub.hears(echo("I saw it", at=T0 + 20 * MINUTE))
    assert await totals(hub) == {hour_of(T0 + 200 * MINUTE): [120 * 60]}


async def test_conversations_made_one_have_one_number_and_made_two_again_have_two(hub: SmallHub) -> None:
    for subject, after in (("parcel", 0), ("invoice", 90)):
        begun = T0 + after * MINUTE
        await hub.hears(
            says(subject, at=begun, thread=ExternalId(subject)),
            replace(echo(f"about the {subject}", at=begun + 10 * MINUTE), thread=ExternalId(subject)),
        )
    apart = {hour_of(T0): [600.0], hour_of(T0 + 100 * MINUTE): [600.0]}
    assert await totals(hub) == apart
    one, other = sorted(await hub.conversations(), key=lambda row: row.created_at)
    async with hub.storage.begin() as uow:
        merge = await merging.merge(uow, one.id, other.id, reason="the same", by=None, now=hub.clock.now())
    assert await totals(hub) == {hour_of(T0 + 100 * MINUTE): [1200]}
    async with hub.storage.begin() as uow:
        await merging.undo(uow, merge.id, by=None, now=hub.clock.now())
    assert await totals(hub) == apart


@given(seed=st.integers())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_repetition_and_rebuild_gives_the_same_totals(
    sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    base = tmp_path_factory.mktemp("totals")
    chance = Random(seed)  # noqa: S311 - orders the events and chooses where batches end, no secret
    async with small_hub(sqlite.fresh(base), base) as plain:
        plain.clock.forward(days=30)
        await plain.hears(*STORY)
        expected = await totals(plain)
    assert sum(map(len, expected.values())) == 2
    (base / "other").mkdir()
    async with small_hub(sqlite.fresh(base / "other"), base / "other") as hub:
        hub.clock.forward(days=30)
        bodies = [hub.script.body(event) for event in STORY] * 2
        for body in chance.sample(bodies, len(bodies)):
            await hub.journal(body=body)
            if chance.choice(range(4)) == 1:
                await hub.read()
                await count_all(hub.storage.rollups)
        await hub.read()
        assert await totals(hub) == expected
        await rebuilt(hub, (await the_only(hub)).id)
        await hub.storage.rollups.mark_everything()
        assert await totals(hub) == expected
        async with hub.storage.begin() as uow:
            assert (await waits.rebuild_page(uow, None, 9))[2] == 0
