"""Files that stayed at the provider are fetched within limits; what cannot be had is said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hub.contract import CredentialsRefused, FetchesAttachments, FetchFailed, InboundAttachment
from hub.domain.ids import ChannelId, ExternalId
from hub.domain.interaction import AttachmentState
from hub.domain.retry import Backoff
from hub.domain.views import AttachmentView
from hub.runtime.accounts import Account, Accounts
from hub.runtime.attachments_worker import AttachmentsWorker, Limits
from hub.runtime.fetch import AddressRefused
from hub.runtime.media import MediaWork
from hub.runtime.notices import Notices
from storage import open_blobs
from tests import media as made
from tests.scripted import ScriptedConnector, SmallHub, says, small_hub


class Shelf(ScriptedConnector, FetchesAttachments):
    """A provider with files."""

    def __init__(self, hub: SmallHub) -> None:
        super().__init__(hub.script)
        self.content: bytes | Exception = b"hello"
        self.asked: list[str] = []

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        self.asked.append(source)
        if isinstance(self.content, Exception):
            raise self.content
        yield self.content


class One(Accounts):
    """The accounts of a small hub, their connector replaced."""

    def __init__(self, hub: SmallHub, shelf: Shelf) -> None:
        self._hub = hub
        self._shelf = shelf

    def get(self, channel_id: ChannelId) -> Account | None:
        account = self._hub.accounts.get(channel_id)
        return replace(account, connector=self._shelf) if account else None


class Bench:
    """A small hub whose customer sent a file."""

    def __init__(self, hub: SmallHub, folder: Path) -> None:
        self.hub = hub
        self.shelf = Shelf(hub)
        self.blobs = open_blobs((folder / "blobs").as_uri())
        self.refused: list[str] = []
        self.worker = AttachmentsWorker(
            storage=hub.storage,
            blobs=self.blobs,
            accounts=One(hub, self.shelf),
            clock=hub.clock,
            notices=Notices(),
            refused=self._refuse,
            chance=lambda: 0.0,
            media=MediaWork(self.blobs),
            limits=Limits(max_bytes=100_000, backoff=Backoff(first=timedelta(seconds=10), jitter=0.0)),
        )

    async def _refuse(self, _channel_id: ChannelId, words: str) -> None:
        self.refused.append(words)

    async def fetch(self) -> int:
        started = await self.worker.start_due()
        await self.worker.idle()
        return started

    async def file(self) -> AttachmentView:
        (row,) = await self.hub.conversations()
        (entry,) = await self.hub.thread(row.id)
        return entry.attachments[0]


@asynccontextmanager
async def _bench(url: str, folder: Path) -> AsyncIterator[Bench]:
    async with small_hub(url, folder) as hub:
        bench = Bench(hub, folder)
        file = InboundAttachment(name="a.png", media_type="image/png", source=ExternalId("file-1"))
        await hub.hears(says("look", at=hub.clock.now(), attachments=(file,)))
        yield bench


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    with capture_logs():  # failures are logged with all they know, which the console would draw for minutes
        async with _bench(database_url, tmp_path) as bench:
            yield bench


async def test_a_file_is_fetched_once_and_is_what_its_bytes_say(bench: Bench) -> None:
    assert (await bench.file()).state is AttachmentState.pending
    assert await bench.fetch() == 1
    file = await bench.file()
    assert (file.state, file.media_type, file.size) == (AttachmentState.ready, "text/plain", 5)
    assert await bench.fetch() == 0
    assert bench.shelf.asked == ["file-1"]


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (b"x" * 100_001, AttachmentState.refused, "too large"),
        (AddressRefused("It is not a public address."), AttachmentState.refused, "not a public address"),
        (FetchFailed("The file is gone there."), AttachmentState.failed, "The file is gone there."),
    ],
)
async def test_what_cannot_be_had_is_said_and_not_asked_for_again(
    bench: Bench, content: bytes | Exception, state: AttachmentState, words: str
) -> None:
    bench.shelf.content = content
    await bench.fetch()
    file = await bench.file()
    bench.hub.clock.forward(days=1)
    assert (file.state, words in file.error) == (state, True)
    assert await bench.fetch() == 0


@pytest.mark.parametrize("error", [FetchFailed("Busy.", passing=True), ConnectionResetError()])
async def test_a_passing_failure_is_tried_again_later(bench: Bench, error: Exception) -> None:
    bench.shelf.content = error
    await bench.fetch()
    assert await bench.fetch() == 0
    bench.hub.clock.forward(seconds=11)
    bench.shelf.content = b"hello"
    assert await bench.fetch() == 1
    assert (await bench.file()).state is AttachmentState.ready


async def test_after_a_day_a_file_is_given_up(bench: Bench) -> None:
    bench.shelf.content = FetchFailed("Busy.", passing=True)
    bench.hub.clock.forward(hours=24)
    await bench.fetch()
    file = await bench.file()
    assert (file.state, file.error) == (AttachmentState.failed, "Busy. Given up after 24 h.")


async def test_refused_credentials_stop_the_account_and_the_file_waits(bench: Bench) -> None:
    bench.shelf.content = CredentialsRefused("The token was revoked.")
    await bench.fetch()
    assert bench.refused == ["The token was revoked."]
    assert (await bench.file()).state is AttachmentState.pending


async def test_a_voice_note_gets_its_waveform_after_it_can_be_heard(bench: Bench) -> None:
    bench.shelf.content = made.ogg()
    assert await bench.fetch() == 1
    file = await bench.file()
    assert (file.state, file.media_type, file.peaks) == (AttachmentState.ready, "audio/ogg", ())
    assert await bench.fetch() == 1
    file = await bench.file()
    assert file.duration == pytest.approx(2.0, abs=0.1)
    assert max(file.peaks) == 100
    assert await bench.fetch() == 0


@pytest.mark.parametrize("content", [made.film(), made.paper()], ids=["film", "paper"])
async def test_film_and_paper_get_a_picture(content: bytes, bench: Bench) -> None:
    bench.shelf.content = content
    await bench.fetch()
    await bench.fetch()
    assert (await bench.file()).thumbnail


async def test_sound_that_cannot_be_read_stays_a_file(bench: Bench) -> None:
    bench.shelf.content = made.ogg()[:100]
    await bench.fetch()
    await bench.fetch()
    file = await bench.file()
    assert (file.state, file.peaks, file.error) == (AttachmentState.ready, (), "")
    assert await bench.fetch() == 0


async def test_a_document_that_came_inside_a_message_gets_its_first_page(bench: Bench) -> None:
    paper = InboundAttachment(name="a.pdf", media_type="application/pdf", content=made.paper())
    await bench.hub.hears(says("mail", by="bob", at=bench.hub.clock.now(), attachments=(paper,)))
    await bench.fetch()
    await bench.fetch()
    rows = {row.address: row.id for row in await bench.hub.conversations()}
    (entry,) = await bench.hub.thread(rows["bob"])
    assert entry.attachments[0].thumbnail


@pytest.mark.parametrize(
    ("checksum", "state"),
    [
        (sha256(b"hello").hexdigest(), AttachmentState.ready),
        (sha256(b"hello").hexdigest().upper(), AttachmentState.ready),
        (sha256(b"other").hexdigest(), AttachmentState.refused),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
async def test_a_file_that_is_not_the_one_that_was_sent_is_refused_in_words(
    checksum: str, state: AttachmentState, inside: bool, bench: Bench
) -> None:
    where = {"content": b"hello"} if inside else {"source": ExternalId("file-2")}
    file = InboundAttachment(name="b.txt", media_type="text/plain", sha256=checksum, **where)
    await bench.hub.hears(says("look", by="bob", at=bench.hub.clock.now(), attachments=(file,)))
    await bench.fetch()
    rows = {row.address: row.id for row in await bench.hub.conversations()}
    (entry,) = await bench.hub.thread(rows["bob"])
    assert entry.attachments[0].state is state
    assert ("checksum differs" in entry.attachments[0].error) == (state is AttachmentState.refused)
