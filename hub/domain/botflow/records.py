"""What is kept of bots: flows with their versions, rules that wake them, runs with their positions, counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.botflow.effects import Reason
from hub.domain.botflow.position import Position
from hub.domain.ids import ChannelId, ConversationId, InteractionId, UserId

FlowId = NewType("FlowId", UUID)
RuleId = NewType("RuleId", UUID)
RunId = NewType("RunId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class BotFlow:
    """A flow: a draft that is drawn, and the version that is at work."""

    id: FlowId
    name: str
    description: str = ""
    draft: Mapping[str, object]
    """The graph as JSON; it may be half drawn."""
    revision: int = 1
    """Rises with every save of the draft: who saves names the one they read."""
    published: int | None = None
    """The number of the version at work; None: none is."""
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BotVersion:
    """A flow as it was published. Never changes; runs that began in it end in it."""

    flow_id: FlowId
    number: int
    graph: Mapping[str, object]
    note: str = ""
    published_at: datetime
    published_by: UserId | None = None


class People(StrEnum):
    """Whose messages wake a bot."""

    anyone = "anyone"
    new = "new"
    """Who never wrote before this conversation."""
    known = "known"


class When(StrEnum):
    """At which hours a bot is woken."""

    any = "any"
    open = "open"
    closed = "closed"


class Begins(StrEnum):
    """At which messages of a conversation a bot is woken."""

    new = "new"
    """The first of a conversation, or of one that was resolved and comes back."""
    waiting = "waiting"
    """Any, as long as no human has written in the conversation."""


class After(StrEnum):
    """When a bot may speak again after a human did."""

    never = "never"
    resolved = "resolved"
    """When the conversation was resolved and the customer writes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotRule:
    """Which messages wake which flow. The first active rule that fits counts."""

    id: RuleId
    name: str
    flow_id: FlowId | None = None
    bot: str = ""
    """A bot outside the hub (`outside:<id>`) instead of a flow."""
    place: int = 0
    """Lower comes first."""
    active: bool = True
    channel_ids: tuple[ChannelId, ...] = ()
    """Empty: no channel."""
    people: People = People.anyone
    hours: When = When.any
    calendar: str = ""
    """The calendar `hours` goes by; empty: the conversation's own."""
    begins: Begins = Begins.new
    after_human: After = After.resolved
    created_at: datetime
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BotRun:
    """One walk through a flow with one customer. At most one of a conversation is not over."""

    id: RunId
    conversation_id: ConversationId
    flow_id: FlowId
    version: int
    position: Position
    turn: int
    """The turn of the lock in which it speaks."""
    reopens: int = 0
    """How often the conversation had been reopened when it began."""
    begun_at: datetime
    ended_at: datetime | None = None
    end: str = ""
    """How it ended (`End`); empty while it goes on."""
    reason: Reason | None = None
    """Why it was handed over."""
    words: str = ""
    """For colleagues: what went wrong, where something did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """A customer's message that a bot has not read yet."""

    interaction_id: InteractionId
    conversation_id: ConversationId
    channel_id: ChannelId
    fresh: bool
    """It began the conversation, or brought it back after it was resolved."""
    at: datetime
    """When the hub received it."""
    text: str = ""
    files: tuple[str, ...] = ()
    button: str = ""
    """What the pressed button carried, where one was pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCount:
    """How often a step of a version was entered and left, and how often the run was handed over at it."""

    flow_id: FlowId
    version: int
    step: str
    entered: int = 0
    left: int = 0
    handed_over: int = 0
