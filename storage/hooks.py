"""Outgoing webhooks, how far they were told, and the log of what was sent to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.changes import ChangeKind
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.views import Page
from storage import cursors, records, tables
from storage.channels import Secrets
from storage.engine import Session

h, sent, facts = tables.hooks, tables.hook_deliveries, tables.facts
_CURSOR = "hooks.cursor"
CLAIM_TIME = timedelta(minutes=2)
"""A claimed delivery that is not recorded within this time is due again: its process died."""


class SqlHooks:
    """Implements hub.ports.Hooks."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self._session = session
        self._secrets = secrets

    def _load(self, row: Any) -> Hook:
        values = dict(row._mapping)
        values["secret"] = self._secrets.decrypt(values["secret"], place=_place(values["id"]))
        values["kinds"] = tuple(ChangeKind(kind) for kind in values["kinds"])
        return Hook(**values)

    async def all(self) -> Sequence[Hook]:
        return [self._load(row) for row in await self._session.rows(sa.select(h).order_by(h.c.created_at, h.c.id))]

    async def get(self, hook_id: UUID) -> Hook | None:
        row = await self._session.one(sa.select(h).where(h.c.id == hook_id))
        return None if row is None else self._load(row)

    async def save(self, hook: Hook) -> None:
        row = {
            "id": hook.id,
            "url": hook.url,
            "secret": self._secrets.encrypt(hook.secret, place=_place(hook.id)),
            "kinds": [kind.value for kind in hook.kinds],
            "active": hook.active,
            "description": hook.description,
            "created_at": hook.created_at,
            "created_by": hook.created_by,
        }
        await self._session.upsert(h, [row], keys=("id",))

    async def delete(self, hook_id: UUID) -> None:
        await self._session.run(sa.delete(h).where(h.c.id == hook_id))

    async def cursor(self) -> int:
        insert = self._session.dialect_insert(facts).values(name=_CURSOR, value="0")
        await self._session.run(insert.on_conflict_do_nothing(index_elements=["name"]))
        return int(await self._session.value(sa.select(facts.c.value).where(facts.c.name == _CURSOR).with_for_update()))

    async def advance(self, seq: int, deliveries: Sequence[HookDelivery]) -> None:
        await self._session.upsert(facts, [{"name": _CURSOR, "value": str(seq)}], keys=("name",))
        await self._session.insert(sent, [records.hook_delivery.row(delivery) for delivery in deliveries])

    async def queue(self, delivery: HookDelivery) -> None:
        await self._session.insert(sent, [records.hook_delivery.row(delivery)])

    async def claim(self, now: datetime, limit: int) -> Sequence[HookDelivery]:
        rows = await self._session.rows(
            records.hook_delivery.select()
            .where(sa.text("state = 'queued'"), sa.or_(sent.c.next_at.is_(None), sent.c.next_at <= now))
            .order_by(sent.c.next_at, sent.c.seq)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = [records.hook_delivery.load(row) for row in rows]
        if claimed:
            await self._session.run(
                sa.update(sent).where(sent.c.id.in_([one.id for one in claimed])).values(next_at=now + CLAIM_TIME)
            )
        return claimed

    async def record(self, delivery: HookDelivery) -> None:
        await self._session.run(
            sa.update(sent).where(sent.c.id == delivery.id).values(records.hook_delivery.row(delivery))
        )

    async def deliveries(self, hook_id: UUID, cursor: str | None, limit: int) -> Page[HookDelivery]:
        statement = records.hook_delivery.select().where(sent.c.hook_id == hook_id)
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(
                sa.tuple_(sent.c.created_at, sent.c.id) < cursors.after(sent.c.created_at, sent.c.id, at, last)
            )
        rows = await self._session.rows(statement.order_by(sent.c.created_at.desc(), sent.c.id.desc()).limit(limit + 1))
        items = tuple(records.hook_delivery.load(row) for row in rows[:limit])
        more = cursors.encode(items[-1].created_at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def delivery(self, delivery_id: UUID) -> HookDelivery | None:
        row = await self._session.one(records.hook_delivery.select().where(sent.c.id == delivery_id))
        return None if row is None else records.hook_delivery.load(row)


def _place(hook_id: UUID) -> str:
    return f"hooks.secret.{hook_id}"
