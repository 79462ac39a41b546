"""What we owe people: their call waits and the missed-contact board, derived from what passed between us."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.call import Outcome
from hub.domain.call_entry import time_of
from hub.domain.call_numbers import CallbackNumbers, mean, percentile
from hub.domain.call_views import DebtRow
from hub.domain.debts import CallWait, CallWaitEnd, Debt, DebtEnd, DebtId, Happened, What
from hub.domain.delivery import ACCEPTED, DeliveryState
from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, LineId, UserId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.views import Page
from hub.domain.waiting import WaitEnd
from storage import call_records as rows
from storage import cursors, tables
from storage.effects import Effects
from storage.engine import Session, chunked

t, w, i, d, p, k, c, v, ch = (
    tables.debts,
    tables.call_waits,
    tables.interactions,
    tables.deliveries,
    tables.contact_points,
    tables.contacts,
    tables.calls,
    tables.conversations,
    tables.channels,
)
LATE = timedelta(days=1)
"""What was written this long before may have been accepted, or missed, after."""
THINGS_LIMIT = 5_000
"""Most entries of one person that are looked at; of more, the newest."""


class SqlDebts:
    """Implements hub.ports.Debts."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def people(self, items: Collection[InteractionId]) -> Mapping[ContactId, datetime]:
        found: dict[ContactId, datetime] = {}
        opens: set[ContactId] = set()
        for chunk in chunked(items, 5_000):
            told = await self._session.rows(
                sa.select(k.c.canonical_id, i.c.occurred_at, i.c.kind, i.c.opens_wait, d.c.state)
                .select_from(
                    i.join(p, p.c.id == i.c.contact_point_id)
                    .join(k, k.c.id == p.c.contact_id)
                    .outerjoin(d, d.c.interaction_id == i.c.id)
                )
                .where(
                    i.c.id.in_(chunk),
                    sa.or_(
                        i.c.kind == InteractionKind.call,
                        sa.and_(i.c.direction == Direction.outbound, i.c.author_kind == AuthorKind.agent),
                    ),
                )
            )
            for contact_id, at, kind, asks, state in told:
                who = ContactId(contact_id)
                found[who] = min(at, found.get(who, at))
                if (kind is InteractionKind.call and asks) or state is DeliveryState.failed:
                    opens.add(who)
        owed = await self._owed(found)
        return {who: min(at, owed.get(who, at)) for who, at in found.items() if who in opens or who in owed}

    async def _owed(self, people: Mapping[ContactId, datetime]) -> Mapping[ContactId, datetime]:
        """Return who of them had a debt or call wait open at their time or later, and when the oldest opened."""
        found: dict[ContactId, datetime] = {}
        for chunk in chunked(people, 5_000):
            oldest = min(people[who] for who in chunk)
            debts = sa.select(t.c.contact_id, t.c.opened_at.label("at")).where(
                t.c.contact_id.in_(chunk), sa.or_(t.c.closed_at.is_(None), t.c.closed_at >= oldest)
            )
            waits = sa.select(w.c.contact_id, w.c.started_at.label("at")).where(
                w.c.contact_id.in_(chunk), sa.or_(w.c.ended_at.is_(None), w.c.ended_at >= oldest)
            )
            for contact_id, at in await self._session.rows(sa.union_all(debts, waits)):
                found[ContactId(contact_id)] = min(at, found.get(ContactId(contact_id), at))
        return found

    async def things(self, contact_id: ContactId, *, since: datetime) -> Sequence[Happened]:
        merged = sa.select(k.c.id).where(k.c.canonical_id == contact_id)
        points = sa.select(p.c.id).where(p.c.contact_id.in_(merged))
        found = await self._session.rows(
            sa.select(
                i.c.id,
                i.c.kind,
                i.c.direction,
                i.c.author_kind,
                i.c.author_id,
                i.c.occurred_at,
                i.c.data,
                i.c.channel_id,
                i.c.conversation_id,
                d.c.state,
                d.c.accepted_at,
                d.c.state_at,
                c.c.line_id,
                c.c.team_id,
                c.c.outcome,
                c.c.id,
                ch.c.kind,
            )
            .select_from(
                i.outerjoin(d, d.c.interaction_id == i.c.id)
                .outerjoin(c, c.c.interaction_id == i.c.id)
                .join(ch, ch.c.id == i.c.channel_id)
            )
            .where(
                i.c.contact_point_id.in_(points),
                i.c.occurred_at >= since - LATE,
                i.c.kind.in_([InteractionKind.message, InteractionKind.call]),
                sa.or_(i.c.kind == InteractionKind.call, i.c.direction == Direction.outbound),
            )
            .order_by(i.c.occurred_at.desc(), i.c.id.desc())
            .limit(THINGS_LIMIT)
        )
        things = [thing for row in found for thing in _happened(row) if thing.at >= since]
        return [*things, *await self._overdue(contact_id, since)]

    async def _overdue(self, contact_id: ContactId, since: datetime) -> Sequence[Happened]:
        """Return what only the board knows: conversations noted as unanswered, and that somebody owes nothing."""
        noted = [
            rows.debt.load(row)
            for row in await self._session.rows(
                rows.debt.select().where(t.c.contact_id == contact_id, t.c.opened_at >= since)
            )
        ]
        decided = [_dismissal(debt) for debt in noted if debt.closed_by is DebtEnd.dismissed]
        causes = {cause.item: cause for debt in noted for cause in debt.causes if cause.what is What.unanswered_chat}
        if causes:
            # Resolved, taken back or merged: somebody decided that no answer is owed.
            x = tables.waits
            ended = await self._session.rows(
                sa.select(x.c.id).where(
                    x.c.id.in_(list(causes)), x.c.ended_by.is_not(None), x.c.ended_by != WaitEnd.reply
                )
            )
            for row in ended:
                causes.pop(row[0], None)
        chats = [
            Happened(
                what=cause.what,
                at=cause.at,
                item=cause.item,
                channel_id=cause.channel_id,
                conversation_id=cause.conversation_id,
            )
            for cause in causes.values()
        ]
        return [*chats, *decided]

    async def waiting_chats(self, contact_id: ContactId, *, before: datetime) -> Sequence[Happened]:
        """Return the conversations of a person that wait since before then, as causes."""
        merged = sa.select(k.c.id).where(k.c.canonical_id == contact_id)
        points = sa.select(p.c.id).where(p.c.contact_id.in_(merged))
        found = await self._session.rows(
            sa.select(v.c.id, v.c.channel_id, v.c.waiting_since, v.c.team_id, v.c.clock, ch.c.kind)
            .join(ch, ch.c.id == v.c.channel_id)
            .where(v.c.contact_point_id.in_(points), v.c.waiting_since.is_not(None), v.c.waiting_since < before)
        )
        return [
            Happened(
                what=What.unanswered_chat,
                at=row[2],
                item=InteractionId(UUID(row[4]["open"]["id"])),
                channel_id=ChannelId(row[1]),
                conversation_id=ConversationId(row[0]),
                team_id=row[3],
            )
            for row in found
            if row[5] != "voice"
        ]

    async def keep(
        self, contact_id: ContactId, debts: Sequence[Debt], waits: Sequence[CallWait], *, since: datetime
    ) -> bool:
        before = [
            rows.debt.load(row)
            for row in await self._session.rows(
                rows.debt.select().where(t.c.contact_id == contact_id, t.c.opened_at >= since)
            )
        ]
        old = {debt.id: debt for debt in before}
        kept = [_with_decisions(debt, old.get(debt.id)) for debt in debts]
        old_waits = [
            rows.call_wait.load(row)
            for row in await self._session.rows(
                rows.call_wait.select().where(w.c.contact_id == contact_id, w.c.started_at >= since)
            )
        ]
        if {x.id: x for x in kept} == old and {x.id: x for x in waits} == {x.id: x for x in old_waits}:
            return False
        for wait in (*old_waits, *waits):
            self._effects.counts(wait.started_at, wait.ended_at)
        # Somebody else's merge may have left an open debt of the same person: one stays.
        await self._session.run(sa.delete(t).where(t.c.contact_id == contact_id, t.c.opened_at >= since))
        await self._session.run(sa.delete(w).where(w.c.contact_id == contact_id, w.c.started_at >= since))
        await self._session.insert(t, [rows.debt.row(debt) for debt in kept])
        await self._session.insert(w, [rows.call_wait.row(wait) for wait in waits])
        return True

    async def overdue_chats(self, *, before: datetime, limit: int) -> Mapping[ContactId, datetime]:
        known = sa.exists().where(
            t.c.contact_id == k.c.canonical_id, t.c.closed_at.is_(None), t.c.last_at >= v.c.waiting_since
        )
        dismissed = sa.exists().where(
            t.c.contact_id == k.c.canonical_id,
            t.c.closed_by == DebtEnd.dismissed,
            t.c.last_at >= v.c.waiting_since,
        )
        found = await self._session.rows(
            sa.select(k.c.canonical_id, v.c.waiting_since)
            .select_from(v.join(p, p.c.id == v.c.contact_point_id).join(k, k.c.id == p.c.contact_id))
            .join(ch, ch.c.id == v.c.channel_id)
            .where(v.c.waiting_since.is_not(None), v.c.waiting_since < before, ch.c.kind != "voice", ~known, ~dismissed)
            .order_by(v.c.waiting_since)
            .limit(limit)
        )
        people: dict[ContactId, datetime] = {}
        for contact_id, at in found:
            people.setdefault(ContactId(contact_id), at)
        owed = await self._owed(people)
        return {who: min(at, owed.get(who, at)) for who, at in people.items()}

    async def board(
        self, *, closed: bool, cursor: str | None, limit: int, assignee_id: UserId | None = None
    ) -> Page[DebtRow]:
        at = t.c.closed_at if closed else t.c.due_at
        statement = (
            sa.select(*rows.debt.columns, k.c.name, at.label("at"))
            .join(k, k.c.id == t.c.contact_id)
            .where(t.c.closed_at.is_not(None) if closed else t.c.closed_at.is_(None))
        )
        if assignee_id is not None:
            statement = statement.where(t.c.assignee_id == assignee_id)
        if cursor:
            place = cursors.decode(cursor, datetime, UUID)
            mark = cursors.after(at, t.c.id, place[0], place[1])
            statement = statement.where(sa.tuple_(at, t.c.id) < mark if closed else sa.tuple_(at, t.c.id) > mark)
        order = (at.desc(), t.c.id.desc()) if closed else (at, t.c.id)
        found = await self._session.rows(statement.order_by(*order).limit(limit + 1))
        shown = found[:limit]
        width = rows.debt.width
        debts = [(rows.debt.load(row), row[width]) for row in shown]
        addresses = await self._addresses([debt for debt, _ in debts])
        more = cursors.encode(shown[-1][width + 1], shown[-1][0]) if len(found) > limit else None
        return Page(
            items=tuple(
                DebtRow(debt=debt, contact_name=name, address=addresses.get(debt.causes[-1].conversation_id, ""))
                for debt, name in debts
            ),
            next=more,
        )

    async def _addresses(self, debts: Sequence[Debt]) -> Mapping[UUID, str]:
        wanted = {debt.causes[-1].conversation_id for debt in debts}
        if not wanted:
            return {}
        found = await self._session.rows(
            sa.select(v.c.id, p.c.received).join(p, p.c.id == v.c.contact_point_id).where(v.c.id.in_(list(wanted)))
        )
        return {row[0]: row[1] for row in found}

    async def shown(self, debt: Debt) -> tuple[str, str]:
        name = await self._session.value(sa.select(k.c.name).where(k.c.id == debt.contact_id))
        addresses = await self._addresses([debt])
        return name or "", addresses.get(debt.causes[-1].conversation_id, "")

    async def is_owed(self, contact_id: ContactId) -> bool:
        found = await self._session.value(
            sa.select(t.c.id).where(t.c.contact_id == contact_id, t.c.closed_at.is_(None)).limit(1)
        )
        return found is not None

    async def get(self, debt_id: DebtId) -> Debt | None:
        row = await self._session.one(self._session.locked(rows.debt.select().where(t.c.id == debt_id)))
        return None if row is None else rows.debt.load(row)

    async def update(self, debt: Debt) -> None:
        await self._session.run(sa.update(t).where(t.c.id == debt.id).values(rows.debt.row(debt)))

    async def counts(self, now: datetime) -> tuple[int, int]:
        row = await self._session.one(
            sa.select(sa.func.count(), sa.func.count().filter(t.c.due_at < now))
            .select_from(t)
            .where(t.c.closed_at.is_(None))
        )
        return (0, 0) if row is None else (row[0], row[1])

    async def callbacks(self, *, since: datetime, until: datetime, line_ids: Collection[LineId]) -> CallbackNumbers:
        statement = rows.call_wait.select().where(w.c.started_at >= since, w.c.started_at < until)
        if line_ids:
            statement = statement.where(w.c.line_id.in_(list(line_ids)))
        waits = [rows.call_wait.load(row) for row in await self._session.rows(statement)]
        ours = [wait for wait in waits if wait.callback_time is not None]
        times = sorted(wait.callback_time.total_seconds() for wait in ours if wait.callback_time is not None)
        open_ = [wait for wait in waits if wait.ended_at is None]
        return CallbackNumbers(
            missed=len(waits),
            open=len(open_),
            oldest_open=max(((until - wait.started_at).total_seconds() for wait in open_), default=None),
            called_back=len(ours),
            via_other_channel=sum(wait.via_other_channel for wait in ours),
            customer_called_back=sum(wait.ended_by is CallWaitEnd.customer_called_back for wait in waits),
            callback_median=percentile(times, 50),
            callback_p90=percentile(times, 90),
            attempts_mean=mean([float(wait.attempts) for wait in ours]),
        )


