"""Cells are counted from what happened, again and again with the same result, and every figure opens into its waits."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from hub.domain.errors import Invalid
from hub.domain.ids import TeamId
from hub.domain.reports.answers import By, Selection, Sums, value_of
from hub.domain.reports.cells import cells_of
from hub.domain.reports.figures import FIGURES, Behind, Cohort, Unit
from hub.domain.reports.happened import HOUR, hour_of
from hub.domain.reports.histogram import rank_of
from hub.domain.reports.lists import EntryList, ReportEntry, ReportWait, WaitList
from hub.domain.reports.measures import BUCKETS, FIRST_CODE, Measure
from hub.domain.reports.period import Period, Span, Step, hours_of_week
from hub.domain.waiting import WaitEnd
from hub.services.reports import checking, dashboard, groups, rollup, series, workload
from storage import tables
from tests.storage.builders import message, uuid7
from tests.storage.reports.shop import MONTH, NOW, START, Shop


async def sums(shop: Shop, of: Selection | None = None, period: Period = MONTH) -> Sums:
    found = await shop.storage.reports.sums(period.span, of or Selection(), [By.nothing])
    return found[By.nothing].get(None, Sums())


async def test_figures_are_those_of_the_waits(shop: Shop) -> None:
    found = await sums(shop)
    replied = sorted(seconds for _, _, seconds in shop.replied())
    value = value_of(FIGURES["reply"], found)
    assert value.n == len(replied)
    assert value.p50 == pytest.approx(replied[rank_of(0.5, len(replied)) - 1], rel=0.02)
    assert value.p90 == pytest.approx(replied[rank_of(0.9, len(replied)) - 1], rel=0.02)
    assert value.longest == pytest.approx(replied[-1])
    assert value.mean == pytest.approx(sum(replied) / len(replied))
    assert value_of(FIGURES["first_response"], found).n == len(shop.replied(first=True))
    assert value_of(FIGURES["received"], found).value == len(shop.received)


async def test_what_customers_waited_in_all_counts_once_for_each_episode(shop: Shop) -> None:
    value = value_of(FIGURES["requester_wait"], await sums(shop))
    totals = sorted(total.seconds for total in shop.in_all())
    assert value.n == len(totals) < len(shop.replied())
    assert value.p50 == pytest.approx(totals[rank_of(0.5, len(totals)) - 1], rel=0.02)
    assert value.p90 == pytest.approx(totals[rank_of(0.9, len(totals)) - 1], rel=0.02)
    assert value.longest == pytest.approx(totals[-1])
    assert value.mean == pytest.approx(sum(totals) / len(totals))
    page = await shop.storage.reports.waits(
        WaitList(figure="requester_wait", span=MONTH.span, now=NOW), cursor=None, limit=500
    )
    assert {wait.id: pytest.approx(wait.counted) for wait in page.items} == {
        total.last.id: total.seconds for total in shop.in_all()
    }


async def test_a_part_of_the_period_has_its_part_of_the_figures(shop: Shop) -> None:
    span = Span(start=hour_of(START + timedelta(days=3, hours=7)), end=hour_of(START + timedelta(days=11, hours=2)))
    found = await sums(shop, period=Period(span=span, zone="UTC"))
    ended = [wait.ended_at for _, wait, _ in shop.replied() if wait.ended_at and span.start <= wait.ended_at < span.end]
    assert ended
    assert value_of(FIGURES["reply"], found).n == len(ended)


async def test_every_cut_adds_up_to_the_whole(shop: Shop) -> None:
    whole = (await sums(shop)).count(Measure.began)
    cut = await shop.storage.reports.sums(MONTH.span, Selection(), [By.nothing, By.channel, By.team, By.agent])
    for by in (By.nothing, By.channel, By.team):
        assert sum(one.count(Measure.began) for one in cut[by].values()) == whole
    agents = cut[By.agent]
    assert {agent: agents[agent].count(Measure.first_response, Measure.later_reply) for agent in shop.agents} == {
        agent: sum(wait.answered_by == agent for _, wait, _ in shop.replied()) for agent in shop.agents
    }


@pytest.mark.parametrize("tag", ["vip", "nobody has this"])
async def test_a_tag_has_its_own_figures(shop: Shop, tag: str) -> None:
    found = await sums(shop, Selection(tag=tag))
    assert value_of(FIGURES["reply"], found).n == sum(tag in talk.tags for talk, _, _ in shop.replied())


async def test_every_figure_opens_into_the_waits_behind_it(shop: Shop) -> None:
    for of in (
        *(Selection(), Selection(tag="vip"), Selection(source="campaign")),
        *(Selection(team_ids=teams) for teams in ((shop.teams[0],), (None,), (None, shop.teams[1]))),
    ):
        values = {value.figure: value for value in await groups.figures(shop.storage.reports, MONTH, of, NOW)}
        opened = {
            key: await shop.storage.reports.count_waits(WaitList(figure=key, span=MONTH.span, now=NOW, selection=of))
            for key, figure in FIGURES.items()
            if figure.behind is Behind.waits and figure.cohort is not Cohort.now
        }
        assert opened == {key: values[key].n for key in opened}
        said = {
            key: await shop.storage.reports.count_entries(EntryList(figure=key, span=MONTH.span, selection=of))
            for key, figure in FIGURES.items()
            if figure.behind is Behind.entries
        }
        assert said == {key: values[key].n for key in said}
        assert said["received"] > 0 < said["sent"]


async def test_what_each_wait_counts_adds_up_to_the_figure(shop: Shop) -> None:
    values = {value.figure: value for value in await groups.figures(shop.storage.reports, MONTH, Selection(), NOW)}
    timed = [key for key, figure in FIGURES.items() if figure.unit is Unit.seconds and values[key].n]
    known = {"agent_reply", "first_answer", "handover", "customer_reply", "reply_business", "requester_wait"}
    assert known <= set(timed)
    for key in timed:
        asked = WaitList(figure=key, span=MONTH.span, now=NOW)
        page = await shop.storage.reports.waits(asked, cursor=None, limit=500)
        counted = [wait.counted for wait in page.items if wait.counted is not None]
        assert len(counted) == values[key].n, key
        assert max(counted) == pytest.approx(values[key].longest), key
        assert sum(counted) / len(counted) == pytest.approx(values[key].mean), key
        half = sorted(counted)[len(counted) // 2]
        slow = await shop.storage.reports.count_waits(replace(asked, at_least=half))
        assert slow == pytest.approx(sum(one >= half for one in counted), abs=1), key
    page = await shop.storage.reports.waits(
        WaitList(figure="attainment", span=MONTH.span, now=NOW), cursor=None, limit=9
    )
    assert {wait.counted for wait in page.items} == {None}


async def test_messages_page_by_key_and_an_agents_are_their_own(shop: Shop) -> None:
    asked = EntryList(figure="received", span=MONTH.span)
    found: list[ReportEntry] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        page = await shop.storage.reports.entries(asked, cursor=cursor, limit=9)
        found += page.items
        cursor, pages = page.next, pages + 1
    assert [entry.at for entry in found] == sorted((at for _, at in shop.received), reverse=True)
    assert all(entry.text and entry.contact_name for entry in found)
    of = Selection(agent_ids=(shop.agents[0],))
    mine = await shop.storage.reports.entries(replace(asked, figure="sent", selection=of), cursor=None, limit=500)
    assert {entry.author_id for entry in mine.items} == {shop.agents[0]}
    with pytest.raises(Invalid, match="belongs to no agent"):
        await shop.storage.reports.count_entries(replace(asked, selection=of))


async def test_an_hour_of_the_week_opens_into_what_it_was_made_of(shop: Shop) -> None:
    heat = await series.heat_map(MONTH, await series.drawn_hours(shop.storage.reports, MONTH, Selection()))
    for cell in heat.cells[::12]:
        hours = hours_of_week(MONTH, cell.weekday, cell.hour)
        waits = WaitList(figure="reply", span=MONTH.span, now=NOW, hours=hours)
        entries = EntryList(figure="received", span=MONTH.span, hours=hours)
        assert await shop.storage.reports.count_waits(waits) == cell.n
        assert await shop.storage.reports.count_entries(entries) == cell.received


async def test_a_point_of_the_backlog_opens_into_who_waited_then(shop: Shop) -> None:
    drawn = await series.series_of(shop.storage.reports, MONTH, Selection(), NOW)
    for point in drawn.points[::7]:
        asked = WaitList(figure="waiting", span=MONTH.span, now=NOW, at=point.end)
        assert await shop.storage.reports.count_waits(asked) == point.open


async def test_an_agents_figures_open_into_their_own_waits(shop: Shop) -> None:
    of = Selection(agent_ids=(shop.agents[0],))
    values = {value.figure: value.n for value in await groups.figures(shop.storage.reports, MONTH, of, NOW)}
    asked = WaitList(figure="reply", span=MONTH.span, now=NOW, selection=of)
    page = await shop.storage.reports.waits(asked, cursor=None, limit=200)
    assert len(page.items) == values["reply"] > 0
    assert {wait.answered_by for wait in page.items} == {shop.agents[0]}
    assert "received" not in values
    with pytest.raises(Invalid, match="belongs to no agent"):
        await shop.storage.reports.waits(replace(asked, figure="closed"), cursor=None, limit=10)


async def test_the_list_pages_by_key_and_shows_each_waits_messages(shop: Shop) -> None:
    asked = WaitList(figure="reply", span=MONTH.span, now=NOW)
    found: list[ReportWait] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        page = await shop.storage.reports.waits(asked, cursor=cursor, limit=7)
        found += page.items
        cursor, pages = page.next, pages + 1
    assert [wait.id for wait in found] == [
        wait.id
        for _, wait, _ in sorted(shop.replied(), key=lambda one: (one[1].ended_at or NOW, one[1].id), reverse=True)
    ]
    assert all(wait.question and wait.answer and wait.contact_name for wait in found)


async def test_the_slow_end_of_a_figure_is_listed_alone(shop: Shop) -> None:
    asked = WaitList(figure="reply", span=MONTH.span, now=NOW, at_least=3600)
    assert await shop.storage.reports.count_waits(asked) == sum(s >= 3600 for _, _, s in shop.replied())


async def test_open_waits_are_listed_the_longest_first(shop: Shop) -> None:
    still = sorted((wait.started_at, wait.id) for _, wait in shop.waits if wait.ended_at is None)
    open_now = await shop.storage.reports.open_waits(Selection(), NOW)
    page = await shop.storage.reports.waits(WaitList(figure="waiting", span=MONTH.span, now=NOW), cursor=None, limit=99)
    assert (open_now.n, open_now.oldest) == (len(still), still[0][0])
    assert [(wait.started_at, wait.id) for wait in page.items] == still


async def test_who_waits_past_the_target_is_listed_alone(shop: Shop) -> None:
    assert (await shop.storage.reports.open_waits(Selection(), NOW)).late > 0
    for of in (Selection(), *(Selection(team_ids=(team,)) for team in (None, *shop.teams))):
        open_now = await shop.storage.reports.open_waits(of, NOW)
        asked = WaitList(figure="waiting_late", span=MONTH.span, now=NOW, selection=of)
        page = await shop.storage.reports.waits(asked, cursor=None, limit=99)
        assert len(page.items) == open_now.late
        assert all(wait.ended_at is None and wait.due_at is not None and wait.due_at <= NOW for wait in page.items)


async def test_a_moment_is_asked_of_who_waited_then_alone(shop: Shop) -> None:
    asked = WaitList(figure="waiting_late", span=MONTH.span, now=NOW, at=NOW - timedelta(days=1))
    with pytest.raises(Invalid, match="“waiting” only"):
        await shop.storage.reports.count_waits(asked)


async def test_who_waits_with_no_team_is_listed_as_it_is_counted(shop: Shop) -> None:
    told = (await shop.storage.reports.open_by(Selection(), [By.team]))[By.team]
    assert None in told
    for team, (n, oldest) in told.items():
        assert team is None or team in shop.teams
        of = Selection(team_ids=(TeamId(team) if isinstance(team, UUID) else None,))
        asked = WaitList(figure="waiting", span=MONTH.span, now=NOW, selection=of)
        page = await shop.storage.reports.waits(asked, cursor=None, limit=99)
        assert (len(page.items), page.items[0].started_at) == (n, oldest)


async def test_who_waits_is_listed_with_the_team_they_are_with_now(own_shop: Shop) -> None:
    reports, (old, new) = own_shop.storage.reports, own_shop.teams
    talk, open_wait = next((talk, wait) for talk, wait in own_shop.waits if wait.ended_at is None)
    async with own_shop.storage.begin() as uow:
        found = await uow.conversations.get(talk.id)
        assert found is not None
        await uow.timeline.save_waits(talk.id, [replace(open_wait, team_id=old)], replace=False)
        await uow.conversations.update(replace(found, team_id=new))
    told = (await reports.open_by(Selection(), [By.team]))[By.team]
    assert told[new][0] > 0
    for team in (old, new):
        asked = WaitList(figure="waiting", span=MONTH.span, now=NOW, selection=Selection(team_ids=(team,)))
        assert await reports.count_waits(asked) == told.get(team, (0, None))[0]


async def test_counting_again_changes_nothing(own_shop: Shop) -> None:
    before = await everything(own_shop)
    assert await own_shop.storage.rollups.mark_everything() > 20
    assert await rollup.count_all(own_shop.storage.rollups) > 20
    assert await everything(own_shop) == before


async def everything(shop: Shop) -> object:
    """All cells of hours and days; seconds rounded, since floats add up in any order."""
    found = []
    async with shop.storage._database.read() as session:
        for table in (tables.report_hours, tables.report_days):
            rows = await session.rows(sa.select(table).order_by(*table.primary_key.columns))
            found += [(*row[:5], round(row[5], 3), round(row[6], 3)) for row in rows]
    return found


async def test_what_comes_late_is_counted_in_its_own_hour(own_shop: Shop) -> None:
    talk, at = own_shop.received[0]
    before = (await sums(own_shop)).count(Measure.received)
    late = at + timedelta(days=2)
    async with own_shop.storage.begin() as uow:
        await uow.timeline.add(message(talk, occurred_at=late, received_at=NOW))
    assert [hour for hour, _ in await own_shop.storage.rollups.dirty(10)] == [hour_of(late)]
    await rollup.count_all(own_shop.storage.rollups)
    assert (await sums(own_shop)).count(Measure.received) == before + 1


async def test_a_wait_that_goes_on_leaves_the_hour_in_which_it_had_ended(own_shop: Shop) -> None:
    talk, wait, _ = own_shop.replied(first=True)[0]
    mine = [other for owner, other in own_shop.waits if owner.id == talk.id]
    open_again = replace(wait, ended_at=None, ended_by=None, ended_item=None, answered_by=None)
    before = value_of(FIGURES["first_response"], await sums(own_shop)).n
    async with own_shop.storage.begin() as uow:
        kept = [open_again, *(other for other in mine if other.id != wait.id)]
        await uow.timeline.save_waits(talk.id, kept, replace=True)
    await rollup.count_all(own_shop.storage.rollups)
    assert value_of(FIGURES["first_response"], await sums(own_shop)).n == before - 1
    assert (await checking.check(own_shop.storage.rollups, draw=0.5, hours=500)).differences == ()


async def test_another_tag_and_another_team_count_for_the_past_too(own_shop: Shop) -> None:
    talk = own_shop.replied()[0][0]
    async with own_shop.storage.begin() as uow:
        found = await uow.conversations.get(talk.id)
        assert found is not None
        await uow.conversations.update(replace(found, tags=("press",), team_id=own_shop.teams[1]))
    await rollup.count_all(own_shop.storage.rollups)
    press = await sums(own_shop, Selection(tag="press"))
    assert value_of(FIGURES["reply"], press).n == sum(owner.id == talk.id for owner, _, _ in own_shop.replied())


async def test_an_erased_customer_leaves_the_figures(own_shop: Shop) -> None:
    talk = own_shop.received[0][0]
    async with own_shop.storage.begin() as uow:
        who = await uow.contacts.point(talk.contact_point_id)
        assert who is not None
        await uow.contacts.delete([who.contact_id])
    await rollup.count_all(own_shop.storage.rollups)
    gone = sum(owner.id == talk.id for owner, _ in own_shop.received)
    assert (await sums(own_shop)).count(Measure.received) == len(own_shop.received) - gone
    assert (await checking.check(own_shop.storage.rollups, draw=0, hours=500)).differences == ()


async def test_a_change_while_an_hour_is_counted_is_counted_after_it(own_shop: Shop) -> None:
    talk, at = own_shop.received[0]
    async with own_shop.storage.begin() as uow:
        await uow.timeline.add(message(talk, occurred_at=at, received_at=at))
    [(hour, mark)] = await own_shop.storage.rollups.dirty(10)
    facts = await own_shop.storage.rollups.facts(hour)
    async with own_shop.storage.begin() as uow:
        await uow.timeline.add(message(talk, occurred_at=at, received_at=at))
    assert await own_shop.storage.rollups.replace([(hour, mark, cells_of(facts))]) == 1
    assert [one for one, _ in await own_shop.storage.rollups.dirty(10)] == [hour]
    await rollup.count_all(own_shop.storage.rollups)
    assert (await sums(own_shop)).count(Measure.received) == len(own_shop.received) + 2


async def test_what_was_counted_earlier_never_replaces_what_was_counted_later(own_shop: Shop) -> None:
    hour = hour_of(own_shop.received[0][1])
    before = await everything(own_shop)
    assert await own_shop.storage.rollups.replace([(hour, uuid7(), {})]) == 0
    assert await everything(own_shop) == before


async def test_the_check_finds_a_wrong_cell_says_so_and_mends_it(own_shop: Shop) -> None:
    right = await everything(own_shop)
    assert (await checking.check_and_tell(own_shop.storage, draw=0.3, now=NOW)).differences == ()
    t = tables.report_hours
    async with own_shop.storage._database.write() as session:
        first = FIRST_CODE[Measure.received]
        wrong = sa.update(t).where(t.c.code.between(first, first + BUCKETS - 1)).values(n=t.c.n + 1)
        await session.run(wrong)
    found = await checking.check_and_tell(own_shop.storage, draw=0.3, now=NOW)
    assert "received between 2026-" in found.differences[0]
    async with own_shop.storage.read() as uow:
        assert "Reports did not agree" in await checking.alarm(uow.facts)
    await rollup.count_all(own_shop.storage.rollups)
    assert await everything(own_shop) == right
    await checking.check_and_tell(own_shop.storage, draw=0.3, now=NOW)
    async with own_shop.storage.read() as uow:
        assert await checking.alarm(uow.facts) == ""


async def test_the_check_finds_a_day_that_is_not_the_sum_of_its_hours(own_shop: Shop) -> None:
    t = tables.report_days
    async with own_shop.storage._database.write() as session:
        await session.run(sa.update(t).values(n=t.c.n + 1))
    found = await checking.check(own_shop.storage.rollups, draw=0.7, hours=3)
    assert any("not those of its hours" in words for words in found.differences)


async def test_the_backlog_is_what_was_open_at_each_moment(shop: Shop) -> None:
    drawn = await series.series_of(shop.storage.reports, MONTH, Selection(), NOW)
    lives = [wait for _, wait in shop.waits if wait.ended_by is not WaitEnd.void]
    assert [point.open for point in drawn.points] == [
        sum(wait.started_at < one.end and (wait.ended_at is None or wait.ended_at >= one.end) for wait in lives)
        for one in MONTH.steps(drawn.step)
    ]


async def test_points_and_hours_of_the_week_add_up_to_the_whole(shop: Shop) -> None:
    drawn = await series.series_of(shop.storage.reports, MONTH, Selection(), NOW)
    of_team = Selection(team_ids=(shop.teams[0],))
    heat = await series.heat_map(MONTH, await series.drawn_hours(shop.storage.reports, MONTH, of_team))
    assert sum(point.received for point in drawn.points) == len(shop.received)
    assert sum(cell.received for cell in heat.cells) == sum(t.team_id == shop.teams[0] for t, _ in shop.received)
    weekly = await series.series_of(shop.storage.reports, MONTH, Selection(), NOW, Step.week)
    assert sum(point.received for point in weekly.points) == len(shop.received)


async def test_the_dashboard_has_everything_and_compares(shop: Shop) -> None:
    half = Period(span=Span(start=START + timedelta(days=10), end=NOW), zone="UTC")
    found = await dashboard.dashboard(shop.storage.reports, half, Selection(), NOW, compare=True)
    values = {value.figure: value for value in found.values}
    assert {group.id for group in found.channels} == {one.id for one in shop.channels}
    assert {group.id for group in found.agents} == set(shop.agents)
    earlier = values["reply"].before
    assert earlier is not None
    assert earlier.n == sum(wait.ended_at < half.span.start for _, wait, _ in shop.replied() if wait.ended_at)
    assert values["reply"].change is not None


async def test_an_empty_period_has_no_times_and_no_shares(shop: Shop) -> None:
    never = Period(span=Span(start=START - 99 * HOUR, end=START - 90 * HOUR), zone="UTC")
    found = await dashboard.dashboard(shop.storage.reports, never, Selection(), NOW, compare=True)
    values = {value.figure: value for value in found.values}
    assert (values["reply"].n, values["reply"].p50, values["reply"].mean, values["reply"].longest) == (
        0,
        None,
        None,
        None,
    )
    assert values["attainment"].value is None
    assert values["reply"].change is None
    assert {point.p50 for point in found.series.points} == {None}


async def test_what_no_cell_is_cut_by_is_refused_in_words(shop: Shop) -> None:
    for of, words in (
        (Selection(tag="vip", source="campaign"), "by tag or by source"),
        (Selection(tag="vip", agent_ids=(shop.agents[0],)), "cannot be cut by agent"),
    ):
        with pytest.raises(Invalid, match=words):
            await dashboard.dashboard(shop.storage.reports, MONTH, of, NOW, compare=False)


async def test_customers_prefer_the_channel_they_write_most_on(shop: Shop) -> None:
    found = await shop.storage.reports.preferred_channels(START, NOW, Selection())
    assert {use.channel_id: (use.customers, use.prefer) for use in found} == {
        one.id: (len(talkers), len(talkers))
        for one in shop.channels
        for talkers in [{talk.contact_point_id for talk, _ in shop.received if talk.channel_id == one.id}]
    }


async def test_the_workload_adds_up_to_what_was_handled_and_its_busiest_hour_is_there(shop: Shop) -> None:
    found = await workload.workload(shop.storage.reports, MONTH, Selection())
    whole = await sums(shop)
    assert sum(one.handled for one in found.agents) == whole.count(Measure.handled) > 0
    assert {one.user_id for one in found.agents} == set(shop.agents)
    for one in found.agents:
        assert sum(point.handled for point in one.points) == one.handled
        assert max(point.at_once for point in one.points) == one.most >= 1
        assert one.most_at is not None
        assert one.at_once is not None
        assert 1 <= one.at_once <= one.most
        hour = Period(span=Span(start=one.most_at, end=one.most_at + HOUR), zone="UTC")
        (again,) = (await workload.workload(shop.storage.reports, hour, Selection(agent_ids=(one.user_id,)))).agents
        assert again.most == one.most
    with pytest.raises(Invalid, match="cannot be cut by agent"):
        await workload.workload(shop.storage.reports, MONTH, Selection(tag="vip"))
