from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from hub.contract import FetchesRecordings, SimulatedMessage
from hub.domain.channel import Channel
from hub.domain.ids import ChannelId, ContactId, TeamId, UserId
from hub.domain.user import Role, User
from hub.runtime.recordings_media import RecordingMediaWork
from hub.runtime.recordings_store import RecordingStore
from hub.services import channels, contacts, identity, users
from hub.services.channels import validated
from hub.services.demo import removal, workspace
from hub.services.demo.pictures import picture
from hub.services.ids import new_id
from hub.services.recordings import fetching
from hub.services.recordings.means import Means
from hub.services.reports import rollup
from storage import tables
from storage.engine import database_url as with_driver
from tests.services.demo.played import NOW, Played
from tests.services.demo.shop import registry, simulation

OURS = "team@ours.example"
NUMBERED = ("report_cuts", "report_marks")
"""Numbers of what reports are cut by, and of each count of a day: they outlive the cells, which are compared."""
UNTOUCHED = [t for t in tables.metadata.sorted_tables if t.name not in ("notices", "facts", *NUMBERED)]

Rows = Mapping[str, frozenset[tuple[object, ...]]]


@dataclass
class Work:
    """What people made themselves before the demo."""

    channel: Channel
    ann: UserId
    team: TeamId
    friend: ContactId


async def people_work(demo: Played) -> Work:
    """Make a channel with a conversation and a file, a person, a team and a contact."""
    manifest = registry().get("email")
    assert manifest is not None
    settings = validated(manifest, {**simulation("email").settings, "address": OURS})
    work = Work(channel=None, ann=UserId(new_id()), team=TeamId(new_id()), friend=ContactId(new_id()))  # type: ignore[arg-type]  # set below
    async with demo.storage.begin() as uow:
        work.channel = (
            await channels.create(
                uow, manifest, id=ChannelId(new_id()), name="Ours", settings=settings, address=OURS, now=NOW
            )
        ).record
        await uow.users.add(
            User(id=work.ann, email="ann@ours.example", name="Ann", role=Role.admin, created_at=NOW), "no password"
        )
        await users.save_team(uow, id=work.team, name="Ours", member_ids=[work.ann])
        await contacts.create(uow, id=work.friend, name="Old Friend", now=NOW)
    await demo.accounts.refresh()
    await mail(demo, work, "real@customer.example", "A real question")
    return work


async def mail(demo: Played, work: Work, address: str, text: str, *, number: int = 1) -> None:
    """Let a mail with a picture the demo has, too, arrive on the people's own channel."""
    said = SimulatedMessage(
        person=900,
        name="Real Customer",
        email=address,
        us=OURS,
        number=number,
        at=NOW,
        received_at=NOW,
        subject=text,
        text=text,
        files=(picture("bottle"),),
    )
    raw = simulation("email").write(said)
    assert raw is not None
    await demo.storage.journal.append(work.channel.id, [raw])
    await demo.read()


async def rows(demo: Played, url: str) -> Rows:
    """Return every row of every table that belongs to people, once the reports have counted what changed."""
    await rollup.count_all(demo.storage.rollups)
    engine = create_async_engine(with_driver(url))
    async with engine.connect() as connection:
        found = {
            table.name: frozenset(map(repr, (await connection.execute(sa.select(table))).fetchall()))
            for table in UNTOUCHED
        }
    await engine.dispose()
    return found  # type: ignore[return-value]  # rows as text: lists are not hashable


async def test_removing_leaves_exactly_what_was_there_before(own_demo: Played, database_url: str) -> None:
    work = await people_work(own_demo)
    before = await rows(own_demo, database_url)
    await own_demo.make(past=1)
    assert await rows(own_demo, database_url) != before

    gone = await removal.remove(own_demo.storage, own_demo.blobs)

    assert (gone.channels, gone.users) == (sum(m.simulation is not None for m in registry()), 4)
    assert await rows(own_demo, database_url) == before
    await own_demo.accounts.refresh()
    assert [account.channel.id for account in own_demo.accounts] == [work.channel.id]


async def test_what_people_tied_to_the_demo_is_untied(own_demo: Played, database_url: str) -> None:
    work = await people_work(own_demo)
    before = await rows(own_demo, database_url)
    await own_demo.make(past=1)
    hannah, real = await own_demo.row("Hannah Whitfield"), await own_demo.row("Real Customer")
    async with own_demo.storage.begin() as uow:
        await identity.merge(uow, hannah.contact_id, work.friend, by=work.ann, now=NOW)
        sofia = await uow.users.by_email("sofia@halden.example")
        ours = await uow.conversations.get(real.id)
        assert sofia is not None
        assert ours is not None
        await uow.conversations.update(replace(ours, assignee_id=sofia.id))

    await removal.remove(own_demo.storage, own_demo.blobs)

    assert await rows(own_demo, database_url) == before


