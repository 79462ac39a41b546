"""An interaction: one entry of the timeline, with its attachments, reactions and earlier wordings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    JournalSeq,
    UserId,
)


class Direction(StrEnum):
    """Which way an entry went."""

    inbound = "inbound"
    outbound = "outbound"
    internal = "internal"


class AuthorKind(StrEnum):
    """Who wrote it. Decides whether it opens or ends a wait."""

    contact = "contact"
    agent = "agent"
    bot = "bot"
    auto = "auto"
    """A machine on either side: out-of-office, bounce, list mail, our own auto-reply."""
    campaign = "campaign"
    system = "system"


OURS = frozenset({AuthorKind.agent, AuthorKind.bot, AuthorKind.campaign})
"""Authors on our side: what they write goes to the customer, also as an echo of the provider's own app."""


class InteractionKind(StrEnum):
    """What sort of entry it is."""

    message = "message"
    call = "call"
    note = "note"
    event = "event"
    """Something that happened: assigned, resolved, joined, blocked the bot."""


class ContentKind(StrEnum):
    """What a message consists of beside its text; the screens draw by this, never by channel."""

    text = "text"
    mail = "mail"
    location = "location"
    contact_card = "contact_card"
    sticker = "sticker"
    poll = "poll"
    invite = "invite"
    """A calendar invitation."""
    button = "button"
    """The customer pressed a button; `data["label"]` is what it said."""
    unsupported = "unsupported"
    """A kind we cannot show yet; `data["what"]` names it. The raw event is one click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One entry of the timeline."""

    id: InteractionId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_point_id: ContactPointId
    """Inbound: the author. Outbound: who it goes to. Internal: the conversation's counterpart."""
    external_id: ExternalId | None = None
    direction: Direction
    author_kind: AuthorKind
    author_id: UserId | None = None
    kind: InteractionKind = InteractionKind.message
    content: ContentKind = ContentKind.text
    occurred_at: datetime
    """Provider time, the order of the timeline (`t(item)` of docs/metrics.md)."""
    received_at: datetime
    """When we stored it."""
    subject: str = ""
    text: str = ""
    html: str = ""
    """Sanitised; shown only in a sandboxed frame."""
    data: Mapping[str, object] = field(default_factory=dict)
    """What `content` needs beside the text, JSON-able: coordinates, names, a button's label, mail headers shown."""
    reply_to_id: InteractionId | None = None
    reply_to_external: ExternalId | None = None
    """What it answers, as the provider said it; kept even when we do not have that message."""
    album: ExternalId | None = None
    """Messages with the same album key are shown as one."""
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    journal_seq: JournalSeq | None = None
    """The raw event it came from."""
    opens_wait: bool = False
    """A customer's entry that asks for a human answer (docs/metrics.md)."""
    recovered: bool = False
    """Found by reconciling: the provider did not tell it in time."""
    demo: bool = False


class AttachmentState(StrEnum):
    """How far an attachment is."""

    pending = "pending"
    """Still at the provider; the hub is fetching it."""
    ready = "ready"
    failed = "failed"
    """Could not be fetched; `error` says why in words."""
    refused = "refused"
    """Too large, or an address we never fetch from; `error` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file of an interaction."""

    id: AttachmentId
    interaction_id: InteractionId | None
    """None while an agent is still writing the message it belongs to."""
    position: int = 0
    name: str
    """A safe file name: no path, no control characters."""
    media_type: str
    """Sniffed from the content once we have it; the sender's claim until then."""
    size: int | None = None
    state: AttachmentState
    source: ExternalId | None = None
    """Where the connector fetches it."""
    blob: str | None = None
    """Key in the blob store."""
    thumbnail: str | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds, for sound and film."""
    voice: bool = False
    content_id: str | None = None
    """The id by which an HTML mail shows it inline."""
    inline: bool = False
    sha256: str = ""
    """What the provider says the content's hash is, in hex; empty where it says nothing."""
    peaks: tuple[int, ...] = ()
    """The waveform of sound, for drawing: about a hundred levels from 0 to 100 over its length."""
    playable: str | None = None
    """Key of a variant of sound that every browser plays, once somebody asked for it."""
    converted: str | None = None
    """Key of a voice note in the format its channel wants."""
    error: str = ""
    created_at: datetime
    uploaded_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier wording of an edited message."""

    interaction_id: InteractionId
    replaced_at: datetime
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionMark:
    """What one person last said about one emoji on a message: that they react with it, or (`gone`) no more.

    The mark with an empty emoji tells when they last named all their reactions at once. So whatever order a provider
    tells reactions in, the newest word about each emoji counts.
    """

    interaction_id: InteractionId
    contact_point_id: ContactPointId
    emoji: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionId:
    """The id a provider gave to a reaction itself, so that it can be taken back by it."""

    channel_id: ChannelId
    external_id: ExternalId
    interaction_id: InteractionId
    contact_point_id: ContactPointId
    emoji: str
