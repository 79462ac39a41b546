"""Recordings: rules, contents with sealed keys, what was learned of them, and the work that is due."""

from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import CallId, ChannelId, RecordingId, UserId
from hub.domain.recording import Lane, Recording, RecordingState
from hub.domain.review.content import Content, Look, Work, WorkKind
from hub.domain.review.rules import Hold, RecordingRules
from hub.ports.recordings import Claimed, Placed
from storage import tables
from storage.channels import Secrets
from storage.engine import Session, chunked
from storage.recordings_log import RecordingLog
from storage.records import Mapper

r, c, n, w, k, e, h = (
    tables.recordings,
    tables.calls,
    tables.recording_contents,
    tables.recording_work,
    tables.recording_rules,
    tables.recording_looks,
    tables.recording_holds,
)
EARLIER = timedelta(days=7)
"""A recording reaches us at most this long after it began, as far as the index of what is expired is concerned."""


def _lanes(value: Any) -> tuple[Lane, ...]:
    return tuple(Lane(lane) for lane in value)


recording = Mapper(Recording, r, read={"lanes": _lanes}, write={"lanes": list})
_rules = Mapper(RecordingRules, k)
_work = Mapper(Work, w)
_hold = Mapper(Hold, h)
_CONTENT = [f.name for f in fields(Content) if f.name != "key"]


def _place(recording_id: RecordingId, number: int) -> str:
    return f"recording_contents.sealed_key.{recording_id}.{number}"


