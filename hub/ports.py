"""What services and loops need from the rooms they do not know: storage, blobs, time, notices.

Protocols only. `storage` implements Storage and BlobStore, `hub.runtime` the rest; tests use the real ones on
temporary databases. All times are UTC and aware. Lists page by cursor; a malformed cursor raises Invalid.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from hub.contract.events import RawEvent
from hub.domain.changes import Change, ChangeKind, Notice
from hub.domain.channel import Channel, ChannelSettings, Connection, VoiceFormat
from hub.domain.contact import Contact, ContactPoint, IdentityChange
from hub.domain.conversation import Conversation, Participant
from hub.domain.delivery import Delivery, DeliveryEvent
from hub.domain.errors import HubError
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
    JournalSeq,
    MergeId,
    TeamId,
    UserId,
)
from hub.domain.interaction import Attachment, Interaction, ReactionId, ReactionMark, Revision
from hub.domain.journal import LedgerLine, RawState, Recovery, StoredEvent, Tally
from hub.domain.template import Template
from hub.domain.user import Team, User
from hub.domain.views import (
    AttachmentView,
    ContactRow,
    ContactView,
    ConversationCounts,
    ConversationFilter,
    ConversationRow,
    Draft,
    InteractionView,
    Page,
    ParticipantView,
    SearchHit,
    TokenView,
    VisitorMessage,
    WaitView,
)
from hub.domain.waiting import Wait


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Return the time, UTC and aware."""
        ...


# --- the journal -------------------------------------------------------------------------------------------


class Journal(Protocol):
    """The durable table of raw events. `append` is the moment after which nothing is lost."""

    async def append(
        self,
        channel_id: ChannelId,
        events: Sequence[RawEvent],
        *,
        cursor: str | None = None,
        within: float | None = None,
    ) -> Sequence[JournalSeq]:
        """Store raw events, in order, and the listener's cursor with them; return when they are durable.

        All callers waiting at the same moment share one transaction (group commit). Counts `received` and
        `stored` in the ledger. Raises the storage's error if the commit failed: then nothing was stored.
        `events` may be empty: then only the cursor moves. `within` bounds the wait, in seconds, to about a second: then
        an error is raised, and whether they are stored is open.
        """
        ...

    async def cursor(self, channel_id: ChannelId) -> str | None:
        """Return the cursor last stored with `append`."""
        ...

    async def wait_for_new(self, at_most: float) -> None:
        """Return when something was appended by this process since the last call, or after `at_most` seconds."""
        ...


