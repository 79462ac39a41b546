"""Contacts as lists and panels show them: always the canonical one, with all that was merged into it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import IdentityAction
from hub.domain.ids import ChannelId, ContactId
from hub.domain.interaction import Direction
from hub.domain.views import ContactPointView, ContactRow, ContactView, Page
from storage import contact_search, cursors, portraits, records, tables
from storage.engine import Database, Session, chunked
from storage.inbox_queries import points_shown_as
from storage.search import digits, words

c, p, v, i, log = (
    tables.contacts,
    tables.contact_points,
    tables.conversations,
    tables.interactions,
    tables.identity_changes,
)
_HIGHEST = 2**40 - 1
RARE = 20
"""A word that more contacts share than this says nothing about who is who."""
ENDING = 7
"""Digits at the end of a number that make two numbers look like one."""
_COLUMNS = (c.c.id, c.c.name, c.c.company, c.c.state, c.c.expires_at, c.c.demo, c.c.seq, c.c.sort_name)


class ContactQueries:
    """Contacts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def contacts(self, search: str, *, cursor: str | None, limit: int) -> Page[ContactRow]:
        async with self._database.read() as session:
            if search.strip():
                return await _searched(session, search, cursor, limit)
            statement = sa.select(*_COLUMNS).where(sa.text("state != 'anonymous'"), c.c.id == c.c.canonical_id)
            if cursor:
                name, last = cursors.decode(cursor, str, UUID)
                key = sa.tuple_(sa.literal(name), sa.bindparam(None, last, type_=c.c.id.type, unique=True))
                statement = statement.where(sa.tuple_(c.c.sort_name, c.c.id) > key)
            rows = await session.rows(statement.order_by(c.c.sort_name, c.c.id).limit(limit + 1))
            items = await _rows(session, rows[:limit])
        more = cursors.encode(rows[limit - 1].sort_name, rows[limit - 1].id) if len(rows) > limit else None
        return Page(items=tuple(items), next=more)

    async def contact(self, contact_id: ContactId) -> ContactView | None:
        async with self._database.read() as session:
            canonical = sa.select(c.c.canonical_id).where(c.c.id == contact_id).scalar_subquery()
            row = await session.one(records.contact.select().where(c.c.id == canonical))
            if row is None:
                return None
            contact = records.contact.load(row)
            merged = await session.rows(
                sa.select(c.c.id)
                .where(c.c.canonical_id == contact.id, c.c.id != contact.id)
                .order_by(c.c.created_at, c.c.id)
            )
            points = await _point_views(session, [contact.id, *(row[0] for row in merged)])
            counted = await session.rows(
                sa.select(i.c.direction, sa.func.count())
                .where(i.c.contact_point_id.in_(points_shown_as(contact.id)))
                .group_by(i.c.direction)
            )
            counts: Mapping[Any, int] = {row[0]: row[1] for row in counted}
            last_at = (await _last(session, [contact.id])).get(contact.id)
            portrait = (await portraits.of_contacts(session, [contact.id])).get(contact.id)
        return ContactView(
            id=contact.id,
            name=contact.name,
            portrait_id=portrait,
            company=contact.company,
            language=contact.language,
            source=contact.source,
            notes=contact.notes,
            fields=contact.fields,
            state=contact.state,
            expires_at=contact.expires_at,
            created_at=contact.created_at,
            points=tuple(points),
            merged=tuple(ContactId(row[0]) for row in merged),
            inbound=counts.get(Direction.inbound, 0),
            outbound=counts.get(Direction.outbound, 0),
            last_at=last_at,
            demo=contact.demo,
        )

    async def similar(self, contact_id: ContactId, limit: int) -> Sequence[ContactRow]:
        async with self._database.read() as session:
            canonical = await session.value(sa.select(c.c.canonical_id).where(c.c.id == contact_id))
            if canonical is None:
                return ()
            numbers: dict[int, None] = {}
            for text in await _clues(session, canonical):
                found = await contact_search.find(session, text, before=_HIGHEST, limit=RARE + 1)
                if len(found) <= RARE:
                    numbers.update(dict.fromkeys(found))
            rows: list[Any] = []
            for chunk in chunked(numbers, 5_000):
                rows += await session.rows(sa.select(*_COLUMNS).where(c.c.seq.in_(chunk), c.c.id != canonical))
            place = {number: index for index, number in enumerate(numbers)}
            rows.sort(key=lambda row: place[row.seq])
            return await _rows(session, rows[:limit])

    async def never_merge(self, contact_id: ContactId) -> frozenset[ContactId]:
        async with self._database.read() as session:
            one = c.alias("one")
            cluster = sa.select(c.c.id).where(
                c.c.canonical_id == sa.select(one.c.canonical_id).where(one.c.id == contact_id).scalar_subquery()
            )
            rows = await session.rows(
                sa.select(log.c.contact_id, log.c.other_id).where(
                    log.c.action == IdentityAction.never_merge,
                    log.c.undone_at.is_(None),
                    sa.or_(log.c.contact_id.in_(cluster), log.c.other_id.in_(cluster)),
                )
            )
            members = {row[0] for row in await session.rows(cluster)}
            others = {one for row in rows for one in row} - members
            shown = await session.rows(sa.select(c.c.canonical_id).where(c.c.id.in_(others)))
        return frozenset(others | {ContactId(row[0]) for row in shown})


