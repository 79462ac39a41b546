"""What a simulated customer says: written by the demo, turned by a connector into what its provider would deliver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from hub.contract.events import RawEvent
from hub.contract.webhook import WebhookRequest
from hub.domain.ids import ExternalId, UserId


class SimulatedKind(StrEnum):
    """What sort of thing is said. A connector that has no such thing on its channel says so with None."""

    message = "message"
    edit = "edit"
    """`about` gets the new wording `text`."""
    reaction = "reaction"
    """`text` is the emoji, `about` the message."""
    read = "read"
    """The customer saw our messages up to `about`."""
    auto_reply = "auto_reply"
    """The customer's machine answers `about`."""
    bounce = "bounce"
    """The provider could not deliver our message `about`; `text` is the other server's reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedFile:
    """A file that comes with a message."""

    key: str
    """32 hex digits. Part of the `source` the connector gives, so that the simulator can hand out the content."""
    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedMessage:
    """One thing a made-up customer says on one of our channels."""

    kind: SimulatedKind = SimulatedKind.message
    person: int
    """Stable number of the person, from 1: ids at the provider are made of it."""
    address: str = ""
    """The person's address on this channel if it is known; empty: made of `person`, or `email` where that is it."""
    name: str
    email: str
    """The person's mail address, whatever the channel."""
    language: str = "en"
    us: str
    """Our own address on the channel."""
    group: str = ""
    """Title of the group they write in; empty: to us alone."""
    number: int
    """Rises with every message of the demo: ids of messages are made of it."""
    at: datetime
    """When the provider took it, UTC."""
    received_at: datetime
    """When the hub heard of it, UTC; not before `at`."""
    subject: str = ""
    text: str = ""
    html: str = ""
    about: ExternalId | None = None
    """The message it answers, edits, reacts to, saw or returns."""
    quoted: str = ""
    """Text of the message it answers, where the channel quotes; `quoted_by` wrote it."""
    quoted_by: str = ""
    files: tuple[SimulatedFile, ...] = ()
    album: str = ""
    """Messages with the same word belong together."""
    place: tuple[float, float] | None = None
    """Latitude and longitude, for a location."""
    form: Mapping[str, str] = field(default_factory=dict)
    """What the person entered before they could write, where the channel asks."""
    page: str = ""
    """The page of our website they wrote from, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedCall:
    """One phone call of the demo, from its beginning to its end."""

    id: str
    """The provider's name of the call."""
    inbound: bool = True
    us: str
    """Our own number."""
    caller: str
    """The customer's number; empty if they withheld it."""
    agent: UserId | None = None
    """Whose phone rang, or who called."""
    began_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime
    ending: str
    """`completed`, `no_answer` (nobody of us picked up, or the customer did not), `cancelled` (the caller hung up
    before), `voicemail` or `after_hours`."""
    recording: str = ""
    """Name of its recording, part of the `source` the connector gives; empty if it was not recorded."""
    seconds: float = 0.0
    """Length of the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """How the demo plays a channel of this connector. Nothing of it touches a network."""

    write: Callable[[SimulatedMessage], RawEvent | None]
    """Return what the provider would deliver, so that the real `parse` reads it. Pure. None for what the channel has
    no way to say."""
    request: Callable[[BaseModel, RawEvent, str], WebhookRequest] | None = None
    """Return the signed request by which the provider would tell an event to our webhook address (the last argument),
    signed with the secrets of the demo channel's settings. None where nothing comes by webhook: the event is journaled
    as if it had been listened to."""
    calls: Callable[[SimulatedCall], Sequence[RawEvent]] | None = None
    """Return what the provider tells of a call, in order of time. Pure. None where the channel carries no calls."""
    address: str
    """Our own address on the demo's channel."""
    settings: Mapping[str, object]
    """Settings that are valid and lead nowhere."""
    plays: Callable[[str], bool] = lambda _address: True
    """Tell whether an address is a made-up person's; on a channel of our own real people may come, too."""
