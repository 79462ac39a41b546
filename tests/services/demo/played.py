"""A hub that can make the demo, and short ways to what tests look at."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hub.domain.channel import Channel
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId
from hub.domain.journal import LedgerLine
from hub.domain.views import ConversationFilter, ConversationRow, InteractionView
from hub.ports import BlobStore, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.demo import DemoMaker, StoryClock
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.metrics import Metrics
from hub.runtime.secrets_box import SecretBox
from hub.services.attachments import store_content
from hub.services.demo.phone_line import CONNECTOR
from storage import open_blobs, open_storage
from tests.services.demo.shop import registry, tools

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
FEW = 12
EVERY = tuple(ConversationState)


@dataclass
class Played:
    """Storage, accounts and what the terminal was told."""

    storage: Storage
    blobs: BlobStore
    accounts: Accounts
    clock: StoryClock
    said: list[str] = field(default_factory=list)

    @property
    def ingest(self) -> IngestTools:
        """What the journal worker needs."""
        return IngestTools(keep=partial(store_content, self.blobs), read_token=lambda _token: None)

    async def make(self, *, past: int = FEW) -> bool:
        """Start as a hub with HUB_DEMO does."""
        maker = DemoMaker(
            storage=self.storage,
            blobs=self.blobs,
            registry=registry(),
            accounts=self.accounts,
            tools=self.ingest,
            clock=self.clock,
            say=self.said.append,
            past=past,
        )
        made = await maker.ensure()
        await self.accounts.refresh()
        return made

    async def read(self) -> None:
        """Read the journal."""
        worker = JournalWorker(
            storage=self.storage, accounts=self.accounts, tools=self.ingest, clock=self.clock, metrics=Metrics()
        )
        while await worker.drain():
            pass

    async def rows(self, *states: ConversationState) -> Sequence[ConversationRow]:
        """Return conversations, newest first."""
        wanted = ConversationFilter(states=states or EVERY, sort="newest")
        return (await self.storage.queries.conversations(wanted, viewer=None, cursor=None, limit=200)).items

    async def line(self) -> Channel:
        """Return the demo's phone line."""
        async with self.storage.read() as uow:
            (line,) = [channel for channel in await uow.channels.all() if channel.connector == CONNECTOR]
        return line

    async def written(self, *states: ConversationState) -> Sequence[ConversationRow]:
        """Return conversations in writing, newest first."""
        line = await self.line()
        return [row for row in await self.rows(*states) if row.channel_id != line.id]

    async def row(self, name: str) -> ConversationRow:
        """Return the conversation with somebody."""
        (found,) = [row for row in await self.rows() if row.contact_name == name]
        return found

    async def thread(self, conversation_id: ConversationId) -> Sequence[InteractionView]:
        """Return a conversation's entries in order."""
        return (await self.storage.queries.thread(conversation_id, before=None, limit=200)).items

    async def ledger(self) -> Sequence[LedgerLine]:
        """Return the ledger of all time."""
        return await self.storage.queries.ledger(since=datetime(2026, 1, 1, tzinfo=UTC))


@asynccontextmanager
async def played(url: str, folder: Path) -> AsyncIterator[Played]:
    """Open an empty hub on a migrated database."""
    clock = StoryClock(NOW)
    storage = await open_storage(url, secrets=SecretBox({"test": b"k" * 32}), doorbell=None, clock=clock)
    accounts = Accounts(storage, registry(), tools(clock.now))
    try:
        yield Played(storage, open_blobs((folder / "blobs").as_uri()), accounts, clock)
    finally:
        await accounts.close()
        await storage.close()
