"""Waits and episodes: when a customer waited for a human, who ended it, and until when a matter was settled.

The definitions are those of docs/metrics.md. What an entry means is `hub.domain.wait_items`; how items become waits
is `hub.domain.wait_fold`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.domain.ids import CalendarId, InteractionId, TargetId, TeamId, UserId, WaitId


class Role(StrEnum):
    """What an item means for waits."""

    asks = "asks"
    """A customer's public entry that asks for a human."""
    replies = "replies"
    """An agent's public message the provider accepted, or a connected call."""
    called_back = "called_back"
    """They called again and were answered: no reply of ours, yet nobody waits any more."""
    bot = "bot"
    hands_over = "hands_over"
    """A bot asks for a person to go on."""
    reaches_out = "reaches_out"
    """A campaign of ours: what the customer says to it is an answer to us."""
    resolves = "resolves"
    discards = "discards"
    """Marked as spam: the open wait was none, nor was the episode."""
    assigned = "assigned"
    """To the user `to`, or to nobody."""
    team = "team"
    """Given to the team `to`, or to none."""


class WaitEnd(StrEnum):
    """How a wait ended."""

    reply = "reply"
    closed = "closed"
    """Resolved without a reply."""
    void = "void"
    """It was none: spam, or the customer took the message back before anyone answered."""
    merged = "merged"
    customer_called_back = "customer_called_back"
    """They called again and were answered."""


NO_WAIT = frozenset({WaitEnd.void, WaitEnd.merged})
"""Ends that say nobody had waited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What waits need to know of one timeline entry."""

    id: InteractionId
    at: datetime
    """Inbound: `t(item)`. Outbound: when the provider accepted it."""
    role: Role
    by: UserId | None = None
    to: UUID | None = None
    """Whom or which team it was given to."""
    taken_back_at: datetime | None = None

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Sort key: time, then id, so that equal times have one order everywhere."""
        return (self.at, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One span in which a customer waited for a human. Its id is that of the entry that opened it."""

    id: WaitId
    episode: int
    """1 for the conversation's first episode."""
    started_at: datetime
    first: bool
    """The first wait of an episode the customer began: its length is the first response time."""
    reopened: bool = False
    initiated_by_us: bool = False
    team_id: TeamId | None = None
    """The team it was with when it started: whose target it counts for, whoever replies."""
    owner_id: UserId | None = None
    """Whom it was assigned to when it started."""
    bot_at: datetime | None = None
    """When a bot first answered while it was open."""
    handed_over_at: datetime | None = None
    """When a bot first handed over to a person while it was open."""
    ended_at: datetime | None = None
    ended_by: WaitEnd | None = None
    ended_item: InteractionId | None = None
    answered_by: UserId | None = None
    agent_from: datetime | None = None
    """When the clock of the agent who replied started: the latest of the wait's start, being assigned, opening."""
    heard_at: datetime | None = None
    """When the contact first heard from a person on any channel while it was open."""
    heard_item: InteractionId | None = None
    calendar_id: CalendarId | None = None
    """The calendar of its business seconds, as it was at the start; None: around the clock, or still open."""
    calendar_version: int | None = None
    seconds: float | None = None
    """How long it took; None while it is open."""
    business_seconds: float | None = None
    """The part of `seconds` within opening hours."""
    target_id: TargetId | None = None
    due_at: datetime | None = None
    """Until when its target wanted a reply, pauses taken into account."""
    level_at: datetime | None = None
    """Until when a reply counts as within the service level; of first waits only."""

    @property
    def contained(self) -> bool:
        """Solved by a bot: resolved after its answer, and no person was asked for or replied."""
        return self.ended_by is WaitEnd.closed and self.bot_at is not None and self.handed_over_at is None

    @property
    def via_other_channel(self) -> bool:
        """The contact heard from a person in another conversation first."""
        return self.heard_item is not None and self.heard_item != self.ended_item

    @property
    def first_any_at(self) -> datetime | None:
        """When a bot or a person first answered; None if nobody did."""
        replied = self.ended_at if self.ended_by is WaitEnd.reply else None
        return self.bot_at or replied


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One piece of a conversation, from a customer's first message to its resolution, reopened or not."""

    number: int
    """1 for the conversation's first."""
    started_at: datetime
    initiated_by_us: bool = False
    first_resolved_at: datetime | None = None
    resolved_at: datetime | None = None
    """When it was last resolved; None if it never was."""
    reopen_count: int = 0
    ended_at: datetime | None = None
    """When it ended, resolved or idle; None while it goes on."""
    void: bool = False
    """It was spam: it has no resolution."""
    target_id: TargetId | None = None
    due_at: datetime | None = None
    """Until when its target wanted the first resolution, pauses taken into account."""

    @property
    def counted_at(self) -> tuple[datetime | None, ...]:
        """The moments whose reports it is part of."""
        return (self.started_at if self.due_at else None, self.first_resolved_at, self.resolved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a conversation is: with which team, and with whom."""

    team_id: TeamId | None = None
    owner_id: UserId | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The two windows of a channel that bound episodes."""

    reopen_window: timedelta = timedelta(days=7)
    idle_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where the fold stands after a conversation's last item; enough to take the next in order."""

    episode: int = 0
    waits_in_episode: int = 0
    initiated_by_us: bool = False
    outreach: bool = False
    """We wrote since the last episode ended."""
    ended_at: datetime | None = None
    """When the current episode was resolved or went idle; None while it goes on."""
    last: tuple[datetime, UUID] | None = None
    open: Wait | None = None
    started_at: datetime | None = None
    """When the current episode started."""
    first_resolved_at: datetime | None = None
    resolved_at: datetime | None = None
    reopen_count: int = 0
    void: bool = False
    spoke_at: datetime | None = None
    """When anything was last said; the current episode goes idle from then on."""
    assigned: tuple[UserId, datetime] | None = None
    """To whom the conversation was last assigned, and when."""

    @property
    def current(self) -> Episode | None:
        """The episode the conversation is in, or was in last."""
        if self.started_at is None:
            return None
        return Episode(
            number=self.episode,
            started_at=self.started_at,
            initiated_by_us=self.initiated_by_us,
            first_resolved_at=self.first_resolved_at,
            resolved_at=self.resolved_at,
            reopen_count=self.reopen_count,
            ended_at=self.ended_at,
            void=self.void,
        )
