"""The picture a provider shows of somebody is fetched soon, kept small, changed when it changes, and goes with them."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from hub.contract import Address, ContactPointLearned, FetchFailed
from hub.domain.changes import ChangeKind
from hub.domain.portrait import PortraitId
from hub.domain.views import ConversationRow
from hub.ports import BlobStore
from hub.runtime.leases import LeaseKeeper
from hub.runtime.portraits_worker import BYTES_LIMIT, WAITS, PortraitsWorker, PortraitTools
from storage import open_blobs
from tests.scripted import SmallHub, says, small_hub


def picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 900), colour).save(out, "PNG")
    return out.getvalue()


class Web:
    """What is found where; the guard itself is tested beside it (test_fetch)."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Exception] = {}
        self.asked: list[str] = []

    async def fetch(self, url: str, max_bytes: int) -> AsyncIterator[bytes]:
        assert max_bytes == BYTES_LIMIT
        self.asked.append(url)
        found = self.pages.get(url, FetchFailed("Nothing is there."))
        if isinstance(found, Exception):
            raise found
        yield found


class Bench:
    """A small hub, the web, and who fetches."""

    def __init__(self, hub: SmallHub, blobs: BlobStore) -> None:
        self.hub, self.blobs, self.web = hub, blobs, Web()
        leases = LeaseKeeper(hub.storage, hub.clock, "node", shared=False)
        tools = PortraitTools(
            storage=hub.storage, blobs=blobs, accounts=hub.accounts, clock=hub.clock, fetch=self.web.fetch
        )
        self.worker = PortraitsWorker(tools, leases)

    async def hears(self, text: str, portrait: str | None) -> None:
        self.hub.clock.forward(seconds=1)
        sender = Address(namespace="scripted", value="ann", name="Ann", portrait=portrait)
        await self.hub.hears(says(text, sender=sender))
        while await self.worker.step():
            pass

    async def row(self) -> ConversationRow:
        (row,) = await self.hub.conversations()
        return row

    async def colour(self) -> tuple[int, int, int]:
        """Return the middle of the picture that is shown, roughly."""
        portrait_id = (await self.row()).portrait_id
        assert portrait_id is not None
        key = await self.key(portrait_id)
        assert key is not None
        content = b"".join([chunk async for chunk in self.blobs.read(key)])
        with Image.open(BytesIO(content)) as image:
            assert image.format == "WEBP"
            assert max(image.size) <= 480
            red, green, blue = image.convert("RGB").resize((1, 1)).tobytes()
        return round(red / 255), round(green / 255), round(blue / 255)

    async def key(self, portrait_id: PortraitId) -> str | None:
        async with self.hub.storage.read() as uow:
            return await uow.portraits.blob(portrait_id)


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    async with small_hub(database_url, tmp_path) as hub:
        yield Bench(hub, open_blobs((tmp_path / "blobs").as_uri()))


async def test_the_picture_of_who_writes_is_shown_in_the_list_and_on_the_contact(bench: Bench) -> None:
    bench.web.pages["https://cdn.example/a.png"] = picture("#ff0000")
    await bench.hears("hello", "https://cdn.example/a.png")
    await bench.hears("again", "https://cdn.example/a.png")

    row = await bench.row()
    contact = await bench.hub.storage.queries.contact(row.contact_id)
    (listed,) = (await bench.hub.storage.queries.contacts("", cursor=None, limit=9)).items

    assert await bench.colour() == (1, 0, 0)
    assert contact is not None
    assert contact.portrait_id == listed.portrait_id == row.portrait_id
    assert bench.web.asked == ["https://cdn.example/a.png"]


async def test_another_picture_takes_its_place_and_the_old_one_goes(bench: Bench) -> None:
    bench.web.pages |= {"https://cdn.example/a": picture("#ff0000"), "https://cdn.example/b": picture("#0000ff")}
    await bench.hears("hello", "https://cdn.example/a")
    first = (await bench.row()).portrait_id
    await bench.hears("again", "https://cdn.example/b")
    await bench.hears("who says nothing of it changes nothing", None)

    assert first is not None
    assert await bench.key(first) is None
    assert await bench.colour() == (0, 0, 1)
    assert len(await _kept(bench)) == 1


async def test_who_takes_their_picture_away_has_none_here_either(bench: Bench) -> None:
    bench.web.pages["https://cdn.example/a"] = picture("#ff0000")
    await bench.hears("hello", "https://cdn.example/a")
    await bench.hears("again", "")

    assert (await bench.row()).portrait_id is None
    assert await _kept(bench) == []


async def test_a_picture_told_beside_a_name_belongs_to_who_is_known(bench: Bench) -> None:
    bench.web.pages["https://cdn.example/a"] = picture("#00ff00")
    await bench.hears("hello", None)
    known = Address(namespace="scripted", value="ann", portrait="https://cdn.example/a")
    stranger = Address(namespace="scripted", value="nobody", portrait="https://cdn.example/a")
    await bench.hub.hears(ContactPointLearned(known=known), ContactPointLearned(known=stranger))
    await bench.worker.step()

    assert await bench.colour() == (0, 1, 0)
    assert bench.web.asked == ["https://cdn.example/a"]


async def test_the_screens_are_told(bench: Bench) -> None:
    bench.web.pages["https://cdn.example/a"] = picture("#00ff00")
    await bench.hears("hello", None)
    _, before = await bench.hub.storage.queries.notice_bounds()
    await bench.hears("again", "https://cdn.example/a")

    told = {notice.change.kind for notice in await bench.hub.storage.queries.notices(after=before, limit=50)}
    assert {ChangeKind.contact_changed, ChangeKind.conversation_changed} <= told


async def test_what_does_not_come_is_tried_a_few_times_over_a_day_and_no_more(bench: Bench) -> None:
    await bench.hears("hello", "https://cdn.example/gone")
    for wait in WAITS:
        bench.hub.clock.forward(seconds=wait.total_seconds() - 1)
        assert await bench.worker.step() == 0
        bench.hub.clock.forward(seconds=2)
        assert await bench.worker.step() == 1
    bench.hub.clock.forward(days=30)

    assert await bench.worker.step() == 0
    assert len(bench.web.asked) == 1 + len(WAITS)
    assert (await bench.row()).portrait_id is None


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"", b"GIF89a"])
async def test_what_is_no_picture_is_not_kept_nor_asked_for_again(bench: Bench, content: bytes) -> None:
    bench.web.pages["https://cdn.example/a"] = content
    await bench.hears("hello", "https://cdn.example/a")
    bench.hub.clock.forward(days=30)

    assert await bench.worker.step() == 0
    assert await _kept(bench) == []


async def test_a_picture_goes_with_the_contact(bench: Bench) -> None:
    bench.web.pages["https://cdn.example/a"] = picture("#ff0000")
    await bench.hears("hello", "https://cdn.example/a")
    kept = await _kept(bench)
    async with bench.hub.storage.begin() as uow:
        unused = await uow.contacts.delete([(await bench.row()).contact_id])

    assert list(unused) == kept


async def _kept(bench: Bench) -> list[str]:
    return [key async for key in bench.blobs.keys()]  # noqa: SIM118 - a store of blobs, no dictionary