async def _searched(session: Session, text: str, cursor: str | None, limit: int) -> Page[ContactRow]:
    before = cursors.decode(cursor, int)[0] if cursor else _HIGHEST
    numbers = await contact_search.find(session, text, before=min(before, _HIGHEST), limit=limit + 1)
    page = numbers[:limit]
    rows = await session.rows(sa.select(*_COLUMNS).where(c.c.seq.in_(page)).order_by(c.c.seq.desc()))
    more = cursors.encode(page[-1]) if len(numbers) > limit else None
    return Page(items=tuple(await _rows(session, rows)), next=more)


async def _rows(session: Session, rows: Sequence[Any]) -> Sequence[ContactRow]:
    ids = [row.id for row in rows]
    addresses: dict[UUID, list[str]] = {}
    member = c.alias("member")
    for canonical, received in await session.rows(
        sa.select(member.c.canonical_id, p.c.received)
        .join(p, p.c.contact_id == member.c.id)
        .where(member.c.canonical_id.in_(ids))
        .order_by(p.c.created_at, p.c.id)
    ):
        addresses.setdefault(canonical, []).append(received)
    last = await _last(session, ids)
    faces = await portraits.of_contacts(session, ids)
    return [
        ContactRow(
            id=ContactId(row.id),
            name=row.name or next(iter(addresses.get(row.id, ())), ""),
            portrait_id=faces.get(row.id),
            company=row.company,
            state=row.state,
            expires_at=row.expires_at,
            addresses=tuple(addresses.get(row.id, ())),
            last_at=last.get(row.id),
            demo=row.demo,
        )
        for row in rows
    ]


async def _last(session: Session, ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return when anything last happened with each contact, by one index look-up for each address."""
    member = c.alias("member")
    newest = sa.select(sa.func.max(v.c.last_at)).where(v.c.contact_point_id == p.c.id).scalar_subquery()
    rows = await session.rows(
        sa.select(member.c.canonical_id, newest.label("last_at"))
        .join(p, p.c.contact_id == member.c.id)
        .where(member.c.canonical_id.in_(ids))
    )
    found: dict[UUID, datetime] = {}
    for canonical, last_at in rows:
        if last_at is not None:
            found[canonical] = max(found.get(canonical, last_at), last_at)
    return found


async def _point_views(session: Session, contact_ids: Collection[UUID]) -> Sequence[ContactPointView]:
    rows = await session.rows(
        records.point.select().where(p.c.contact_id.in_(contact_ids)).order_by(p.c.created_at, p.c.id)
    )
    points = [records.point.load(row) for row in rows]
    channels: dict[UUID, list[ChannelId]] = {}
    for point_id, channel_id in await session.rows(
        sa.select(v.c.contact_point_id, v.c.channel_id)
        .where(v.c.contact_point_id.in_([point.id for point in points]))
        .distinct()
    ):
        channels.setdefault(point_id, []).append(channel_id)
    return [
        ContactPointView(
            id=point.id,
            contact_id=point.contact_id,
            namespace=point.namespace,
            address=point.received,
            name=point.name,
            verified=point.verified,
            blocked=point.blocked,
            blocked_reason=point.blocked_reason,
            opted_out=point.opted_out,
            opted_at=point.opted_at,
            channel_ids=tuple(sorted(channels.get(point.id, ()))),
        )
        for point in points
    ]


async def _clues(session: Session, canonical: UUID) -> Sequence[str]:
    """Return what another record of the same person might share: name words, a local part, a number's ending."""
    names = [row[0] for row in await session.rows(sa.select(c.c.name).where(c.c.canonical_id == canonical))]
    clues = [word for word in sorted(words(names)) if len(word) > 1]
    member = c.alias("member")
    for row in await session.rows(
        sa.select(p.c.namespace, p.c.address, p.c.name)
        .join(member, member.c.id == p.c.contact_id)
        .where(member.c.canonical_id == canonical)
    ):
        if row.namespace == "email":
            clues.append(row.address.partition("@")[0])
        elif row.namespace == "phone" and len(number := digits(row.address)) >= ENDING:
            clues.append(number[-ENDING:])
        clues += [word for word in sorted(words([row.name])) if len(word) > 1]
    return list(dict.fromkeys(clues))
