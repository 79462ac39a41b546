"""A phone call: told by marks in any order, with its legs, its outcome and its recordings.

A call is the set of what was told about it (`Mark`); everything else is derived from that set (call_story), so
callbacks that come late, doubled or out of order give the same call. Times are the provider's, UTC. The words are
those of docs/metrics.md items 12 to 15.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.domain.ids import (
    CallId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    LineId,
    RecordingId,
    TeamId,
    UserId,
)
from hub.domain.interaction import Direction

CONNECTED_AFTER = timedelta(seconds=10)
"""An outbound call answers a waiting customer once agent and customer were connected this long (item 14)."""
MARKS_LIMIT = 4000
"""More marks of one call than this are not kept: a provider gone wild, not a call."""


class Party(StrEnum):
    """Who is at the end of a leg."""

    contact = "contact"
    """The customer."""
    agent = "agent"
    outside = "outside"
    """Another number of ours or a third party: overflow, a transfer's target."""
    supervisor = "supervisor"
    """A manager who listens, whispers or barges in. Never answers a call."""


class Fact(StrEnum):
    """What can be told of a call, or of one of its legs."""

    # of the call
    began = "began"
    """Reached us, or was placed by us."""
    blocked = "blocked"
    """Refused by the block list."""
    after_hours = "after_hours"
    """Took the after-hours branch."""
    queued = "queued"
    """Entered the queue or ring group, after greeting and menu: `queue_at`."""
    callback = "callback"
    """The caller asked to be called back."""
    overflowed = "overflowed"
    """Sent on to the overflow line or number."""
    gave_up = "gave_up"
    """The plan found nobody and ends the call, or takes a message."""
    voicemail = "voicemail"
    """The caller left a message; `at` is its end."""
    held = "held"
    resumed = "resumed"
    """Taken from hold."""
    recording_pausing = "recording_pausing"
    """Somebody asked to pause the recording; a mark with the same id says what came of it. Without one nobody knows."""
    recording_resuming = "recording_resuming"
    """Somebody asked to go on recording, likewise."""
    recording_paused = "recording_paused"
    """From here on silence is recorded, e.g. while card data is told."""
    recording_resumed = "recording_resumed"
    recording_kept = "recording_kept"
    """What was asked of the recording was refused: it goes on as before."""
    ended = "ended"
    """`by` says who hung up, where it is known."""
    failed = "failed"
    """Never came about; `detail` says why in words."""
    # of a leg
    dialled = "dialled"
    ringing = "ringing"
    picked_up = "picked_up"
    """The device was answered; nobody need be connected yet."""
    joined = "joined"
    """Connected with the other side: audio flows. An agent's `joined` on an inbound call is `answered_at`; on an
    outbound call it is the contact's `joined`."""
    left = "left"
    """No longer connected (transferred away), the leg may live on."""
    machine = "machine"
    """Answering-machine detection heard a machine."""
    leg_ended = "leg_ended"
    """`ending` says how."""


LEG_FACTS = frozenset(
    {Fact.dialled, Fact.ringing, Fact.picked_up, Fact.joined, Fact.left, Fact.machine, Fact.leg_ended}
)


class Ending(StrEnum):
    """How a leg ended."""

    completed = "completed"
    busy = "busy"
    no_answer = "no_answer"
    rejected = "rejected"
    cancelled = "cancelled"
    """We stopped ringing: somebody else answered, or the caller left."""
    failed = "failed"


class Ender(StrEnum):
    """Who ended a call."""

    contact = "contact"
    agent = "agent"
    hub = "hub"
    """The call plan."""
    provider = "provider"


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
class Mark:
    """One thing told about a call. Equal `key`s are one mark, whatever else differs."""

    fact: Fact
    at: datetime
    leg: ExternalId | None = None
    """The leg it is about, as the provider names it."""
    party: Party | None = None
    user_id: UserId | None = None
    """The agent of the leg."""
    address: str = ""
    """Number or endpoint of the leg."""
    ending: Ending | None = None
    by: Ender | None = None
    detail: str = ""
    """In words."""
    id: str = ""
    """The provider's own id of this piece of news, where it has one: then a repetition with another time is known."""

    @property
    def key(self) -> str:
        """What makes it one mark, at most 600 characters."""
        return f"{self.fact}|{self.leg or ''}|{self.id or self.at.isoformat()}"

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Sort key: time; of equal times the order in which a call goes; then the key."""
        return (self.at, _RANK[self.fact], self.key)


_RANK = {fact: rank for rank, fact in enumerate((
    Fact.began, Fact.blocked, Fact.after_hours, Fact.queued, Fact.dialled, Fact.ringing, Fact.picked_up, Fact.machine,
    Fact.joined, Fact.held, Fact.resumed, Fact.recording_pausing, Fact.recording_resuming, Fact.recording_paused,
    Fact.recording_resumed, Fact.recording_kept, Fact.callback,
    Fact.overflowed, Fact.gave_up, Fact.left, Fact.leg_ended, Fact.voicemail, Fact.failed, Fact.ended,
))}  # fmt: skip


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


class RecordingKind(StrEnum):
    """What was recorded."""

    call = "call"
    voicemail = "voicemail"


class RecordingState(StrEnum):
    """How far a recording is."""

    running = "running"
    """Being recorded at the provider."""
    pending = "pending"
    """At the provider; the hub is fetching it."""
    ready = "ready"
    absent = "absent"
    """The provider recorded nothing (silence, hung up at the beep); `error` says so in words."""
    failed = "failed"
    """Could not be fetched or is broken; `error` says why in words."""
    deleted = "deleted"
    """Deleted by rule or by hand; the record of the deletion stays."""


class Lane(StrEnum):
    """Whose voice is on one channel of the audio."""

    agent = "agent"
    contact = "contact"
    mixed = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The stored audio of a call, or of one stretch of it."""

    id: RecordingId
    call_id: CallId
    channel_id: ChannelId
    external_id: ExternalId
    kind: RecordingKind = RecordingKind.call
    state: RecordingState
    source: ExternalId | None = None
    """Where the connector fetches it."""
    lanes: tuple[Lane, ...] = (Lane.mixed,)
    """Whose voice each audio channel holds, as the provider stores it."""
    began_at: datetime | None = None
    """When the audio begins; to place marks of the call on it."""
    duration: float | None = None
    """Seconds, by the provider until we have measured it."""
    size: int | None = None
    media_type: str = ""
    blob: str | None = None
    """Key in the blob store."""
    error: str = ""
    created_at: datetime


def call_key(call_id: CallId) -> str:
    """Return our id of a call as we hand it to providers: 32 hex digits, fit for channel ids and query strings."""
    return UUID(str(call_id)).hex


def call_of_key(key: str) -> CallId | None:
    """Return the call of such a key; None if it is none of ours."""
    try:
        return CallId(UUID(hex=key)) if len(key) == 32 else None
    except ValueError:
        return None