def _with_decisions(debt: Debt, before: Debt | None) -> Debt:
    """Return the debt with what people decided about it: who takes it."""
    if before is None:
        return debt
    return replace(debt, assignee_id=before.assignee_id, team_id=before.team_id or debt.team_id)


def _dismissal(debt: Debt) -> Happened:
    last = debt.causes[-1]
    return Happened(
        what=What.dismissed,
        at=debt.closed_at or debt.last_at,
        item=InteractionId(debt.id),
        channel_id=last.channel_id,
        conversation_id=last.conversation_id,
        by=debt.closed_user,
    )


_CAUSE = {
    Outcome.voicemail: What.voicemail,
    Outcome.callback: What.wants_callback,
    Outcome.abandoned: What.abandoned,
    Outcome.short_abandon: What.abandoned,
}


def _happened(row: Any) -> Sequence[Happened]:
    """Return what one entry means here."""
    (item, kind, direction, author_kind, author_id, at, data, channel_id, conversation_id) = row[:9]
    state, accepted_at, state_at, line_id, team_id, outcome, _, channel_kind = row[9:]

    def thing(what: What, when: datetime, due: timedelta | None = None) -> Sequence[Happened]:
        return [
            Happened(
                what=what,
                at=when,
                item=item,
                channel_id=channel_id,
                conversation_id=conversation_id,
                line_id=line_id,
                team_id=team_id,
                by=author_id,
                due=due,
            )
        ]

    if kind is InteractionKind.call:
        asks, reached, back = (time_of(data.get(name)) for name in ("asks_at", "reached_at", "called_back_at"))
        if asks is not None:
            minutes = data.get("due_minutes")
            due = timedelta(minutes=minutes) if isinstance(minutes, int) else None
            return thing(_CAUSE.get(outcome, What.missed_call), asks, due)
        if reached is not None:
            return thing(What.reached_by_call, reached)
        if back is not None:
            return thing(What.called_back, back)
        return thing(What.attempt, at) if direction is Direction.outbound and outcome is not None else []
    if author_kind is not AuthorKind.agent:
        return []
    if state is DeliveryState.failed:
        return thing(What.bounced_mail if channel_kind == "email" else What.failed_send, state_at)
    if state is None:
        return thing(What.reached_by_message, at)
    return thing(What.reached_by_message, accepted_at) if state in ACCEPTED and accepted_at is not None else []
