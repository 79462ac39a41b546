"""The working set of a batch: what the database had, what the batch made of it, and what is to be written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from hub.domain.changes import Change, ChangeKind
from hub.domain.channel import Channel
from hub.domain.contact import Contact, ContactPoint, changed
from hub.domain.conversation import Conversation, Participant
from hub.domain.delivery import Delivery, DeliveryEvent, after_event
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, ExternalId, InteractionId
from hub.domain.interaction import Interaction, ReactionId, ReactionMark
from hub.domain.waiting import Item, Role
from hub.ports import Flush, Known, KnownMessage
from hub.services.ingest.ratings import Asked
from hub.services.ingest.reading import TokenReader
from hub.services.waits import episodes_to_keep, rules_of, take


@dataclass(slots=True, kw_only=True)
class Batch:
    """Everything handlers read and change while a batch is applied; `flush` is what will be written."""

    known: Known
    channels: Mapping[ChannelId, Channel]
    now: datetime
    new_id: Callable[[], UUID]
    read_token: TokenReader
    asked: Asked = field(default_factory=Asked)
    """Ratings that a message of the batch may answer."""
    flush: Flush = field(default_factory=Flush)
    stale: dict[ConversationId, ChannelId] = field(default_factory=dict)
    """Conversations whose waits must be built anew after the flush, since something came late."""
    replies: list[tuple[ConversationId, Item]] = field(default_factory=list)
    """Agents' replies that providers' own apps told: other conversations of the contact may have heard by them."""
    renew: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    """Messages that came now and for which raw events are parked."""
    _points: dict[ContactPointId, ContactPoint] = field(default_factory=dict)
    _noted: set[tuple[ChangeKind, UUID, tuple[str, ...]]] = field(default_factory=set)
    _new: set[UUID] = field(default_factory=set)
    _members: set[tuple[ConversationId, ContactPointId]] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The storage compares what it read with what it is given: its own answer stays as it was.
        self.known = Known(
            points=dict(self.known.points),
            contacts=dict(self.known.contacts),
            messages=dict(self.known.messages),
            conversations=dict(self.known.conversations),
            merged=dict(self.known.merged),
            latest=dict(self.known.latest),
            by_subject=dict(self.known.by_subject),
            participants={key: set(members) for key, members in self.known.participants.items()},
            below=dict(self.known.below),
            until=dict(self.known.until),
            parked=set(self.known.parked),
            marks={key: dict(marks) for key, marks in self.known.marks.items()},
            reaction_ids=dict(self.known.reaction_ids),
            sending=dict(self.known.sending),
        )
        self._points = {point.id: point for point in self.known.points.values()}

    def note(
        self,
        kind: ChangeKind,
        subject: UUID,
        conversation: ConversationId | None = None,
        fields: tuple[str, ...] = (),
    ) -> None:
        """Say what changed, once per record, kind and fields."""
        if (kind, subject, fields) not in self._noted:
            self._noted.add((kind, subject, fields))
            self.flush.changes.append(
                Change(kind=kind, subject_id=subject, conversation_id=conversation, fields=fields)
            )

    # --- contacts

    def contact(self, contact_id: ContactId) -> Contact:
        """Return a contact of the working set."""
        return self.known.contacts[contact_id]

    def point(self, point_id: ContactPointId) -> ContactPoint | None:
        """Return a contact point of the working set by id."""
        return self._points.get(point_id)

    def add_contact(self, contact: Contact) -> None:
        """Add a new contact."""
        self.known.contacts[contact.id] = contact
        self._new.add(contact.id)
        self.note(ChangeKind.contact_added, contact.id)

    def put_contact(self, contact: Contact) -> None:
        """Change a contact."""
        before = self.known.contacts.get(contact.id)
        if before is contact or before == contact:
            return
        self.known.contacts[contact.id] = contact
        if contact.id not in self._new:
            self.flush.contacts[contact.id] = contact
            fields = changed(before, contact) if before is not None else ()
            self.note(ChangeKind.contact_changed, contact.id, fields=fields)

    def add_point(self, point: ContactPoint) -> None:
        """Add a new address."""
        self.known.points[(point.namespace, point.address)] = point
        self._points[point.id] = point
        self._new.add(point.id)

    def put_point(self, point: ContactPoint) -> None:
        """Change an address."""
        before = self._points.get(point.id)
        if before is point or before == point:
            return
        self.known.points[(point.namespace, point.address)] = point
        self._points[point.id] = point
        if point.id not in self._new:
            self.flush.points[point.id] = point

    # --- conversations

    def conversation(self, conversation_id: ConversationId) -> Conversation:
        """Return a conversation of the working set."""
        return self.known.conversations[conversation_id]

    def add_conversation(self, conversation: Conversation, base_subject: str) -> None:
        """Add a new conversation as the latest of its thread."""
        self.known.conversations[conversation.id] = conversation
        self.known.latest[(conversation.channel_id, conversation.thread)] = conversation.id
        if base_subject:
            key = (conversation.channel_id, base_subject)
            self.known.by_subject[key] = (conversation.id, *self.known.by_subject.get(key, ()))
            self.flush.base_subjects[conversation.id] = base_subject
        self._new.add(conversation.id)
        self.note(ChangeKind.conversation_added, conversation.id, conversation.id)

    def put_conversation(self, conversation: Conversation) -> None:
        """Change a conversation."""
        if self.known.conversations.get(conversation.id) == conversation:
            return
        self.known.conversations[conversation.id] = conversation
        if conversation.id not in self._new:
            self.flush.conversations[conversation.id] = conversation
            self.note(ChangeKind.conversation_changed, conversation.id, conversation.id)

    def takes_part(self, conversation: Conversation, point: ContactPoint) -> bool:
        """Tell whether an address takes part in a conversation."""
        return point.id == conversation.contact_point_id or point.id in self.known.participants.get(
            conversation.id, set()
        )

    def add_participant(self, participant: Participant) -> None:
        """Add somebody to a conversation; nothing happens if they take part already."""
        members = self.known.participants.setdefault(participant.conversation_id, set())
        if participant.contact_point_id not in members:
            members.add(participant.contact_point_id)
            self.flush.new_participants.append(participant)

    # --- messages

    def message(self, channel: ChannelId, external_id: ExternalId) -> KnownMessage | None:
        """Return a message we have, by any of its ids."""
        return self.known.messages.get((channel, external_id))

    def add_interaction(self, interaction: Interaction, digest: str = "") -> None:
        """Add an entry to the timeline."""
        if interaction.external_id is not None:
            key = (interaction.channel_id, interaction.external_id)
            self.known.messages[key] = KnownMessage(interaction=interaction, digest=digest)
            if key in self.known.parked:
                self.renew.add(key)
        if digest:
            self.flush.digests[interaction.id] = digest
        self._new.add(interaction.id)
        self.flush.new_interactions.append(interaction)
        self.note(ChangeKind.interaction_added, interaction.id, interaction.conversation_id)

    def put_interaction(self, interaction: Interaction) -> None:
        """Change an entry."""
        if interaction.external_id is not None:
            key = (interaction.channel_id, interaction.external_id)
            before = self.known.messages.get(key)
            if before is not None:
                self.known.messages[key] = replace(before, interaction=interaction)
        if interaction.id in self._new:
            kept = self.flush.new_interactions
            kept[:] = [interaction if entry.id == interaction.id else entry for entry in kept]
        else:
            self.flush.interactions[interaction.id] = interaction
        self.note(ChangeKind.interaction_changed, interaction.id, interaction.conversation_id)

    def touch_interaction(self, interaction: Interaction) -> None:
        """Tell the screens that something beside the entry itself changed: a reaction, a file, its delivery."""
        self.note(ChangeKind.interaction_changed, interaction.id, interaction.conversation_id)

    # --- reactions

    def mark(self, message: InteractionId, who: ContactPointId, emoji: str) -> ReactionMark | None:
        """Return what somebody last said about an emoji on a message."""
        return self.known.marks.get((message, who), {}).get(emoji)

    def emojis_of(self, message: InteractionId, who: ContactPointId) -> frozenset[str]:
        """Return the emojis about which somebody said anything on a message."""
        return frozenset(self.known.marks.get((message, who), ()))

    def put_mark(self, mark: ReactionMark) -> bool:
        """Set what somebody said about an emoji; False if they said just that before."""
        marks = self.known.marks.setdefault((mark.interaction_id, mark.contact_point_id), {})
        if marks.get(mark.emoji) == mark:
            return False
        marks[mark.emoji] = mark
        self.flush.marks[mark.interaction_id, mark.contact_point_id, mark.emoji] = mark
        return True

    def add_reaction_id(self, told: ReactionId, conversation: ConversationId) -> None:
        """Remember the id of a reaction, and that it may be taken back already."""
        key = (told.channel_id, told.external_id)
        if key not in self.known.reaction_ids:
            self.flush.new_reaction_ids.append(told)
        self.known.reaction_ids[key] = (told, conversation)
        if key in self.known.parked:
            self.renew.add(key)

    def delivery_event(self, message: KnownMessage, event: DeliveryEvent) -> Delivery | None:
        """Append what a provider said of a delivery. Returns the delivery if what is shown changed."""
        before = message.delivery
        if before is None:
            return None
        after = after_event(before, event)
        self.flush.delivery_events.append((after, event))
        if after == before:
            return None
        for key, other in self.known.messages.items():
            if other.delivery is not None and other.delivery.id == before.id:
                self.known.messages[key] = replace(other, delivery=after)
        self.known.below = {key: _with(others, after) for key, others in self.known.below.items()}
        self.known.until = {key: _with(others, after) for key, others in self.known.until.items()}
        self.touch_interaction(message.interaction)
        self.note(ChangeKind.delivery_changed, after.id, message.interaction.conversation_id)
        return after

    # --- waits

    def clock_in(self, conversation: Conversation, item: Item | None) -> Conversation:
        """Take an item into the conversation's waits, or mark them to be built anew if it comes late."""
        if item is None or conversation.id in self.stale:
            return conversation
        channel = self.channels[conversation.channel_id]
        taken = take(conversation, item, rules_of(channel))
        if taken is None:
            self.stale[conversation.id] = channel.id
            return conversation
        after, wait = taken
        if wait is not None:
            self.flush.waits[wait.id] = (conversation.id, wait)
        for episode in episodes_to_keep(conversation, item, after, rules_of(channel)):
            self.flush.episodes[conversation.id, episode.number] = episode
        if item.role is Role.replies:
            self.replies.append((conversation.id, item))
        return after

    def finish(self) -> Flush:
        """Return what is to be written, new records in their final form."""
        known, flush = self.known, self.flush
        flush.new_contacts = [c for c in known.contacts.values() if c.id in self._new]
        flush.new_points = [p for p in self._points.values() if p.id in self._new]
        flush.new_conversations = [c for c in known.conversations.values() if c.id in self._new]
        return flush


def _with(messages: Iterable[KnownMessage], delivery: Delivery) -> tuple[KnownMessage, ...]:
    """Return the messages with a delivery as it stands now."""
    return tuple(replace(m, delivery=delivery) if m.delivery and m.delivery.id == delivery.id else m for m in messages)
