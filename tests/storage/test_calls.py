"""Calls in the database, on both engines: pages of the list, figures, erasing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.domain.call import Outcome
from hub.domain.call_views import CallFilter
from hub.domain.channel import ChannelKind
from hub.domain.errors import Invalid
from hub.domain.ids import ExternalId
from tests.calls import ANN, BOB, Telling, by
from tests.scripted import T0, SmallHub, small_hub


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path, kind=ChannelKind("voice")) as made:
        for number in range(9):
            told = Telling(T0 + timedelta(minutes=number), ExternalId(f"c{number}"), number=f"+4860010020{number % 3}")
            who = ANN if number % 2 else BOB
            news = told.missed(after=30) if number % 3 == 2 else told.answered(after=10 + number)
            await made.journal(*by(who, news))
        await made.read()
        yield made


async def minutes(hub: SmallHub, limit: int = 2, **f: object) -> list[int]:
    """Return when the listed calls began, in minutes, page by page."""
    found, cursor = [], None
    for _ in range(10):
        async with hub.storage.read() as uow:
            page = await uow.calls.list(CallFilter(**f), cursor=cursor, limit=limit)  # type: ignore[arg-type]  # as the test says
        found += [round((row.call.began_at - T0).total_seconds() / 60) for row in page.items]
        cursor = page.next
        limit = limit if cursor else 200
        found = list(dict.fromkeys(found))
    return found


async def test_pages_follow_each_other_whatever_the_filter(hub: SmallHub) -> None:
    assert await minutes(hub) == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert await minutes(hub, outcomes=(Outcome.abandoned,)) == [8, 5, 2]
    assert await minutes(hub, outcomes=(Outcome.abandoned, Outcome.answered), agent_ids=(ANN,)) == [7, 3, 1]
    assert await minutes(hub, agent_ids=(ANN, BOB)) == [7, 6, 4, 3, 1, 0]
    assert await minutes(hub, number="+48600100201") == [7, 4, 1]
    assert await minutes(hub, since=T0 + timedelta(minutes=3), until=T0 + timedelta(minutes=5)) == [4, 3]
    assert await minutes(hub, live=True) == []
    assert await minutes(hub, number="+48999999999") == []


async def test_calls_are_counted_by_hour_and_by_agent(hub: SmallHub) -> None:
    async with hub.storage.read() as uow:
        by_agent = await uow.calls.counted(CallFilter(), by="agent")
        by_hour = await uow.calls.counted(CallFilter(), by="hour", timezone_minutes=60)
        assert {name: len(calls) for name, calls in by_agent.items()} == {str(ANN): 3, str(BOB): 3, "": 3}
        assert {name: len(calls) for name, calls in by_hour.items()} == {"11": 9}
        with pytest.raises(Invalid, match="shorter period"):
            await uow.calls.counted(CallFilter(), limit=5)
        assert await uow.calls.handle_seconds(None, since=T0) == 60


async def test_who_spoke_last_with_a_number_is_known(hub: SmallHub) -> None:
    async with hub.storage.read() as uow:
        (row, *_) = (await uow.calls.list(CallFilter(number="+48600100201"), cursor=None, limit=1)).items
        assert await uow.calls.last_agent(row.call.contact_point_id) == ANN
        assert await uow.calls.engaged() == {}


async def test_erasing_a_contact_takes_their_calls_and_what_the_provider_said_of_them(hub: SmallHub) -> None:
    async with hub.storage.begin() as uow:
        (row, *_) = (await uow.calls.list(CallFilter(number="+48600100201"), cursor=None, limit=1)).items
        await uow.contacts.delete([row.contact_id])
    assert await minutes(hub) == [8, 6, 5, 3, 2, 0]
    page = await hub.storage.queries.raw_events(channel_id=None, state=None, cursor=None, limit=50)
    async with hub.storage.read() as uow:
        bodies = {event.seq: event.body for event in await uow.journal.get_many([e.seq for e in page.items])}
    assert sum(body == b"" for body in bodies.values()) == 3