class JournalReading(Protocol):
    """The reading side, inside a unit of work."""

    async def claim(self, seqs: Collection[JournalSeq]) -> frozenset[JournalSeq]:
        """Return which of these raw events are still `new` and ours to read until the unit of work ends.

        On PostgreSQL a channel's events are read by one worker at a time (an advisory lock per channel): events of
        a channel that another worker reads now are left out.
        """
        ...

    async def get(self, seq: JournalSeq) -> StoredEvent | None:
        """Return one raw event."""
        ...

    async def get_many(self, seqs: Collection[JournalSeq]) -> Sequence[StoredEvent]:
        """Return those that exist, oldest first."""
        ...

    async def settle(self, seqs: Collection[JournalSeq], state: RawState, *, at: datetime) -> None:
        """Mark raw events read."""
        ...

    async def set_unparsed(self, seq: JournalSeq, error: str, *, at: datetime) -> None:
        """Mark one as not understood, with the reason in words."""
        ...

    async def renew(self, *, channel_id: ChannelId | None = None, seqs: Collection[JournalSeq] = ()) -> int:
        """Put unparsed events (all of a channel, all, or those given whatever their state) back to `new`."""
        ...

    async def park(self, channel_id: ChannelId, external_id: ExternalId, seq: JournalSeq) -> None:
        """Remember that raw event `seq` speaks of a message we do not have yet."""
        ...

    async def unpark(self, channel_id: ChannelId, external_ids: Collection[ExternalId]) -> Sequence[JournalSeq]:
        """Forget what was parked for these messages and return the raw events' places."""
        ...

    async def count(self, channel_id: ChannelId, tally: Tally, *, at: datetime) -> None:
        """Add to a channel's ledger of the day."""
        ...

    async def recoveries(self) -> Mapping[ChannelId, Recovery]:
        """Return what reconciling found and nobody has dismissed yet."""
        ...

    async def dismiss_recovery(self, channel_id: ChannelId) -> None:
        """Forget what reconciling found: somebody has seen it."""
        ...

    async def renew_met(self) -> int:
        """Put parked events back to `new` whose message is here by now; returns how many.

        Two workers can miss each other: one parks a receipt at the moment in which the other stores the message.
        """
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Delete read (`done`) events received before then; returns how many."""
        ...


# --- ingest's working set -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestKeys:
    """All that a batch of inbound events may refer to."""

    points: frozenset[tuple[str, str]] = frozenset()
    """(namespace, normalised address), every candidate form included."""
    messages: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Ids of messages, replied-to and referenced messages, and of outbound messages receipts speak of."""
    threads: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    subjects: frozenset[tuple[ChannelId, str]] = frozenset()
    """(channel, base subject) of mails that look like replies."""
    conversations: frozenset[ConversationId] = frozenset()
    """Named outright by a verified reply token."""
    watermarks: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Of our messages up to which a receipt speaks; also among `messages`."""
    until: frozenset[tuple[ChannelId, ExternalId, datetime]] = frozenset()
    """(channel, thread, time): receipts that speak of all we sent there until then."""
    deliveries: frozenset[tuple[ChannelId, ExternalId, DeliveryId]] = frozenset()
    """Receipts that also name our own delivery, for ids that are not among the messages we have."""
    reacted: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Messages whose reactions are spoken of; also among `messages`."""
    withdrawn: frozenset[tuple[ChannelId, ExternalId]] = frozenset()
    """Ids that may be a reaction's own; also among `messages`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMessage:
    """What ingest needs of a message we have."""

    interaction: Interaction
    delivery: Delivery | None = None
    digest: str = ""


@dataclass(slots=True, kw_only=True)
class Known:
    """What the database has of the keys."""

    points: dict[tuple[str, str], ContactPoint] = field(default_factory=dict)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    """Owners of the points, and their canonical contacts."""
    messages: dict[tuple[ChannelId, ExternalId], KnownMessage] = field(default_factory=dict)
    """By the interaction's own external id and by any id its delivery has."""
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    latest: dict[tuple[ChannelId, ExternalId], ConversationId] = field(default_factory=dict)
    """The newest conversation of each thread."""
    by_subject: dict[tuple[ChannelId, str], tuple[ConversationId, ...]] = field(default_factory=dict)
    """Conversations of the last 30 days with that base subject, newest first, at most 20."""
    participants: dict[ConversationId, set[ContactPointId]] = field(default_factory=dict)
    below: dict[tuple[ChannelId, ExternalId], tuple[KnownMessage, ...]] = field(default_factory=dict)
    """For each watermark: our messages of its conversation, it included and not newer, that nobody read yet."""
    until: dict[tuple[ChannelId, ExternalId, datetime], tuple[KnownMessage, ...]] = field(default_factory=dict)
    """The same for each watermark in time, of all the thread's conversations."""
    parked: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    """Messages of the keys for which raw events are parked."""
    marks: dict[tuple[InteractionId, ContactPointId], dict[str, ReactionMark]] = field(default_factory=dict)
    """For messages whose reactions are spoken of: what each person last said, by emoji."""
    reaction_ids: dict[tuple[ChannelId, ExternalId], tuple[ReactionId, ConversationId]] = field(default_factory=dict)
    """Reactions by their own ids, with the conversation they are in."""


@dataclass(slots=True, kw_only=True)
class Flush:
    """What a batch changed; written with one statement per table, in an order that satisfies the constraints."""

    new_contacts: list[Contact] = field(default_factory=list)
    new_points: list[ContactPoint] = field(default_factory=list)
    new_conversations: list[Conversation] = field(default_factory=list)
    base_subjects: dict[ConversationId, str] = field(default_factory=dict)
    new_participants: list[Participant] = field(default_factory=list)
    new_interactions: list[Interaction] = field(default_factory=list)
    digests: dict[InteractionId, str] = field(default_factory=dict)
    new_attachments: list[Attachment] = field(default_factory=list)
    new_revisions: list[Revision] = field(default_factory=list)
    contacts: dict[ContactId, Contact] = field(default_factory=dict)
    points: dict[ContactPointId, ContactPoint] = field(default_factory=dict)
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    interactions: dict[InteractionId, Interaction] = field(default_factory=dict)
    waits: dict[UUID, tuple[ConversationId, Wait]] = field(default_factory=dict)
    """Waits opened or changed, by id."""
    marks: dict[tuple[InteractionId, ContactPointId, str], ReactionMark] = field(default_factory=dict)
    """What people said about emojis; replaces what they said before."""
    new_reaction_ids: list[ReactionId] = field(default_factory=list)
    delivery_events: list[tuple[Delivery, DeliveryEvent]] = field(default_factory=list)
    """Deliveries as they are after the event."""
    identity_log: list[IdentityChange] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """Told by the caller with `UnitOfWork.note`; `save` does not look at them."""


