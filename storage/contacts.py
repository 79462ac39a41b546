"""Contacts, their addresses, and the reversible links between them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import Contact, ContactPoint, IdentityAction, IdentityChange
from hub.domain.errors import Conflict
from hub.domain.ids import ContactId, ContactPointId, MergeId, UserId
from storage import contact_search, records, tables
from storage.effects import Effects
from storage.engine import Session, chunked
from storage.erasure import erase_contacts, expired
from storage.reports import marks

c, p, log = tables.contacts, tables.contact_points, tables.identity_changes


class SqlContacts:
    """Implements hub.ports.Contacts."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def get(self, contact_id: ContactId) -> Contact | None:
        row = await self._session.one(records.contact.select().where(c.c.id == contact_id))
        return None if row is None else records.contact.load(row)

    async def add(self, contact: Contact) -> None:
        number = (await self._session.next_numbers(c, 1))[0]
        await self._session.insert_once(c, {"seq": number, **records.contact_row(contact)})
        await contact_search.refresh(self._session, [contact.id])

    async def update(self, contact: Contact) -> None:
        source = await self._session.value(sa.select(c.c.source).where(c.c.id == contact.id))
        if source is not None and source != contact.source:
            self._effects.counts(*await marks.hours_of_contacts(self._session, [contact.id]))
        await self._session.run(sa.update(c).where(c.c.id == contact.id).values(records.contact_row(contact)))
        await contact_search.refresh(self._session, [contact.id])

    async def cluster(self, contact_id: ContactId) -> Sequence[Contact]:
        canonical = sa.select(c.c.canonical_id).where(c.c.id == contact_id).scalar_subquery()
        rows = await self._session.rows(
            records.contact.select()
            .where(c.c.canonical_id == canonical)
            .order_by((c.c.id == c.c.canonical_id).desc(), c.c.created_at, c.c.id)
        )
        return [records.contact.load(row) for row in rows]

    async def points(self, contact_ids: Collection[ContactId]) -> Sequence[ContactPoint]:
        found: list[ContactPoint] = []
        for chunk in chunked(contact_ids, 5_000):
            rows = await self._session.rows(
                records.point.select().where(p.c.contact_id.in_(chunk)).order_by(p.c.created_at, p.c.id)
            )
            found += [records.point.load(row) for row in rows]
        return found

    async def point(self, point_id: ContactPointId) -> ContactPoint | None:
        row = await self._session.one(records.point.select().where(p.c.id == point_id))
        return None if row is None else records.point.load(row)

    async def find_point(self, namespace: str, addresses: Collection[str]) -> ContactPoint | None:
        row = await self._session.one(
            records.point.select()
            .where(p.c.namespace == namespace, p.c.address.in_(list(addresses)))
            .order_by(p.c.created_at, p.c.id)
        )
        return None if row is None else records.point.load(row)

    async def add_point(self, point: ContactPoint) -> None:
        try:
            await self._session.insert_once(p, records.point.row(point))
        except Conflict as error:
            raise Conflict(f"The address {point.received} belongs to another contact already.") from error
        await contact_search.refresh(self._session, [point.contact_id])

    async def update_point(self, point: ContactPoint) -> None:
        await self._session.run(sa.update(p).where(p.c.id == point.id).values(records.point.row(point)))
        await contact_search.refresh(self._session, [point.contact_id])

    async def remove_point(self, point_id: ContactPointId) -> None:
        i, v = tables.interactions, tables.conversations
        used = sa.or_(
            sa.exists().where(i.c.contact_point_id == point_id), sa.exists().where(v.c.contact_point_id == point_id)
        )
        if await self._session.value(sa.select(used)):
            raise Conflict("Messages were exchanged with this address, so it stays. Mark it blocked instead.")
        owner = await self._session.value(sa.delete(p).where(p.c.id == point_id).returning(p.c.contact_id))
        if owner is not None:
            await contact_search.refresh(self._session, [owner])

    async def set_canonical(self, contact_ids: Collection[ContactId], canonical: ContactId) -> None:
        for chunk in chunked(contact_ids, 5_000):
            before = await self._session.rows(sa.select(c.c.canonical_id).where(c.c.id.in_(chunk)).distinct())
            await self._session.run(sa.update(c).where(c.c.id.in_(chunk)).values(canonical_id=canonical))
            await contact_search.refresh(self._session, {*chunk, canonical, *(row[0] for row in before)})

    async def move_points(self, point_ids: Collection[ContactPointId], owner: ContactId) -> None:
        touched: set[UUID] = {owner}
        self._effects.counts(*await marks.hours_of_points(self._session, point_ids))
        for chunk in chunked(point_ids, 5_000):
            touched.update(
                row[0] for row in await self._session.rows(sa.select(p.c.contact_id).where(p.c.id.in_(chunk)))
            )
            await self._session.run(sa.update(p).where(p.c.id.in_(chunk)).values(contact_id=owner))
        await contact_search.refresh(self._session, touched)

    async def log(self, change: IdentityChange) -> None:
        await self._session.insert_once(log, records.identity_change.row(change))

    async def change(self, change_id: MergeId) -> IdentityChange | None:
        row = await self._session.one(records.identity_change.select().where(log.c.id == change_id))
        return None if row is None else records.identity_change.load(row)

    async def mark_undone(self, change_id: MergeId, *, by: UserId | None, at: datetime) -> None:
        await self._session.run(sa.update(log).where(log.c.id == change_id).values(undone_at=at, undone_by=by))

    async def history(self, contact_ids: Collection[ContactId]) -> Sequence[IdentityChange]:
        ids = list(contact_ids)
        rows = await self._session.rows(
            records.identity_change.select()
            .where(sa.or_(log.c.contact_id.in_(ids), log.c.other_id.in_(ids)))
            .order_by(log.c.at.desc(), log.c.id.desc())
        )
        return [records.identity_change.load(row) for row in rows]

    async def active_merges(self) -> Sequence[IdentityChange]:
        rows = await self._session.rows(
            records.identity_change.select()
            .where(log.c.action == IdentityAction.merge, log.c.undone_at.is_(None))
            .order_by(log.c.at, log.c.id)
        )
        return [records.identity_change.load(row) for row in rows]

    async def delete(self, contact_ids: Collection[ContactId]) -> Sequence[str]:
        return await self._erase(contact_ids)

    async def expire(self, now: datetime, limit: int) -> tuple[int, Sequence[str]]:
        gone = await expired(self._session, now, limit)
        return len(gone), await self._erase(gone)

    async def _erase(self, contact_ids: Collection[ContactId]) -> Sequence[str]:
        self._effects.counts(*await marks.hours_of_contacts(self._session, contact_ids))
        return await erase_contacts(self._session, contact_ids)
