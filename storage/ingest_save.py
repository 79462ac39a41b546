"""Ingest's writing: one statement per table, in an order that satisfies the constraints."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import ContactPoint
from hub.domain.ids import ChannelId, ContactPointId, ConversationId, InteractionId
from hub.domain.interaction import AttachmentState, Direction, Interaction
from hub.ports import Flush, Known
from storage import contact_search, message_search, records, tables
from storage.effects import Effects
from storage.engine import Session
from storage.outbox import remember_ids


class Saving:
    """Writes one Flush."""

    def __init__(self, session: Session, effects: Effects, known: Known, flush: Flush) -> None:
        self._session = session
        self._effects = effects
        self._known = known
        self._flush = flush

    async def run(self) -> None:
        """Write everything. Raises Conflict."""
        flush = self._flush
        await self._contacts()
        await self._conversations()
        await self._interactions()
        await self._session.insert(tables.revisions, [records.revision.row(r) for r in flush.new_revisions])
        await self._waits()
        await self._reactions()
        await self._deliveries()
        await self._session.insert(
            tables.identity_changes, [records.identity_change.row(change) for change in flush.identity_log]
        )

    async def _contacts(self) -> None:
        flush, session = self._flush, self._session
        numbers: dict[UUID, int] = {}
        if flush.new_contacts:
            given = await session.next_numbers(tables.contacts, len(flush.new_contacts))
            numbers = {contact.id: seq for seq, contact in zip(given, flush.new_contacts, strict=True)}
            new = [flush.contacts.get(contact.id, contact) for contact in flush.new_contacts]
            await session.insert(
                tables.contacts, [{"seq": numbers[contact.id], **records.contact_row(contact)} for contact in new]
            )
        new_points = [flush.points.get(point.id, point) for point in flush.new_points]
        await session.insert(tables.contact_points, [records.point.row(point) for point in new_points])
        changed = [records.contact_row(c) for c in flush.contacts.values() if c.id not in numbers]
        await session.update_many(tables.contacts, changed)
        fresh = {point.id for point in new_points}
        moved = [records.point.row(p) for p in flush.points.values() if p.id not in fresh]
        await session.update_many(tables.contact_points, moved)
        await contact_search.refresh(session, self._renamed(), new=numbers)

    def _renamed(self) -> set[UUID]:
        """Return the contacts whose search words may be others now."""
        flush, before = self._flush, self._known
        found: set[UUID] = {contact.id for contact in flush.new_contacts}
        found.update(point.contact_id for point in flush.new_points)
        for contact in flush.contacts.values():
            old = before.contacts.get(contact.id)
            if old is None or (old.name, old.company, old.state) != (contact.name, contact.company, contact.state):
                found.add(contact.id)
        for point in flush.points.values():
            known = before.points.get((point.namespace, point.address))
            if known is None or (known.name, known.contact_id) != (point.name, point.contact_id):
                found.update({point.contact_id} | ({known.contact_id} if known else set()))
        return found

    async def _conversations(self) -> None:
        flush = self._flush
        new = {conversation.id for conversation in flush.new_conversations}
        rows = [
            {
                **records.conversation_row(flush.conversations.get(conversation.id, conversation)),
                "base_subject": flush.base_subjects.get(conversation.id),
            }
            for conversation in flush.new_conversations
        ]
        await self._session.insert(tables.conversations, rows)
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for conversation in flush.conversations.values():
            if conversation.id not in new:
                row = records.conversation_changes(self._known.conversations.get(conversation.id), conversation)
                changed.setdefault(tuple(row), []).append(row)
        for group in changed.values():
            await self._session.update_many(tables.conversations, group)
        await self._session.upsert(
            tables.participants,
            [records.participant.row(p) for p in flush.new_participants],
            keys=("conversation_id", "contact_point_id"),
        )

    async def _interactions(self) -> None:
        flush, session = self._flush, self._session
        new = [flush.interactions.get(entry.id, entry) for entry in flush.new_interactions]
        numbers = await session.next_numbers(tables.interactions, len(new)) if new else ()
        await session.insert(
            tables.interactions,
            [
                {**records.interaction.row(entry), "seq": seq, "digest": flush.digests.get(entry.id, "")}
                for seq, entry in zip(numbers, new, strict=True)
            ],
        )
        await session.insert(tables.attachments, [attachment_row(a) for a in flush.new_attachments])
        await message_search.add(session, await self._found_by(new, numbers))
        fresh = {entry.id for entry in new}
        changed = [entry for entry in flush.interactions.values() if entry.id not in fresh]
        await session.update_many(tables.interactions, [records.interaction.row(entry) for entry in changed])
        await message_search.refresh(session, [entry.id for entry in changed])
        for entry in (*new, *changed):
            self._effects.touch(entry.id, entry.conversation_id)
            if entry.direction is Direction.outbound:
                self._effects.sent_or_failed(entry.conversation_id)

    async def _found_by(self, entries: Sequence[Interaction], numbers: Sequence[int]) -> Mapping[int, Iterable[str]]:
        names = await self._names({entry.contact_point_id for entry in entries})
        files: dict[InteractionId | None, list[str]] = {}
        for attachment in self._flush.new_attachments:
            files.setdefault(attachment.interaction_id, []).append(attachment.name)
        return {
            seq: (entry.subject, entry.text, *names.get(entry.contact_point_id, ()), *files.get(entry.id, ()))
            for seq, entry in zip(numbers, entries, strict=True)
        }

    async def _names(self, point_ids: set[ContactPointId]) -> dict[ContactPointId, tuple[str, ...]]:
        contacts = {**self._known.contacts, **{c.id: c for c in self._flush.new_contacts}, **self._flush.contacts}
        points: dict[ContactPointId, ContactPoint] = {p.id: p for p in self._known.points.values()}
        points.update({p.id: p for p in self._flush.new_points})
        points.update(self._flush.points)
        names: dict[ContactPointId, tuple[str, ...]] = {}
        for point_id in point_ids & points.keys():
            point = points[point_id]
            owner = contacts.get(point.contact_id)
            names[point_id] = (point.name, point.received, owner.name if owner else "")
        missing = point_ids - names.keys()
        if missing:
            names.update(await message_search.names_of(self._session, missing))
        return names

    async def _waits(self) -> None:
        channels = await self._channels({conversation_id for conversation_id, _ in self._flush.waits.values()})
        await self._session.upsert(
            tables.waits,
            [
                {**records.wait.row(wait), "conversation_id": conversation_id, "channel_id": channels[conversation_id]}
                for conversation_id, wait in self._flush.waits.values()
            ],
            keys=("id",),
        )

    async def _channels(self, ids: set[ConversationId]) -> dict[ConversationId, ChannelId]:
        found = {c.id: c.channel_id for c in self._flush.new_conversations}
        found.update({c.id: c.channel_id for c in self._known.conversations.values()})
        if ids - found.keys():
            t = tables.conversations
            rows = await self._session.rows(sa.select(t.c.id, t.c.channel_id).where(t.c.id.in_(ids - found.keys())))
            found.update({row[0]: row[1] for row in rows})
        return found

    async def _reactions(self) -> None:
        if not self._flush.reactions:
            return
        t = tables.reactions
        # The last word of each person about a message counts.
        last = {(message, who): marks for message, who, marks in self._flush.reactions}
        await self._session.run(
            sa.delete(t).where(
                t.c.interaction_id == sa.bindparam("message"), t.c.contact_point_id == sa.bindparam("who")
            ),
            [{"message": message, "who": who} for message, who in last],
        )
        rows = {(m.interaction_id, m.contact_point_id, m.emoji): m for marks in last.values() for m in marks}
        await self._session.insert(t, [records.reaction.row(mark) for mark in rows.values()])
        for message, _ in last:
            self._effects.touch(message)

    async def _deliveries(self) -> None:
        events = self._flush.delivery_events
        if not events:
            return
        final = {delivery.id: delivery for delivery, _ in events}
        await self._session.update_many(tables.deliveries, [records.delivery.row(d) for d in final.values()])
        await remember_ids(self._session, [(delivery, ()) for delivery in final.values()])
        await self._session.insert(
            tables.delivery_events,
            [{"delivery_id": delivery.id, **records.delivery_event.row(event)} for delivery, event in events],
        )
        t = tables.deliveries
        for row in await self._session.rows(sa.select(t.c.conversation_id).where(t.c.id.in_(list(final)))):
            self._effects.sent_or_failed(row[0])
        for delivery in final.values():
            self._effects.touch(delivery.interaction_id)


def attachment_row(attachment: Any) -> dict[str, Any]:
    """Return an attachment's columns; what is still at the provider is due at once."""
    row = records.attachment.row(attachment)
    row["next_at"] = attachment.created_at if attachment.state is AttachmentState.pending else None
    return row
