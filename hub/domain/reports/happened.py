"""What happened within an hour, as facts: entries, waits, missed calls, resolutions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.call import Outcome
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.waiting import WaitEnd

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, as the facets cut it."""

    channel_id: ChannelId
    team_id: TeamId | None = None
    tags: Sequence[str] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Timeline entries of one sort within the hour."""

    at: Place
    direction: Direction
    author_kind: AuthorKind
    kind: InteractionKind
    agent_id: UserId | None
    count: int
    conversations: int
    """In how many conversations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFact:
    """One wait with what reports need to know of it."""

    at: Place
    started_at: datetime
    first: bool
    reopened: bool
    ended_at: datetime | None = None
    ended_by: WaitEnd | None = None
    answered_by: UserId | None = None
    bot_at: datetime | None = None
    handed_at: datetime | None = None
    agent_from: datetime | None = None
    """When the clock of the agent who replied started: they had it, and were there."""
    by_call: bool = False
    """A missed call or a voicemail opened it: its callback time is never averaged with answers to messages."""
    business_seconds: float | None = None
    """Seconds within opening hours; None while it is open, or where no calendar was known."""
    due_at: datetime | None = None
    """When its target ends; None without one."""
    level_at: datetime | None = None
    """Until when a reply is within the service level; None without one."""
    first_of_agent: bool = False
    """The first wait of its episode that this agent ended by a reply."""
    after_reply: float | None = None
    """Seconds since our last message before it; None if we had not written in this episode."""
    in_all: float | None = None
    """Seconds of all ended waits of its episode; None unless it is the last of them."""

    @property
    def seconds(self) -> float | None:
        """Calendar seconds; None while it is open."""
        return None if self.ended_at is None else (self.ended_at - self.started_at).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedCall:
    """A missed call or a voicemail that asks for a callback."""

    at: Place
    started_at: datetime
    ended_at: datetime | None
    called_again: bool
    """It ended since the customer called again and was answered: no reply of ours."""
    answered_by: UserId | None
    due_at: datetime | None = None
    """Until when somebody was to come back to the caller; None without a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedCall:
    """A call that entered a queue."""

    at: Place
    outcome: Outcome | None
    """None until the call is over."""
    waited: float | None
    """Seconds from the queue to the answer, or to the end; None while the caller waits."""
    answered_at: datetime | None
    answered_by: UserId | None
    level_at: datetime | None = None
    """Until when an answer is within the service level; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AimedEpisode:
    """An episode that a target wants resolved by a moment."""

    at: Place
    first_resolved_at: datetime | None
    ended_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An episode's resolve within the hour, with how long the episode had lasted."""

    at: Place
    seconds: float
    last: bool
    """The episode's last resolve so far; else its first. An episode resolved once has both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourFacts:
    """All that happened within one hour."""

    hour: datetime
    entries: Sequence[Entries] = ()
    waits: Sequence[WaitFact] = ()
    """Those that started or ended within the hour."""
    missed_calls: Sequence[MissedCall] = ()
    """Those that were missed, or answered, within the hour."""
    resolutions: Sequence[Resolution] = ()
    queued_calls: Sequence[QueuedCall] = ()
    """Those that began within the hour and entered a queue; short abandons left out."""
    aimed_episodes: Sequence[AimedEpisode] = ()
    """Those that started within the hour, and ended or were resolved since."""


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour."""
    return at.replace(minute=0, second=0, microsecond=0)


def day_of(at: datetime) -> datetime:
    """Return the beginning of the UTC day."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
