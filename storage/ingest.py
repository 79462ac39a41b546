"""Ingest's reading: all that a batch of inbound events refers to, in a handful of statements."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from hub.domain.contact import Contact
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ChannelId, ContactId, ConversationId, DeliveryId, ExternalId
from hub.ports import Clock, Flush, IngestKeys, Known, KnownMessage
from storage import cursors, records, tables
from storage.effects import Effects
from storage.engine import Session, chunked
from storage.ingest_reactions import load_reactions
from storage.ingest_save import Saving
from storage.prepared import Prepared, among, among_ids, id_list, texts

SUBJECT_WINDOW = timedelta(days=30)
SUBJECT_LIMIT = 20
_CHUNK = 5_000

p, c, i, d, t, ids = (
    tables.contact_points,
    tables.contacts,
    tables.interactions,
    tables.deliveries,
    tables.conversations,
    tables.delivery_ids,
)


def _in_channel(table: sa.Table) -> sa.ColumnElement[bool]:
    column = table.c.channel_id
    return column == sa.bindparam("channel_id", type_=column.type)


def _newest(*, postgres: bool) -> sa.Select[Any]:
    """Select (thread, conversation) with the newest conversation of each thread, by one look into its index each.

    One that was merged is the one it is part of.
    """
    thread = texts("threads", postgres=postgres)
    newest = (
        sa.select(sa.func.coalesce(t.c.merged_into_id, t.c.id, type_=t.c.id.type))
        .where(_in_channel(t), t.c.thread == thread.c.value)
        .order_by(t.c.created_at.desc(), t.c.id.desc())
        .limit(sa.literal_column("1"))
        .scalar_subquery()
        .correlate(thread)
    )
    return sa.select(thread.c.value.label("thread"), newest.label("newest"))


def _locked(statement: sa.Select[Any], *, postgres: bool) -> sa.Select[Any]:
    # In one order, so that two workers never wait for each other in a ring.
    return statement.order_by(t.c.id).with_for_update() if postgres else statement


_POINTS = Prepared(
    lambda postgres: (
        sa.select(*records.point.columns, *records.contact.columns)
        .join(c, c.c.id == p.c.contact_id)
        .where(
            p.c.namespace == sa.bindparam("namespace", type_=p.c.namespace.type),
            among(p.c.address, "addresses", postgres=postgres),
        )
    )
)
_DELIVERED = Prepared(
    lambda postgres: (
        sa.select(ids.c.external_id, *records.interaction.columns, i.c.digest, *records.delivery.columns)
        .select_from(ids.join(d, d.c.id == ids.c.delivery_id).join(i, i.c.id == d.c.interaction_id))
        .where(_in_channel(ids), among(ids.c.external_id, "ids", postgres=postgres))
    )
)
_MESSAGES = Prepared(
    lambda postgres: (
        sa.select(i.c.external_id, *records.interaction.columns, i.c.digest, *records.delivery.columns)
        .select_from(i.outerjoin(d, d.c.interaction_id == i.c.id))
        .where(_in_channel(i), among(i.c.external_id, "ids", postgres=postgres))
    )
)
_PARKED = Prepared(
    lambda postgres: (
        sa.select(tables.parked.c.external_id)
        .where(_in_channel(tables.parked), among(tables.parked.c.external_id, "ids", postgres=postgres))
        .distinct()
    )
)
_LATEST = Prepared(lambda postgres: _newest(postgres=postgres))
_CONVERSATIONS = Prepared(
    lambda postgres: _locked(
        records.conversation.select().where(among_ids(t.c.id, "ids", postgres=postgres)), postgres=postgres
    )
)
_PARTICIPANTS = Prepared(
    lambda postgres: sa.select(tables.participants.c.conversation_id, tables.participants.c.contact_point_id).where(
        among_ids(tables.participants.c.conversation_id, "ids", postgres=postgres)
    )
)


class SqlIngestStore:
    """Implements hub.ports.IngestStore."""

    def __init__(self, session: Session, effects: Effects, clock: Clock) -> None:
        self._session = session
        self._effects = effects
        self._clock = clock
        self._known = Known()

    async def load(self, keys: IngestKeys) -> Known:
        known = Known()
        await self._first_look(known, keys)
        await self._canonical(known)
        await self._told_by_delivery(known, keys.deliveries)
        await self._below(known, keys.watermarks)
        await self._until(known, keys.until)
        await self._subjects(known, keys.subjects)
        await load_reactions(self._session, known, keys)
        await self._sending(known, keys.echoed)
        known.merged = await self._merged(keys.conversations)
        wanted = {known.merged.get(named, named) for named in keys.conversations}
        wanted.update(known.latest.values())
        wanted.update(m.interaction.conversation_id for m in known.messages.values())
        marked = (*known.below.values(), *known.until.values())
        wanted.update(m.interaction.conversation_id for found in marked for m in found)
        for ids in known.by_subject.values():
            wanted.update(ids)
        await self._conversations(known, wanted)
        self._known = known
        return known

    async def save(self, flush: Flush) -> None:
        await Saving(self._session, self._effects, self._known, flush).run()

    async def _first_look(self, known: Known, keys: IngestKeys) -> None:
        """Read what the keys name themselves; no query needs another's answer."""
        asked: list[tuple[Prepared, dict[str, Any]]] = []
        takers: list[Callable[[Sequence[Sequence[Any]]], None]] = []
        for namespace, addresses in _grouped(keys.points).items():
            asked.append((_POINTS, {"namespace": namespace, "addresses": addresses}))
            takers.append(partial(_take_points, known))
        for channel_id, external_ids in _grouped(keys.messages).items():
            values = {"channel_id": channel_id, "ids": external_ids}
            # A message counts by its own id before one that was only delivered under it.
            asked += [(_DELIVERED, values), (_MESSAGES, values), (_PARKED, values)]
            takers += [partial(_take_messages, known, channel_id)] * 2 + [partial(_take_parked, known, channel_id)]
        for channel_id, threads in _grouped(keys.threads).items():
            asked.append((_LATEST, {"channel_id": channel_id, "threads": threads}))
            takers.append(partial(_take_latest, known, channel_id))
        for take, rows in zip(takers, await self._session.fetch_all(asked), strict=True):
            take(rows)

    async def _canonical(self, known: Known) -> None:
        """Read the contacts as which merged ones are shown."""
        missing = {c.canonical_id for c in known.contacts.values()} - known.contacts.keys()
        for contact in await contacts_by_id(self._session, missing):
            known.contacts[contact.id] = contact

    async def _below(self, known: Known, keys: frozenset[tuple[ChannelId, ExternalId]]) -> None:
        for key in keys & known.messages.keys():
            mark = known.messages[key].interaction
            upto = cursors.after(i.c.occurred_at, i.c.id, mark.occurred_at, mark.id)
            of_conversation = d.c.conversation_id == mark.conversation_id
            known.below[key] = await self._unread(of_conversation, sa.tuple_(i.c.occurred_at, i.c.id) <= upto)

    async def _until(self, known: Known, keys: Collection[tuple[ChannelId, ExternalId, datetime]]) -> None:
        for channel_id, thread, at in keys:
            whole = sa.func.coalesce(t.c.merged_into_id, t.c.id)
            threads = sa.select(whole).where(t.c.channel_id == channel_id, t.c.thread == thread)
            of_thread = d.c.conversation_id.in_(threads)
            known.until[channel_id, thread, at] = await self._unread(of_thread, i.c.occurred_at <= at)

    async def _sending(self, known: Known, threads: Collection[tuple[ChannelId, ExternalId]]) -> None:
        """Find what is on its way, locked: its answer is written down after us, and then reads again what we park."""
        for channel_id, names in _grouped(threads).items():
            found = (
                sa.select(t.c.thread, d.c.id)
                .join(t, t.c.id == d.c.conversation_id)
                .where(
                    sa.text("deliveries.state IN ('queued', 'sending')"),
                    d.c.state == DeliveryState.sending,
                    d.c.external_id.is_(None),
                    t.c.channel_id == channel_id,
                    t.c.thread.in_(names),
                )
            )
            rows = await self._session.rows(self._session.locked(found, of=d))
            known.sending.update({(channel_id, thread): DeliveryId(delivery) for thread, delivery in rows})

    async def _unread(self, *which: sa.ColumnElement[bool]) -> tuple[KnownMessage, ...]:
        """Return our messages that nobody read yet, oldest first."""
        rows = await self._session.rows(
            sa.select(*records.interaction.columns, i.c.digest, *records.delivery.columns)
            .join(d, d.c.interaction_id == i.c.id)
            .where(*which, sa.text("deliveries.state IN ('sending', 'unknown', 'sent', 'delivered')"))
            .order_by(i.c.occurred_at, i.c.id)
        )
        return tuple(_message(row, 0) for row in rows)

    async def _told_by_delivery(self, known: Known, keys: Collection[tuple[ChannelId, ExternalId, DeliveryId]]) -> None:
        """Find messages whose id at the provider we never learned by our own delivery, and give them that id."""
        strange: dict[DeliveryId, list[tuple[ChannelId, ExternalId]]] = {}
        for channel_id, external_id, delivery_id in keys:
            if (channel_id, external_id) not in known.messages:
                strange.setdefault(delivery_id, []).append((channel_id, external_id))
        for chunk in chunked(strange, _CHUNK):
            rows = await self._session.rows(
                sa.select(*records.interaction.columns, i.c.digest, *records.delivery.columns)
                .join(d, d.c.interaction_id == i.c.id)
                .where(d.c.id.in_(chunk))
            )
            for message in (_message(row, 0) for row in rows):
                known.messages |= _under(message, strange)

    async def _subjects(self, known: Known, keys: Collection[tuple[ChannelId, str]]) -> None:
        since = self._clock.now() - SUBJECT_WINDOW
        for channel_id, subjects in _grouped(keys).items():
            for chunk in chunked(subjects, _CHUNK):
                rows = await self._session.rows(
                    sa.select(t.c.base_subject, sa.func.coalesce(t.c.merged_into_id, t.c.id, type_=t.c.id.type))
                    .where(
                        t.c.channel_id == channel_id,
                        t.c.base_subject.in_(chunk),
                        t.c.base_subject.is_not(None),
                        t.c.last_at >= since,
                    )
                    .order_by(t.c.last_at.desc(), t.c.id.desc())
                )
                for subject, conversation_id in rows:
                    found = known.by_subject.get((channel_id, subject), ())
                    if len(found) < SUBJECT_LIMIT and conversation_id not in found:
                        known.by_subject[channel_id, subject] = (*found, ConversationId(conversation_id))

    async def _merged(self, named: Collection[ConversationId]) -> dict[ConversationId, ConversationId]:
        if not named:
            return {}
        rows = await self._session.rows(
            sa.select(t.c.id, t.c.merged_into_id).where(t.c.id.in_(list(named)), t.c.merged_into_id.is_not(None))
        )
        return {ConversationId(row[0]): ConversationId(row[1]) for row in rows}

    async def _conversations(self, known: Known, ids: Collection[ConversationId]) -> None:
        if not ids:
            return
        wanted = {"ids": id_list(sorted(ids), postgres=self._session.postgres)}
        conversations, participants = await self._session.fetch_all([(_CONVERSATIONS, wanted), (_PARTICIPANTS, wanted)])
        for row in conversations:
            conversation = records.conversation.load(row)
            known.conversations[conversation.id] = conversation
            known.participants[conversation.id] = set()
        for conversation_id, point_id in participants:
            known.participants[conversation_id].add(point_id)


