"""Conversations and what is said in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from hub.domain.conversation import Conversation, ConversationMerge, Participant
from hub.domain.delivery import Delivery, DeliveryState
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    MergeId,
    UserId,
    WaitId,
)
from hub.domain.interaction import Attachment, Interaction
from hub.domain.views import (
    Draft,
)
from hub.domain.wait_items import Said
from hub.domain.waiting import Episode, Wait


class Told(NamedTuple):
    """An entry with what became of its delivery; both None where it needed none."""

    entry: Interaction | Said
    state: DeliveryState | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a conversation's waits are built from, and how they stand."""

    conversation: Conversation
    entries: Sequence[Told]
    """All that may matter to waits, in any order."""
    waits: Sequence[Wait]
    episodes: Sequence[Episode]
    elsewhere: Sequence[Told] | None
    """Agents' replies in the contact's other conversations, none of those since its first entry left out.

    None: nobody looked.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What building a conversation's waits anew gave."""

    before: Material
    conversation: Conversation
    """With the clock as it should be; nothing else is another."""
    waits: Sequence[Wait]
    episodes: Sequence[Episode]


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


class Merges(Protocol):
    """Conversations made one: what went where, so that it finds its way back."""

    async def add(self, merge: ConversationMerge) -> ConversationMerge:
        """Make everything said in `gone` part of `kept`, with its waits, drafts and addresses.

        Returns it with who `joined`. How the work went from person to person stays behind: `kept` has its own.
        """
        ...

    async def take_back(self, merge: ConversationMerge) -> None:
        """Give `gone` back what came from it, and save when and by whom it was undone."""
        ...

    async def get(self, merge_id: MergeId) -> ConversationMerge | None: ...
    async def of(self, conversation_id: ConversationId) -> Sequence[ConversationMerge]:
        """Return the merges into and of a conversation, the newest first."""
        ...

    async def sending(self, conversation_id: ConversationId) -> bool:
        """Tell whether a message is on its way out."""
        ...


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

    async def material(self, after: ConversationId | None, limit: int) -> Sequence[Material]:
        """Return what the waits of the next conversations by id are built from, the conversations locked."""
        ...

    async def save_rebuilt(self, rebuilt: Sequence[Rebuilt]) -> int:
        """Write what is not as it was: clocks, waits, episodes. Returns of how many conversations."""
        ...

    async def conversations_after(self, after: ConversationId | None) -> int:
        """Count the conversations whose ids come later; None: all."""
        ...

    async def waits(self, conversation_id: ConversationId) -> Sequence[Wait]: ...
    async def set_due(self, wait_id: WaitId, due_at: datetime | None) -> None:
        """Set until when a target wants a wait's end; nothing happens if there is no such wait."""
        ...

    async def episodes(self, conversation_id: ConversationId) -> Sequence[Episode]: ...
    async def save_episodes(
        self, conversation_id: ConversationId, channel_id: ChannelId, episodes: Sequence[Episode], *, replace: bool
    ) -> None:
        """Write episodes by number; with `replace`, those not given are deleted."""
        ...

    async def replies_elsewhere(
        self, conversation_id: ConversationId, point_id: ContactPointId, *, since: datetime
    ) -> Sequence[tuple[Interaction, Delivery | None]]:
        """Return agents' replies since then in the contact's other conversations."""
        ...

    async def note_heard(
        self, conversation_id: ConversationId, point_id: ContactPointId, at: datetime, item: InteractionId
    ) -> None:
        """Note in waits of the contact's other conversations that a reply here reached them, unless one did before."""
        ...

    async def conversations_of(self, contact_id: ContactId) -> Sequence[ConversationId]:
        """Return all conversations of whoever is shown as this contact, the oldest first."""
        ...

    async def conversations_heard_by(self, item: InteractionId) -> Sequence[ConversationId]:
        """Return the conversations whose waits this reply was heard in."""
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
