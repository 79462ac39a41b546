"""What can be told of a phone call, piece by piece: marks, in any order, doubled or late.

A call is the set of its marks, so callbacks that come late, doubled or out of order give the same call. Times are the
provider's, UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import ExternalId, UserId

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
