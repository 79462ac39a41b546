"""What was said in recordings: lines, earlier wordings, and the search over all of them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from hub.domain.ids import ChannelId, RecordingId, UserId
from hub.domain.recording import RecordingState
from hub.domain.review.rules import RecordingRules
from hub.domain.review.transcript import Line, LineRevision, Transcript, TranscriptState
from hub.domain.review.views import TranscriptHit
from hub.domain.views import Page
from storage import cursors, tables
from storage.engine import Session
from storage.records import Mapper
from storage.search import query, words
from storage.search_index import SearchIndex

t, i, v, r, c = (
    tables.transcripts,
    tables.transcript_lines,
    tables.transcript_revisions,
    tables.recordings,
    tables.calls,
)
p, who = tables.contact_points, tables.contacts
index = SearchIndex("search_transcripts")
_transcript = Mapper(Transcript, t)
_line = Mapper(Line, i)
_revision = Mapper(LineRevision, v)
ROUNDS = 8
"""How often the index is asked again for a page when most of what it finds is somebody else's."""


class SqlTranscripts:
    """Implements hub.ports.transcripts.Transcripts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, recording_id: RecordingId) -> Transcript | None:
        row = await self._session.one(
            self._session.locked(_transcript.select().where(t.c.recording_id == recording_id))
        )
        return None if row is None else _transcript.load(row)

    async def save(self, transcript: Transcript) -> None:
        await self._session.upsert(t, [_transcript.row(transcript)], keys=("recording_id",))

    async def lines(self, recording_id: RecordingId) -> Sequence[Line]:
        rows = await self._session.rows(_line.select().where(i.c.recording_id == recording_id).order_by(i.c.number))
        return [_line.load(row) for row in rows]

    async def replace_lines(self, transcript: Transcript, lines: Sequence[Line]) -> None:
        await self._forget_lines(transcript.recording_id)
        await self.save(transcript)
        numbers = await self._session.next_numbers(i, len(lines)) if lines else ()
        rows = [
            {"seq": seq, "recording_id": transcript.recording_id, **_line.row(line)}
            for seq, line in zip(numbers, lines, strict=True)
        ]
        await self._session.insert(i, rows)
        await index.add(self._session, {row["seq"]: words([row["text"]]) for row in rows})

    async def update_line(self, recording_id: RecordingId, line: Line) -> None:
        here = sa.and_(i.c.recording_id == recording_id, i.c.number == line.number)
        seq = await self._session.value(sa.select(i.c.seq).where(here))
        await self._session.run(sa.update(i).where(here).values(_line.row(line)))
        await index.replace(self._session, {seq: words([line.text])})

    async def add_revision(self, recording_id: RecordingId, revision: LineRevision) -> None:
        await self._session.insert(v, [await self._numbered(recording_id, revision)])

    async def _numbered(self, recording_id: RecordingId, revision: LineRevision) -> dict[str, Any]:
        (seq,) = await self._session.next_numbers(v, 1)
        return {"seq": seq, "recording_id": recording_id, **_revision.row(revision)}

    async def revisions(self, recording_id: RecordingId) -> Sequence[LineRevision]:
        rows = await self._session.rows(_revision.select().where(v.c.recording_id == recording_id).order_by(v.c.seq))
        return [_revision.load(row) for row in rows]

    async def replace_revisions(self, recording_id: RecordingId, revisions: Sequence[LineRevision]) -> None:
        await self._session.run(sa.delete(v).where(v.c.recording_id == recording_id))
        for revision in revisions:
            await self.add_revision(recording_id, revision)

    async def delete(self, recording_id: RecordingId) -> None:
        await self._forget_lines(recording_id)
        await self._session.run(sa.delete(v).where(v.c.recording_id == recording_id))
        await self._session.run(
            sa.update(t).where(t.c.recording_id == recording_id).values(state=TranscriptState.deleted, error="")
        )

    async def _forget_lines(self, recording_id: RecordingId) -> None:
        numbers = await self._session.rows(sa.delete(i).where(i.c.recording_id == recording_id).returning(i.c.seq))
        await index.remove(self._session, [row[0] for row in numbers])

    async def expired(self, rules: RecordingRules, now: datetime, limit: int) -> Sequence[RecordingId]:
        if rules.keep_transcripts_days is None or rules.hold:
            return ()
        before = now - timedelta(days=rules.keep_transcripts_days)
        rows = await self._session.rows(
            sa.select(t.c.recording_id)
            .join(r, r.c.id == t.c.recording_id)
            .where(
                r.c.channel_id == rules.channel_id,
                r.c.state == RecordingState.deleted,
                t.c.state != TranscriptState.deleted,
                sa.func.coalesce(r.c.began_at, r.c.created_at) <= before,
                t.c.recording_id.not_in(sa.select(tables.recording_holds.c.recording_id)),
            )
            .limit(limit)
        )
        return [row[0] for row in rows]

    async def search(
        self, text: str, *, agent: UserId | None, hidden: Collection[ChannelId], cursor: str | None, limit: int
    ) -> Page[TranscriptHit]:
        terms = [[term] for term in query(text)]
        newest = await self._session.value(sa.select(sa.func.max(i.c.seq)))
        if not terms or newest is None:
            return Page(items=(), next=None)
        before = min(cursors.decode(cursor, int)[0], newest + 1) if cursor else newest + 1
        hits: list[tuple[int, TranscriptHit]] = []
        for _ in range(ROUNDS):
            numbers = await index.find(self._session, terms, before=before, limit=limit + 1)
            hits += await self._hits(numbers, agent, hidden)
            if len(numbers) <= limit or len(hits) > limit:
                more = len(hits) > limit
                break
            before = numbers[-1]
        else:
            more = True
        shown = hits[:limit]
        last = shown[-1][0] if shown else before
        return Page(items=tuple(hit for _, hit in shown), next=cursors.encode(last) if more else None)

    async def _hits(
        self, numbers: Sequence[int], agent: UserId | None, hidden: Collection[ChannelId]
    ) -> Sequence[tuple[int, TranscriptHit]]:
        rows = await self._session.rows(
            sa.select(
                i.c.seq, i.c.recording_id, r.c.call_id, i.c.number, i.c.speaker, i.c.start, i.c.text, c.c.began_at,
                c.c.agent_id, c.c.agents, who.c.name, p.c.received, c.c.address,
            )
            .join(r, r.c.id == i.c.recording_id)
            .join(c, c.c.id == r.c.call_id)
            .join(p, p.c.id == c.c.contact_point_id)
            .join(who, who.c.id == p.c.contact_id)
            .where(i.c.seq.in_(list(numbers)), r.c.channel_id.not_in(list(hidden)))
            .order_by(i.c.seq.desc())
        )  # fmt: skip
        return [
            (
                row[0],
                TranscriptHit(
                    recording_id=row[1],
                    call_id=row[2],
                    number=row[3],
                    speaker=row[4],
                    start=row[5],
                    text=row[6],
                    began_at=row[7],
                    agent_id=row[8],
                    contact=row[10] or row[12] or row[11],
                ),
            )
            for row in rows
            if agent is None or agent.hex in row[9]
        ]


async def rebuild(session: Session) -> None:
    """Build the search index anew, after a restore."""
    last = 0
    while rows := await session.rows(sa.select(i.c.seq, i.c.text).where(i.c.seq > last).order_by(i.c.seq).limit(2_000)):
        await index.replace(session, {row[0]: words([row[1]]) for row in rows})
        last = rows[-1][0]
