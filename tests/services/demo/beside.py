"""What people made themselves before the demo was made: a channel with a conversation, a person, a team, a contact."""

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from hub.contract import SimulatedMessage
from hub.domain.channel import Channel
from hub.domain.ids import ChannelId, ContactId, TeamId, UserId
from hub.domain.user import Role, User
from hub.services import channels, contacts, users
from hub.services.channels import validated
from hub.services.demo.pictures import picture
from hub.services.ids import new_id
from hub.services.reports import rollup
from storage import tables
from storage.engine import database_url as with_driver
from tests.services.demo.played import NOW, Played, played
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


@dataclass(frozen=True)
class Lived:
    """A closed hub in which people worked before the demo was made, and all there was before."""

    url: str
    folder: Path
    work: Work
    before: Rows
    files: frozenset[str]

    @asynccontextmanager
    async def again(self, url: str, folder: Path) -> AsyncIterator["Beside"]:
        """Open it on a copy of its database, with a copy of its files."""
        shutil.copytree(self.folder / "blobs", folder / "blobs")
        async with played(url, folder) as demo:
            await demo.accounts.refresh()
            yield Beside(demo=demo, url=url, work=self.work, before=self.before, files=self.files)


@dataclass(frozen=True)
class Beside:
    """A demo beside people's work, and all there was before the demo."""

    demo: Played
    url: str
    work: Work
    before: Rows
    files: frozenset[str]

    async def rows(self) -> Rows:
        """Return every row of every table now."""
        return await rows(self.demo, self.url)

    async def stored(self) -> frozenset[str]:
        """Return the keys of all files now."""
        return await stored(self.demo)


async def stored(demo: Played) -> frozenset[str]:
    """Return the keys of all files."""
    return frozenset([key async for key in demo.blobs.keys("")])


async def live(url: str, folder: Path) -> Lived:
    """Let people work, then make a demo. Making one takes seconds, opening a copy of it does not."""
    async with played(url, folder) as demo:
        work = await people_work(demo)
        before, files = await rows(demo, url), await stored(demo)
        await demo.make(past=1)
    return Lived(url=url, folder=folder, work=work, before=before, files=files)
