"""Ingest's writing: one statement per table, in an order that satisfies the constraints."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from hub.domain.contact import ContactPoint
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, InteractionId
from hub.domain.interaction import AttachmentState, Direction, Interaction
from hub.domain.media import worth_a_look
from hub.ports import Flush, Known
from storage import contact_search, message_search, records, tables
from storage.bots_lock import humans_wrote, picked_up
from storage.effects import Effects
from storage.engine import Session
from storage.ingest_reactions import save_reactions
from storage.outbox import remember_ids
from storage.portraits import save_told
from storage.reports import marks


class Saving:
    """Writes one Flush."""

    def __init__(self, session: Session, effects: Effects, known: Known, flush: Flush) -> None:
        self._session = session
        self._effects = effects
        self._known = known
        self._flush = flush
        # Records that came and changed in one batch are written once, in their last form.
        self._new_contacts = [flush.contacts.get(contact.id, contact) for contact in flush.new_contacts]
        self._new_entries = [flush.interactions.get(entry.id, entry) for entry in flush.new_interactions]
        fresh = {entry.id for entry in self._new_entries}
        self._changed_entries = [entry for entry in flush.interactions.values() if entry.id not in fresh]

    async def run(self) -> None:
        """Write everything. Raises Conflict."""
        flush = self._flush
        await self._cut_otherwise()
        contact_numbers, entry_numbers = await self._session.numbers_of(
            (tables.contacts, len(self._new_contacts)), (tables.interactions, len(self._new_entries))
        )
        async with self._session.together():
            await self._contacts(contact_numbers)
            await self._conversations()
            await self._interactions(entry_numbers)
            await self._session.insert(tables.revisions, [records.revision.row(r) for r in flush.new_revisions])
            await self._waits()
            await self._session.insert(
                tables.identity_changes, [records.identity_change.row(change) for change in flush.identity_log]
            )
        # What follows reads what was written so far.
        await contact_search.refresh(self._session, self._renamed())
        await message_search.refresh(self._session, [entry.id for entry in self._changed_entries])
        await humans_wrote(self._session, self._effects, self._new_entries)
        await picked_up(self._session, self._effects, (*self._new_entries, *self._changed_entries))
        await save_reactions(self._session, self._effects, self._flush)
        await self._deliveries()
        await save_told(self._session, self._flush.portraits.values())

    async def _cut_otherwise(self) -> None:
        """Have reports count anew what belongs to another tag, team or source now; that is rare."""
        flush, before = self._flush, self._known
        talks = [
            conversation.id
            for conversation in flush.conversations.values()
            if (old := before.conversations.get(conversation.id)) is not None
            and (old.tags, old.team_id) != (conversation.tags, conversation.team_id)
        ]
        people = [
            contact.id
            for contact in flush.contacts.values()
            if (known := before.contacts.get(contact.id)) is not None and known.source != contact.source
        ]
        owners = {point.id: point.contact_id for point in before.points.values()}
        moved = [p.id for p in flush.points.values() if owners.get(p.id, p.contact_id) != p.contact_id]
        if talks or people or moved:
            session, effects = self._session, self._effects
            effects.counts(*await marks.hours_of_conversations(session, talks))
            effects.counts(*await marks.hours_of_contacts(session, people))
            effects.counts(*await marks.hours_of_points(session, moved))

    async def _contacts(self, numbers: Sequence[int]) -> None:
        flush, session, new = self._flush, self._session, self._new_contacts
        await session.insert(
            tables.contacts,
            [{"seq": seq, **records.contact_row(contact)} for seq, contact in zip(numbers, new, strict=True)],
        )
        new_points = [flush.points.get(point.id, point) for point in flush.new_points]
        await session.insert(tables.contact_points, [records.point.row(point) for point in new_points])
        fresh = {contact.id for contact in new} | {point.id for point in new_points}
        changed = [records.contact_row(contact) for contact in flush.contacts.values() if contact.id not in fresh]
        await session.update_many(tables.contacts, changed)
        moved = [records.point.row(point) for point in flush.points.values() if point.id not in fresh]
        await session.update_many(tables.contact_points, moved)
        alone = self._alone()
        await contact_search.add(
            session,
            {seq: contact for seq, contact in zip(numbers, new, strict=True) if contact.id in alone},
            new_points,
        )

    def _alone(self) -> set[ContactId]:
        """Return the new contacts that are shown as themselves: all that they are found by is in the flush."""
        contacts = (*self._new_contacts, *self._flush.contacts.values())
        merged = {key for c in contacts if c.id != c.canonical_id for key in (c.id, c.canonical_id)}
        return {contact.id for contact in self._new_contacts} - merged

    def _renamed(self) -> set[ContactId]:
        """Return the known contacts whose search words may be others now, and those merged at once."""
        flush, before = self._flush, self._known
        found = {contact.id for contact in flush.new_contacts} | {point.contact_id for point in flush.new_points}
        for contact in flush.contacts.values():
            old = before.contacts.get(contact.id)
            if old is None or (old.name, old.company, old.state) != (contact.name, contact.company, contact.state):
                found.add(contact.id)
        for point in flush.points.values():
            known = before.points.get((point.namespace, point.address))
            if known is None or (known.name, known.contact_id) != (point.name, point.contact_id):
                found.update({point.contact_id} | ({known.contact_id} if known else set()))
        return found - self._alone()

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

    async def _interactions(self, numbers: Sequence[int]) -> None:
        flush, session, new = self._flush, self._session, self._new_entries
        await session.insert(
            tables.interactions,
            [
                {**records.interaction.row(entry), "seq": seq, "digest": flush.digests.get(entry.id, "")}
                for seq, entry in zip(numbers, new, strict=True)
            ],
        )
        await session.insert(tables.attachments, [attachment_row(a) for a in flush.new_attachments])
        await message_search.add(session, await self._found_by(new, numbers))
        changed = self._changed_entries
        await session.update_many(tables.interactions, [records.interaction.row(entry) for entry in changed])
        for entry in (*new, *changed):
            self._effects.touch(entry.id, entry.conversation_id, entry.occurred_at)
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
        for _, wait in self._flush.waits.values():
            self._effects.counts(wait.started_at, wait.ended_at)
        self._effects.counts(*await marks.hours_of_last_waits(self._session, self._flush.waits.values()))
        channels = await self._channels({conversation_id for conversation_id, _ in self._flush.waits.values()})
        await self._session.upsert(
            tables.waits,
            [
                {**records.wait.row(wait), "conversation_id": conversation_id, "channel_id": channels[conversation_id]}
                for conversation_id, wait in self._flush.waits.values()
            ],
            keys=("id",),
        )
        if self._flush.episodes:
            await self._resolved_otherwise()
            owners = await self._channels({conversation_id for conversation_id, _ in self._flush.episodes})
            await self._session.upsert(
                tables.episodes,
                [
                    {**records.episode.row(episode), "conversation_id": key, "channel_id": owners[key]}
                    for (key, _), episode in self._flush.episodes.items()
                ],
                keys=("conversation_id", "number"),
            )

    async def _resolved_otherwise(self) -> None:
        """Have reports count resolutions anew where they were and where they are now."""
        # What a target wanted and nobody resolved in time counts as late once it ended.
        resolved = {
            key: e for (key, _), e in self._flush.episodes.items() if e.resolved_at is not None or e.void or e.due_at
        }
        if resolved:
            e = tables.episodes
            before = records.episode.select().where(e.c.conversation_id.in_(list(resolved)))
            for row in await self._session.rows(before):
                self._effects.counts(*records.episode.load(row).counted_at)
            for episode in resolved.values():
                self._effects.counts(*episode.counted_at)

    async def _channels(self, ids: set[ConversationId]) -> dict[ConversationId, ChannelId]:
        found = {c.id: c.channel_id for c in self._flush.new_conversations}
        found.update({c.id: c.channel_id for c in self._known.conversations.values()})
        if ids - found.keys():
            t = tables.conversations
            rows = await self._session.rows(sa.select(t.c.id, t.c.channel_id).where(t.c.id.in_(ids - found.keys())))
            found.update({row[0]: row[1] for row in rows})
        return found

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
    """Return an attachment's columns; what is to be fetched or looked into is due at once."""
    row = records.attachment.row(attachment)
    due = attachment.state is AttachmentState.pending or worth_a_look(attachment)
    row["next_at"] = attachment.created_at if due else None
    return row