class IngestStore(Protocol):
    """One round trip in, one round trip out, for a whole batch."""

    async def load(self, keys: IngestKeys) -> Known:
        """Read everything the keys name, locking the conversations on PostgreSQL until the unit of work ends."""
        ...

    async def save(self, flush: Flush) -> None:
        """Write a batch. Raises Conflict if another worker stored one of its records first: roll back, run again."""
        ...


# --- repositories, inside a unit of work ------------------------------------------------------------------------


class Channels(Protocol):
    """Our accounts. Settings are stored with their secrets encrypted."""

    async def get(self, channel_id: ChannelId) -> Channel | None: ...
    async def by_webhook_key(self, key: str) -> Channel | None: ...
    async def all(self) -> Sequence[Channel]: ...
    async def settings(self, channel_id: ChannelId) -> ChannelSettings | None: ...
    async def add(self, channel: Channel, settings: Mapping[str, object], secret_fields: Collection[str]) -> None: ...
    async def update(self, channel: Channel) -> None: ...
    async def update_settings(
        self, channel_id: ChannelId, settings: Mapping[str, object], secret_fields: Collection[str]
    ) -> None:
        """Replace the settings and raise the revision."""
        ...

    async def keep_secret(self, channel_id: ChannelId, field: str, value: str) -> None:
        """Replace one secret setting without raising the revision: the account goes on as it is."""
        ...

    async def set_connection(self, channel_id: ChannelId, connection: Connection) -> None: ...
    async def delete(self, channel_id: ChannelId) -> None:
        """Delete a channel that has no conversations. Raises Conflict otherwise: such a channel is disabled instead."""
        ...

    async def reencrypt(self) -> int:
        """Encrypt every secret with the newest key; returns how many."""
        ...


class Contacts(Protocol):
    """Contacts, their addresses and the links between them."""

    async def get(self, contact_id: ContactId) -> Contact | None: ...
    async def add(self, contact: Contact) -> None: ...
    async def update(self, contact: Contact) -> None: ...
    async def cluster(self, contact_id: ContactId) -> Sequence[Contact]:
        """Return the contact and all that are shown as the same one, the canonical first."""
        ...

    async def points(self, contact_ids: Collection[ContactId]) -> Sequence[ContactPoint]: ...
    async def point(self, point_id: ContactPointId) -> ContactPoint | None: ...
    async def find_point(self, namespace: str, addresses: Collection[str]) -> ContactPoint | None: ...
    async def add_point(self, point: ContactPoint) -> None:
        """Raises Conflict if the address belongs to somebody already."""
        ...

    async def update_point(self, point: ContactPoint) -> None: ...
    async def remove_point(self, point_id: ContactPointId) -> None:
        """Raises Conflict if messages were exchanged with it."""
        ...

    async def set_canonical(self, contact_ids: Collection[ContactId], canonical: ContactId) -> None: ...
    async def move_points(self, point_ids: Collection[ContactPointId], owner: ContactId) -> None: ...
    async def log(self, change: IdentityChange) -> None: ...
    async def change(self, change_id: MergeId) -> IdentityChange | None: ...
    async def mark_undone(self, change_id: MergeId, *, by: UserId | None, at: datetime) -> None: ...
    async def history(self, contact_ids: Collection[ContactId]) -> Sequence[IdentityChange]:
        """Return what was decided about these contacts, newest first."""
        ...

    async def active_merges(self) -> Sequence[IdentityChange]: ...
    async def delete(self, contact_ids: Collection[ContactId]) -> Sequence[str]:
        """Erase contacts with all their conversations; returns the blob keys to delete."""
        ...

    async def expire(self, now: datetime, limit: int) -> tuple[int, Sequence[str]]:
        """Erase provisional contacts past `expires_at` whose conversations are all resolved or unanswered; count."""
        ...


