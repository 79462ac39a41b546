"""A conversation: one piece of work, an episode of one thread on one channel."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import (
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    MergeId,
    TeamId,
    UserId,
)
from hub.domain.waiting import Clock


class ConversationState(StrEnum):
    """Where the work stands."""

    open = "open"
    pending = "pending"
    """We wait for the customer or a bot."""
    snoozed = "snoozed"
    """Hidden until `snoozed_until` or the customer's next message."""
    resolved = "resolved"


class Priority(StrEnum):
    """How urgent, lowest first."""

    low = "low"
    normal = "normal"
    high = "high"
    urgent = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One piece of work with one counterpart on one of our channels."""

    id: ConversationId
    channel_id: ChannelId
    contact_point_id: ContactPointId
    """The counterpart we answer to: the person, or the group as a whole."""
    thread: ExternalId
    """The connector's key of the thread: a chat id, a visitor, the first mail's Message-ID."""
    subject: str = ""
    state: ConversationState = ConversationState.open
    snoozed_until: datetime | None = None
    assignee_id: UserId | None = None
    team_id: TeamId | None = None
    priority: Priority = Priority.normal
    tags: tuple[str, ...] = ()
    group: bool = False
    initiated_by_us: bool = False
    related_id: ConversationId | None = None
    """A conversation this one may belong to, not proven: shown as a hint."""
    related_reason: str = ""
    merged_into_id: ConversationId | None = None
    """The conversation that all said here is part of now; this one takes nothing more."""
    created_at: datetime
    resolved_at: datetime | None = None
    reopen_count: int = 0
    last_at: datetime
    """Provider time of the newest entry that counts as activity."""
    last_inbound_at: datetime | None = None
    last_preview: str = ""
    last_author: str = ""
    """Author kind of the newest message, for the list."""
    clock: Clock = field(default_factory=Clock)
    """Where the fold of waits stands; its open wait is the list's "waiting since"."""
    demo: bool = False


class ParticipantRole(StrEnum):
    """What part an address plays in a conversation."""

    counterpart = "counterpart"
    cc = "cc"
    member = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One address that takes part in a conversation."""

    conversation_id: ConversationId
    contact_point_id: ContactPointId
    role: ParticipantRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMerge:
    """Two conversations made one: what was said in `gone` is part of `kept`, until this is undone."""

    id: MergeId
    kept_id: ConversationId
    gone_id: ConversationId
    reason: str
    by: UserId | None
    at: datetime
    undone_at: datetime | None = None
    undone_by: UserId | None = None
    gone_state: ConversationState
    """How `gone` stood, for the way back; as the next two."""
    gone_snoozed_until: datetime | None
    gone_resolved_at: datetime | None
    kept_last_at: datetime
    """What the list said of `kept` before; as the next three."""
    kept_last_inbound_at: datetime | None
    kept_last_preview: str
    kept_last_author: str
    joined: tuple[ContactPointId, ...] = ()
    """Addresses that took part in `gone` only, and take part in `kept` since."""
