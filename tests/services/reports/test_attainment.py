"""Targets of every sort are judged: met, late, open and late already, and each share opens into what it is made of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.domain.changes import ChangeKind
from hub.domain.channel import ChannelKind
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId, ExternalId, InteractionId, TargetId
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.lists import ReportWait, WaitList
from hub.domain.reports.period import Period, Span
from hub.domain.targets import Metric, Rule
from hub.services import conversations, targets
from hub.services.calls.following import settle
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.reports import checking, groups
from hub.services.reports.rollup import count_all
from tests.calls import ANN, Telling
from tests.scripted import T0, SmallHub, says, small_hub
from tests.services.test_waits import echo, rebuilt

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = Period(span=Span(start=T0 - 2 * HOUR, end=T0 + 22 * HOUR), zone="UTC")


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as small:
        yield small


@pytest.fixture
async def phones(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path, kind=ChannelKind("voice")) as small:
        yield small


async def wants(hub: SmallHub, metric: Metric, seconds: float, **rule: Any) -> None:
    async with hub.storage.begin() as uow:
        asked = Rule(goals={metric: seconds}, **rule)
        await targets.create(uow, id=TargetId(new_id()), name="Answer", rule=asked, by=None, now=T0 - HOUR)


async def share(
    hub: SmallHub, figure: str, now: datetime, of: Selection | None = None
) -> tuple[int, float | None, list[ReportWait]]:
    """Return how many a share is made of, the share, and the list behind it."""
    await count_all(hub.storage.rollups)
    of = of or Selection()
    values = {one.figure: one for one in await groups.figures(hub.storage.reports, DAY, of, now)}
    asked = WaitList(figure=figure, span=DAY.span, now=now, selection=of)
    page = await hub.storage.reports.waits(asked, cursor=None, limit=50)
    assert await hub.storage.reports.count_waits(asked) == len(page.items) == values[figure].n
    return values[figure].n, values[figure].value, list(page.items)


async def test_a_service_level_of_messages_counts_first_ones_answered_late_and_still_open(hub: SmallHub) -> None:
    await wants(hub, Metric.service_level, 120.0)
    hub.clock.forward(hours=3)
    await hub.hears(says("quick", by="ann", at=T0), echo("hi", to="ann", at=T0 + MINUTE))
    await hub.hears(says("and?", by="ann", at=T0 + HOUR), echo("yes", to="ann", at=T0 + 2 * HOUR))
    await hub.hears(says("slow", by="bob", at=T0), echo("hi", to="bob", at=T0 + 5 * MINUTE))
    await hub.hears(says("hello?", by="cleo", at=T0 + HOUR))
    now = T0 + HOUR + MINUTE
    assert (await share(hub, "service_level_messages", now))[:2] == (2, 0.5), "who waits within the time is no number"
    n, value, behind = await share(hub, "service_level_messages", now + 5 * MINUTE)
    assert (n, value) == pytest.approx((3, 1 / 3))
    assert {wait.question: wait.due_at for wait in behind}["hello?"] == T0 + HOUR + 2 * MINUTE
    assert (await share(hub, "attainment", now))[:2] == (0, None), "a level is no target of each wait"


async def test_a_level_stays_what_it_was_when_waits_are_built_anew(hub: SmallHub) -> None:
    await wants(hub, Metric.service_level, 120.0)
    await hub.hears(says("hello", at=T0))
    (row,) = await hub.conversations()
    waits, _ = await rebuilt(hub, row.id)
    assert [wait.level_at for wait in waits] == [T0 + 2 * MINUTE]


async def test_a_resolution_is_late_from_the_moment_its_time_is_up(hub: SmallHub) -> None:
    await wants(hub, Metric.resolution, 7200.0)
    await hub.hears(*(says("hello", by=who, at=T0) for who in ("ann", "bob", "cleo")))
    rows = {row.address: row for row in await hub.conversations()}
    await resolve(hub, rows["ann"].id, T0 + HOUR)
    await resolve(hub, rows["bob"].id, T0 + 3 * HOUR)
    assert (await share(hub, "resolution_attainment", T0 + HOUR))[:2] == (2, 0.5)
    n, value, behind = await share(hub, "resolution_attainment", T0 + 4 * HOUR)
    assert (n, value) == pytest.approx((3, 1 / 3))
    assert {wait.due_at for wait in behind} == {T0 + 2 * HOUR}
    await resolve(hub, rows["cleo"].id, T0 + 5 * HOUR)
    assert (await share(hub, "resolution_attainment", T0 + 6 * HOUR))[0] == 3


async def resolve(hub: SmallHub, conversation_id: ConversationId, at: datetime) -> None:
    hub.clock.time = at
    async with hub.storage.begin() as uow:
        await conversations.change(uow, conversation_id, Edit(state=ConversationState.resolved), by=None, now=at)


async def test_open_and_late_counts_by_channel_and_tag_as_in_the_whole(hub: SmallHub) -> None:
    await wants(hub, Metric.first_response, 3600.0)
    await hub.hears(says("hello", at=T0))
    (row,) = await hub.conversations()
    async with hub.storage.begin() as uow:
        await conversations.change(uow, row.id, Edit(tags=("vip",)), by=None, now=T0 + MINUTE)
    now = T0 + 2 * HOUR
    assert (await share(hub, "attainment", now))[:2] == (1, 0.0)
    assert (await share(hub, "attainment", now, Selection(tag="vip")))[:2] == (1, 0.0)
    for by, of in ((By.channel, Selection()), (By.tag, Selection())):
        (group,) = await groups.breakdown(hub.storage.reports, DAY, of, by, now)
        assert {one.figure: (one.n, one.value) for one in group.values}["attainment"] == (1, 0.0)


async def test_open_and_late_belongs_to_whom_it_is_assigned_and_so_does_its_evidence(hub: SmallHub) -> None:
    await wants(hub, Metric.first_response, 3600.0)
    await hub.hears(says("hello", at=T0))
    (row,) = await hub.conversations()
    async with hub.storage.begin() as uow:
        conversation = await uow.conversations.get(row.id)
        assert conversation is not None
        await uow.conversations.update(replace(conversation, assignee_id=ANN))
    assert (await share(hub, "attainment", T0 + 2 * HOUR, Selection(agent_ids=(ANN,))))[:2] == (1, 0.0)


async def test_a_service_level_of_calls_leaves_short_abandons_out_and_counts_who_waits_too_long(
    phones: SmallHub,
) -> None:
    await wants(phones, Metric.service_level, 20.0)
    for number, told in enumerate(
        (
            Telling(T0, ExternalId("in time")).answered(after=18),
            Telling(T0, ExternalId("late")).answered(after=40),
            Telling(T0, ExternalId("short")).missed(after=3),
            Telling(T0, ExternalId("missed")).missed(after=60),
            Telling(T0 + HOUR, ExternalId("waits")).answered(after=90)[:2],
        )
    ):
        phones.clock.time = T0 + HOUR + number * MINUTE
        await phones.hears(*told)
    n, value, _ = await share(phones, "service_level", T0 + HOUR + timedelta(seconds=10))
    assert (n, value) == pytest.approx((3, 1 / 3))
    n, value, behind = await share(phones, "service_level", T0 + HOUR + 5 * MINUTE)
    assert (n, value) == (4, 0.25)
    assert sorted(wait.answered_by is not None for wait in behind) == [False, False, True, True]
    checked = await checking.check(phones.storage.rollups, draw=0.5)
    assert checked.differences == ()


async def test_a_callback_is_in_time_late_or_still_owed(phones: SmallHub) -> None:
    await wants(phones, Metric.callback, 3600.0)
    await phones.hears(*Telling(T0).missed(after=30))
    await follow(phones)
    hung_up = Telling(T0).at(30)
    assert (await share(phones, "callback_attainment", hung_up + MINUTE))[:2] == (0, None)
    n, value, (owed,) = await share(phones, "callback_attainment", hung_up + 2 * HOUR)
    assert (n, value, owed.due_at) == (1, 0.0, hung_up + HOUR)
    await phones.hears(*Telling(hung_up + 10 * MINUTE, ExternalId("again")).answered())
    await follow(phones)
    assert (await share(phones, "callback_attainment", hung_up + 3 * HOUR))[:2] == (0, None), "nobody of us came back"


async def test_a_callback_that_is_late_is_told_once_with_the_conversation_of_the_missed_call(
    phones: SmallHub,
) -> None:
    await wants(phones, Metric.callback, 3600.0)
    await phones.hears(*Telling(T0).missed(after=30))
    await follow(phones)
    (row,) = await phones.conversations()
    for minutes in (50, 90, 95):
        await targets.say_due(phones.storage, T0 + minutes * MINUTE)
    kinds = (ChangeKind.target_at_risk, ChangeKind.target_breached)
    told = await phones.storage.queries.notices(after=0, limit=1000)
    assert [(one.change.kind, one.change.conversation_id) for one in told if one.change.kind in kinds] == [
        (kind, row.id) for kind in kinds
    ]


async def follow(hub: SmallHub) -> None:
    rows = await hub.conversations()
    items = [InteractionId(entry.id) for row in rows for entry in await hub.thread(row.id)]
    async with hub.storage.begin() as uow:
        await settle(uow, items)