class Conversations(Protocol):
    """Conversations, their participants and the drafts in them."""

    async def get(self, conversation_id: ConversationId) -> Conversation | None:
        """Return it, locked until the unit of work ends."""
        ...

    async def add(self, conversation: Conversation, participants: Sequence[Participant]) -> None: ...
    async def update(self, conversation: Conversation) -> None: ...
    async def latest(self, channel_id: ChannelId, thread: ExternalId) -> Conversation | None: ...
    async def due_snoozes(self, now: datetime, limit: int) -> Sequence[Conversation]: ...
    async def save_draft(self, draft: Draft) -> None: ...
    async def delete_draft(self, conversation_id: ConversationId, user_id: UserId) -> None: ...
    async def mark_read(self, conversation_id: ConversationId, user_id: UserId, at: datetime) -> None: ...


class Timeline(Protocol):
    """Interactions with their attachments, and the waits derived from them."""

    async def get(self, interaction_id: InteractionId) -> Interaction | None: ...
    async def add(self, interaction: Interaction) -> None:
        """Raises Conflict if the id exists: a client's repeated create."""
        ...

    async def update(self, interaction: Interaction) -> None: ...
    async def items(self, conversation_id: ConversationId) -> Sequence[tuple[Interaction, Delivery | None]]:
        """Return all entries that may matter to waits, in order, with the delivery of outbound ones."""
        ...

    async def thread_ids(self, conversation_id: ConversationId, limit: int) -> Sequence[ExternalId]:
        """Return the external ids of the conversation's newest messages, oldest first (mail's References)."""
        ...

    async def save_waits(self, conversation_id: ConversationId, waits: Sequence[Wait], *, replace: bool) -> None:
        """Write waits by id; with `replace`, those not given are deleted."""
        ...

    async def add_attachment(self, attachment: Attachment) -> None: ...
    async def attachment(self, attachment_id: AttachmentId) -> Attachment | None: ...
    async def attachments(self, interaction_id: InteractionId) -> Sequence[Attachment]: ...
    async def update_attachment(self, attachment: Attachment, *, look_at: datetime | None = None) -> None:
        """Save a file's record; with `look_at` it is due then to be looked into."""
        ...

    async def keep_variant(
        self, attachment_id: AttachmentId, *, playable: str | None = None, converted: str | None = None
    ) -> None:
        """Remember where a variant of a file's sound is kept."""
        ...

    async def unseen_attachments(self, limit: int) -> Sequence[Attachment]:
        """Return stored files that are due to be looked into."""
        ...

    async def attach(self, attachment_ids: Sequence[AttachmentId], interaction_id: InteractionId) -> None:
        """Give uploaded files to a message, in this order. Raises Conflict if one belongs to another already."""
        ...

    async def pending_attachments(self, limit: int) -> Sequence[tuple[Attachment, ChannelId]]:
        """Return files still at the provider whose next try is due."""
        ...

    async def retry_attachment(self, attachment_id: AttachmentId, *, attempts: int, next_at: datetime) -> None: ...
    async def forgotten_uploads(self, before: datetime, limit: int) -> Sequence[Attachment]:
        """Return uploads that no message and no draft took."""
        ...

    async def delete_attachment(self, attachment_id: AttachmentId) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery claimed for sending, with how often it was tried."""

    delivery: Delivery
    interaction: Interaction
    conversation: Conversation


class Outbox(Protocol):
    """Deliveries waiting to go."""

    async def add(self, delivery: Delivery, event: DeliveryEvent) -> None: ...
    async def get(self, delivery_id: DeliveryId) -> Delivery | None: ...
    async def of_interaction(self, interaction_id: InteractionId) -> Delivery | None: ...
    async def events(self, delivery_id: DeliveryId) -> Sequence[DeliveryEvent]: ...
    async def claim(self, now: datetime, limit: int, *, channels: Collection[ChannelId]) -> Sequence[DueDelivery]:
        """Mark due deliveries `sending` and return them; one open delivery per conversation at a time, oldest first.

        The attempt rises by one and its `sending` event is appended. Failed and unknown deliveries block nobody.
        PostgreSQL: `FOR UPDATE SKIP LOCKED`, so that many nodes share the work.
        """
        ...

    async def record(self, delivery: Delivery, event: DeliveryEvent) -> None:
        """Save a delivery as it is after an event, and append the event."""
        ...

    async def set_ids(self, delivery: Delivery, further: Sequence[ExternalId]) -> None:
        """Store the provider's ids, so that receipts, edits and echoes find the message by any of them."""
        ...

    async def next_due(self, channels: Collection[ChannelId]) -> datetime | None:
        """Return when the next queued delivery is due."""
        ...

    async def stranded(self, now: datetime) -> Sequence[Delivery]:
        """Return deliveries found `sending` that nobody holds any more.

        They were claimed by an earlier start of this process, or by another one that has no living lease.
        """
        ...


