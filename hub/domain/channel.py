"""A channel: one connected account or address of ours, and what its kind can carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from hub.domain.ids import ChannelId, TeamId

ChannelKind = NewType("ChannelKind", str)
"""A medium: `email`, `sms`, `telegram` … An open set: the connector names it."""


class SenderRule(StrEnum):
    """What an unknown sender becomes."""

    none = "none"
    """Only the contact point and its conversation: the sender stays out of the contact list."""
    provisional = "provisional"
    """A contact that expires unless the sender writes again or an agent keeps it."""
    contact = "contact"
    """A contact at once."""


class ConnectionState(StrEnum):
    """How one account stands with its provider."""

    disabled = "disabled"
    connecting = "connecting"
    connected = "connected"
    disconnected = "disconnected"
    bad_credentials = "bad_credentials"
    unknown_error = "unknown_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The connection of one channel as last seen: its state, since when, and what a person should know."""

    state: ConnectionState
    since: datetime
    detail: str = ""
    """In words: what happened and what to do. Empty while all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRule:
    """What attachments a channel carries."""

    types: tuple[str, ...] = ("*/*",)
    """Accepted media types; `image/*` accepts a family."""
    max_bytes: int = 25 * 1024 * 1024
    """Of a file whose type is not among `sizes`."""
    max_count: int = 10
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Most bytes of types with a limit of their own, by media type or family (`image/*`)."""

    def most_bytes(self, media_type: str) -> int:
        """Return how large a file of this type may be: the limit of the type counts before its family's."""
        family = f"{media_type.split('/', 1)[0]}/*"
        return self.sizes.get(media_type, self.sizes.get(family, self.max_bytes))


class ButtonForm(StrEnum):
    """How a channel shows choices that can be pressed."""

    inline = "inline"
    """Under the message, where they stay: an old one may be pressed at any time."""
    quick_reply = "quick_reply"
    """Above the keyboard; they go once one is pressed or something else is written."""
    list = "list"
    """Behind one button that opens a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonRule:
    """One form of buttons and its limits. What does not fit any of a channel's forms becomes numbered lines."""

    form: ButtonForm
    max_count: int
    label_limit: int
    """Characters of one label."""
    text_limit: int | None = None
    """Characters of the text beside them; None: the channel's `text_limit`."""


class VoiceFormat(StrEnum):
    """What a channel wants a voice note to be: the media type the hub makes of the browser's recording."""

    ogg_opus = "audio/ogg"
    m4a = "audio/mp4"
    mp3 = "audio/mpeg"
    amr = "audio/amr"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCapabilities:
    """What a channel can do with phone calls."""

    inbound: bool = True
    outbound: bool = True
    controls: frozenset[str] = frozenset()
    """Which commands a live call takes: of `hang_up`, `hold`, `mute`, `digits`, `transfer`, `consult`, `record`,
    `pause_recording`, `listen`, `whisper`, `barge`."""
    plan: bool = False
    """The hub's call plan steers inbound calls; False where a PBX does and only tells us."""
    browser_phone: str = ""
    """`twilio` or `sip`: which library an agent's browser phone uses; empty: none."""
    phone_hosts: tuple[str, ...] = ()
    """Where the browser phone connects to, such as `wss://pbx.example.com:8089`: a page may reach nothing else."""
    recording_lanes: int = 0
    """2: agent and customer on audio channels of their own; 1: mixed; 0: no recordings."""
    detects_machines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a kind of channel can carry. Drives the composer, the ticks, the docs and the conformance tests."""

    text_limit: int | None = None
    """Characters in one message; None means no limit worth showing."""
    text_unit: str = "characters"
    """How `text_limit` counts: `characters`, `utf16` (UTF-16 code units) or `bytes` (UTF-8)."""
    max_parts: int = 1
    """Into how many messages a longer text may be split (`hub.domain.sending.split_text`); the connector sends them."""
    segments: bool = False
    """A text costs by SMS segments (`hub.domain.sms`): the composer shows how many."""
    subject: bool = False
    rich_text: bool = False
    """The composer may send HTML beside the plain text."""
    media: MediaRule | None = None
    buttons: tuple[ButtonRule, ...] = ()
    """The forms of buttons, the most convenient first: `hub.domain.sending.buttons_for` takes the first that fits."""
    voice: VoiceFormat | None = None
    """The channel shows voice notes as such if they come in this format; None: a recording goes as an MP3 file."""
    calls: CallCapabilities | None = None
    """The channel carries phone calls."""
    templates: bool = False
    """The provider keeps approved templates, the only thing that may be sent outside the reply window."""
    receipts: frozenset[str] = frozenset()
    """Which of `sent`, `delivered`, `read` the provider can report."""
    replies_to: bool = False
    edits: bool = False
    """The customer's edits are seen."""
    deletes: bool = False
    reactions: bool = False
    typing_in: bool = False
    typing_out: bool = False
    groups: bool = False
    can_start: bool = False
    """An agent may write first to an address that never wrote to us."""
    reaches: str = ""
    """Namespace of the addresses that may be written to first, where they are not the channel's own kind: `phone`."""
    reply_window: timedelta | None = None
    """How long after the customer's last message we may answer freely; None is always."""
    human_window: timedelta | None = None
    """How long after the customer's last message a person, though no bot, may still answer; only beside a shorter
    `reply_window`."""
    rate_per_second: float | None = None
    """The provider's documented limit of sends per second for one account."""
    receive_only: str = ""
    """Why nothing can be sent here and how to answer instead, in words; empty wherever we can answer."""
    limits_source: str = ""
    """The provider's page these limits come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One connected account or address of ours."""

    id: ChannelId
    connector: str
    """Key of the connector that serves it, as in its manifest."""
    kind: ChannelKind
    name: str
    address: str
    """Our own address there, as the provider knows it: a mailbox, a number, a bot's name."""
    webhook_key: str
    """The unguessable last part of the channel's webhook URL."""
    enabled: bool = True
    team_id: TeamId | None = None
    sender_rule: SenderRule = SenderRule.contact
    reopen_window: timedelta = timedelta(days=7)
    """A message to a conversation resolved longer ago than this starts a new conversation."""
    idle_after: timedelta = timedelta(hours=72)
    """An episode with no open wait ends after this long without a word (24 h for live chat)."""
    demo: bool = False
    connection: Connection
    created_at: datetime
    revision: int = 1
    """Rises with every change of settings; the supervisor restarts an account whose revision moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """The settings of a channel, secrets decrypted. Lives only as long as it takes to create the connector."""

    channel_id: ChannelId
    values: Mapping[str, object] = field(repr=False)