def _take_points(known: Known, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        point = records.point.load(row)
        known.points[point.namespace, point.address] = point
        if point.contact_id not in known.contacts:
            known.contacts[point.contact_id] = records.contact.load(row, records.point.width)


def _take_messages(known: Known, channel_id: ChannelId, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        known.messages[channel_id, row[0]] = _message(row, 1)


def _take_parked(known: Known, channel_id: ChannelId, rows: Sequence[Sequence[Any]]) -> None:
    known.parked.update((channel_id, row[0]) for row in rows)


def _take_latest(known: Known, channel_id: ChannelId, rows: Sequence[Sequence[Any]]) -> None:
    known.latest.update({(channel_id, thread): newest for thread, newest in rows if newest is not None})


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


def _under(
    message: KnownMessage, named: Mapping[DeliveryId, Sequence[tuple[ChannelId, ExternalId]]]
) -> dict[tuple[ChannelId, ExternalId], KnownMessage]:
    """Return a message under the ids by which a provider named its delivery; another channel's says nothing of it."""
    delivery = message.delivery
    if delivery is None:
        return {}
    keys = [key for key in named[delivery.id] if key[0] == delivery.channel_id]
    told = {key: replace(delivery, external_id=delivery.external_id or key[1]) for key in keys}
    return {key: replace(message, delivery=delivery) for key, delivery in told.items()}


G = TypeVar("G", str, ChannelId)
K = TypeVar("K", bound=str)


def _grouped(keys: Iterable[tuple[G, K]]) -> dict[G, list[K]]:
    grouped: dict[G, list[K]] = {}
    for first, second in keys:
        grouped.setdefault(first, []).append(second)
    return grouped
