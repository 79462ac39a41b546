"""An agent's reply or note, and the first message of a conversation we start: stored and queued in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.channel import Capabilities, Channel
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation, ConversationState, Participant, ParticipantRole
from hub.domain.errors import Conflict, Invalid
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    InteractionId,
    UserId,
    bounded,
)
from hub.domain.interaction import (
    AuthorKind,
    Direction,
    Interaction,
    InteractionKind,
)
from hub.ports import UnitOfWork
from hub.services import addresses, conversations, noting
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.outgoing import (
    NewMessageId,
    Written,
    bounded_text,
    check,
    conversation_of,
    files_of,
    known_entry,
    queue,
    reachable,
    sending_channel,
    tidy_subject,
)

__all__ = ["NewMessageId", "Started", "Written", "note", "reply", "start_conversation"]


async def reply(
    uow: UnitOfWork,
    *,
    id: InteractionId,  # noqa: A002 - the word of every record
    conversation_id: ConversationId,
    written: Written,
    capabilities: Capabilities,
    new_message_id: NewMessageId,
    by: UserId | None,
    now: datetime,
    resolve: bool = False,
    author: AuthorKind = AuthorKind.agent,
) -> Made[Interaction]:
    """Store a reply and queue it; the outbox sends it after the commit.

    A resolved conversation reopens, unless a machine answers (`auto`). With `resolve` it is resolved once the provider
    took the message, so that a reply that fails never hides its conversation, and answers the customer before the work
    is closed.
    Raises NotFound, Invalid, Conflict (the id belongs to something else) and CannotSend, in words.
    """
    conversation = await conversation_of(uow, conversation_id)
    if (known := await known_entry(uow, id, conversation_id)) is not None:
        return Made(known, created=False)
    channel = await sending_channel(uow, conversation.channel_id)
    point = await reachable(uow, conversation.contact_point_id)
    if resolve:
        written = replace(written, data={**written.data, "resolve": True})
    entry = await queue(
        uow,
        id=id,
        conversation=conversation,
        written=written,
        capabilities=capabilities,
        new_message_id=new_message_id,
        by=by,
        now=now,
        author=author,
        point=point,
        channel=channel,
    )
    if conversation.state is ConversationState.resolved and not resolve and author is not AuthorKind.auto:
        await conversations.change(
            uow, conversation_id, conversations.Edit(state=ConversationState.open), by=by, now=now
        )
    return Made(entry, created=True)


async def note(
    uow: UnitOfWork,
    *,
    id: InteractionId,  # noqa: A002 - the word of every record
    conversation_id: ConversationId,
    text: str,
    by: UserId | None,
    now: datetime,
    attachment_ids: Sequence[AttachmentId] = (),
    data: Mapping[str, object] | None = None,
    author: AuthorKind = AuthorKind.agent,
) -> Made[Interaction]:
    """Store a note for colleagues; the customer never sees it. Raises NotFound, Invalid, Conflict."""
    conversation = await conversation_of(uow, conversation_id)
    if (known := await known_entry(uow, id, conversation_id)) is not None:
        return Made(known, created=False)
    if not text.strip() and not attachment_ids:
        raise Invalid("The note is empty. Write something or attach a file.")
    entry = Interaction(
        id=id,
        conversation_id=conversation_id,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        direction=Direction.internal,
        author_kind=author,
        author_id=by,
        kind=InteractionKind.note,
        occurred_at=now,
        received_at=now,
        text=bounded_text(text),
        data=data or {},
        demo=conversation.demo,
    )
    await files_of(uow, attachment_ids, id)
    await uow.timeline.add(entry)
    await uow.timeline.attach(attachment_ids, id)
    if by is not None:
        await uow.conversations.delete_draft(conversation_id, by)
    uow.note(noting.entry_added(entry), noting.conversation_changed(conversation_id))
    return Made(entry, created=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A conversation we began, and its first message."""

    conversation: Conversation
    interaction: Interaction


