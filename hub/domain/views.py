"""What screens read: flat records made by the queries, ready to be shown. Field names are the API's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from hub.domain.assistant import AssistantCallId
from hub.domain.botflow.speaking import Speaker
from hub.domain.channel import ConnectionState
from hub.domain.contact import ContactState
from hub.domain.conversation import ConversationState, ParticipantRole, Priority
from hub.domain.delivery import DeliveryState
from hub.domain.ids import (
    AttachmentId,
    CalendarId,
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
    JournalSeq,
    TargetId,
    TeamId,
    UserId,
    WaitId,
)
from hub.domain.interaction import AttachmentState, AuthorKind, ContentKind, Direction, InteractionKind
from hub.domain.portrait import PortraitId
from hub.domain.targets import Metric

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; `next` is the cursor of the following page, None at the end."""

    items: tuple[T, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """A row of the conversation list."""

    id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    """The contact it is shown under (after merges)."""
    contact_name: str
    portrait_id: PortraitId | None
    """The picture of who it is with, as their provider shows it: `/portraits/<id>`."""
    contact_point_id: ContactPointId
    address: str
    """The counterpart's address as received."""
    subject: str
    state: ConversationState
    snoozed_until: datetime | None
    assignee_id: UserId | None
    team_id: TeamId | None
    priority: Priority
    tags: tuple[str, ...]
    group: bool
    created_at: datetime
    last_at: datetime
    last_preview: str
    last_author: str
    waiting_since: datetime | None
    unread: bool | None
    """A customer's entry came after this user last looked. None where nobody in particular looks."""
    failed: bool
    """Its newest outbound message failed or is unknown."""
    reopen_count: int
    related_id: ConversationId | None
    related_reason: str
    demo: bool
    merged_into_id: ConversationId | None = None
    """The conversation that all said here is part of now."""
    due_at: datetime | None = None
    """When the soonest of its targets is due, or was: in the past, it is breached. None: none runs."""
    due_warn_at: datetime | None = None
    """From when on that target is at risk."""
    due_metric: Metric | None = None
    """What that target is about."""
    speaker: Speaker = Speaker.nobody
    """Who answers the customer now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationCounts:
    """Counts beside the views of the list, of open and pending conversations."""

    mine: int
    unassigned: int
    all: int
    snoozed: int
    waiting: int
    oldest_wait: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file as the screens show it; its bytes are at /api/v1/attachments/<id>."""

    id: AttachmentId
    name: str
    media_type: str
    size: int | None
    state: AttachmentState
    thumbnail: bool
    width: int | None
    height: int | None
    duration: float | None
    voice: bool
    inline: bool
    content_id: str | None
    error: str
    peaks: tuple[int, ...] = ()
    """The waveform of sound: about a hundred levels from 0 to 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionView:
    """Reactions with one emoji on a message."""

    emoji: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """What became of an outbound message."""

    id: DeliveryId
    state: DeliveryState
    attempt: int
    next_at: datetime | None
    code: str
    reason: str
    state_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """The message a message answers, in short."""

    id: InteractionId
    author_name: str
    preview: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionView:
    """An entry of a thread or timeline."""

    id: InteractionId
    conversation_id: ConversationId
    channel_id: ChannelId
    direction: Direction
    author_kind: AuthorKind
    author_id: UserId | None
    author_name: str
    kind: InteractionKind
    content: ContentKind
    occurred_at: datetime
    received_at: datetime
    subject: str
    text: str
    has_html: bool
    """Its HTML is at /api/v1/interactions/<id>/html, for a sandboxed frame."""
    data: Mapping[str, object]
    attachments: tuple[AttachmentView, ...] = ()
    reactions: tuple[ReactionView, ...] = ()
    reply_to: QuoteView | None = None
    album: ExternalId | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    delivery: DeliveryView | None = None
    journal_seq: JournalSeq | None = None
    recovered: bool = False
    """Found by reconciling: the provider did not tell it in time."""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPointView:
    """One address of a contact as the panel shows it."""

    id: ContactPointId
    contact_id: ContactId
    """The contact it belongs to by itself; differs from the shown contact after a merge."""
    namespace: str
    address: str
    name: str
    verified: bool
    blocked: bool
    blocked_reason: str
    channel_ids: tuple[ChannelId, ...]
    """Channels on which there is a conversation with it."""
    opted_out: bool = False
    """They asked not to be written to."""
    opted_at: datetime | None = None
    """When they last said so, or that they want to be written to again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A row of the contact list."""

    id: ContactId
    name: str
    portrait_id: PortraitId | None
    company: str
    state: ContactState
    expires_at: datetime | None
    addresses: tuple[str, ...]
    last_at: datetime | None
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A contact with all that was merged into it."""

    id: ContactId
    name: str
    portrait_id: PortraitId | None
    """The newest picture that a provider shows of them: `/portraits/<id>`."""
    company: str
    language: str
    source: str
    notes: str
    fields: tuple[tuple[str, str], ...]
    state: ContactState
    expires_at: datetime | None
    created_at: datetime
    points: tuple[ContactPointView, ...]
    merged: tuple[ContactId, ...]
    """Contacts shown as part of this one."""
    inbound: int
    outbound: int
    last_at: datetime | None
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantView:
    """Somebody who takes part in a conversation."""

    contact_point_id: ContactPointId
    contact_id: ContactId
    name: str
    address: str
    role: ParticipantRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agent has begun to write: kept per user and conversation."""

    conversation_id: ConversationId
    user_id: UserId
    text: str
    html: str = ""
    note: bool = False
    attachment_ids: tuple[AttachmentId, ...] = ()
    reply_to_id: InteractionId | None = None
    cc: tuple[str, ...] = ()
    assistant_call_id: AssistantCallId | None = None
    """The call of the assistant that wrote it: the mark of AI stays until a human sends it."""
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A message that matches a search."""

    interaction: InteractionView
    contact_id: ContactId
    contact_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """One wait, for lists that prove a figure."""

    id: WaitId
    conversation_id: ConversationId
    channel_id: ChannelId
    started_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    first: bool
    initiated_by_us: bool
    seconds: float | None
    answered_by: UserId | None
    episode: int = 1
    reopened: bool = False
    team_id: TeamId | None = None
    """With which team it started."""
    owner_id: UserId | None = None
    """Whom it was assigned to when it started."""
    bot_at: datetime | None = None
    handed_over_at: datetime | None = None
    contained: bool = False
    """Solved by a bot."""
    agent_from: datetime | None = None
    """When the clock of the agent who replied started."""
    heard_at: datetime | None = None
    """When the contact first heard from a person on any channel."""
    via_other_channel: bool = False
    """That was in another conversation."""
    business_seconds: float | None = None
    calendar_id: CalendarId | None = None
    calendar_version: int | None = None
    """By which `business_seconds` were counted; null: around the clock."""
    target_id: TargetId | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorMessage:
    """What a web-chat visitor sees of the thread."""

    seq: int
    """Rises with every change of what the visitor sees; the visitor resumes after it."""
    id: InteractionId
    external_id: ExternalId | None
    mine: bool
    author_name: str
    text: str
    occurred_at: datetime
    attachments: tuple[AttachmentView, ...]
    delivery_id: DeliveryId | None
    state: DeliveryState | None
    """For the visitor's own messages: None; ours: how far it is."""
    buttons: tuple[tuple[str, str], ...] = ()
    """Choices under the message: label and what the press carries back."""
    deleted: bool = False
    edited: bool = False
    conversation_id: ConversationId | None = None
    """Where an agent sees it: names the conversation when the visitor types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationFilter:
    """Which conversations a list shows. Empty tuples do not filter."""

    view: str = "all"
    """`mine`, `unassigned` or `all`."""
    states: tuple[ConversationState, ...] = (ConversationState.open, ConversationState.pending)
    channel_ids: tuple[ChannelId, ...] = ()
    team_ids: tuple[TeamId, ...] = ()
    assignee_ids: tuple[UserId, ...] = ()
    tags: tuple[str, ...] = ()
    contact_id: ContactId | None = None
    waiting: bool = False
    """Only those whose customer waits."""
    at_risk: datetime | None = None
    """Only those of which something is at risk or late at that moment, the soonest due first whatever the sort."""
    sort: str = "waiting"
    """`waiting` (longest wait first, then the newest), `due` (soonest due first, then the newest) or `newest`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """A program's access token, without its secret."""

    id: str
    name: str
    actions: tuple[str, ...]
    created_at: datetime
    created_by: UserId | None
    last_used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """How a channel stands, for the screens."""

    state: ConnectionState
    since: datetime
    detail: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