class Users(Protocol):
    """People, teams, their sessions, and tokens of programs."""

    async def get(self, user_id: UserId) -> User | None: ...
    async def by_email(self, email: str) -> User | None: ...
    async def all(self) -> Sequence[User]: ...
    async def add(self, user: User, password_hash: str) -> None:
        """Raises Conflict if the e-mail address is taken."""
        ...

    async def update(self, user: User) -> None: ...
    async def password_hash(self, user_id: UserId) -> str | None: ...
    async def set_password(self, user_id: UserId, password_hash: str, *, must_change: bool) -> None:
        """Set it and end the user's other sessions."""
        ...

    async def add_session(self, token_hash: str, user_id: UserId, *, now: datetime, expires_at: datetime) -> None: ...
    async def session_user(self, token_hash: str, now: datetime) -> User | None:
        """Return the active user of a living session."""
        ...

    async def renew_session(self, token_hash: str, *, expires_at: datetime) -> None:
        """Move the end of a session, never past its absolute limit of 30 days after login."""
        ...

    async def end_session(self, token_hash: str) -> None: ...
    async def end_sessions(self, user_id: UserId) -> None: ...
    async def count_failures(self, key: str, now: datetime, window: timedelta) -> int:
        """Return how many logins failed for this key (address or user) within the window."""
        ...

    async def add_failure(self, key: str, now: datetime) -> None: ...
    async def clear_failures(self, key: str) -> None: ...
    async def add_token(self, token: TokenView, token_hash: str) -> None: ...
    async def token(self, token_hash: str, now: datetime) -> TokenView | None: ...
    async def tokens(self) -> Sequence[TokenView]: ...
    async def revoke_token(self, token_id: str) -> None: ...
    async def teams(self) -> Sequence[Team]: ...
    async def save_team(self, team: Team, member_ids: Collection[UserId]) -> None: ...
    async def delete_team(self, team_id: TeamId) -> None: ...


class Hooks(Protocol):
    """Outgoing webhooks and the log of what was sent to them."""

    async def all(self) -> Sequence[Hook]: ...
    async def get(self, hook_id: UUID) -> Hook | None: ...
    async def save(self, hook: Hook) -> None:
        """Add or replace; the secret is stored encrypted."""
        ...

    async def delete(self, hook_id: UUID) -> None: ...
    async def cursor(self) -> int:
        """Return the last notice that was turned into hook deliveries; locks it until the unit of work ends."""
        ...

    async def advance(self, seq: int, deliveries: Sequence[HookDelivery]) -> None: ...
    async def claim(self, now: datetime, limit: int) -> Sequence[HookDelivery]: ...
    async def record(self, delivery: HookDelivery) -> None: ...
    async def deliveries(self, hook_id: UUID, cursor: str | None, limit: int) -> Page[HookDelivery]: ...
    async def delivery(self, delivery_id: UUID) -> HookDelivery | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSync:
    """How the last synchronisation of a channel's templates went."""

    synced_at: datetime | None
    """When they were last read from the provider."""
    tried_at: datetime
    problem: str = ""
    """In words, if the last try failed."""


