"""Calls of reports: how fast they were answered and how many gave up, whatever order their news comes in."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.contract.call_events import CallUpdate, LegUpdate
from hub.domain.call_marks import Fact
from hub.domain.call_numbers import CallNumbers, numbers_of
from hub.domain.call_views import CallFilter
from hub.domain.channel import ChannelKind
from hub.domain.ids import ExternalId, TeamId
from hub.domain.reports.answers import Selection, Value
from hub.domain.reports.lists import WaitList
from hub.domain.reports.measures import BUCKETS, FIRST_CODE, Measure
from hub.domain.reports.period import Period, Span
from hub.domain.reports.saved import Export, ExportFormat, ExportId
from hub.domain.user import Team
from hub.services import conversations
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.reports import checking, exports, groups
from hub.services.reports.rollup import count_all
from storage import tables
from storage.database import SqlStorage
from tests.calls import ANN, BOB, Telling, by
from tests.databases import Sqlite
from tests.scripted import T0, SmallHub, small_hub

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = Period(span=Span(start=T0 - 2 * HOUR, end=T0 + 22 * HOUR), zone="UTC")
CALLS = ("speed_of_answer", "abandon_rate", "abandoned")
News = Sequence[CallUpdate | LegUpdate]


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path, kind=ChannelKind("voice")) as small:
        small.clock.forward(hours=5)
        yield small


async def counted(hub: SmallHub, of: Selection | None = None, span: Span = DAY.span) -> dict[str, Value]:
    """The figures of calls; each is made of as many as its list has."""
    await count_all(hub.storage.rollups)
    of, now = of or Selection(), hub.clock.now()
    found = await groups.figures(hub.storage.reports, Period(span=span, zone="UTC"), of, now)
    values = {one.figure: one for one in found if one.figure in CALLS}
    for figure, value in values.items():
        asked = WaitList(figure=figure, span=span, now=now, selection=of)
        page = await hub.storage.reports.waits(asked, cursor=None, limit=99)
        assert await hub.storage.reports.count_waits(asked) == len(page.items) == value.n
        seconds = [wait.counted for wait in page.items if wait.counted is not None]
        assert value.mean is None or sum(seconds) / len(seconds) == pytest.approx(value.mean)
    return values


async def on_the_page(hub: SmallHub, span: Span = DAY.span) -> CallNumbers:
    async with hub.storage.read() as uow:
        return numbers_of((await uow.calls.counted(CallFilter(since=span.start, until=span.end))).get("", ()))


async def test_golden_19_a_short_abandon_is_in_no_figure_of_the_reports(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).missed(after=3))
    assert {key: (one.n, one.value) for key, one in (await counted(hub)).items()} == {
        "speed_of_answer": (0, None),
        "abandon_rate": (0, None),
        "abandoned": (0, 0),
    }
    await hub.hears(*Telling(T0, ExternalId("other")).missed(after=61))
    rate = (await counted(hub))["abandon_rate"]
    assert (rate.n, rate.value) == (1, 1.0)


async def test_golden_20_an_answer_after_18_seconds_is_a_speed_of_18_in_the_reports(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).answered(after=18))
    values = await counted(hub)
    speed = values["speed_of_answer"]
    assert (speed.n, speed.value, speed.mean, speed.longest) == (1, 18, 18, 18)
    assert speed.p50 == speed.p90 == pytest.approx(18, rel=0.02)
    assert (values["abandon_rate"].n, values["abandon_rate"].value) == (1, 0.0)
    everything = await groups.figures(hub.storage.reports, DAY, Selection(), hub.clock.now())
    assert {one.figure: one.n for one in everything if one.figure in ("first_response", "reply", "first_answer")} == {
        "first_response": 0,
        "reply": 0,
        "first_answer": 0,
    }, "calls are never averaged with messages"


async def test_who_is_in_the_queue_or_talks_counts_once_the_call_is_over(hub: SmallHub) -> None:
    news = Telling(T0).answered(after=18)
    for until, n in ((2, 0), (5, 0), (len(news), 1)):
        await hub.hears(*news[:until])
        values = await counted(hub)
        assert (values["speed_of_answer"].n, values["abandon_rate"].n) == (n, n)
        page = await on_the_page(hub)
        assert (page.answered, page.offered) == (n, n)


async def test_the_mean_is_compared_with_the_period_before(hub: SmallHub) -> None:
    for day, after, name in ((-1, 40, "a"), (0, 10, "b"), (0, 10, "c"), (0, 10, "d"), (0, 90, "e")):
        told = Telling(T0 + timedelta(days=day), ExternalId(name), number=f"+4860010020{ord(name) - 97}")
        await hub.hears(*told.answered(after=after))
    await count_all(hub.storage.rollups)
    now = hub.clock.now()
    found = await groups.figures(hub.storage.reports, DAY, Selection(), now, before=DAY.before())
    (speed,) = [one for one in found if one.figure == "speed_of_answer"]
    assert (speed.n, speed.value, speed.change) == (4, 30, -0.25)
    assert speed.p50 == pytest.approx(10, rel=0.02)
    assert speed.before is not None
    assert speed.before.value == 40


@pytest.mark.parametrize("form", list(ExportFormat))
async def test_the_calls_behind_a_figure_are_taken_away_as_a_file(
    hub: SmallHub, tmp_path: Path, form: ExportFormat
) -> None:
    await hub.hears(*Telling(T0).answered(after=18))
    await hub.hears(*Telling(T0, ExternalId("other")).missed(after=61))
    now = hub.clock.now()
    asked = {"figure": "abandon_rate", "from": (T0 - HOUR).isoformat(), "to": (T0 + HOUR).isoformat()}
    export = Export(id=ExportId(new_id()), owner_id=None, asked=asked, format=form, created_at=now)
    async with hub.storage.begin() as uow:
        await uow.saved_reports.add_export(export)
    assert await exports.write(hub.storage, export, tmp_path / "calls", "https://hub.example/inbox/", now) == 2


async def test_the_one_who_answered_first_has_the_speed_and_nobody_those_who_left(hub: SmallHub) -> None:
    first = Telling(T0, ExternalId("first"))
    passed_on = [*first.answered(after=10), *by(BOB, [first.leg(Fact.joined, 40, "second-leg")])]
    await hub.hears(*passed_on)
    await hub.hears(*by(BOB, Telling(T0 + MINUTE, ExternalId("second")).answered(after=30)))
    await hub.hears(*by(BOB, Telling(T0 + MINUTE, ExternalId("third")).missed(after=60)))
    assert (await counted(hub))["speed_of_answer"].value == 20
    for agent, seconds in ((ANN, 10), (BOB, 30)):
        mine = await counted(hub, Selection(agent_ids=(agent,)))
        assert {key: (one.n, one.value) for key, one in mine.items()} == {"speed_of_answer": (1, seconds)}


async def test_a_call_goes_with_its_conversation_to_another_team(hub: SmallHub) -> None:
    at = T0 - timedelta(seconds=5)
    told = Telling(at)
    # It began in one hour and was queued in the next.
    late = [replace(one, occurred_at=told.at(10)) if one.fact is Fact.queued else one for one in told.missed(after=60)]
    await hub.hears(*[one for one in late if one.fact is not Fact.dialled])
    (row,) = await hub.conversations()
    team = TeamId(new_id())
    assert (await counted(hub, Selection(team_ids=(team,))))["abandoned"].n == 0
    async with hub.storage.begin() as uow:
        await uow.users.save_team(Team(id=team, name="Sales"), [])
    async with hub.storage.begin() as uow:
        await conversations.change(uow, row.id, Edit(team_id=team), by=None, now=hub.clock.now())
    values = await counted(hub, Selection(team_ids=(team,)), Span(start=T0 - HOUR, end=T0))
    assert (values["abandoned"].n, values["abandon_rate"].value) == (1, 1.0)
    async with hub.storage.read() as uow:
        page = numbers_of((await uow.calls.counted(CallFilter(team_ids=(team,)))).get("", ()))
    assert (page.offered, page.abandon_rate) == (1, 1.0)
    assert (await checking.check(hub.storage.rollups, draw=0.5)).differences == ()


async def test_a_call_that_began_earlier_than_was_known_leaves_the_hour_it_stood_in(hub: SmallHub) -> None:
    began = T0 - timedelta(seconds=3)
    first, *rest = Telling(began).answered(after=18)
    known_later = [replace(one, occurred_at=one.occurred_at + timedelta(seconds=4)) for one in rest if one.occurred_at]
    await hub.hears(*known_later)
    before = Span(start=T0 - HOUR, end=T0)
    after = Span(start=T0, end=T0 + HOUR)
    assert (await counted(hub, span=after))["speed_of_answer"].n == 1
    await hub.hears(first)
    assert (await counted(hub, span=after))["speed_of_answer"].n == 0
    assert (await counted(hub, span=before))["speed_of_answer"].n == 1
    everything = await groups.figures(hub.storage.reports, DAY, Selection(), hub.clock.now())
    assert {one.figure: one.n for one in everything}["calls_received"] == 1
    assert (await checking.check(hub.storage.rollups, draw=0.5)).differences == ()


async def test_the_check_finds_a_wrong_count_of_calls_and_has_it_counted_again(hub: SmallHub) -> None:
    await hub.hears(*Telling(T0).answered(after=18))
    right = await counted(hub)
    t, first = tables.report_hours, FIRST_CODE[Measure.calls_answered]
    storage = hub.storage
    assert isinstance(storage, SqlStorage)
    async with storage._database.write() as session:
        wrong = sa.update(t).where(t.c.code.between(first, first + BUCKETS - 1)).values(n=t.c.n + 1)
        await session.run(wrong)
    found = await checking.check_and_tell(storage, draw=0.5, now=hub.clock.now())
    assert "calls_answered between 2026-" in found.differences[0]
    assert await counted(hub) == right


def _stories() -> list[News]:
    """Calls of every end, some of them about the turn of an hour."""
    turn = T0 + HOUR
    return [
        Telling(T0, ExternalId("a")).answered(after=18),
        by(BOB, Telling(turn - timedelta(seconds=20), ExternalId("b")).answered(after=45)),
        Telling(turn - timedelta(seconds=1), ExternalId("c"), number="+48600100201").missed(after=90),
        Telling(turn, ExternalId("d"), number="+48600100202").missed(after=4),
        [
            *Telling(turn + MINUTE, ExternalId("e")).missed(after=60),
            Telling(turn + MINUTE, ExternalId("e")).fact(Fact.voicemail, 59),
        ],
    ]


Told = dict[datetime, dict[str, Value]]


async def by_hour(hub: SmallHub) -> Told:
    """The figures of each hour, which are those of the page of calls, and whose cells are all right."""
    found: Told = {}
    for start in (T0, T0 + HOUR):
        span = Span(start=start, end=start + HOUR)
        found[start], page = await counted(hub, span=span), await on_the_page(hub, span)
        assert found[start]["speed_of_answer"].value == pytest.approx(page.asa)
        assert found[start]["abandon_rate"].value == page.abandon_rate
    assert (await checking.check(hub.storage.rollups, draw=0.5, hours=99)).differences == ()
    return found


@given(seed=st.integers())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_repetition_and_rebuild_gives_the_same_figures_of_calls(
    sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    base = tmp_path_factory.mktemp("calls")
    chance = Random(seed)  # noqa: S311 - orders the news and chooses where batches end, no secret
    async with small_hub(sqlite.fresh(base), base, kind=ChannelKind("voice")) as plain:
        plain.clock.forward(hours=5)
        for story in _stories():
            await plain.hears(*story)
        expected = await by_hour(plain)
    assert [(one["speed_of_answer"].n, one["abandon_rate"].n) for one in expected.values()] == [(2, 3), (0, 1)]
    (base / "other").mkdir()
    async with small_hub(sqlite.fresh(base / "other"), base / "other", kind=ChannelKind("voice")) as hub:
        hub.clock.forward(hours=5)
        bodies = [hub.script.body(event) for story in _stories() for event in story] * 2
        for body in chance.sample(bodies, len(bodies)):
            await hub.journal(body=body)
            if chance.choice(range(4)) == 1:
                await hub.read()
                await count_all(hub.storage.rollups)
        await hub.read()
        assert await by_hour(hub) == expected
        await hub.storage.rollups.mark_everything()
        assert await by_hour(hub) == expected
