"""Ingest's reading: all that a batch of inbound events refers to, in a handful of statements."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import Contact
from hub.domain.ids import ChannelId, ContactId, ConversationId, ExternalId
from hub.ports import Clock, Flush, IngestKeys, Known, KnownMessage
from storage import cursors, records, tables
from storage.effects import Effects
from storage.engine import Session, chunked
from storage.ingest_save import Saving

SUBJECT_WINDOW = timedelta(days=30)
SUBJECT_LIMIT = 20
_CHUNK = 5_000


class SqlIngestStore:
    """Implements hub.ports.IngestStore."""

    def __init__(self, session: Session, effects: Effects, clock: Clock) -> None:
        self._session = session
        self._effects = effects
        self._clock = clock
        self._known = Known()

    async def load(self, keys: IngestKeys) -> Known:
        known = Known()
        await self._points(known, keys.points)
        await self._messages(known, keys.messages)
        await self._below(known, keys.watermarks)
        await self._latest(known, keys.threads)
        await self._subjects(known, keys.subjects)
        wanted = set(keys.conversations)
        wanted.update(known.latest.values())
        wanted.update(m.interaction.conversation_id for m in known.messages.values())
        wanted.update(m.interaction.conversation_id for found in known.below.values() for m in found)
        for ids in known.by_subject.values():
            wanted.update(ids)
        await self._conversations(known, wanted)
        self._known = known
        return known

    async def save(self, flush: Flush) -> None:
        await Saving(self._session, self._effects, self._known, flush).run()

    async def _points(self, known: Known, keys: Collection[tuple[str, str]]) -> None:
        p, c = tables.contact_points, tables.contacts
        for chunk in chunked(keys, _CHUNK):
            rows = await self._session.rows(
                sa.select(*records.point.columns, *records.contact.columns)
                .join(c, c.c.id == p.c.contact_id)
                .where(sa.tuple_(p.c.namespace, p.c.address).in_(chunk))
            )
            for row in rows:
                point = records.point.load(row)
                known.points[point.namespace, point.address] = point
                if point.contact_id not in known.contacts:
                    known.contacts[point.contact_id] = records.contact.load(row, records.point.width)
        missing = {c.canonical_id for c in known.contacts.values()} - known.contacts.keys()
        for contact in await contacts_by_id(self._session, missing):
            known.contacts[contact.id] = contact

    async def _messages(self, known: Known, keys: Collection[tuple[ChannelId, ExternalId]]) -> None:
        i, d, ids, parked = tables.interactions, tables.deliveries, tables.delivery_ids, tables.parked
        columns = (*records.interaction.columns, i.c.digest, *records.delivery.columns)
        for chunk in chunked(keys, _CHUNK):
            for row in await self._session.rows(
                sa.select(ids.c.channel_id, ids.c.external_id, *columns)
                .join(d, d.c.id == ids.c.delivery_id)
                .join(i, i.c.id == d.c.interaction_id)
                .where(sa.tuple_(ids.c.channel_id, ids.c.external_id).in_(chunk))
            ):
                known.messages[row[0], row[1]] = _message(row, 2)
            for row in await self._session.rows(
                sa.select(*columns)
                .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
                .where(sa.tuple_(i.c.channel_id, i.c.external_id).in_(chunk), i.c.external_id.is_not(None))
            ):
                message = _message(row, 0)
                if message.interaction.external_id is not None:
                    known.messages[message.interaction.channel_id, message.interaction.external_id] = message
            for row in await self._session.rows(
                sa.select(parked.c.channel_id, parked.c.external_id)
                .where(sa.tuple_(parked.c.channel_id, parked.c.external_id).in_(chunk))
                .distinct()
            ):
                known.parked.add((row[0], row[1]))

    async def _below(self, known: Known, keys: frozenset[tuple[ChannelId, ExternalId]]) -> None:
        i, d = tables.interactions, tables.deliveries
        for key in keys & known.messages.keys():
            mark = known.messages[key].interaction
            upto = cursors.after(i.c.occurred_at, i.c.id, mark.occurred_at, mark.id)
            rows = await self._session.rows(
                sa.select(*records.interaction.columns, i.c.digest, *records.delivery.columns)
                .join(d, d.c.interaction_id == i.c.id)
                .where(
                    d.c.conversation_id == mark.conversation_id,
                    sa.text("deliveries.state IN ('sending', 'unknown', 'sent', 'delivered')"),
                    sa.tuple_(i.c.occurred_at, i.c.id) <= upto,
                )
                .order_by(i.c.occurred_at, i.c.id)
            )
            known.below[key] = tuple(_message(row, 0) for row in rows)

    async def _latest(self, known: Known, keys: Collection[tuple[ChannelId, ExternalId]]) -> None:
        c = tables.conversations
        for channel_id, threads in _by_channel(keys).items():
            for chunk in chunked(threads, _CHUNK):
                rows = await self._session.rows(
                    sa.select(c.c.thread, c.c.id, c.c.created_at).where(
                        c.c.channel_id == channel_id, c.c.thread.in_(chunk)
                    )
                )
                newest: dict[str, tuple[Any, UUID]] = {}
                for thread, conversation_id, created_at in rows:
                    newest[thread] = max(
                        newest.get(thread, (created_at, conversation_id)), (created_at, conversation_id)
                    )
                for thread, (_, conversation_id) in newest.items():
                    known.latest[channel_id, ExternalId(thread)] = ConversationId(conversation_id)

    async def _subjects(self, known: Known, keys: Collection[tuple[ChannelId, str]]) -> None:
        c = tables.conversations
        since = self._clock.now() - SUBJECT_WINDOW
        for channel_id, subjects in _by_channel(keys).items():
            for chunk in chunked(subjects, _CHUNK):
                rows = await self._session.rows(
                    sa.select(c.c.base_subject, c.c.id)
                    .where(
                        c.c.channel_id == channel_id,
                        c.c.base_subject.in_(chunk),
                        c.c.base_subject.is_not(None),
                        c.c.last_at >= since,
                    )
                    .order_by(c.c.last_at.desc(), c.c.id.desc())
                )
                for subject, conversation_id in rows:
                    found = known.by_subject.get((channel_id, subject), ())
                    if len(found) < SUBJECT_LIMIT:
                        known.by_subject[channel_id, subject] = (*found, ConversationId(conversation_id))

    async def _conversations(self, known: Known, ids: Collection[ConversationId]) -> None:
        c, p = tables.conversations, tables.participants
        for chunk in chunked(sorted(ids), _CHUNK):
            statement = records.conversation.select().where(c.c.id.in_(chunk))
            if self._session.postgres:
                statement = statement.order_by(c.c.id).with_for_update()
            for row in await self._session.rows(statement):
                conversation = records.conversation.load(row)
                known.conversations[conversation.id] = conversation
                known.participants[conversation.id] = set()
            for row in await self._session.rows(
                sa.select(p.c.conversation_id, p.c.contact_point_id).where(p.c.conversation_id.in_(chunk))
            ):
                known.participants[row[0]].add(row[1])


async def contacts_by_id(session: Session, ids: Iterable[ContactId]) -> list[Contact]:
    """Return the contacts that exist."""
    found: list[Contact] = []
    for chunk in chunked(ids, _CHUNK):
        rows = await session.rows(records.contact.select().where(tables.contacts.c.id.in_(chunk)))
        found += [records.contact.load(row) for row in rows]
    return found


def _message(row: Any, start: int) -> KnownMessage:
    after = start + records.interaction.width
    return KnownMessage(
        interaction=records.interaction.load(row, start),
        digest=row[after],
        delivery=None if row[after + 1] is None else records.delivery.load(row, after + 1),
    )


def _by_channel(keys: Iterable[tuple[ChannelId, str]]) -> dict[ChannelId, list[str]]:
    grouped: dict[ChannelId, list[str]] = {}
    for channel_id, key in keys:
        grouped.setdefault(channel_id, []).append(key)
    return grouped
