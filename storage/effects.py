"""What a transaction changed, gathered until its commit: notices, the visitors' feed, the hours reports count anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from hub.domain.changes import Change
from hub.domain.ids import ConversationId, InteractionId
from hub.ports import Clock
from storage import tables
from storage.engine import NOTICE_LOCK, Session, chunked
from storage.prepared import Prepared, among_ids, id_list
from storage.reports import marks


class Effects:
    """Changes to tell and interactions that look different now."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._touched: dict[InteractionId, ConversationId | None] = {}
        self._unsure: dict[ConversationId, None] = {}
        self._times: set[datetime] = set()

    def note(self, changes: Iterable[Change]) -> None:
        """Remember changes, in order."""
        self.changes += changes

    def touch(
        self,
        interaction_id: InteractionId,
        conversation_id: ConversationId | None = None,
        at: datetime | None = None,
    ) -> None:
        """Remember that an interaction, its files, reactions or delivery changed; its conversation and time if known.

        A conversation is given together with the time, or with none if no report counts what changed.
        """
        self._touched[interaction_id] = conversation_id or self._touched.get(interaction_id)
        self.counts(at)

    def counts(self, *times: datetime | None) -> None:
        """Remember that reports of these moments are to be counted anew."""
        self._times.update(time for time in times if time is not None)

    def sent_or_failed(self, conversation_id: ConversationId) -> None:
        """Remember that the fate of a conversation's newest outbound message may be another."""
        self._unsure[conversation_id] = None

    async def store(self, session: Session, clock: Clock) -> None:
        """Write all of it; the last statements before the commit.

        On PostgreSQL a lock is held from the first number to the commit, so that numbers rise as commits do and
        no reader can pass one that appears later.
        """
        await self._mark_failed(session)
        if not self.changes and not self._touched and not self._times:
            return
        if session.postgres:
            await session.fetch(_IN_TURN, {})
        await self._place(session)
        now = clock.now()
        async with session.together():
            await self._feed(session)
            await marks.mark(session, self._times)
            await session.insert(tables.notices, self._notices(now))

    def _notices(self, now: datetime) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [
            {"at": now, "kind": c.kind, "subject_id": c.subject_id, "conversation_id": c.conversation_id}
            for c in self.changes
        ]
        # Few changes name fields: all others are written without the column.
        if any(c.fields for c in self.changes):
            rows = [{**row, "fields": list(c.fields)} for row, c in zip(rows, self.changes, strict=True)]
        return rows

    async def _place(self, session: Session) -> None:
        """Learn the conversations of what was touched without saying them."""
        i = tables.interactions
        unknown = [key for key, conversation_id in self._touched.items() if conversation_id is None]
        for chunk in chunked(unknown, 10_000):
            rows = await session.rows(sa.select(i.c.id, i.c.conversation_id, i.c.occurred_at).where(i.c.id.in_(chunk)))
            self._touched.update({row[0]: row[1] for row in rows})
            self.counts(*(row[2] for row in rows))

    async def _feed(self, session: Session) -> None:
        await session.many(
            _FEED,
            [
                {"interaction_id": key, "conversation_id": conversation_id}
                for key, conversation_id in self._touched.items()
                if conversation_id is not None
            ],
        )

    async def _mark_failed(self, session: Session) -> None:
        if not self._unsure:
            return
        await session.many(_FAILED, [{"ids": id_list(sorted(self._unsure), postgres=session.postgres)}])


def _failing(postgres: bool) -> Any:
    """Return the statement that says of conversations whether their newest outbound message failed."""
    c, i, d = tables.conversations, tables.interactions, tables.deliveries
    newest = (
        sa.select(sa.func.coalesce(sa.text("deliveries.state IN ('failed', 'unknown')"), sa.false()))
        .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
        .where(i.c.conversation_id == c.c.id, i.c.direction == sa.literal_column("'outbound'"))
        .order_by(i.c.occurred_at.desc(), i.c.id.desc())
        .limit(sa.literal_column("1"))
        .correlate(c)
        .scalar_subquery()
    )
    found = among_ids(c.c.id, "ids", postgres=postgres)
    return sa.update(c).where(found).values(failed=sa.func.coalesce(newest, sa.false()))


_FAILED = Prepared(_failing)
_IN_TURN = Prepared(lambda _postgres: sa.text(f"SELECT pg_advisory_xact_lock({NOTICE_LOCK})"))


def _feeding(postgres: bool) -> Any:
    """Return the statement that gives a changed interaction a new, higher number."""
    t = tables.interaction_changes
    if not postgres:
        return sa.insert(t).prefix_with("OR REPLACE")
    return postgresql.insert(t).on_conflict_do_update(
        index_elements=["interaction_id"], set_={"seq": sa.text("nextval('interaction_changes_seq_seq')")}
    )


_FEED = Prepared(_feeding, keys=("interaction_id", "conversation_id"))