async def start_conversation(
    uow: UnitOfWork,
    *,
    id: ConversationId,  # noqa: A002 - the word of every record
    channel_id: ChannelId,
    to: ContactPointId | str,
    written: Written,
    capabilities: Capabilities,
    new_message_id: NewMessageId,
    by: UserId | None,
    now: datetime,
    region: str = "",
    name: str = "",
    author: AuthorKind = AuthorKind.agent,
) -> Made[Started]:
    """Write first to somebody: a contact point we know, or an address typed by hand, which becomes a contact.

    Where the provider has one thread per person, an unresolved conversation with them is continued instead of
    a second one beside it. The first message's id is the conversation's: repeating the call gives both again.
    Raises NotFound, Invalid (not an address), Conflict and CannotSend, in words.
    """
    first_id = InteractionId(id)
    if (known := await uow.timeline.get(first_id)) is not None:
        return Made(Started(conversation=await _same_start(uow, known, channel_id), interaction=known), created=False)
    channel = await sending_channel(uow, channel_id)
    await check(
        uow,
        capabilities,
        written,
        channel_id=channel_id,
        last_inbound_at=None,
        now=now,
        starts=True,
        by_person=author is AuthorKind.agent,
    )
    point = await _recipient(uow, channel, capabilities, to, now=now, region=region, name=name)
    message_id = new_message_id(DeliveryId(first_id))
    thread = message_id or bounded(point.received)
    current = None if message_id else await uow.conversations.latest(channel_id, thread)
    if current is not None and current.state is not ConversationState.resolved:
        conversation = await conversation_of(uow, current.id)
    else:
        conversation = Conversation(
            id=id,
            channel_id=channel_id,
            contact_point_id=point.id,
            thread=thread,
            subject=tidy_subject(written.subject) if capabilities.subject else "",
            assignee_id=by,
            team_id=channel.team_id,
            initiated_by_us=True,
            created_at=now,
            last_at=now,
            demo=channel.demo,
        )
        who = Participant(conversation_id=id, contact_point_id=point.id, role=ParticipantRole.counterpart)
        await uow.conversations.add(conversation, [who])
        uow.note(noting.conversation_added(id))
    entry = await queue(
        uow,
        id=first_id,
        conversation=conversation,
        written=written,
        capabilities=capabilities,
        new_message_id=new_message_id,
        by=by,
        now=now,
        author=author,
        point=point,
        channel=channel,
        starts=True,
    )
    return Made(Started(conversation=await conversation_of(uow, conversation.id), interaction=entry), created=True)


async def _recipient(
    uow: UnitOfWork,
    channel: Channel,
    capabilities: Capabilities,
    to: ContactPointId | str,
    *,
    now: datetime,
    region: str,
    name: str,
) -> ContactPoint:
    if not isinstance(to, str):
        return await reachable(uow, to)
    namespace = capabilities.reaches or channel.kind
    matching = addresses.checked(namespace, to, region=region)
    known = await uow.contacts.find_point(namespace, matching.candidates)
    if known is not None:
        return await reachable(uow, known.id)
    contact_id = ContactId(new_id())
    contact = Contact(
        id=contact_id,
        canonical_id=contact_id,
        name=name.strip() or to.strip(),
        state=ContactState.kept,
        created_at=now,
        demo=channel.demo,
    )
    point = ContactPoint(
        id=ContactPointId(new_id()),
        contact_id=contact_id,
        namespace=namespace,
        address=matching.address,
        received=matching.address if namespace == "phone" else to.strip(),
        name=name.strip(),
        created_at=now,
        first_channel_id=channel.id,
    )
    await uow.contacts.add(contact)
    await uow.contacts.add_point(point)
    uow.note(noting.contact_added(contact_id))
    return point


async def _same_start(uow: UnitOfWork, known: Interaction, channel_id: ChannelId) -> Conversation:
    if known.channel_id != channel_id or known.direction is not Direction.outbound:
        raise Conflict("This id belongs to another entry. Make a new id.")
    return await conversation_of(uow, known.conversation_id)
