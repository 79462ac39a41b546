"""Days are summed when they are quiet, and every question has the same answer with and without their sums."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from hub.domain.reports.answers import By, Selection
from hub.domain.reports.happened import HOUR, day_of, hour_of
from hub.domain.reports.measures import BUCKETS, DRAWN, FIRST_CODE, Measure, measure_of
from hub.domain.reports.period import Span
from hub.services.reports import rollup
from storage import tables
from tests.storage.builders import message, uuid7
from tests.storage.reports.shop import NOW, START, Shop

EVERY = (By.nothing, By.channel, By.team, By.agent)
SPANS = [
    Span(start=hour_of(START) + timedelta(hours=first), end=hour_of(START) + timedelta(hours=first + length))
    for first, length in ((0, 30 * 24), (7, 24), (19, 24), (19, 48), (43, 170), (100, 401), (200, 3), (-30, 60))
]


Answers = tuple[dict[object, object], dict[object, float]]


async def answers(shop: Shop) -> Answers:
    """All that can be asked of cells, for stretches that begin and end anywhere: what is counted, and seconds."""
    selections = [
        (Selection(), EVERY),
        (Selection(channel_ids=(shop.channels[0].id,)), EVERY),
        (Selection(team_ids=(shop.teams[0],)), EVERY),
        (Selection(agent_ids=(shop.agents[0],)), EVERY),
        (Selection(channel_ids=(shop.channels[1].id,), agent_ids=tuple(shop.agents[1:])), EVERY),
        (Selection(tag="vip"), (By.nothing, By.channel, By.team, By.tag)),
        (Selection(source="campaign"), (By.nothing, By.team, By.source)),
    ]
    counted, seconds = dict[object, object](), dict[object, float]()
    for place, span in enumerate(SPANS):
        for number, (of, by) in enumerate(selections):
            sums = await shop.storage.reports.sums(span, of, by)
            drawn = await shop.storage.reports.sums(span, of, [By.nothing], measures=DRAWN)
            told = [(way, key, one) for way in by for key, one in sums[way].items()]
            for way, key, one in [*told, *(("drawn", None, one) for one in drawn[By.nothing].values())]:
                for measure, part in one.parts.items():
                    counted[place, number, way, key, measure] = (part.n, part.longest, dict(part.buckets))
                    seconds[place, number, way, key, measure] = part.seconds
    return counted, seconds


def same(one: Answers, other: Answers) -> bool:
    """Seconds are floats: in another order they add up to a little more or less."""
    return one[0] == other[0] and one[1] == pytest.approx(other[1], abs=1e-6)


async def summed(shop: Shop, *, yes: bool) -> None:
    async with shop.storage._database.write() as session:
        await session.run(sa.update(tables.report_marks).values(summed=yes))


async def test_with_and_without_the_sums_of_days_every_answer_is_the_same(own_shop: Shop) -> None:
    by_days = await answers(own_shop)
    await summed(own_shop, yes=False)
    async with own_shop.storage._database.write() as session:
        await session.run(sa.delete(tables.report_days))
    assert same(await answers(own_shop), by_days)
    assert await rollup.sum_some(own_shop.storage.rollups, rollup.END, 99) > 10
    assert same(await answers(own_shop), by_days)


async def test_days_of_which_every_other_is_not_summed_add_up_to_the_same(own_shop: Shop) -> None:
    by_days = await answers(own_shop)
    async with own_shop.storage._database.write() as session:
        known = [row[0] for row in await session.rows(sa.select(tables.report_marks.c.day).order_by(sa.text("1")))]
        await session.run(
            sa.update(tables.report_marks).where(tables.report_marks.c.day.in_(known[::2])).values(summed=False)
        )
        await session.run(sa.delete(tables.report_days).where(tables.report_days.c.start.in_(known[::2])))
    assert same(await answers(own_shop), by_days)


async def test_a_day_that_changes_is_read_by_the_hour_until_it_is_summed_again(own_shop: Shop) -> None:
    talk, at = own_shop.received[0]
    span = Span(start=day_of(at), end=day_of(at) + 24 * HOUR)
    async with own_shop.storage.begin() as uow:
        await uow.timeline.add(message(talk, occurred_at=at, received_at=at))
    before = (await own_shop.storage.reports.sums(span, Selection(), [By.nothing]))[By.nothing][None]
    assert await rollup.sum_some(own_shop.storage.rollups, rollup.END) == 0
    assert await rollup.count_some(own_shop.storage.rollups) == 1
    after = (await own_shop.storage.reports.sums(span, Selection(), [By.nothing]))[By.nothing][None]
    received = FIRST_CODE[Measure.received] // BUCKETS
    assert after.parts[received].n == before.parts[received].n + 1
    assert not await own_shop.storage.rollups.day_differs(span.start)
    assert await rollup.sum_some(own_shop.storage.rollups, rollup.END, 9) == 1
    assert not await own_shop.storage.rollups.day_differs(span.start)


async def test_a_day_that_is_not_over_is_not_summed(own_shop: Shop) -> None:
    await summed(own_shop, yes=False)
    last = max(day_of(at) for _, at in own_shop.received)
    days = [day for day, _ in await own_shop.storage.rollups.days_to_sum(last + 23 * HOUR, 99)]
    assert days
    assert last not in days


async def test_what_changed_meanwhile_is_not_summed_over(own_shop: Shop) -> None:
    await summed(own_shop, yes=False)
    [(day, _)] = await own_shop.storage.rollups.days_to_sum(NOW, 1)
    assert not await own_shop.storage.rollups.sum_day(day, uuid7())


async def test_counting_the_same_again_leaves_the_sums_of_its_day_in_use(own_shop: Shop) -> None:
    await own_shop.storage.rollups.mark_everything()
    while await rollup.count_some(own_shop.storage.rollups):
        pass
    assert await own_shop.storage.rollups.days_to_sum(rollup.END, 99) == []


@pytest.mark.parametrize("code", [0, 1, FIRST_CODE[measure_of(3 * BUCKETS)] + 7])
def test_a_code_tells_its_measure(code: int) -> None:
    assert FIRST_CODE[measure_of(code)] == code // BUCKETS * BUCKETS
