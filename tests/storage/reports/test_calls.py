"""Calls count in reports as on the page of calls: the same calls, the same speed of answer, the same rate."""

from datetime import timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest

from hub.domain.call import Outcome
from hub.domain.call_numbers import CallNumbers, numbers_of
from hub.domain.call_views import CallFilter
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.happened import HOUR, hour_of
from hub.domain.reports.lists import WaitList
from hub.domain.reports.period import Period, Span
from hub.services.reports import groups
from tests.storage.reports.shop import MONTH, NOW, START, Shop
from tests.storage.reports.test_plans import GROWING, plans


async def on_the_page(shop: Shop, period: Period, f: CallFilter, by: str = "") -> dict[str, CallNumbers]:
    """The figures of the page of calls, by group."""
    asked = CallFilter(
        channel_ids=f.channel_ids,
        team_ids=f.team_ids,
        agent_ids=f.agent_ids,
        since=period.span.start,
        until=period.span.end,
    )
    async with shop.storage.read() as uow:
        return {name: numbers_of(calls) for name, calls in (await uow.calls.counted(asked, by=by)).items()}


async def test_the_figures_of_any_period_and_selection_are_those_of_the_page(shop: Shop) -> None:
    talk, agent = shop.calls[0][0], next(call.agents[0] for _, call in shop.calls if call.agents)
    days = [hour_of(START) + timedelta(days=day) for day in (0, 4, 11, 30)]
    parts = [MONTH, *(Period(span=Span(start=one, end=two), zone="UTC") for one, two in pairwise(days))]
    chosen = [
        (Selection(), CallFilter()),
        (Selection(channel_ids=(talk.channel_id,)), CallFilter(channel_ids=(talk.channel_id,))),
        (Selection(team_ids=(shop.teams[0],)), CallFilter(team_ids=(shop.teams[0],))),
        (Selection(agent_ids=(agent,)), CallFilter(agent_ids=(agent,))),
    ]
    assert {call.outcome for _, call in shop.calls} >= {Outcome.abandoned, Outcome.short_abandon, Outcome.voicemail}
    for period, (of, f) in product(parts, chosen):
        page = (await on_the_page(shop, period, f)).get("", CallNumbers())
        values = {value.figure: value for value in await groups.figures(shop.storage.reports, period, of, NOW)}
        speed = values["speed_of_answer"]
        assert speed.n == page.answered
        assert speed.value == pytest.approx(page.asa)
        assert speed.p90 == pytest.approx(page.asa_p90, rel=0.02)
        base = page.offered - page.outcomes.get(Outcome.short_abandon, 0)
        told = {key: (values[key].n, values[key].value) for key in ("abandon_rate", "abandoned") if key in values}
        left = page.outcomes.get(Outcome.abandoned, 0)
        # Who left belongs to no agent.
        assert told == ({} if of.agent_ids else {"abandon_rate": (base, page.abandon_rate), "abandoned": (left, left)})


async def test_each_channel_team_and_agent_has_the_speed_of_the_page(shop: Shop) -> None:
    for by in (By.channel, By.team, By.agent):
        page = await on_the_page(shop, MONTH, CallFilter(), by.value)
        lines = await groups.breakdown(shop.storage.reports, MONTH, Selection(), by, NOW, keys=("speed_of_answer",))
        told = {str(line.id or ""): value.value for line in lines for value in line.values if value.n}
        assert told == {name: pytest.approx(one.asa) for name, one in page.items() if one.answered}
        assert len(told) > 1


async def test_a_call_counts_in_the_hour_it_began_in_once_it_is_over(shop: Shop) -> None:
    calls = [call for _, call in shop.calls if call.queue_at and call.outcome is not Outcome.short_abandon]
    assert [call for call in calls if call.outcome is None]
    crossing = [call for call in calls if call.queue_at and hour_of(call.queue_at) > call.began_at]
    for hour in {hour_of(call.began_at) for call in crossing}:
        span = Span(start=hour, end=hour + HOUR)
        began = {call.id for call in calls if hour_of(call.began_at) == hour and call.outcome is not None}
        asked = WaitList(figure="abandon_rate", span=span, now=NOW)
        listed = await shop.storage.reports.waits(asked, cursor=None, limit=99)
        assert {wait.id for wait in listed.items} == began
        period = Period(span=span, zone="UTC")
        values = {one.figure: one for one in await groups.figures(shop.storage.reports, period, Selection(), NOW)}
        assert values["abandon_rate"].n == len(began)


async def test_the_list_tells_how_long_each_caller_waited_for_the_answer(shop: Shop) -> None:
    answered = {call.id: call for _, call in shop.calls if call.outcome is Outcome.answered}
    asked = WaitList(figure="speed_of_answer", span=MONTH.span, now=NOW)
    listed = (await shop.storage.reports.waits(asked, cursor=None, limit=500)).items
    assert {UUID(str(wait.id)): wait.answered_by for wait in listed} == {
        key: call.agents[0] for key, call in answered.items()
    }
    assert {UUID(str(wait.id)): wait.counted for wait in listed} == {
        key: pytest.approx(call.waited.total_seconds()) for key, call in answered.items() if call.waited is not None
    }
    slow = sorted(wait.counted for wait in listed if wait.counted is not None)[-5]
    asked = WaitList(figure="speed_of_answer", span=MONTH.span, now=NOW, at_least=slow)
    assert await shop.storage.reports.count_waits(asked) == 5


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
async def test_no_list_of_calls_walks_through_the_whole_history(shop: Shop) -> None:
    day = Span(start=NOW - timedelta(days=9), end=NOW - timedelta(days=8))
    for figure in ("speed_of_answer", "abandon_rate", "abandoned", "service_level"):
        asked = WaitList(figure=figure, span=day, now=NOW)
        for question in (
            shop.storage.reports.waits(asked, cursor=None, limit=50),
            shop.storage.reports.count_waits(asked),
        ):
            found = await plans(shop, question)
            assert "calls" in {table for table, _ in found}
            assert [step for table, step in found if table in GROWING and step.startswith("SCAN")] == []
