"""The working set with which a batch of raw events is read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.changes import Change
from hub.domain.contact import Contact, ContactPoint, IdentityChange
from hub.domain.conversation import Conversation, Participant
from hub.domain.delivery import Delivery, DeliveryEvent
from hub.domain.ids import (
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
)
from hub.domain.interaction import Attachment, Interaction, ReactionId, ReactionMark, Revision
from hub.domain.portrait import ToldPortrait
from hub.domain.waiting import Episode, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestKeys:
    """All that a batch of inbound events may refer to."""

    points: frozenset[tuple[str, str]] = frozenset()
    """(namespace, normalised address), every candidate form included."""
    messages: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Ids of messages, replied-to and referenced messages, and of outbound messages receipts speak of."""
    threads: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    subjects: frozenset[tuple[ChannelId, str]] = frozenset()
    """(channel, base subject) of mails that look like replies."""
    conversations: frozenset[ConversationId] = frozenset()
    """Named outright by a verified reply token."""
    watermarks: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Of our messages up to which a receipt speaks; also among `messages`."""
    until: frozenset[tuple[ChannelId, ExternalId, datetime]] = frozenset()
    """(channel, thread, time): receipts that speak of all we sent there until then."""
    deliveries: frozenset[tuple[ChannelId, ExternalId, DeliveryId]] = frozenset()
    """Receipts that also name our own delivery, for ids that are not among the messages we have."""
    reacted: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Messages whose reactions are spoken of; also among `messages`."""
    withdrawn: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Ids that may be a reaction's own; also among `messages`."""
    echoed: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Threads in which somebody of ours wrote outside the hub, or the hub itself did; also among `threads`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMessage:
    """What ingest needs of a message we have."""

    interaction: Interaction
    delivery: Delivery | None = None
    digest: str = ""


@dataclass(slots=True, kw_only=True)
class Known:
    """What the database has of the keys."""

    points: dict[tuple[str, str], ContactPoint] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    """Owners of the points, and their canonical contacts."""
    messages: dict[tuple[ChannelId, ExternalId], KnownMessage] = field(default_factory=dict)
    """By the interaction's own external id and by any id its delivery has."""
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    merged: dict[ConversationId, ConversationId] = field(default_factory=dict)
    """For those of the keys' conversations that were merged: what they are part of."""
    latest: dict[tuple[ChannelId, ExternalId], ConversationId] = field(default_factory=dict)
    """The newest conversation of each thread."""
    by_subject: dict[tuple[ChannelId, str], tuple[ConversationId, ...]] = field(default_factory=dict)
    """Conversations of the last 30 days with that base subject, newest first, at most 20."""
    participants: dict[ConversationId, set[ContactPointId]] = field(default_factory=dict)
    below: dict[tuple[ChannelId, ExternalId], tuple[KnownMessage, ...]] = field(default_factory=dict)
    """For each watermark: our messages of its conversation, it included and not newer, that nobody read yet."""
    until: dict[tuple[ChannelId, ExternalId, datetime], tuple[KnownMessage, ...]] = field(default_factory=dict)
    """The same for each watermark in time, of all the thread's conversations."""
    parked: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    """Messages of the keys for which raw events are parked."""
    marks: dict[tuple[InteractionId, ContactPointId], dict[str, ReactionMark]] = field(default_factory=dict)
    """For messages whose reactions are spoken of: what each person last said, by emoji."""
    reaction_ids: dict[tuple[ChannelId, ExternalId], tuple[ReactionId, ConversationId]] = field(default_factory=dict)
    """Reactions by their own ids, with the conversation they are in."""
    sending: dict[tuple[ChannelId, ExternalId], DeliveryId] = field(default_factory=dict)
    """Of the echoed threads: the delivery on its way, whose id at the provider we do not know yet."""


@dataclass(slots=True, kw_only=True)
class Flush:
    """What a batch changed; written with one statement per table, in an order that satisfies the constraints."""

    new_contacts: list[Contact] = field(default_factory=list)
    new_points: list[ContactPoint] = field(default_factory=list)
    new_conversations: list[Conversation] = field(default_factory=list)
    base_subjects: dict[ConversationId, str] = field(default_factory=dict)
    new_participants: list[Participant] = field(default_factory=list)
    new_interactions: list[Interaction] = field(default_factory=list)
    digests: dict[InteractionId, str] = field(default_factory=dict)
    new_attachments: list[Attachment] = field(default_factory=list)
    new_revisions: list[Revision] = field(default_factory=list)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    points: dict[ContactPointId, ContactPoint] = field(default_factory=dict)
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    interactions: dict[InteractionId, Interaction] = field(default_factory=dict)
    waits: dict[UUID, tuple[ConversationId, Wait]] = field(default_factory=dict)
    """Waits opened or changed, by id."""
    episodes: dict[tuple[ConversationId, int], Episode] = field(default_factory=dict)
    """Episodes that ended, or go on after all, by conversation and number."""
    marks: dict[tuple[InteractionId, ContactPointId, str], ReactionMark] = field(default_factory=dict)
    """What people said about emojis; replaces what they said before."""
    new_reaction_ids: list[ReactionId] = field(default_factory=list)
    delivery_events: list[tuple[Delivery, DeliveryEvent]] = field(default_factory=list)
    """Deliveries as they are after the event."""
    portraits: dict[ContactPointId, ToldPortrait] = field(default_factory=dict)
    """Where providers say people's portraits are; the newest of each."""
    identity_log: list[IdentityChange] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """Told by the caller with `UnitOfWork.note`; `save` does not look at them."""


class IngestStore(Protocol):
    """One round trip in, one round trip out, for a whole batch."""

    async def load(self, keys: IngestKeys) -> Known:
        """Read everything the keys name, locking the conversations on PostgreSQL until the unit of work ends."""
        ...

    async def save(self, flush: Flush) -> None:
        """Write a batch. Raises Conflict if another worker stored one of its records first: roll back, run again."""
        ...
