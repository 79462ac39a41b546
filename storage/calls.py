"""Calls, their marks, legs and recordings: what ingest reads and writes, and one call at a time."""

import builtins
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from hub.domain.call import Call, Leg
from hub.domain.call_marks import Fact, Party
from hub.domain.call_numbers import Counted
from hub.domain.call_views import CallFilter, CallRow, CallWhole, Waiting
from hub.domain.ids import CallId, ChannelId, ContactPointId, ExternalId, LineId, UserId
from hub.domain.interaction import Direction
from hub.domain.views import Page
from hub.ports.calls import CallFlush, KnownCall, KnownCalls
from storage import call_lists, records, tables
from storage import call_records as rows
from storage.effects import Effects
from storage.engine import Session, chunked

c, m, n, g, r, i = (
    tables.calls,
    tables.call_marks,
    tables.call_ids,
    tables.legs,
    tables.recordings,
    tables.interactions,
)
_CHUNK = 2_000


class SqlCalls:
    """Implements hub.ports.Calls."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def known(
        self,
        ids: Collection[tuple[ChannelId, ExternalId]],
        own: Collection[CallId],
        recordings: Collection[tuple[ChannelId, ExternalId]],
    ) -> KnownCalls:
        found = KnownCalls()
        for channel_id, external_ids in _grouped(ids).items():
            for chunk in chunked(external_ids, _CHUNK):
                named = await self._session.rows(
                    sa.select(n.c.external_id, n.c.call_id).where(
                        n.c.channel_id == channel_id, n.c.external_id.in_(chunk)
                    )
                )
                found.ids.update({(channel_id, ExternalId(row[0])): CallId(row[1]) for row in named})
        for channel_id, external_ids in _grouped(recordings).items():
            for chunk in chunked(external_ids, _CHUNK):
                made = await self._session.rows(
                    rows.recording.select().where(r.c.channel_id == channel_id, r.c.external_id.in_(chunk))
                )
                for row in made:
                    recording = rows.recording.load(row)
                    found.recordings[channel_id, recording.external_id] = recording
        for calls in chunked({*found.ids.values(), *own}, _CHUNK):
            await self._calls(found, calls)
        return found

    async def _calls(self, found: KnownCalls, ids: Sequence[CallId]) -> None:
        told = await self._session.rows(
            self._session.locked(
                sa.select(*rows.call.columns, *records.interaction.columns)
                .join(i, i.c.id == c.c.interaction_id)
                .where(c.c.id.in_(ids))
                .order_by(c.c.id)
            )
        )
        for row in told:
            call = rows.call.load(row)
            found.calls[call.id] = KnownCall(call=call, interaction=records.interaction.load(row, rows.call.width))
        for row in await self._session.rows(sa.select(m.c.call_id, *rows.mark.columns).where(m.c.call_id.in_(ids))):
            mark = rows.mark.load(row, 1)
            known = found.calls.get(CallId(row[0]))
            if known is not None:
                known.marks[mark.key] = mark
        for call_id, legs in (await self._legs(list(found.calls))).items():
            found.calls[call_id].call = replace(found.calls[call_id].call, legs=tuple(legs))

    async def _legs(self, ids: Collection[CallId]) -> Mapping[CallId, Sequence[Leg]]:
        legs: dict[CallId, list[Leg]] = {}
        for chunk in chunked(ids, _CHUNK):
            found = await self._session.rows(
                sa.select(g.c.call_id, *rows.leg.columns)
                .where(g.c.call_id.in_(chunk))
                .order_by(g.c.began_at, g.c.external_id)
            )
            for row in found:
                legs.setdefault(CallId(row[0]), []).append(rows.leg.load(row, 1))
        return legs

    async def save(self, flush: CallFlush) -> None:
        session = self._session
        new = [flush.changed.get(call.id, call) for call in flush.new.values()]
        changed = [call for call in flush.changed.values() if call.id not in flush.new]
        async with session.together():
            await session.insert(c, [rows.call_row(call) for call in new])
            await session.update_many(c, [rows.call_row(call) for call in changed])
            await session.insert(
                n,
                [
                    {"channel_id": channel_id, "external_id": external_id, "call_id": call_id}
                    for (channel_id, external_id), call_id in flush.new_ids.items()
                ],
            )
            await session.upsert(
                m,
                [
                    {"call_id": call_id, "key": mark.key, **rows.mark.row(mark), "journal_seq": seq}
                    for call_id, mark, seq in flush.new_marks
                ],
                keys=("call_id", "key"),
            )
            await session.upsert(
                g,
                [{"call_id": call.id, **rows.leg.row(leg)} for call in (*new, *changed) for leg in call.legs],
                keys=("call_id", "external_id"),
            )
            await session.insert(
                r,
                [
                    {**rows.recording.row(flush.recordings.get(one.id, one)), "attempts": 0, "next_at": one.created_at}
                    for one in flush.new_recordings
                ],
            )
            fresh = {one.id for one in flush.new_recordings}
            await session.update_many(
                r, [rows.recording.row(one) for one in flush.recordings.values() if one.id not in fresh]
            )
        self._effects.counts(*flush.left, *(call.began_at for call in (*new, *changed)))

    async def get(self, call_id: CallId) -> Call | None:
        row = await self._session.one(rows.call.select().where(c.c.id == call_id))
        return None if row is None else await self._with_legs(rows.call.load(row))

    async def find(self, channel_id: ChannelId, external_id: ExternalId) -> Call | None:
        row = await self._session.one(
            rows.call.select()
            .join(n, n.c.call_id == c.c.id)
            .where(n.c.channel_id == channel_id, n.c.external_id == external_id)
        )
        return None if row is None else await self._with_legs(rows.call.load(row))

    async def _with_legs(self, call: Call) -> Call:
        return replace(call, legs=tuple((await self._legs([call.id])).get(call.id, ())))

    async def whole(self, call_id: CallId) -> CallWhole | None:
        call = await self.get(call_id)
        if call is None:
            return None
        recordings = await self._session.rows(
            rows.recording.select().where(r.c.call_id == call_id).order_by(r.c.created_at, r.c.id)
        )
        contact_id, name = await call_lists.contact_of(self._session, call)
        return CallWhole(
            call=call,
            contact_id=contact_id,
            contact_name=name,
            recordings=tuple(rows.recording.load(row) for row in recordings),
        )

    async def list(self, f: CallFilter, *, cursor: str | None, limit: int) -> Page[CallRow]:
        return await call_lists.page(self._session, f, cursor=cursor, limit=limit)

    async def some(self, ids: Collection[CallId]) -> Sequence[Call]:
        found: builtins.list[Call] = []
        for chunk in chunked(ids, _CHUNK):
            found += [
                rows.call.load(row) for row in await self._session.rows(rows.call.select().where(c.c.id.in_(chunk)))
            ]
        legs = await self._legs([call.id for call in found])
        return [replace(call, legs=tuple(legs.get(call.id, ()))) for call in found]

    async def engaged(self) -> Mapping[UserId, bool]:
        found: dict[UserId, bool] = {}
        told = await self._session.rows(
            sa.select(g.c.user_id, sa.or_(g.c.joined_at.is_not(None), g.c.picked_up_at.is_not(None)))
            .select_from(c.join(g, g.c.call_id == c.c.id))
            .where(
                c.c.ended_at.is_(None),
                g.c.user_id.is_not(None),
                g.c.ended_at.is_(None),
                g.c.left_at.is_(None),
                g.c.party == Party.agent,
            )
        )
        for user_id, talks in told:
            found[UserId(user_id)] = found.get(UserId(user_id), False) or bool(talks)
        return found

    async def live(self) -> Sequence[Call]:
        found = await self._session.rows(
            rows.call.select().where(c.c.ended_at.is_(None)).order_by(c.c.queue_at, c.c.id)
        )
        calls = [rows.call.load(row) for row in found]
        legs = await self._legs([call.id for call in calls])
        return [replace(call, legs=tuple(legs.get(call.id, ()))) for call in calls]

    async def waiting(self, limit: int | None = None) -> Sequence[Waiting]:
        left = sa.exists().where(m.c.call_id == c.c.id, m.c.fact.in_((Fact.gave_up, Fact.callback)))
        outside = sa.exists().where(g.c.call_id == c.c.id, g.c.party == Party.outside, g.c.ended_at.is_(None))
        group = (
            sa.select(m.c.detail)
            .where(m.c.call_id == c.c.id, m.c.fact == Fact.queued, m.c.detail != "")
            .order_by(m.c.at.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = await self._session.rows(
            sa.select(c.c.id, c.c.line_id, c.c.channel_id, c.c.external_id, c.c.queue_at, group)
            .where(c.c.ended_at.is_(None), c.c.queue_at.is_not(None), c.c.answered_at.is_(None), ~left, ~outside)
            .order_by(c.c.queue_at)
            .limit(limit)
        )
        return [
            Waiting(
                call_id=call_id, line_id=line, channel_id=channel, external_id=name or "", queue_at=at, group=of or ""
            )
            for call_id, line, channel, name, at, of in found
        ]

    async def counted(
        self, f: CallFilter, *, by: str = "", timezone_minutes: int = 0, limit: int = 200_000
    ) -> Mapping[str, Sequence[Counted]]:
        return await call_lists.counted(self._session, f, by=by, timezone_minutes=timezone_minutes, limit=limit)

    async def handle_seconds(self, line_id: LineId | None, *, since: datetime) -> float | None:
        which = c.c.line_id == line_id if line_id is not None else sa.true()
        value = await self._session.value(
            sa.select(sa.func.avg(c.c.talked)).where(which, c.c.began_at >= since, c.c.talked > 0)
        )
        return None if value is None else float(value)

    async def set_agent_outcome(self, call_id: CallId, outcome: str) -> None:
        await self._session.run(sa.update(c).where(c.c.id == call_id).values(agent_outcome=outcome))

    async def last_agent(self, contact_point_id: ContactPointId) -> UserId | None:
        found: UserId | None = await self._session.value(
            sa.select(c.c.agent_id)
            .where(c.c.contact_point_id == contact_point_id, c.c.answered_at.is_not(None))
            .order_by(c.c.began_at.desc(), c.c.id.desc())
            .limit(1)
        )
        return found

    async def placed_since(self, user_id: UserId, since: datetime) -> int:
        count = await self._session.value(
            sa.select(sa.func.count())
            .select_from(c)
            .where(c.c.agent_id == user_id, c.c.began_at >= since, c.c.direction == Direction.outbound)
        )
        return int(count or 0)

    async def lost(self, before: datetime, limit: int) -> Sequence[CallId]:
        found = await self._session.rows(
            sa.select(c.c.id).where(c.c.ended_at.is_(None), c.c.began_at < before).limit(limit)
        )
        return [CallId(row[0]) for row in found]


def _grouped(keys: Collection[tuple[ChannelId, ExternalId]]) -> Mapping[ChannelId, list[ExternalId]]:
    grouped: dict[ChannelId, list[ExternalId]] = {}
    for channel_id, external_id in keys:
        grouped.setdefault(channel_id, []).append(external_id)
    return grouped
