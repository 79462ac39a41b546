"""A phone call: its legs, where it stands, its outcome, and what follows from them.

Everything here is derived (call_story) from the set of what was told about the call (call_marks). Times are the
provider's, UTC. The words are those of docs/metrics.md items 12 to 15.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.domain.call_marks import Ender, Ending, Party
from hub.domain.ids import (
    CallId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    LineId,
    TeamId,
    UserId,
)
from hub.domain.interaction import Direction

CONNECTED_AFTER = timedelta(seconds=10)
"""An outbound call answers a waiting customer once agent and customer were connected this long (item 14)."""


class CallState(StrEnum):
    """Where a call stands."""

    placing = "placing"
    """Outbound, nobody connected yet."""
    arriving = "arriving"
    """Inbound, in greeting or menu."""
    queued = "queued"
    """Waits for an agent, ringing or not."""
    active = "active"
    held = "held"
    ended = "ended"


class Outcome(StrEnum):
    """What became of an ended call. Exactly one, never mixed (docs/metrics.md 12)."""

    answered = "answered"
    short_abandon = "short_abandon"
    """The caller left sooner than the line's limit after entering the queue."""
    abandoned = "abandoned"
    """The caller left later."""
    missed = "missed"
    """Nobody answered and the plan ended the call."""
    voicemail = "voicemail"
    callback = "callback"
    """The caller asked to be called back."""
    overflow = "overflow"
    after_hours = "after_hours"
    left_early = "left_early"
    """The caller hung up in greeting or menu: never offered."""
    blocked = "blocked"
    no_answer = "no_answer"
    """Outbound from here on."""
    busy = "busy"
    machine = "machine"
    """An answering machine took the call."""
    cancelled = "cancelled"
    failed = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One connection of a call: the customer's, an agent's, a third party's. Derived from marks."""

    external_id: ExternalId
    party: Party | None
    user_id: UserId | None = None
    address: str = ""
    began_at: datetime
    ringing_at: datetime | None = None
    picked_up_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time within a call; open until `ended_at` is known."""

    began_at: datetime
    ended_at: datetime | None = None
    sure: bool = True
    """False: it was asked for, and nobody knows whether it came about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One phone call."""

    id: CallId
    channel_id: ChannelId
    external_id: ExternalId | None = None
    """The call as the provider names it (Twilio: the parent leg); None until a call we place is accepted."""
    direction: Direction
    contact_point_id: ContactPointId
    """The counterpart; for a withheld number an anonymous point of its own."""
    conversation_id: ConversationId
    interaction_id: InteractionId
    """Its one entry of the timeline."""
    line_id: LineId | None = None
    team_id: TeamId | None = None
    address: str = ""
    """The customer's number as received; empty if withheld."""
    our_address: str = ""
    """Our number that was called, or that we show."""
    withheld: bool = False
    began_at: datetime
    queue_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: Ender | None = None
    state: CallState
    outcome: Outcome | None = None
    """None while the call lives."""
    after_hours: bool = False
    machine: bool = False
    voicemail_at: datetime | None = None
    """When the caller had left a message."""
    agents: tuple[UserId, ...] = ()
    """Who spoke, in order: the first answered, the last had it in the end."""
    placed_by: UserId | None = None
    """Outbound: who placed it."""
    legs: tuple[Leg, ...] = ()
    holds: tuple[Span, ...] = ()
    pauses: tuple[Span, ...] = ()
    """When its recording was paused."""
    due_minutes: int | None = None
    """Within how many minutes the caller was promised a callback."""
    reason: str = ""
    """Why it failed, in words."""
    agent_outcome: str = ""
    """What the agent chose as the result, e.g. `sold`, from the line's own words."""
    demo: bool = False
    level_at: datetime | None = None
    """Until when an answer counts as within the service level; None where no target wants one."""

    @property
    def waited(self) -> timedelta | None:
        """How long the caller waited in the queue; None if it never was offered, or still waits."""
        end = self.answered_at or self.ended_at
        return None if self.queue_at is None or end is None else max(end - self.queue_at, timedelta())

    @property
    def talked(self) -> timedelta:
        """How long agent and customer were connected, holds included; zero while unknown."""
        if self.answered_at is None or self.ended_at is None:
            return timedelta()
        return max(self.ended_at - self.answered_at, timedelta())

    @property
    def held(self) -> timedelta:
        """How long the customer was on hold in all; an open hold ends with the call."""
        ends = ((span, span.ended_at or self.ended_at or span.began_at) for span in self.holds)
        return sum((max(end - span.began_at, timedelta()) for span, end in ends), timedelta())

    @property
    def recording_paused(self) -> bool:
        """Tell whether its recording is paused now; true of a live call only."""
        return self._pausing is not None and self._pausing.sure

    @property
    def recording_unsure(self) -> bool:
        """Tell that nobody knows whether it is recorded now."""
        return self._pausing is not None and not self._pausing.sure

    @property
    def _pausing(self) -> Span | None:
        last = self.pauses[-1] if self.pauses and self.ended_at is None else None
        return last if last is not None and last.ended_at is None else None

    @property
    def offered(self) -> bool:
        """Tell whether it reached a queue or ring group."""
        return self.direction is Direction.inbound and self.queue_at is not None

    @property
    def missed(self) -> bool:
        """Tell whether it is a missed call of docs/metrics.md 14: offered, in hours, ended, and nobody answered."""
        return (
            self.offered
            and not self.after_hours
            and self.ended_at is not None
            and self.answered_at is None
            and self.outcome not in (Outcome.blocked, Outcome.overflow)
        )

    @property
    def asks_since(self) -> datetime | None:
        """When it began to ask for a callback: at hang-up, with a voicemail at its end. None if it does not ask.

        Both together are one: the later of the two is the voicemail's end, the hang-up follows it at once.
        """
        if self.direction is not Direction.inbound or self.ended_at is None or self.answered_at is not None:
            return None
        if self.voicemail_at is not None:
            return self.voicemail_at
        return self.ended_at if self.missed or self.outcome is Outcome.callback else None

    @property
    def connected(self) -> bool:
        """Tell whether it counts as having reached the customer: a person, connected for 10 s (item 14).

        Known once the call has ended, so that one call never counts first and then not.
        """
        if self.answered_at is None or self.machine or self.ended_at is None:
            return False
        return self.direction is Direction.inbound or self.talked >= CONNECTED_AFTER


def call_key(call_id: CallId) -> str:
    """Return our id of a call as we hand it to providers: 32 hex digits, fit for channel ids and query strings."""
    return UUID(str(call_id)).hex


def call_of_key(key: str) -> CallId | None:
    """Return the call of such a key; None if it is none of ours."""
    try:
        return CallId(UUID(hex=key)) if len(key) == 32 else None
    except ValueError:
        return None
