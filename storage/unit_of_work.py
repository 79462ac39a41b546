"""One transaction with all repositories; what it changed is told when it is committed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import sqlalchemy as sa

from hub.domain.changes import Change
from hub.ports import Clock, Doorbell
from storage import tables
from storage.assistant import SqlAssistants
from storage.bots import SqlBots
from storage.bots_lock import SqlSpeakers
from storage.calls import SqlCalls
from storage.channels import Secrets, SqlChannels
from storage.contacts import SqlContacts
from storage.conversations import SqlConversations
from storage.debts import SqlDebts
from storage.demo import SqlDemo
from storage.dues import SqlDues
from storage.effects import Effects
from storage.engine import Database, Session
from storage.hooks import SqlHooks
from storage.hours import SqlTimetables
from storage.ingest import SqlIngestStore
from storage.installation import SqlFacts, SqlLeases
from storage.journal_reading import SqlJournalReading
from storage.knowledge import SqlArticles
from storage.lines import SqlLines, SqlPresences
from storage.macros import SqlMacros
from storage.merges import SqlMerges
from storage.outbox import SqlOutbox
from storage.outside_bots import SqlOutsideBots
from storage.portraits import SqlPortraits
from storage.recordings import SqlRecordings
from storage.reports.saved import SqlSavedReports
from storage.reviews import SqlReviews
from storage.routing import SqlRoutings
from storage.rules import SqlRules
from storage.saved_replies import SqlSavedReplies
from storage.surveys import SqlRatings, SqlSurveys
from storage.templates import SqlTemplates
from storage.timeline import SqlTimeline
from storage.transcripts import SqlTranscripts
from storage.users import SqlUsers

NOTICES_KEPT = 100_000
NOTICES_AGE = timedelta(days=7)


class SqlUnitOfWork:
    """Implements hub.ports.UnitOfWork."""

    def __init__(self, session: Session, effects: Effects, database: Database, clock: Clock, secrets: Secrets) -> None:
        self._session = session
        self._effects = effects
        self._clock = clock
        self.channels = SqlChannels(session, secrets)
        self.contacts = SqlContacts(session, effects)
        self.conversations = SqlConversations(session, effects)
        self.merges = SqlMerges(session, effects)
        self.timeline = SqlTimeline(session, effects, clock)
        self.outbox = SqlOutbox(session, effects, owner=database.owner, start_id=database.start_id)
        self.journal = SqlJournalReading(session)
        self.ingest = SqlIngestStore(session, effects, clock)
        self.users = SqlUsers(session)
        self.hooks = SqlHooks(session, secrets)
        self.templates = SqlTemplates(session)
        self.hours = SqlTimetables(session, database)
        self.dues = SqlDues(session)
        self.leases = SqlLeases(session)
        self.facts = SqlFacts(session)
        self.speakers = SqlSpeakers(session, effects)
        self.bots = SqlBots(session, effects)
        self.demo = SqlDemo(session, effects)
        self.saved_reports = SqlSavedReports(session)
        self.articles = SqlArticles(session)
        self.assistant = SqlAssistants(session, secrets)
        self.routings = SqlRoutings(session)
        self.saved_replies = SqlSavedReplies(session)
        self.rules = SqlRules(session)
        self.macros = SqlMacros(session)
        self.surveys = SqlSurveys(session)
        self.ratings = SqlRatings(session)
        self.outside_bots = SqlOutsideBots(session, secrets)
        self.portraits = SqlPortraits(session, effects)
        self.calls = SqlCalls(session, effects)
        self.lines = SqlLines(session)
        self.presences = SqlPresences(session)
        self.debts = SqlDebts(session, effects)
        self.recordings = SqlRecordings(session, secrets)
        self.transcripts = SqlTranscripts(session)
        self.reviews = SqlReviews(session)

    def note(self, *changes: Change) -> None:
        self._effects.note(changes)

    async def prune_notices(self) -> int:
        """Delete notices beyond the newest 100,000 and those older than 7 days; returns how many."""
        t = tables.notices
        newest = await self._session.value(sa.select(sa.func.max(t.c.seq)))
        if newest is None:
            return 0
        young = await self._session.value(
            sa.select(t.c.seq).where(t.c.at >= self._clock.now() - NOTICES_AGE).order_by(t.c.seq).limit(1)
        )
        keep_from = max(newest - NOTICES_KEPT + 1, newest + 1 if young is None else young)
        result = await self._session.run(sa.delete(t).where(t.c.seq < keep_from))
        return result.rowcount


@asynccontextmanager
async def unit_of_work(
    database: Database, clock: Clock, secrets: Secrets, doorbell: Doorbell | None, *, durable: bool = True
) -> AsyncIterator[SqlUnitOfWork]:
    """Open one; commits and rings at the end, rolls back on an exception."""
    effects = Effects()
    async with database.write(durable=durable) as session:
        yield SqlUnitOfWork(session, effects, database, clock, secrets)
        await effects.store(session, clock)
    if doorbell is not None and effects.changes:
        doorbell.ring({change.kind for change in effects.changes})
