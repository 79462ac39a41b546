"""What screens read of calls: rows of the list, one call whole, the board of missed contacts, who is there."""

from dataclasses import dataclass
from datetime import datetime

from hub.domain.call import Call, CallState, Outcome
from hub.domain.debts import Debt
from hub.domain.ids import CallId, ChannelId, ContactId, LineId, RecordingId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.recording import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls a list shows. Empty tuples and None do not filter."""

    channel_ids: tuple[ChannelId, ...] = ()
    line_ids: tuple[LineId, ...] = ()
    team_ids: tuple[TeamId, ...] = ()
    agent_ids: tuple[UserId, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    direction: Direction | None = None
    contact_id: ContactId | None = None
    live: bool | None = None
    """True: only calls in progress; False: only ended ones."""
    since: datetime | None = None
    until: datetime | None = None
    """Calls that began in [since, until)."""
    min_talked: float | None = None
    """Seconds."""
    max_talked: float | None = None
    number: str = ""
    """The customer's number, E.164."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRow:
    """A recording as a list shows it."""

    id: RecordingId
    kind: str
    state: str
    duration: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A row of the call list."""

    call: Call
    """Without legs."""
    contact_id: ContactId
    contact_name: str
    recordings: tuple[RecordingRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWhole:
    """One call with its legs and recordings."""

    call: Call
    contact_id: ContactId
    contact_name: str
    recordings: tuple[Recording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One caller in a queue, for places and estimates."""

    call_id: CallId
    line_id: LineId | None
    channel_id: ChannelId
    external_id: str
    queue_at: datetime
    group: str = ""
    """For whom they wait, as `RingGroup` writes it; empty where a PBX keeps the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtRow:
    """An entry of the missed-contact board."""

    debt: Debt
    contact_name: str
    address: str
    """How the newest cause reached us, or was to reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkedTo:
    """An agent on a live call."""

    user_id: UserId
    state: CallState
