"""Which conversation a message belongs to, how sure we are, and what happens to the conversation's state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hub.contract.events import InboundMessage
from hub.domain.channel import Channel
from hub.domain.contact import ContactPoint
from hub.domain.conversation import Conversation, ConversationState, Participant, ParticipantRole
from hub.domain.ids import ConversationId
from hub.domain.interaction import OURS, AuthorKind
from hub.services.ingest.batch import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A conversation the message refers to; `proven` if its sender takes part there."""

    conversation: Conversation
    proven: bool
    reason: str


def place(
    batch: Batch, channel: Channel, event: InboundMessage, author: ContactPoint, counterpart: ContactPoint, at: datetime
) -> Conversation:
    """Return the conversation for a message: an existing one, reopened if need be, or a new one."""
    match = _find(batch, channel, event, author)
    if match is not None and match.proven:
        conversation = match.conversation
        if not _lapsed(conversation, channel, at):
            return conversation
        return _start(
            batch,
            channel,
            event,
            counterpart,
            at,
            related=Match(
                conversation=conversation, proven=True, reason="Continues a conversation that was resolved long ago"
            ),
        )
    return _start(batch, channel, event, counterpart, at, related=match)


def reopened(conversation: Conversation, event: InboundMessage) -> Conversation:
    """Return the conversation as a customer's message leaves it: awake and open. Machines wake nobody."""
    if not event.opens_wait or event.author is not AuthorKind.contact:
        return conversation
    if conversation.state is ConversationState.open:
        return conversation
    again = conversation.reopen_count + (conversation.state is ConversationState.resolved)
    return replace(conversation, state=ConversationState.open, snoozed_until=None, resolved_at=None, reopen_count=again)


def _lapsed(conversation: Conversation, channel: Channel, at: datetime) -> bool:
    resolved = conversation.resolved_at
    return (
        conversation.state is ConversationState.resolved
        and resolved is not None
        and at - resolved > channel.reopen_window
    )


def _find(batch: Batch, channel: Channel, event: InboundMessage, author: ContactPoint) -> Match | None:
    """Look in the order of trust of docs/architecture.md: token, references, the provider's thread, subject."""
    ours = event.author in OURS
    hint: Match | None = None
    for match in _candidates(batch, channel, event):
        # A Message-ID or a token can be known to strangers (Cc, a forwarded mail): only who takes part may join.
        if match.proven:
            return match
        if ours or batch.takes_part(match.conversation, author):
            return replace(match, proven=True)
        hint = hint or match
    return _by_subject(batch, channel, event, author) or hint


def _candidates(batch: Batch, channel: Channel, event: InboundMessage) -> Iterable[Match]:
    reference = event.reference
    if reference is not None and reference.reply_token:
        named = batch.read_token(reference.reply_token)
        whole = batch.known.merged.get(named, named) if named is not None else None
        conversation = batch.known.conversations.get(whole) if whole is not None else None
        if conversation is not None and conversation.channel_id == channel.id:
            yield Match(conversation=conversation, proven=False, reason="Sent to this conversation's reply address")
    for message_id in reference.message_ids if reference is not None else ():
        known = batch.message(channel.id, message_id)
        conversation = batch.known.conversations.get(known.interaction.conversation_id) if known else None
        if conversation is not None:
            yield Match(conversation=conversation, proven=False, reason="Answers a message of this conversation")
    names = (event.thread, *event.other_threads)
    latest = next((batch.known.latest[channel.id, t] for t in names if (channel.id, t) in batch.known.latest), None)
    if latest is not None:
        yield Match(conversation=batch.conversation(latest), proven=True, reason="Same thread at the provider")


def _by_subject(batch: Batch, channel: Channel, event: InboundMessage, author: ContactPoint) -> Match | None:
    """Find a conversation with the same subject in which the author takes part; strangers get no hint from it."""
    reference = event.reference
    if reference is None or not reference.answers or not reference.base_subject:
        return None
    for conversation_id in batch.known.by_subject.get((channel.id, reference.base_subject), ()):
        conversation = batch.known.conversations.get(conversation_id)
        if conversation is not None and batch.takes_part(conversation, author):
            return Match(conversation=conversation, proven=True, reason="Same subject within 30 days")
    return None


def _start(
    batch: Batch,
    channel: Channel,
    event: InboundMessage,
    counterpart: ContactPoint,
    at: datetime,
    *,
    related: Match | None,
) -> Conversation:
    conversation = Conversation(
        id=ConversationId(batch.new_id()),
        channel_id=channel.id,
        contact_point_id=counterpart.id,
        thread=event.thread,
        subject=event.subject,
        team_id=channel.team_id,
        group=event.group,
        initiated_by_us=event.author in OURS,
        related_id=related.conversation.id if related else None,
        related_reason=related.reason if related else "",
        created_at=at,
        last_at=at,
        demo=channel.demo,
    )
    batch.add_conversation(conversation, event.reference.base_subject if event.reference else "")
    batch.add_participant(
        Participant(conversation_id=conversation.id, contact_point_id=counterpart.id, role=ParticipantRole.counterpart)
    )
    return conversation
