from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from hub.contract import FetchesRecordings
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.services import identity
from hub.services.demo import removal, workspace
from hub.services.demo.chats import CHATS
from hub.services.recordings import fetching
from hub.services.recordings.means import Means
from tests.databases import Postgres, Sqlite
from tests.services.demo.beside import Beside, Lived, live, mail, people_work, rows
from tests.services.demo.played import NOW, Played
from tests.services.demo.shop import registry


@pytest.fixture(scope="module")
async def sqlite_lived(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """People's work and a demo on SQLite, to copy from."""
    folder = tmp_path_factory.mktemp("lived")
    return await live(sqlite.fresh(folder), folder)


@pytest.fixture(scope="module")
async def postgres_lived(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Lived]:
    """People's work and a demo on PostgreSQL, to copy from."""
    async with postgres.fresh() as url:
        yield await live(url, tmp_path_factory.mktemp("lived"))


@pytest.fixture
async def sqlite_beside(sqlite_lived: Lived, tmp_path: Path) -> AsyncIterator[Beside]:
    """A demo beside people's work on SQLite."""
    url = Sqlite(sqlite_lived.folder / "hub.db").fresh(tmp_path)
    async with sqlite_lived.again(url, tmp_path) as beside:
        yield beside


@pytest.fixture
async def postgres_beside(postgres_lived: Lived, postgres: Postgres, tmp_path: Path) -> AsyncIterator[Beside]:
    """A demo beside people's work on PostgreSQL."""
    async with postgres.copied(postgres_lived.url) as url, postgres_lived.again(url, tmp_path) as beside:
        yield beside


@pytest.fixture(params=["sqlite", "postgres"])
def beside(request: pytest.FixtureRequest) -> Beside:
    """A demo beside people's work on each engine."""
    return cast("Beside", request.getfixturevalue(f"{request.param}_beside"))


async def test_removing_leaves_exactly_what_was_there_before(beside: Beside) -> None:
    demo, work = beside.demo, beside.work
    assert await beside.rows() != beside.before

    gone = await removal.remove(demo.storage, demo.blobs)

    assert (gone.channels, gone.users) == (sum(m.simulation is not None for m in registry()) + len(CHATS), 4)
    assert await beside.rows() == beside.before
    await demo.accounts.refresh()
    assert [account.channel.id for account in demo.accounts] == [work.channel.id]


async def test_what_people_tied_to_the_demo_is_untied(beside: Beside) -> None:
    demo, work = beside.demo, beside.work
    hannah, real = await demo.row("Hannah Whitfield"), await demo.row("Real Customer")
    async with demo.storage.begin() as uow:
        await identity.merge(uow, hannah.contact_id, work.friend, by=work.ann, now=NOW)
        sofia = await uow.users.by_email("sofia@halden.example")
        ours = await uow.conversations.get(real.id)
        assert sofia is not None
        assert ours is not None
        await uow.conversations.update(replace(ours, assignee_id=sofia.id))

    await removal.remove(demo.storage, demo.blobs)

    assert await beside.rows() == beside.before


async def test_a_customer_of_the_demo_who_wrote_to_a_real_channel_stays(beside: Beside) -> None:
    demo, work = beside.demo, beside.work
    hannah = await demo.row("Hannah Whitfield")
    await mail(demo, work, hannah.address, "To the real shop", number=2)

    await removal.remove(demo.storage, demo.blobs)

    left = {row.subject: row for row in await demo.rows()}
    assert set(left) == {"A real question", "To the real shop"}
    kept = left["To the real shop"]
    assert kept.contact_id == hannah.contact_id
    contact = await demo.storage.queries.contact(kept.contact_id)
    assert contact is not None
    assert not contact.demo


async def test_files_others_need_stay_and_the_rest_goes(sqlite_beside: Beside) -> None:
    demo = sqlite_beside.demo

    await removal.remove(demo.storage, demo.blobs)

    assert await sqlite_beside.stored() == sqlite_beside.files


async def test_search_finds_nothing_of_the_demo(sqlite_beside: Beside) -> None:
    demo = sqlite_beside.demo
    queries = demo.storage.queries
    assert (await queries.search("petrol", cursor=None, limit=10)).items

    await removal.remove(demo.storage, demo.blobs)

    assert not (await queries.search("petrol", cursor=None, limit=10)).items
    assert not (await queries.contacts("Whitfield", cursor=None, limit=10)).items
    assert len((await queries.search("real question", cursor=None, limit=10)).items) == 1


async def test_without_a_demo_nothing_is_removed(sqlite_own: Played, sqlite_url: str) -> None:
    await people_work(sqlite_own)
    before = await rows(sqlite_own, sqlite_url)
    gone = await removal.remove(sqlite_own.storage, sqlite_own.blobs)
    assert gone == removal.Removed(channels=0, conversations=0, contacts=0, users=0)
    assert await rows(sqlite_own, sqlite_url) == before


async def test_after_removal_the_next_start_makes_a_new_demo(sqlite_beside: Beside) -> None:
    demo = sqlite_beside.demo
    first = len(await demo.rows())
    await removal.remove(demo.storage, demo.blobs)
    assert await demo.make(past=1)
    assert len(await demo.rows()) == first


async def test_a_demo_that_broke_off_is_made_anew(sqlite_beside: Beside) -> None:
    demo = sqlite_beside.demo
    made = len(await demo.rows())
    async with demo.storage.begin() as uow:
        await uow.facts.put(workspace.FACT, workspace.MAKING)
    assert await demo.make(past=1)
    assert len(await demo.rows()) == made


async def test_recordings_go_with_their_calls(sqlite_beside: Beside) -> None:
    demo = sqlite_beside.demo
    line = demo.accounts.get((await demo.line()).id)
    assert line is not None
    connector: object = line.connector
    assert isinstance(connector, FetchesRecordings)
    means = means_with(demo, NOW)
    async with demo.storage.begin() as uow:
        claimed = await uow.recordings.claim(NOW, until=NOW, limit=2)
    for one in claimed:
        await fetching.fetch(means, one, connector)
    assert {key async for key in demo.blobs.keys("recordings/")}

    await removal.remove(demo.storage, demo.blobs)

    assert await sqlite_beside.rows() == sqlite_beside.before
    assert await sqlite_beside.stored() == sqlite_beside.files


def means_with(demo: Played, now: datetime) -> Means:
    """Return what recordings are fetched with; nothing of this test looks into them."""
    store = RecordingStore(demo.blobs, sealed=True)
    return Means(
        storage=demo.storage, store=store, media=RecordingMediaWork(store), now=lambda: now, chance=lambda: 0.5
    )
