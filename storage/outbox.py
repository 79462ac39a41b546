"""Deliveries waiting to go: claimed by one worker at a time, in the order of their conversation."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState
from hub.domain.ids import ChannelId, DeliveryId, ExternalId, InteractionId
from hub.ports import DueDelivery
from storage import records, tables
from storage.bots_lock import check_turn, in_turn
from storage.effects import Effects
from storage.engine import Session

d, events, ids, i, c, leases = (
    tables.deliveries,
    tables.delivery_events,
    tables.delivery_ids,
    tables.interactions,
    tables.conversations,
    tables.leases,
)


class SqlOutbox:
    """Implements hub.ports.Outbox. `owner` and `start_id` name this process in the rows it claims."""

    def __init__(self, session: Session, effects: Effects, *, owner: str, start_id: UUID) -> None:
        self._session = session
        self._effects = effects
        self._owner = owner
        self._start_id = start_id

    async def add(self, delivery: Delivery, event: DeliveryEvent, *, turn: int | None = None) -> None:
        conversation_id = await self._session.value(
            sa.select(i.c.conversation_id).where(i.c.id == delivery.interaction_id)
        )
        if turn is not None:
            await check_turn(self._session, conversation_id, turn)
        row = {**records.delivery.row(delivery), "conversation_id": conversation_id, "bot_turn": turn}
        await self._session.insert_once(d, row)
        await self._append(delivery.id, event)
        await self._know(delivery, ())
        self._effects.touch(delivery.interaction_id)
        self._effects.sent_or_failed(conversation_id)

    async def get(self, delivery_id: DeliveryId) -> Delivery | None:
        row = await self._session.one(self._session.locked(records.delivery.select().where(d.c.id == delivery_id)))
        return None if row is None else records.delivery.load(row)

    async def of_interaction(self, interaction_id: InteractionId) -> Delivery | None:
        found = records.delivery.select().where(d.c.interaction_id == interaction_id)
        row = await self._session.one(self._session.locked(found))
        return None if row is None else records.delivery.load(row)

    async def events(self, delivery_id: DeliveryId) -> Sequence[DeliveryEvent]:
        rows = await self._session.rows(
            records.delivery_event.select().where(events.c.delivery_id == delivery_id).order_by(events.c.seq)
        )
        return [records.delivery_event.load(row) for row in rows]

    async def claim(self, now: datetime, limit: int, *, channels: Collection[ChannelId]) -> Sequence[DueDelivery]:
        if not channels:
            return ()
        earlier = d.alias("earlier")
        due = (
            sa.select(d.c.id)
            .where(
                sa.text("deliveries.state = 'queued'"),
                sa.or_(d.c.next_at.is_(None), d.c.next_at <= now),
                d.c.channel_id.in_(list(channels)),
                in_turn(),
                ~sa.exists().where(
                    earlier.c.conversation_id == d.c.conversation_id,
                    sa.text("earlier.state IN ('queued', 'sending')"),
                    sa.tuple_(earlier.c.created_at, earlier.c.id) < sa.tuple_(d.c.created_at, d.c.id),
                ),
            )
            .order_by(d.c.created_at, d.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        chosen = [row[0] for row in await self._session.rows(due)]
        if not chosen:
            return ()
        await self._session.run(
            sa.update(d)
            .where(d.c.id.in_(chosen))
            .values(
                state=DeliveryState.sending,
                attempt=d.c.attempt + 1,
                next_at=None,
                state_at=now,
                owner=self._owner,
                start_id=self._start_id,
            )
        )
        rows = await self._session.rows(
            sa.select(*records.delivery.columns, *records.interaction.columns, *records.conversation.columns)
            .join(i, i.c.id == d.c.interaction_id)
            .join(c, c.c.id == d.c.conversation_id)
            .where(d.c.id.in_(chosen))
            .order_by(d.c.created_at, d.c.id)
        )
        claimed = [_due(row) for row in rows]
        for due_one in claimed:
            delivery = due_one.delivery
            await self._append(
                delivery.id, DeliveryEvent(state=DeliveryState.sending, at=now, attempt=delivery.attempt)
            )
            self._effects.touch(delivery.interaction_id)
        return claimed

    async def record(self, delivery: Delivery, event: DeliveryEvent) -> None:
        held = {} if delivery.state is DeliveryState.sending else {"owner": None, "start_id": None}
        conversation_id = await self._session.value(
            sa.update(d)
            .where(d.c.id == delivery.id)
            .values(**records.delivery.row(delivery), **held)
            .returning(d.c.conversation_id)
        )
        await self._append(delivery.id, event)
        await self._know(delivery, ())
        self._effects.touch(delivery.interaction_id)
        self._effects.sent_or_failed(conversation_id)

    async def set_ids(self, delivery: Delivery, further: Sequence[ExternalId]) -> None:
        await self._session.run(sa.update(d).where(d.c.id == delivery.id).values(external_id=delivery.external_id))
        await self._know(delivery, further)

    async def next_due(self, channels: Collection[ChannelId]) -> datetime | None:
        if not channels:
            return None
        found: datetime | None = await self._session.value(
            sa.select(sa.func.coalesce(d.c.next_at, d.c.created_at).label("due"))
            .where(sa.text("state = 'queued'"), d.c.channel_id.in_(list(channels)))
            .order_by("due")
            .limit(1)
        )
        return found

    async def stranded(self, now: datetime) -> Sequence[Delivery]:
        alive = sa.exists().where(leases.c.owner == d.c.owner, leases.c.expires_at > now)
        found = (
            records.delivery.select()
            .where(
                sa.text("state IN ('queued', 'sending')"),
                d.c.state == DeliveryState.sending,
                d.c.start_id != self._start_id,
                sa.or_(d.c.owner == self._owner, ~alive),
            )
            .order_by(d.c.created_at, d.c.id)
        )
        rows = await self._session.rows(self._session.locked(found))
        return [records.delivery.load(row) for row in rows]

    async def _append(self, delivery_id: DeliveryId, event: DeliveryEvent) -> None:
        await self._session.insert(events, [{"delivery_id": delivery_id, **records.delivery_event.row(event)}])

    async def _know(self, delivery: Delivery, further: Sequence[ExternalId]) -> None:
        await remember_ids(self._session, [(delivery, further)])


async def remember_ids(session: Session, named: Sequence[tuple[Delivery, Sequence[ExternalId]]]) -> None:
    """Store every id by which a provider may speak of these deliveries; the first owner of an id keeps it."""
    rows = [
        {"channel_id": delivery.channel_id, "external_id": external_id, "delivery_id": delivery.id}
        for delivery, further in named
        for external_id in dict.fromkeys((delivery.external_id, *further))
        if external_id is not None
    ]
    await session.insert_new(ids, rows, keys=("channel_id", "external_id"))


def _due(row: Any) -> DueDelivery:
    first = records.delivery.width
    second = first + records.interaction.width
    return DueDelivery(
        delivery=records.delivery.load(row),
        interaction=records.interaction.load(row, first),
        conversation=records.conversation.load(row, second),
    )