class SqlRecordings(RecordingLog):
    """Implements hub.ports.recordings.Recordings."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        super().__init__(session)
        self._secrets = secrets

    async def get(self, recording_id: RecordingId) -> Recording | None:
        row = await self._session.one(self._session.locked(recording.select().where(r.c.id == recording_id)))
        return None if row is None else recording.load(row)

    async def of_call(self, call_id: CallId) -> Sequence[Recording]:
        order = (sa.func.coalesce(r.c.began_at, r.c.created_at), r.c.id)
        rows = await self._session.rows(recording.select().where(r.c.call_id == call_id).order_by(*order))
        return [recording.load(row) for row in rows]

    async def placed(self, recording_id: RecordingId) -> Placed | None:
        row = await self._session.one(
            sa.select(*recording.columns, c.c.agents, c.c.conversation_id, c.c.interaction_id, r.c.attempts)
            .join(c, c.c.id == r.c.call_id)
            .where(r.c.id == recording_id)
        )
        if row is None:
            return None
        agents, conversation_id, interaction_id, attempts = row[recording.width :]
        return Placed(
            recording=recording.load(row),
            agents=_users(agents),
            conversation_id=conversation_id,
            interaction_id=interaction_id,
            attempts=attempts,
        )

    async def agents_of(self, call_id: CallId) -> tuple[UserId, ...] | None:
        row = await self._session.one(sa.select(c.c.agents).where(c.c.id == call_id))
        return None if row is None else _users(row[0])

    async def update(self, record: Recording) -> None:
        row = recording.row(record)
        del row["id"]
        await self._session.run(sa.update(r).where(r.c.id == record.id).values(row))

    async def claim(self, now: datetime, *, until: datetime, limit: int) -> Sequence[Claimed]:
        due = sa.or_(r.c.next_at.is_(None), r.c.next_at <= now)
        rows = await self._session.rows(
            self._session.locked(
                sa.select(*recording.columns, r.c.attempts)
                .where(sa.text("recordings.state = 'pending'"), due)
                .order_by(r.c.next_at)
                .limit(limit),
                skip=True,
            )
        )
        ids = [row[0] for row in rows]
        if ids and self._session.writes:
            await self._session.run(
                sa.update(r).where(r.c.id.in_(ids)).values(next_at=until, attempts=r.c.attempts + 1)
            )
        return [Claimed(recording=recording.load(row), attempts=row[recording.width]) for row in rows]

    async def retry(self, recording_id: RecordingId, *, at: datetime, words: str) -> None:
        await self._session.run(sa.update(r).where(r.c.id == recording_id).values(next_at=at, error=words))

    async def rules(self, channel_id: ChannelId) -> RecordingRules:
        row = await self._session.one(_rules.select().where(k.c.channel_id == channel_id))
        return RecordingRules(channel_id=channel_id) if row is None else _rules.load(row)

    async def all_rules(self) -> Sequence[RecordingRules]:
        return [_rules.load(row) for row in await self._session.rows(_rules.select().order_by(k.c.channel_id))]

    async def save_rules(self, rules: RecordingRules) -> None:
        await self._session.upsert(k, [_rules.row(rules)], keys=("channel_id",))

    async def hold(self, recording_id: RecordingId) -> Hold | None:
        row = await self._session.one(_hold.select().where(h.c.recording_id == recording_id))
        return None if row is None else _hold.load(row)

    async def save_hold(self, hold: Hold) -> None:
        await self._session.upsert(h, [_hold.row(hold)], keys=("recording_id",))

    async def end_hold(self, recording_id: RecordingId) -> None:
        await self._session.run(sa.delete(h).where(h.c.recording_id == recording_id))

    async def contents(self, recording_id: RecordingId) -> Sequence[Content]:
        columns = [n.c[name] for name in _CONTENT]
        rows = await self._session.rows(
            sa.select(*columns, n.c.sealed_key).where(n.c.recording_id == recording_id).order_by(n.c.number)
        )
        return [self._content(row) for row in rows]

    def _content(self, row: Sequence[Any]) -> Content:
        values = dict(zip(_CONTENT, row, strict=False))
        sealed = row[len(_CONTENT)]
        place = _place(values["recording_id"], values["number"])
        return Content(**values, key=b64decode(self._secrets.decrypt(sealed, place=place)) if sealed else None)

    async def add_content(self, content: Content) -> None:
        row = {name: getattr(content, name) for name in _CONTENT}
        row["sealed_key"] = ""
        if content.key is not None:
            place = _place(content.recording_id, content.number)
            row["sealed_key"] = self._secrets.encrypt(b64encode(content.key).decode(), place=place)
        await self._session.insert(n, [row])

    async def update_content(self, content: Content) -> None:
        await self._session.run(
            sa.update(n)
            .where(n.c.recording_id == content.recording_id, n.c.number == content.number)
            .values(
                stored=content.stored,
                complete=content.complete,
                sha256=content.sha256,
                media_type=content.media_type,
            )
        )

    async def forget_content(self, recording_id: RecordingId, number: int | None = None) -> None:
        statement = sa.delete(n).where(n.c.recording_id == recording_id)
        await self._session.run(statement if number is None else statement.where(n.c.number == number))

    async def reseal(self) -> int:
        rows = await self._session.rows(
            sa.select(n.c.recording_id, n.c.number, n.c.sealed_key).where(n.c.sealed_key != "")
        )
        for recording_id, number, sealed in rows:
            place = _place(recording_id, number)
            renewed = self._secrets.encrypt(self._secrets.decrypt(sealed, place=place), place=place)
            await self._session.run(
                sa.update(n).where(n.c.recording_id == recording_id, n.c.number == number).values(sealed_key=renewed)
            )
        return len(rows)

    async def look(self, recording_id: RecordingId) -> Look | None:
        row = await self._session.one(sa.select(e).where(e.c.recording_id == recording_id))
        if row is None:
            return None
        values = dict(row._mapping)
        lanes, raw = values["talk"].pop("lanes", 1), values["peaks"]
        size = len(raw) // lanes
        values["peaks"] = tuple(raw[lane * size : (lane + 1) * size] for lane in range(lanes))
        return Look(**values)

    async def save_look(self, look: Look) -> None:
        row = {f.name: getattr(look, f.name) for f in fields(Look)}
        # The lanes are of one length, so that their number tells where each begins.
        row["peaks"] = b"".join(look.peaks)
        row["talk"] = {**look.talk, "lanes": max(1, len(look.peaks))}
        await self._session.upsert(e, [row], keys=("recording_id",))

    async def forget_look(self, recording_id: RecordingId) -> None:
        await self._session.run(sa.delete(e).where(e.c.recording_id == recording_id))

    async def add_work(self, work: Work) -> None:
        await self._session.upsert(w, [_work.row(work)], keys=("recording_id", "kind"))

    async def claim_work(
        self, kinds: Collection[WorkKind], now: datetime, *, until: datetime, limit: int
    ) -> Sequence[Work]:
        rows = await self._session.rows(
            self._session.locked(
                _work.select().where(w.c.next_at <= now, w.c.kind.in_(list(kinds))).order_by(w.c.next_at).limit(limit),
                skip=True,
            )
        )
        found = [_work.load(row) for row in rows]
        if not self._session.writes:
            return found
        for one in found:
            await self._update_work(replace(one, attempts=one.attempts + 1, next_at=until))
        return [replace(one, attempts=one.attempts + 1, next_at=until) for one in found]

    async def retry_work(self, work: Work, *, at: datetime, words: str) -> None:
        await self._update_work(replace(work, next_at=at, error=words))

    async def _update_work(self, work: Work) -> None:
        await self._session.run(
            sa.update(w)
            .where(w.c.recording_id == work.recording_id, w.c.kind == work.kind)
            .values(attempts=work.attempts, next_at=work.next_at, error=work.error)
        )

    async def end_work(self, recording_id: RecordingId, kind: WorkKind | None = None) -> None:
        statement = sa.delete(w).where(w.c.recording_id == recording_id)
        await self._session.run(statement if kind is None else statement.where(w.c.kind == kind))

    async def work(self, recording_id: RecordingId) -> Sequence[Work]:
        return [
            _work.load(row) for row in await self._session.rows(_work.select().where(w.c.recording_id == recording_id))
        ]

    async def expired(self, rules: RecordingRules, now: datetime, limit: int) -> Sequence[RecordingId]:
        if rules.keep_days is None or rules.hold:
            return ()
        before = now - timedelta(days=rules.keep_days)
        rows = await self._session.rows(
            sa.select(r.c.id)
            .where(
                sa.text("recordings.state = 'ready'"),
                r.c.channel_id == rules.channel_id,
                r.c.created_at <= before + EARLIER,
                sa.func.coalesce(r.c.began_at, r.c.created_at) <= before,
                r.c.id.not_in(sa.select(h.c.recording_id)),
            )
            .order_by(r.c.created_at)
            .limit(limit)
        )
        return [row[0] for row in rows]

    async def known(self, ids: Collection[RecordingId]) -> frozenset[RecordingId]:
        found: set[RecordingId] = set()
        for chunk in chunked(ids, 5_000):
            # What was deleted keeps its row, but nothing of it may be kept.
            kept = r.c.state != RecordingState.deleted
            found.update(row[0] for row in await self._session.rows(sa.select(r.c.id).where(r.c.id.in_(chunk), kept)))
        return frozenset(found)


def _users(value: Any) -> tuple[UserId, ...]:
    return tuple(UserId(UUID(item)) for item in value)


__all__ = ["SqlRecordings", "recording"]
