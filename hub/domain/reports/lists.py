"""What reports list: the waits or entries behind a figure, agents' loads, how a contact and we write to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, TeamId, UserId, WaitId
from hub.domain.interaction import InteractionKind
from hub.domain.reports.answers import Selection
from hub.domain.reports.period import Span
from hub.domain.waiting import WaitEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitList:
    """Which waits: those a figure is made of, within a stretch of time."""

    figure: str
    """A figure's key."""
    span: Span
    now: datetime
    """Decides which open waits are past their target."""
    selection: Selection = field(default_factory=Selection)
    hours: tuple[Span, ...] = ()
    """Only what belongs to one of these; empty: all. One hour of the week is many of them."""
    at_least: float | None = None
    """Only those of which the figure counts at least so many seconds: the slow end of a distribution."""
    at: datetime | None = None
    """Of what waits: those that were open at this moment; None: those that are open now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """Which entries: those a figure is made of, within a stretch of time."""

    figure: str
    """A figure's key."""
    span: Span
    selection: Selection = field(default_factory=Selection)
    hours: tuple[Span, ...] = ()
    """Only what happened in one of these; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One message or call, with whose it is and where to look."""

    id: InteractionId
    at: datetime
    conversation_id: ConversationId
    channel_id: ChannelId
    team_id: TeamId | None
    contact_id: ContactId
    contact_name: str
    subject: str
    text: str
    """Its beginning."""
    kind: InteractionKind
    author_id: UserId | None
    """Who of us wrote or called; None for customers and machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWait:
    """One wait with who waited, who answered, and where to look."""

    id: WaitId
    """Also the id of the entry that began it."""
    conversation_id: ConversationId
    channel_id: ChannelId
    team_id: TeamId | None
    contact_id: ContactId
    contact_name: str
    subject: str
    question: str
    """The beginning of the message that began it."""
    question_id: InteractionId
    answer: str
    """The beginning of what ended it; empty while it is open."""
    answer_id: InteractionId | None
    started_at: datetime
    ended_at: datetime | None
    ended_by: WaitEnd | None
    first: bool
    reopened: bool
    initiated_by_us: bool
    answered_by: UserId | None
    bot_at: datetime | None
    seconds: float | None
    """Around the clock; None while it is open."""
    counted: float | None = None
    """Seconds the figure counts of it; None where it counts no time, and while it is open."""
    business_seconds: float | None = None
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    """When its episode was last resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLoad:
    """What an agent has on the table now."""

    user_id: UserId
    name: str
    open: int
    """Conversations assigned to them that are not resolved."""
    waiting: int
    """Those of them whose customer waits."""
    oldest: datetime | None
    """Since when the longest of those waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUse:
    """How customers use one channel, within a period."""

    channel_id: ChannelId
    customers: int
    """Who wrote on it."""
    prefer: int
    """Who wrote most of their messages on it."""
    answer: int
    """Who answered us on it most often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChannel:
    """One channel's part of what was said with a contact."""

    channel_id: ChannelId
    received: int
    sent: int
    answers: int
    """How often they wrote within a day after we had."""
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUse:
    """What was said with a contact, by channel and hour."""

    contact_id: ContactId
    channels: tuple[ContactChannel, ...]
    last_received_at: datetime | None
    last_sent_at: datetime | None
    hours: Mapping[datetime, int]
    """Messages of theirs by the UTC hour, the newest few thousand."""
    reply_seconds: tuple[float, ...]
    """How long each of their answers took, the newest few hundred."""
