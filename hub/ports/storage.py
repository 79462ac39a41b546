"""The unit of work with all repositories, and the storage that opens it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from hub.domain.changes import Change
from hub.ports.calls import Calls, Debts, Lines, Presences
from hub.ports.assistant import Assistants
from hub.ports.channels import Channels, Hooks, Templates
from hub.ports.ingest import IngestStore
from hub.ports.installation import Demo, Facts, Leases
from hub.ports.journal import Journal, JournalReading
from hub.ports.knowledge import Articles
from hub.ports.outbox import Outbox
from hub.ports.outside_bots import OutsideBots
from hub.ports.people import Contacts, Users
from hub.ports.queries import Queries
from hub.ports.reviews import Recordings, Reviews, Transcripts
from hub.ports.work import Conversations, Timeline


class UnitOfWork(Protocol):
    """One transaction. Leaving the block commits and then tells what changed; an exception rolls back."""

    @property
    def channels(self) -> Channels: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def journal(self) -> JournalReading: ...
    @property
    def ingest(self) -> IngestStore: ...
    @property
    def users(self) -> Users: ...
    @property
    def hooks(self) -> Hooks: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def presences(self) -> Presences: ...
    @property
    def debts(self) -> Debts: ...
    @property
    def demo(self) -> Demo: ...
    @property
    def articles(self) -> Articles: ...
    @property
    def assistant(self) -> Assistants: ...
    @property
    def outside_bots(self) -> OutsideBots: ...
    @property
    def recordings(self) -> Recordings: ...
    @property
    def transcripts(self) -> Transcripts: ...
    @property
    def reviews(self) -> Reviews: ...

    def note(self, *changes: Change) -> None:
        """Say what changed; stored with the commit as notices, in the order of commits."""
        ...

    async def prune_notices(self) -> int:
        """Delete notices older than 7 days and all beyond the newest 100,000; returns how many."""
        ...


class Storage(Protocol):
    """The database."""

    @property
    def journal(self) -> Journal: ...
    @property
    def queries(self) -> Queries: ...

    def begin(self, *, durable: bool = True) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit of work that may write.

        Not `durable`: a power cut may undo it, whole and with all that came after it. For reading the journal, whose
        raw events are then `new` again.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit of work that only reads: it waits for no writer, and its changes are refused."""
        ...

    async def ready(self) -> None:
        """Raise, in words, if the database can't be written."""
        ...

    async def close(self) -> None: ...
