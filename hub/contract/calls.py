"""What a connector of phone calls tells the hub, is asked by it, and may offer.

In: `parse` makes `CallUpdate`, `LegUpdate` and `RecordingReady` of raw events, like any other inbound event: journaled
first, in any order, doubled or not. They are facts with the provider's time; the hub derives the call from them
(hub.domain.call), so a connector keeps no state of a call for this.

What next: the plan of a line is the hub's. A connector learns the next steps in one of two ways, by the same machine:
- `AnswersCalls`, the provider asks by webhook: `call_happening` reads the request, the hub decides, `render_decision`
  makes the answer (TwiML). The position travels as a token in the addresses the answer names.
- `Tools.director`, a live connection: the connector tells what happened and carries out the steps it is given (ARI).

Out: `PlacesCalls`, `ControlsCalls`, `GivesPhoneTokens`, `FetchesRecordings`, each if the provider can do it;
`Capabilities.calls` says so to the screens.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from hub.contract.call_events import CallEvent, CallUpdate, LegUpdate, RecordingReady
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.call import Leg
from hub.domain.callflow.plan import ListenNotice
from hub.domain.callflow.steps import Decision, Position, Target, What
from hub.domain.ids import CallId, ExternalId, UserId

# What next


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHappening:
    """Something happened to a live call and its plan shall say what is next."""

    external_id: ExternalId
    what: What
    position: Position | None = None
    """What the last decision carried; None with `Arrived` and `AgentDials`."""
    address: str = ""
    """The customer's number as received; empty if withheld."""
    withheld: bool = False
    our_address: str = ""


class CallDirector(Protocol):
    """The hub's side of a live call: lent to connectors as `Tools.director`."""

    async def next(self, happening: CallHappening) -> Decision:
        """Say what to do next. Never fails, and takes a few milliseconds.

        Where the hub cannot decide it returns the fallback, in words for the caller. Facts the plan itself creates
        are journaled before it returns.
        """
        ...


class AnswersCalls(ABC):
    """The provider asks by webhook what to do with a call, and does what the answer says.

    The door calls these after `verify`, for every stored request; both are pure and must not fail.
    """

    @abstractmethod
    def call_happening(self, request: WebhookRequest) -> CallHappening | None:
        """Read what the provider asks; None if it only tells something (a status): then `answer` answers as ever."""

    @abstractmethod
    def render_decision(self, decision: Decision, request: WebhookRequest) -> WebhookResponse:
        """Write the decision in the provider's language; addresses to ask next carry `decision.position.token()`."""


# Placing and controlling calls


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOrder:
    """A call to place: ring the agent's device first, then the customer, and connect them.

    The number is authorised by the hub. For a browser phone nothing is placed here: the browser dials in and asks
    (`AgentDials`).
    """

    call_id: CallId
    """Pass it along (`call_key`) and give it back in `CallUpdate.call_id`; placing the same twice is one call."""
    agent: Target
    number: str
    """E.164."""
    caller_id: str
    """Our number to show."""
    record: bool = False
    seconds: int = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCall:
    """The provider took the order."""

    external_id: ExternalId
    """The call as later events name it."""


class PlacesCalls(ABC):
    """Calls out from here."""

    @abstractmethod
    async def place_call(self, order: CallOrder) -> PlacedCall:
        """Place the call, once. Raises CredentialsRefused or a SendError; OutcomeUnknown is not placed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCall:
    """A call in progress, as `ControlsCalls` is given it."""

    call_id: CallId
    external_id: ExternalId
    legs: tuple[Leg, ...]
    """As told so far; those without `ended_at` live."""
    our_address: str = ""
    recording: ExternalId | None = None
    """The one that runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCall:
    """Hang up all legs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Put the customer on hold with music, or take them back."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Keep one leg from being heard. Browser phones mute themselves."""

    leg: ExternalId
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigits:
    """Press keys for the agent: an automatic menu on the other side."""

    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Hand the customer to another device at once (blind). The agent's leg ends."""

    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult:
    """Hold the customer and call a colleague to ask first."""

    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class EndConsult:
    """After `Consult`: `complete` connects customer and colleague, and the agent leaves; else back to the customer."""

    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Start, pause (card data) or resume the recording; `stop` ends it for good and keeps what there is."""

    change: Literal["start", "pause", "resume", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise:
    """Let a manager's device in: `listen` (nobody hears them), `whisper` (the agent does) or `barge` (both do).

    Again with another mode changes it.
    """

    target: Target
    mode: Literal["listen", "whisper", "barge"]
    notice: ListenNotice | None = None
    """Said first, to whom it says; None: nothing is. Never with a mere change of the mode."""


CallCommand = EndCall | Hold | Mute | SendDigits | Transfer | Consult | EndConsult | Record | Supervise


class ControlsCalls(ABC):
    """Changes a call in progress."""

    @abstractmethod
    async def control(self, call: LiveCall, command: CallCommand) -> None:
        """Carry out one command. What came of it arrives as events; nothing is assumed from success.

        Raises Rejected in words (the call is over, the provider cannot do this), RetryLater, OutcomeUnknown or
        CredentialsRefused. Commands missing in `Capabilities.calls.controls` are never asked for.
        """

    async def wake(self, call: ExternalId) -> None:  # noqa: ARG002 - for those that can be woken
        """Make a waiting call ask its plan again, since an agent may be free now.

        Best effort; without it the call asks when its `Wait` is over.
        """
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneToken:
    """What an agent's browser phone logs in with. Short-lived; never logged."""

    kind: Literal["twilio", "sip"]
    """Which library of the screens uses it: @twilio/voice-sdk or JsSIP."""
    identity: str
    expires_at: datetime
    values: dict[str, str] = field(repr=False)
    """twilio: `token`, `edge`. sip: `uri`, `password` or `authorization_jwt`, `websocket`, `realm`."""


class GivesPhoneTokens(ABC):
    """Agents can phone in the browser."""

    @abstractmethod
    async def phone_token(self, user_id: UserId, name: str) -> PhoneToken:
        """Make a token for this agent alone, valid for about an hour. Raises CredentialsRefused, ConnectorError."""


class FetchesRecordings(ABC):
    """Recordings are made at the provider and stored by us."""

    @abstractmethod
    def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream the audio.

        Raises RetryLater while it is not ready, FetchFailed in words if it never will be, CredentialsRefused.
        """

    @abstractmethod
    async def delete_recording(self, source: ExternalId) -> None:
        """Delete it at the provider once we have it, if the channel's settings say so; else do nothing. Idempotent.

        Raises RetryLater, CredentialsRefused.
        """


__all__ = [
    "AnswersCalls",
    "CallCommand",
    "CallDirector",
    "CallEvent",
    "CallHappening",
    "CallOrder",
    "CallUpdate",
    "Consult",
    "ControlsCalls",
    "EndCall",
    "EndConsult",
    "FetchesRecordings",
    "GivesPhoneTokens",
    "Hold",
    "LegUpdate",
    "LiveCall",
    "Mute",
    "PhoneToken",
    "PlacedCall",
    "PlacesCalls",
    "Record",
    "RecordingReady",
    "SendDigits",
    "Supervise",
    "Transfer",
]
