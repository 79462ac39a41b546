"""What happened: told to the screens and to outgoing webhooks after the commit, in the order of the commits."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.domain.ids import ConversationId


class ChangeKind(StrEnum):
    """What sort of thing happened. Integrators subscribe to these words."""

    interaction_added = "interaction_added"
    interaction_changed = "interaction_changed"
    """Edited, taken back, reacted to, an attachment arrived, its delivery moved on."""
    conversation_added = "conversation_added"
    conversation_changed = "conversation_changed"
    contact_added = "contact_added"
    contact_changed = "contact_changed"
    contact_merged = "contact_merged"
    contact_split = "contact_split"
    channel_changed = "channel_changed"
    delivery_changed = "delivery_changed"
    event_unparsed = "event_unparsed"
    """A raw event could not be read; a manager should look."""
    users_changed = "users_changed"
    target_at_risk = "target_at_risk"
    """The time of a target is nearly up. The subject is the wait, or the episode's resolution."""
    target_breached = "target_breached"
    """The time of a target is up, and what it wants has not happened."""
    bots_changed = "bots_changed"
    """A bot's flow or rule was saved, published or deleted. The subject is the flow or the rule."""
    call_changed = "call_changed"
    """A call began, rings, was answered, ended … The subject is the call."""
    recording_changed = "recording_changed"
    review_changed = "review_changed"
    """A review, a comment or the score of a call. The subject is the call."""
    presence_changed = "presence_changed"
    """The subject is the agent."""
    debt_changed = "debt_changed"
    """The missed-contact board changed. The subject is the contact."""
    line_changed = "line_changed"
    hook_called = "hook_called"
    """A rule or a macro calls one webhook, which alone is told. The subject is the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to one record."""

    kind: ChangeKind
    subject_id: UUID
    """The record it happened to: an interaction, a conversation, a contact, a channel, a delivery."""
    conversation_id: ConversationId | None = None
    """The conversation it belongs to, where there is one."""
    fields: tuple[str, ...] = ()
    """Of a changed contact: what changed, as rules name it (`hub.domain.contact.changed`); empty: something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A change with its place in the order of commits: what a client resumes by."""

    seq: int
    at: datetime
    change: Change