async def test_a_customer_of_the_demo_who_wrote_to_a_real_channel_stays(own_demo: Played) -> None:
    work = await people_work(own_demo)
    await own_demo.make(past=1)
    hannah = await own_demo.row("Hannah Whitfield")
    await mail(own_demo, work, hannah.address, "To the real shop", number=2)

    await removal.remove(own_demo.storage, own_demo.blobs)

    left = {row.subject: row for row in await own_demo.rows()}
    assert set(left) == {"A real question", "To the real shop"}
    kept = left["To the real shop"]
    assert kept.contact_id == hannah.contact_id
    contact = await own_demo.storage.queries.contact(kept.contact_id)
    assert contact is not None
    assert not contact.demo


async def test_files_others_need_stay_and_the_rest_goes(sqlite_own: Played) -> None:
    await people_work(sqlite_own)
    ours = {key async for key in sqlite_own.blobs.keys("")}
    await sqlite_own.make(past=1)

    await removal.remove(sqlite_own.storage, sqlite_own.blobs)

    assert {key async for key in sqlite_own.blobs.keys("")} == ours


async def test_search_finds_nothing_of_the_demo(sqlite_own: Played) -> None:
    await people_work(sqlite_own)
    await sqlite_own.make(past=1)
    queries = sqlite_own.storage.queries
    assert (await queries.search("petrol", cursor=None, limit=10)).items

    await removal.remove(sqlite_own.storage, sqlite_own.blobs)

    assert not (await queries.search("petrol", cursor=None, limit=10)).items
    assert not (await queries.contacts("Whitfield", cursor=None, limit=10)).items
    assert len((await queries.search("real question", cursor=None, limit=10)).items) == 1


async def test_without_a_demo_nothing_is_removed(sqlite_own: Played, sqlite_url: str) -> None:
    await people_work(sqlite_own)
    before = await rows(sqlite_own, sqlite_url)
    gone = await removal.remove(sqlite_own.storage, sqlite_own.blobs)
    assert gone == removal.Removed(channels=0, conversations=0, contacts=0, users=0)
    assert await rows(sqlite_own, sqlite_url) == before


async def test_after_removal_the_next_start_makes_a_new_demo(sqlite_own: Played) -> None:
    await sqlite_own.make(past=1)
    first = len(await sqlite_own.rows())
    await removal.remove(sqlite_own.storage, sqlite_own.blobs)
    assert await sqlite_own.make(past=1)
    assert len(await sqlite_own.rows()) == first


async def test_a_demo_that_broke_off_is_made_anew(sqlite_own: Played) -> None:
    await sqlite_own.make(past=1)
    made = len(await sqlite_own.rows())
    async with sqlite_own.storage.begin() as uow:
        await uow.facts.put(workspace.FACT, workspace.MAKING)
    assert await sqlite_own.make(past=1)
    assert len(await sqlite_own.rows()) == made


async def test_recordings_go_with_their_calls(sqlite_own: Played, sqlite_url: str) -> None:
    await people_work(sqlite_own)
    before = await rows(sqlite_own, sqlite_url)
    ours = {key async for key in sqlite_own.blobs.keys("")}
    await sqlite_own.make(past=1)
    line = sqlite_own.accounts.get((await sqlite_own.line()).id)
    assert line is not None
    connector: object = line.connector
    assert isinstance(connector, FetchesRecordings)
    means = means_with(sqlite_own, NOW)
    async with sqlite_own.storage.begin() as uow:
        claimed = await uow.recordings.claim(NOW, until=NOW, limit=2)
    for one in claimed:
        await fetching.fetch(means, one, connector)
    assert {key async for key in sqlite_own.blobs.keys("recordings/")}

    await removal.remove(sqlite_own.storage, sqlite_own.blobs)

    assert await rows(sqlite_own, sqlite_url) == before
    assert {key async for key in sqlite_own.blobs.keys("")} == ours


def means_with(demo: Played, now: datetime) -> Means:
    """Return what recordings are fetched with; nothing of this test looks into them."""
    store = RecordingStore(demo.blobs, sealed=True)
    return Means(
        storage=demo.storage, store=store, media=RecordingMediaWork(store), now=lambda: now, chance=lambda: 0.5
    )
