"""What a provider of phone calls told: facts about a call, about one of its legs, about its recordings.

They come in any order, doubled or not; the hub derives the call from them (hub.domain.call).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hub.contract.address import Address
from hub.domain.call_marks import Ender, Ending, Fact, Party
from hub.domain.ids import CallId, ExternalId, UserId
from hub.domain.interaction import Direction
from hub.domain.recording import Lane, RecordingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUpdate:
    """A fact about a whole call (`hub.domain.call.Fact`): `began`, `queued`, `held`, `ended` and others.

    An event of a call the hub does not know makes it known if it carries `direction` and `counterpart` (or
    `withheld`); otherwise it is parked until another one does. So give them wherever the provider tells them.
    """

    external_id: ExternalId
    """The call as the provider names it: for Twilio the parent leg's CallSid, for ARI the customer's channel id."""
    call_id: CallId | None = None
    """Our own id, where we placed the call and the provider returns what we passed along (`call_key`)."""
    fact: Fact
    occurred_at: datetime | None
    """Provider time, UTC; None if it gave none: then when we received it."""
    news_id: str = ""
    """The provider's id of this piece of news, if it repeats news with it: makes repetitions known."""
    direction: Direction | None = None
    """`inbound` or `outbound`, as seen from us."""
    counterpart: Address | None = None
    """The customer: namespace `phone`, the number as received."""
    withheld: bool = False
    """The caller hides their number: leave `counterpart` None."""
    our_address: str = ""
    """The number of ours that was called or is shown; chooses the line where a channel has several."""
    placed_by: UserId | None = None
    """Outbound: the agent who placed it, where the provider knows."""
    by: Ender | None = None
    """With `ended`: who hung up, where it is known."""
    detail: str = ""
    """With `failed`: why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegUpdate:
    """A fact about one leg of a call: `dialled`, `ringing`, `picked_up`, `joined`, `left`, `machine`, `leg_ended`."""

    call: ExternalId
    """The call it belongs to, as in `CallUpdate.external_id`; parked until that call is known."""
    call_id: CallId | None = None
    leg: ExternalId
    party: Party | None = None
    """Whose leg it is; may be given with any one of the leg's events."""
    user_id: UserId | None = None
    """The agent or supervisor (`agent_of_identity`, or `Target.user_id` of the ring step it came from)."""
    address: str = ""
    """Number or endpoint."""
    fact: Fact
    occurred_at: datetime | None
    news_id: str = ""
    ending: Ending | None = None
    """With `leg_ended`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingReady:
    """A recording of a call can be fetched, or never will be. Parked until the call is known."""

    call: ExternalId
    call_id: CallId | None = None
    external_id: ExternalId
    """The recording as the provider names it: equal ones are one."""
    kind: RecordingKind = RecordingKind.call
    state: Literal["running", "ready", "absent", "failed"] = "ready"
    reason: str = ""
    """With `absent` and `failed`: why, in words."""
    source: ExternalId | None = None
    """What `fetch_recording` is given."""
    lanes: tuple[Lane, ...] = (Lane.mixed,)
    """Whose voice each audio channel holds, in order."""
    began_at: datetime | None = None
    duration: float | None = None
    """Seconds."""
    media_type: str = ""
    occurred_at: datetime | None


CallEvent = CallUpdate | LegUpdate | RecordingReady
