"""What a provider said: the raw event, byte for byte, and the inbound events `parse` makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from hub.contract.address import Address as Address
from hub.contract.call_events import CallUpdate, LegUpdate, RecordingReady
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, ExternalId, JournalSeq
from hub.domain.interaction import AuthorKind, ContentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """One thing a provider said, byte for byte, as the journal keeps it."""

    kind: str
    """The connector's own word for where it came from: `webhook`, `update`, `mail/INBOX` … It helps `parse`."""
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names. For webhooks only those in `keep_headers`; pollers put what `parse` needs."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the address a webhook came to: only those in `keep_query`."""
    received_at: datetime
    """When the hub accepted it, UTC."""
    seq: JournalSeq | None = None
    """Its place in the journal; None before it is stored."""
    recovered: bool = False
    """Found by reconciling, not told by the provider in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundAttachment:
    """A file that came with a message: its bytes if the raw event holds them, else where to fetch it."""

    name: str
    media_type: str
    size: int | None = None
    content: bytes | None = field(default=None, repr=False)
    source: ExternalId | None = None
    content_id: str | None = None
    inline: bool = False
    voice: bool = False
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds."""
    sha256: str = ""
    """Hex, where the provider names the content's hash: a file that differs is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadReference:
    """How a message says which conversation it continues, when the provider has no thread id (mail).

    The order of trust is the hub's: reply token, then references, then subject and participants.
    """

    message_ids: tuple[ExternalId, ...] = ()
    """Ids of earlier messages it refers to, nearest first (In-Reply-To, then References from the end)."""
    reply_token: str = ""
    """What our own reply address carried, e.g. the plus part."""
    base_subject: str = ""
    """The subject without reply and forward prefixes, folded for comparison; of every mail, for later ones."""
    answers: bool = False
    """It looks like a reply (`Re:` and its sisters): only then may it join a conversation by subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """A message on the provider's side: by the customer, or an echo of one of ours (`author=agent`)."""

    external_id: ExternalId
    thread: ExternalId
    """The provider's thread; for mail the message's own id, which starts a thread unless `reference` finds one."""
    other_threads: tuple[ExternalId, ...] = ()
    """Other names of the same thread: if `thread` has no conversation yet, the newest of the first of these that has
    one is continued (WhatsApp answers under a user id what we began under a phone number)."""
    sender: Address
    """Who wrote it; for an echo, our own address."""
    counterpart: Address | None = None
    """Whom the thread is with, when not the sender: the group, or the customer of an echo."""
    participants: tuple[Address, ...] = ()
    """Others who take part and are not us: Cc, group members seen."""
    group: bool = False
    occurred_at: datetime | None
    """Provider time, UTC; None if it gave none."""
    clock_trusted: bool = True
    """Whether the provider's own clock set `occurred_at` (mail's Date is the sender's claim: False)."""
    author: AuthorKind = AuthorKind.contact
    content: ContentKind = ContentKind.text
    text: str = ""
    html: str = ""
    """Sanitised by the connector with `connectors._lib`; the hub never shows other HTML."""
    subject: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()
    reply_to: ExternalId | None = None
    album: ExternalId | None = None
    reference: ThreadReference | None = None
    source: str = ""
    """Where the person came from, if the message says so (deep-link parameter, page)."""
    opens_wait: bool = True
    """False for what asks for no answer: joins, starts, button echoes of a bot flow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited:
    """An earlier message has a new wording. Neither opens a conversation nor touches a wait."""

    external_id: ExternalId
    sender: Address | None = None
    """Who edited, where anybody could claim to (Matrix): an edit by another than the author is not taken."""
    occurred_at: datetime | None
    text: str
    html: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    """An earlier message was taken back. Its wording is kept for the record and no longer shown.

    Where the provider takes back reactions by an id of their own and does not say of what an id is (Matrix redacts
    events of any kind), this event is right for both: the hub knows whether the id is a message's or a `Reaction`'s.
    """

    external_id: ExternalId
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """Somebody reacted to an earlier message, or no longer does.

    Of each person and emoji the newest word by `occurred_at` counts, whatever order the events come in and however
    often; of two at the same moment the one that came later.
    """

    external_id: ExternalId
    """The message reacted to; the event is parked until the hub has it."""
    sender: Address
    emojis: tuple[str, ...]
    occurred_at: datetime | None
    change: Literal["set", "add", "remove"] = "set"
    """`set`: these are all their reactions now, none if empty (Telegram, WhatsApp: one each). `add` and `remove`:
    these come or go, the others stay (Discord, Slack, Matrix)."""
    reaction_id: ExternalId | None = None
    """The id of the reaction itself, if the provider takes it back by that (Matrix). Only with `add` and one emoji."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionWithdrawn:
    """A reaction told with a `reaction_id` was taken back. Parked until the hub knows the reaction."""

    external_id: ExternalId
    """The `reaction_id` of the `Reaction`."""
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReceipt:
    """What became of a message we sent. A receipt for an unknown id is parked until the id is known."""

    external_id: ExternalId
    """Empty for a watermark in time, see `thread`."""
    state: Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.read, DeliveryState.failed]
    occurred_at: datetime | None
    up_to: bool = False
    """A watermark: every message of the thread up to this one."""
    thread: ExternalId | None = None
    """With `up_to` and no `external_id`: every message we sent in this thread until `occurred_at` (Messenger tells
    when the customer read, and not what)."""
    delivery_id: DeliveryId | None = None
    """Our own delivery, where the provider returns what we passed along: so a send whose answer was lost learns its
    fate, and its id. Looked at only if nothing has the `external_id`."""
    recipient: str = ""
    code: str = ""
    reason: str = ""
    """In words, for `failed`."""
    unreachable: bool = False
    """The address is dead: the contact point is marked blocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPointLearned:
    """The provider told us more of a person: another address (a shared phone number, a new chat id), or their name."""

    known: Address
    """With the name the provider tells, if it does: a contact nobody named here takes it."""
    learned: Address | None = None
    """`verified` says whether the provider proves it; unproven pairs become a suggestion. None: it told a name only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPointBlocked:
    """The person cannot be reached here any more, or can again (`blocked=False`)."""

    sender: Address
    blocked: bool
    reason: str
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut:
    """The person asked not to be written to (or asked back in: `opted_out=False`). Opens no wait."""

    sender: Address
    opted_out: bool
    keyword: str
    occurred_at: datetime | None


InboundEvent = (
    InboundMessage
    | MessageEdited
    | MessageDeleted
    | Reaction
    | ReactionWithdrawn
    | DeliveryReceipt
    | ContactPointLearned
    | ContactPointBlocked
    | OptedOut
    | CallUpdate
    | LegUpdate
    | RecordingReady
)
