"""Removing the demo: every row that is marked demo or hangs on one, and no other."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ChannelId, RecordingId, UserId
from hub.domain.review.content import chunk_keys
from hub.ports import DemoRows
from storage import call_records, contact_search, message_search, records, tables, transcripts
from storage.effects import Effects
from storage.engine import Session, chunked
from storage.knowledge import SqlArticles
from storage.reports import marks

ch, v, i, a, c, p, u = (
    tables.channels,
    tables.conversations,
    tables.interactions,
    tables.attachments,
    tables.contacts,
    tables.contact_points,
    tables.users,
)


class SqlDemo:
    """Implements hub.ports.Demo."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def remove(self, team_ids: Collection[str]) -> DemoRows:
        session = self._session
        channels = [row[0] for row in await session.rows(sa.select(ch.c.id).where(ch.c.demo))]
        blobs = await self._files(channels)
        recorded = await self._calls(channels)
        conversations = await self._conversations(channels)
        await self._journal(channels)
        await self._scorecards()
        contacts = await self._contacts()
        users = await self._users()
        await self._teams([UUID(team_id) for team_id in team_ids])
        await SqlArticles(session).delete_demo()
        await session.run(sa.delete(tables.bot_flows).where(tables.bot_flows.c.demo))
        await session.run(sa.delete(ch).where(ch.c.demo))
        return DemoRows(
            channels=tuple(ChannelId(channel) for channel in channels),
            conversations=conversations,
            contacts=contacts,
            users=tuple(users),
            blobs=(*await self._unused(blobs), *recorded),
        )

    async def _files(self, channels: Sequence[UUID]) -> set[str]:
        """Return the blobs of the demo's messages, and of what its agents have begun to write."""
        ours = a.c.interaction_id.in_(sa.select(i.c.id).where(i.c.channel_id.in_(channels)))
        drafted = sa.and_(a.c.interaction_id.is_(None), a.c.uploaded_by.in_(sa.select(u.c.id).where(u.c.demo)))
        rows = await self._session.rows(sa.select(*records.attachment_keys).where(sa.or_(ours, drafted)))
        await self._session.run(sa.delete(a).where(drafted))
        return {key for row in rows for key in row if key}

    async def _unused(self, blobs: Collection[str]) -> Sequence[str]:
        """Return those no remaining file needs: equal files share one blob."""
        used: set[str] = set()
        for chunk in chunked(blobs, 5_000):
            rows = await self._session.rows(
                sa.select(*records.attachment_keys).where(sa.or_(*(key.in_(chunk) for key in records.attachment_keys)))
            )
            used.update(key for row in rows for key in row if key)
        return sorted(set(blobs) - used)

    async def _conversations(self, channels: Sequence[UUID]) -> int:
        session, n = self._session, tables.notices
        numbers = await session.rows(sa.select(i.c.seq).where(i.c.channel_id.in_(channels)))
        await message_search.index.remove(session, [row[0] for row in numbers])
        gone = sa.select(v.c.id).where(v.c.channel_id.in_(channels))
        ids = [row[0] for row in await session.rows(gone)]
        self._effects.counts(*await marks.hours_of_conversations(session, ids))
        await session.run(sa.delete(n).where(n.c.conversation_id.in_(gone)))
        # A hint at a conversation that goes would lead nowhere.
        await session.run(
            sa.update(v)
            .where(v.c.related_id.in_(gone), v.c.channel_id.not_in(channels))
            .values(related_id=None, related_reason="")
        )
        found = await session.rows(sa.delete(v).where(v.c.channel_id.in_(channels)).returning(v.c.id))
        return len(found)

    async def _calls(self, channels: Sequence[UUID]) -> Sequence[str]:
        """Forget what calls leave beside their conversations; returns the blobs of their recordings."""
        session, r, said, n = self._session, tables.recordings, tables.transcript_lines, tables.recording_contents
        ours = sa.select(r.c.id).where(r.c.channel_id.in_(channels))
        kept = await session.rows(sa.select(n.c.recording_id, n.c.number, n.c.stored).where(n.c.recording_id.in_(ours)))
        numbers = await session.rows(sa.select(said.c.seq).where(said.c.recording_id.in_(ours)))
        await transcripts.index.remove(session, [row[0] for row in numbers])
        played, w = tables.plays, tables.call_waits
        calls = sa.select(tables.calls.c.id).where(tables.calls.c.channel_id.in_(channels))
        await session.run(sa.delete(played).where(played.c.call_id.in_(calls)))
        await session.run(sa.delete(w).where(w.c.channel_id.in_(channels)))
        await self._debts(channels)
        return [key for row in kept for key in chunk_keys(RecordingId(row[0]), row[1], row[2])]

    async def _debts(self, channels: Collection[UUID]) -> None:
        """Delete what is owed for something on the demo's channels only: its contacts may stay."""
        session, t = self._session, tables.debts
        theirs = sa.select(c.c.id).where(c.c.demo)
        owed = [
            call_records.debt.load(row)
            for row in await session.rows(call_records.debt.select().where(t.c.contact_id.in_(theirs)))
        ]
        gone = [debt.id for debt in owed if {cause.channel_id for cause in debt.causes} <= {*channels}]
        for chunk in chunked(gone, 5_000):
            await session.run(sa.delete(t).where(t.c.id.in_(chunk)))

    async def _scorecards(self) -> None:
        """Delete the cards the demo's people made, unless somebody else has a version of one, or reviewed by it."""
        s = tables.scorecards
        theirs = sa.select(u.c.id).where(u.c.demo)
        edited = sa.select(s.c.id).where(sa.or_(s.c.created_by.is_(None), s.c.created_by.not_in(theirs)))
        await self._session.run(
            sa.delete(s).where(s.c.id.not_in(edited), s.c.id.not_in(sa.select(tables.reviews.c.scorecard_id)))
        )

    async def _journal(self, channels: Sequence[UUID]) -> None:
        for table in (
            tables.raw_events,
            tables.parked,
            tables.listener_cursors,
            tables.arrivals,
            tables.readings,
            tables.recoveries,
            tables.delivery_ids,
        ):
            await self._session.run(sa.delete(table).where(table.c.channel_id.in_(channels)))

    async def _contacts(self) -> int:
        """Delete the demo's contacts; whoever has part in a conversation that stays is nobody's demo any more."""
        session, member, log = self._session, tables.participants, tables.identity_changes
        needed = sa.or_(
            p.c.id.in_(sa.select(v.c.contact_point_id)),
            p.c.id.in_(sa.select(i.c.contact_point_id)),
            p.c.id.in_(sa.select(member.c.contact_point_id)),
        )
        stays = sa.select(p.c.contact_id).where(needed)
        await session.run(sa.update(c).where(c.c.demo, c.c.id.in_(stays)).values(demo=False))
        rows = await session.rows(sa.select(c.c.id, c.c.seq).where(c.c.demo))
        ids = [row[0] for row in rows]
        shown_as = [
            row[0]
            for row in await session.rows(
                sa.select(c.c.id).where(c.c.demo.is_(False), c.c.canonical_id.in_(sa.select(c.c.id).where(c.c.demo)))
            )
        ]
        await self._stand_alone(shown_as)
        await contact_search.remove(session, [row[1] for row in rows])
        for chunk in chunked(ids, 5_000):
            await session.run(sa.delete(log).where(sa.or_(log.c.contact_id.in_(chunk), log.c.other_id.in_(chunk))))
            await self._forget_notices(chunk)
        await session.run(sa.update(c).where(c.c.demo).values(canonical_id=c.c.id))
        await session.run(sa.delete(c).where(c.c.demo))
        return len(ids)

    async def _stand_alone(self, contact_ids: Collection[Any]) -> None:
        """Show contacts as themselves that were shown as one of the demo's."""
        for chunk in chunked(contact_ids, 5_000):
            await self._session.run(sa.update(c).where(c.c.id.in_(chunk)).values(canonical_id=c.c.id))
        await contact_search.refresh(self._session, contact_ids)

    async def _users(self) -> Sequence[UserId]:
        """Delete the demo's people; who wrote something that stays is kept, as an ordinary user."""
        session = self._session
        wrote = sa.select(i.c.author_id).where(i.c.author_id.is_not(None))
        await session.run(sa.update(u).where(u.c.demo, u.c.id.in_(wrote)).values(demo=False))
        ids = [UserId(row[0]) for row in await session.rows(sa.select(u.c.id).where(u.c.demo))]
        await session.run(sa.update(v).where(v.c.assignee_id.in_(ids)).values(assignee_id=None))
        for table in (tables.reads, tables.drafts):
            await session.run(sa.delete(table).where(table.c.user_id.in_(ids)))
        await session.run(sa.delete(u).where(u.c.demo))
        await self._forget_notices(ids)
        return ids

    async def _teams(self, team_ids: Collection[UUID]) -> None:
        """Delete the demo's teams, unless somebody who stays, or a channel that stays, belongs to them."""
        t, member = tables.teams, tables.user_teams
        used = sa.or_(
            t.c.id.in_(sa.select(member.c.team_id)),
            t.c.id.in_(sa.select(ch.c.team_id).where(ch.c.team_id.is_not(None), ch.c.demo.is_(False))),
        )
        gone = [
            row[0]
            for row in await self._session.rows(sa.delete(t).where(t.c.id.in_(list(team_ids)), ~used).returning(t.c.id))
        ]
        await self._session.run(sa.update(v).where(v.c.team_id.in_(gone)).values(team_id=None))
        await self._forget_notices(gone)

    async def _forget_notices(self, subjects: Collection[Any]) -> None:
        n = tables.notices
        for chunk in chunked(subjects, 5_000):
            await self._session.run(sa.delete(n).where(n.c.subject_id.in_(chunk)))