class Templates(Protocol):
    """Providers' templates as last told."""

    async def all(self, channel_id: ChannelId) -> Sequence[Template]:
        """Return a channel's templates, by name and language."""
        ...

    async def get(self, channel_id: ChannelId, key: str) -> Template | None: ...
    async def replace(self, channel_id: ChannelId, templates: Sequence[Template], *, at: datetime) -> None:
        """Keep these and no others."""
        ...

    async def note_problem(self, channel_id: ChannelId, problem: str, *, at: datetime) -> None: ...
    async def last_sync(self, channel_id: ChannelId) -> TemplateSync | None: ...


class Leases(Protocol):
    """Who serves what must be served once."""

    async def acquire(self, name: str, owner: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew a lease; False if somebody else holds a living one."""
        ...

    async def release(self, name: str, owner: str) -> None: ...


class Facts(Protocol):
    """Small facts of the installation that must survive: the first admin was made, the demo's marker."""

    async def get(self, name: str) -> str | None: ...
    async def put(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRows:
    """What removing the demo deleted."""

    channels: tuple[ChannelId, ...] = ()
    conversations: int = 0
    contacts: int = 0
    users: tuple[UserId, ...] = ()
    blobs: tuple[str, ...] = ()
    """Keys no remaining file needs, to be deleted after the commit."""


class Demo(Protocol):
    """What is marked demo."""

    async def remove(self, team_ids: Collection[str]) -> DemoRows:
        """Delete every row that is marked demo or hangs on one; `team_ids` are the demo's teams.

        Contacts and people that real conversations need stay and lose the mark; a team that is used stays, too.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block commits and then tells what changed; an exception rolls back."""

    @property
    def channels(self) -> Channels: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def journal(self) -> JournalReading: ...
    @property
    def ingest(self) -> IngestStore: ...
    @property
    def users(self) -> Users: ...
    @property
    def hooks(self) -> Hooks: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def demo(self) -> Demo: ...

    def note(self, *changes: Change) -> None:
        """Say what changed; stored with the commit as notices, in the order of commits."""
        ...

    async def prune_notices(self) -> int:
        """Delete notices older than 7 days and all beyond the newest 100,000; returns how many."""
        ...


# --- queries: read-only, never inside a write transaction -----------------------------------------------------


class Queries(Protocol):
    """What the screens read. `viewer` is the user whose unread marks count; None for programs."""

    async def conversations(
        self, f: ConversationFilter, *, viewer: UserId | None, cursor: str | None, limit: int
    ) -> Page[ConversationRow]: ...
    async def conversation_rows(
        self, ids: Collection[ConversationId], *, viewer: UserId | None
    ) -> Sequence[ConversationRow]: ...
    async def counts(self, *, viewer: UserId | None) -> ConversationCounts: ...
    async def thread(self, conversation_id: ConversationId, *, before: str | None, limit: int) -> Page[InteractionView]:
        """Return a page of a conversation: newest page first, each in order of time; `next` leads to older ones."""
        ...

    async def timeline(
        self, contact_id: ContactId, *, channel_ids: Collection[ChannelId] = (), before: str | None, limit: int
    ) -> Page[InteractionView]:
        """Return a page of a contact's life across channels, as `thread` does."""
        ...

    async def interactions(self, ids: Collection[InteractionId]) -> Sequence[InteractionView]: ...
    async def interaction_html(self, interaction_id: InteractionId) -> str | None: ...
    async def revisions(self, interaction_id: InteractionId) -> Sequence[Revision]: ...
    async def participants(self, conversation_id: ConversationId) -> Sequence[ParticipantView]: ...
    async def draft(self, conversation_id: ConversationId, user_id: UserId) -> Draft | None: ...
    async def files(self, ids: Sequence[AttachmentId]) -> Sequence[AttachmentView]:
        """Return these files, in this order; those that are gone are left out."""
        ...

    async def read_at(self, conversation_id: ConversationId, viewer: UserId) -> datetime | None:
        """Return when this person last looked at the conversation."""
        ...

    async def contacts(self, search: str, *, cursor: str | None, limit: int) -> Page[ContactRow]:
        """List contacts by name, address or company; anonymous and merged ones are left out."""
        ...

    async def contact(self, contact_id: ContactId) -> ContactView | None:
        """Return the contact it is shown as, with all that was merged into it."""
        ...

    async def similar(self, contact_id: ContactId, limit: int) -> Sequence[ContactRow]:
        """Return contacts that share a rare name word, a mail's local part or a number's ending, as candidates."""
        ...

    async def never_merge(self, contact_id: ContactId) -> frozenset[ContactId]: ...
    async def search(self, text: str, *, cursor: str | None, limit: int) -> Page[SearchHit]: ...
    async def ledger(self, *, since: datetime) -> Sequence[LedgerLine]: ...
    async def raw_events(
        self, *, channel_id: ChannelId | None, state: RawState | None, cursor: str | None, limit: int
    ) -> Page[StoredEvent]:
        """List raw events, newest first, bodies left out (empty)."""
        ...

    async def raw_interactions(self, seq: JournalSeq) -> Sequence[InteractionId]: ...
    async def waits(
        self, *, conversation_id: ConversationId | None, channel_id: ChannelId | None, cursor: str | None, limit: int
    ) -> Page[WaitView]: ...
    async def visitor_feed(
        self, channel_id: ChannelId, thread: ExternalId, *, after: int, limit: int
    ) -> Sequence[VisitorMessage]:
        """Return what a web-chat visitor sees of the thread, changed after `after`, in the order of changes."""
        ...

    async def visitor_threads(
        self, ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, tuple[ChannelId, ExternalId]]:
        """Return the channel and thread of these conversations: tells the visitors' door whom a notice concerns."""
        ...

    async def notices(self, *, after: int, limit: int) -> Sequence[Notice]:
        """Return notices in order of commits; every commit visible to a later call has a higher number."""
        ...

    async def notice_bounds(self) -> tuple[int, int]:
        """Return the oldest and newest notice kept; (0, 0) if there is none."""
        ...

    async def unread_events(self, limit: int, *, max_bytes: int = 16_000_000) -> Sequence[StoredEvent]:
        """Return raw events of state `new`, oldest first, at most `limit` and about `max_bytes` of bodies.

        Nothing is locked, so that parsing them holds up nobody; `JournalReading.claim` says which to apply.
        """
        ...

    async def oldest_unread_event(self) -> datetime | None:
        """Return when the oldest journal row that is still `new` was received."""
        ...

    async def outbox_depth(self) -> Mapping[str, int]:
        """Return open deliveries by state."""
        ...


class Storage(Protocol):
    """The database."""

    @property
    def journal(self) -> Journal: ...
    @property
    def queries(self) -> Queries: ...

    def begin(self, *, durable: bool = True) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit of work that may write.

        Not `durable`: a power cut may undo it, whole and with all that came after it. For reading the journal, whose
        raw events are then `new` again.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit of work that only reads: it waits for no writer, and its changes are refused."""
        ...

    async def ready(self) -> None:
        """Raise, in words, if the database can't be written."""
        ...

    async def close(self) -> None: ...


class BlobStore(Protocol):
    """Files and recordings: a local folder or S3, one interface. Keys are ours; never made from anyone's file name."""

    async def put(self, key: str, content: AsyncIterator[bytes] | bytes) -> int:
        """Store and return the size. Durable on return."""
        ...

    def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Stream bytes `start` to `end` (exclusive). Raises NotFound."""
        ...

    async def size(self, key: str) -> int:
        """Raises NotFound."""
        ...

    async def delete(self, key: str) -> None: ...
    def keys(self, prefix: str = "") -> AsyncIterator[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLook:
    """What was learned of sound, film or a document."""

    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds."""
    peaks: tuple[int, ...] = ()
    """About a hundred levels from 0 to 100."""
    preview: bytes | None = field(default=None, repr=False)
    """A picture of film or of the first page, WebP."""


class MediaUnreadable(HubError):
    """A file is damaged, of an unknown kind, or takes too long; said in words."""


class MediaTool(Protocol):
    """Looks into stored files and converts sound; what a hostile file does harms nobody."""

    async def look(self, blob: str, media_type: str) -> MediaLook:
        """Raises MediaUnreadable, NotFound."""
        ...

    async def convert(self, blob: str, kind: VoiceFormat) -> bytes:
        """Return the sound in another format. Raises MediaUnreadable, NotFound."""
        ...


class Doorbell(Protocol):
    """Wakes whoever waits for committed changes, on this node and, with a bus, on every node."""

    def ring(self, kinds: Collection[ChangeKind] = ()) -> None:
        """Say that changes of these kinds were committed. Never blocks, never fails."""
        ...
