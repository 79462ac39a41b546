"""The storage as the hub sees it: the journal, the queries, and units of work."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import sqlalchemy as sa

from hub.ports import Clock, Doorbell, UnitOfWork
from storage.audit_queries import AuditQueries
from storage.bots_queries import BotQueries
from storage.channels import Secrets
from storage.contact_queries import ContactQueries
from storage.effects import Effects
from storage.engine import BUSY_MS, Database
from storage.inbox_queries import InboxQueries
from storage.installation import SqlFacts
from storage.journal import SqlJournal
from storage.live_queries import LiveQueries
from storage.rating_queries import SqlRatingQueries
from storage.reports.cuts import Cuts
from storage.reports.queries import SqlReports
from storage.reports.rollups import SqlRollUps
from storage.thread_queries import ThreadQueries
from storage.unit_of_work import SqlUnitOfWork, unit_of_work


class SqlQueries(InboxQueries, ThreadQueries, LiveQueries, ContactQueries, AuditQueries, BotQueries):
    """Implements hub.ports.Queries."""


class SqlStorage:
    """Implements hub.ports.Storage."""

    def __init__(
        self, database: Database, *, secrets: Secrets, doorbell: Doorbell | None, clock: Clock, apart: bool = False
    ) -> None:
        self._database = database
        self._secrets = secrets
        self._doorbell = doorbell
        self._clock = clock
        self._journal = SqlJournal(database, clock, apart=apart)
        self.journal = self._journal
        self.queries = SqlQueries(database)
        cuts = Cuts()
        self.reports = SqlReports(database, cuts)
        self.rollups = SqlRollUps(database, cuts)
        self.ratings = SqlRatingQueries(database)

    def begin(self, *, durable: bool = True) -> AbstractAsyncContextManager[UnitOfWork]:
        return unit_of_work(self._database, self._clock, self._secrets, self._doorbell, durable=durable)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self._database.read() as session:
            yield SqlUnitOfWork(session, Effects(), self._database, self._clock, self._secrets)

    async def ready(self) -> None:
        """Write something and read something. Raises StorageError, in words."""
        async with self._database.write() as session:
            await SqlFacts(session).put("storage.ready", self._clock.now().isoformat())
        async with self._database.read() as session:
            await session.value(sa.text("SELECT 1"))

    async def close(self) -> None:
        await self._journal.close()
        await self._database.close()


async def open_storage(
    url: str,
    *,
    secrets: Secrets,
    doorbell: Doorbell | None,
    clock: Clock,
    owner: str = "",
    busy_ms: int = BUSY_MS,
    apart: bool = False,
) -> SqlStorage:
    """Open the database of this URL; it must be migrated.

    `owner` names this node in what it claims (the machine's name if empty). `busy_ms` is how long a writer waits
    for another program that locks an SQLite file. `apart`: SQLite's journal is written by a process of its own, as a
    hub that serves wants it.

    Raises StorageError, in words.
    """
    database = Database(url, owner=owner, busy_ms=busy_ms)
    try:
        async with database.write() as session:
            await session.value(sa.text("SELECT 1"))
        async with database.read() as session:
            await session.value(sa.text("SELECT 1"))
    except BaseException:
        await database.close()
        raise
    return SqlStorage(database, secrets=secrets, doorbell=doorbell, clock=clock, apart=apart)
