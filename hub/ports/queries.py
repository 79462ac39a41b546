"""Read-only questions, never inside a write transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.changes import Notice
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactId,
    ConversationId,
    ExternalId,
    InteractionId,
    JournalSeq,
    UserId,
)
from hub.domain.interaction import Revision
from hub.domain.journal import LedgerLine, RawState, StoredEvent
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
    VisitorMessage,
    WaitView,
)


class Queries(Protocol):
    """What the screens read. `viewer` is the user whose unread marks count; None for programs."""

    async def conversations(
        self, f: ConversationFilter, *, viewer: UserId | None, cursor: str | None, limit: int
    ) -> Page[ConversationRow]: ...
    async def conversation_rows(
        self, ids: Collection[ConversationId], *, viewer: UserId | None
    ) -> Sequence[ConversationRow]: ...
    async def mergeable(
        self, conversation_id: ConversationId, *, viewer: UserId | None, limit: int
    ) -> Sequence[ConversationRow]:
        """Return the other conversations with the same address on the same channel, newest first."""
        ...

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
    async def changed(
        self, conversations: Collection[ConversationId], interactions: Collection[InteractionId]
    ) -> tuple[Sequence[ConversationRow], Sequence[InteractionView]]:
        """Return conversations as nobody in particular sees them, and entries, oldest first; both in one go."""
        ...

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

    async def bots_due(self, now: datetime, limit: int) -> Sequence[ConversationId]:
        """Return conversations in which a bot has something to read or to do by time, the longest waiting first."""
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
