"""The review list: one narrow row per call, written when something about it changes, read by its indexes."""

import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import CallId, UserId
from hub.domain.recording import RecordingState
from hub.domain.review.queue import Order, QueueRule, lot, lots
from hub.domain.review.review import ReviewState
from hub.domain.review.views import CallScore, ReviewableRow
from hub.domain.views import Page
from storage import cursors, tables
from storage.engine import Session

w, c, r, v, m, u = (
    tables.reviewables,
    tables.calls,
    tables.recordings,
    tables.reviews,
    tables.comments,
    tables.users,
)
p, who = tables.contact_points, tables.contacts
_TO_HEAR = (RecordingState.ready, RecordingState.pending)


class ReviewList:
    """Reads and writes the list."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def refresh(self, call_id: CallId) -> None:
        call = await self._session.one(
            sa.select(c.c.began_at, c.c.talked, c.c.direction, c.c.channel_id, c.c.agent_id, c.c.team_id).where(
                c.c.id == call_id
            )
        )
        if call is None:
            return
        sounds = await self._session.rows(sa.select(r.c.state, r.c.duration).where(r.c.call_id == call_id))
        cards = await self._session.rows(
            sa.select(v.c.score, v.c.passed, v.c.failed_by, v.c.state, v.c.submitted_at).where(
                v.c.call_id == call_id, v.c.state != ReviewState.draft, v.c.calibration.is_(False)
            )
        )
        scores = [row.score for row in cards if row.score is not None]
        open_comments = await self._session.value(
            sa.select(sa.func.count()).where(m.c.call_id == call_id, m.c.resolved_at.is_(None), m.c.parent_id.is_(None))
        )
        heard = [row.duration or 0.0 for row in sounds if row.state in _TO_HEAR]
        row = {
            "call_id": call_id,
            "began_at": call.began_at,
            "seconds": round(max(call.talked, *heard) if heard else call.talked),
            "direction": call.direction,
            "channel_id": call.channel_id,
            "agent_id": call.agent_id,
            "team_id": call.team_id,
            "recorded": bool(heard),
            "lot": lot(call_id),
            "reviews": len(cards),
            "score": round(sum(scores) / len(scores), 1) if scores else None,
            "failed": any(row.passed is False or row.failed_by for row in cards),
            "appealed": any(row.state is ReviewState.appealed for row in cards),
            "open_comments": open_comments,
            "reviewed_at": max((row.submitted_at for row in cards), default=None),
        }
        await self._session.upsert(w, [row], keys=("call_id",))

    async def in_queue(
        self, rule: QueueRule, *, now: datetime, only_agent: UserId | None, cursor: str | None, limit: int
    ) -> Page[ReviewableRow]:
        column, kind, falling = _ORDERS[rule.order]
        place = sa.tuple_(column, w.c.call_id)
        statement = sa.select(w, who.c.name, p.c.received, c.c.address, c.c.outcome).where(
            *await self._conditions(rule, now, only_agent)
        )
        if cursor:
            at, last = cursors.decode(cursor, kind, UUID)
            at = at / 10 if rule.order is Order.lowest_score else at
            there = cursors.after(column, w.c.call_id, at, last)
            statement = statement.where(place < there if falling else place > there)
        statement = (
            statement.select_from(w)
            .join(c, c.c.id == w.c.call_id)
            .join(p, p.c.id == c.c.contact_point_id)
            .join(who, who.c.id == p.c.contact_id)
            .order_by(*((column.desc(), w.c.call_id.desc()) if falling else (column, w.c.call_id)))
            .limit(limit + 1)
        )
        rows = await self._session.rows(statement)
        reviewers = await self._reviewers([row.call_id for row in rows[:limit] if row.reviews])
        items = tuple(_row(row, reviewers.get(row.call_id, ())) for row in rows[:limit])
        more = None
        if len(rows) > limit:
            last_row = rows[limit - 1]
            value = getattr(last_row, column.name)
            more = cursors.encode(round(value * 10) if isinstance(value, float) else value, last_row.call_id)
        return Page(items=items, next=more)

    async def count(self, rule: QueueRule, *, now: datetime, most: int) -> int:
        some = sa.select(w.c.call_id).where(*await self._conditions(rule, now, None)).limit(most).subquery()
        found: int = await self._session.value(sa.select(sa.func.count()).select_from(some))
        return found

    async def call_scores(self, ids: Collection[CallId], *, only_agent: UserId | None) -> Sequence[CallScore]:
        names = [field.name for field in fields(CallScore)]
        statement = sa.select(*(w.c[name] for name in names)).where(
            w.c.call_id.in_(list(ids)), sa.or_(w.c.reviews > 0, w.c.open_comments > 0)
        )
        if only_agent is not None:
            statement = statement.where(w.c.agent_id == only_agent)
        return [CallScore(**row._mapping) for row in await self._session.rows(statement)]

    async def _reviewers(self, ids: Collection[CallId]) -> Mapping[CallId, tuple[UserId, ...]]:
        found: dict[CallId, tuple[UserId, ...]] = {}
        if not ids:
            return found
        for row in await self._session.rows(
            sa.select(v.c.call_id, v.c.reviewer_id)
            .where(v.c.call_id.in_(list(ids)), v.c.state != ReviewState.draft, v.c.calibration.is_(False))
            .order_by(v.c.submitted_at)
        ):
            found[row[0]] = (*found.get(row[0], ()), row[1])
        return found

    async def _conditions(self, rule: QueueRule, now: datetime, only_agent: UserId | None) -> list[Any]:
        given: list[Any] = []
        if only_agent is not None:
            given.append(w.c.agent_id == only_agent)
        # As texts where an index is of these rows alone: a parameter would keep the planner from taking it.
        if rule.reviewed is not None:
            given.append(sa.text("reviewables.reviews > 0" if rule.reviewed else "reviewables.reviews = 0"))
        for wanted, name in (
            (rule.recorded, "recorded"),
            (rule.failed, "failed"),
            (rule.appealed, "appealed"),
        ):
            if wanted is not None:
                given.append(sa.text(f"reviewables.{name}" if wanted else f"NOT reviewables.{name}"))
        if rule.commented is not None:
            given.append(
                sa.text("reviewables.open_comments > 0" if rule.commented else "reviewables.open_comments = 0")
            )
        if rule.order is Order.lowest_score or rule.score_below is not None or rule.score_from is not None:
            given.append(sa.text("reviewables.score IS NOT NULL"))
        given += [column.in_(list(values)) for column, values in (
            (w.c.agent_id, rule.agent_ids), (w.c.team_id, rule.team_ids), (w.c.channel_id, rule.channel_ids),
        ) if values]  # fmt: skip
        since = None if rule.within_days is None else now - timedelta(days=rule.within_days)
        given += [compare(column, value) for column, compare, value in (
            (w.c.seconds, operator.ge, rule.min_seconds), (w.c.seconds, operator.le, rule.max_seconds),
            (w.c.direction, operator.eq, rule.direction), (w.c.began_at, operator.ge, since),
            (w.c.score, operator.lt, rule.score_below), (w.c.score, operator.ge, rule.score_from),
        ) if value is not None]  # fmt: skip
        if rule.new_agents is not None:
            given.append(w.c.agent_id.in_(await self._new_agents(now - timedelta(days=rule.new_agents))))
        if ranges := lots(rule):
            given.append(sa.or_(*(sa.and_(w.c.lot >= low, w.c.lot < high) for low, high in ranges)))
        return given

    async def _new_agents(self, since: datetime) -> list[UserId]:
        return [row[0] for row in await self._session.rows(sa.select(u.c.id).where(u.c.created_at >= since))]


_ORDERS: Mapping[Order, tuple[sa.Column[Any], type, bool]] = {
    Order.newest: (w.c.began_at, datetime, True),
    Order.oldest: (w.c.began_at, datetime, False),
    Order.longest: (w.c.seconds, int, True),
    Order.lowest_score: (w.c.score, int, False),
}


def _row(row: Any, reviewers: tuple[UserId, ...]) -> ReviewableRow:
    return ReviewableRow(
        call_id=row.call_id,
        began_at=row.began_at,
        seconds=row.seconds,
        direction=row.direction,
        channel_id=row.channel_id,
        agent_id=row.agent_id,
        team_id=row.team_id,
        contact=row.name or row.address or row.received,
        outcome=None if row.outcome is None else row.outcome.value,
        recorded=row.recorded,
        reviews=row.reviews,
        reviewers=reviewers,
        score=row.score,
        failed=row.failed,
        appealed=row.appealed,
        open_comments=row.open_comments,
        reviewed_at=row.reviewed_at,
    )
