"""An agent's reply or note, and the first message of a conversation we start: stored and queued in one commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub.domain.channel import Capabilities, Channel
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation, ConversationState, Participant, ParticipantRole
from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState
from hub.domain.errors import CannotSend, Conflict, Invalid, NotFound
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
    UserId,
    bounded,
)
from hub.domain.interaction import (
    Attachment,
    AttachmentState,
    AuthorKind,
    ContentKind,
    Direction,
    Interaction,
    InteractionKind,
)
from hub.domain.listing import after_entry, preview_of
from hub.domain.sending import Enclosure, check_fits
from hub.ports import UnitOfWork
from hub.services import addresses, conversations, noting, rich_text
from hub.services.ids import new_id
from hub.services.made import Made

SUBJECT_LIMIT = 300
TEXT_LIMIT = 200_000
"""Characters of one entry, whatever the channel: what a screen can still show."""

NewMessageId = Callable[[DeliveryId], ExternalId | None]
"""`Connector.new_message_id` of the channel: the id a message will have, where the connector chooses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote. `html` is cleaned here, and dropped where the channel carries none."""

    text: str = ""
    html: str = ""
    attachment_ids: tuple[AttachmentId, ...] = ()
    reply_to_id: InteractionId | None = None
    cc: tuple[str, ...] = ()
    subject: str = ""
    """Empty: the conversation's."""
    data: Mapping[str, object] = field(default_factory=dict)


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

    A resolved conversation reopens. With `resolve` it is resolved once the provider took the message, so that a
    reply that fails never hides its conversation, and answers the customer before the work is closed.
    Raises NotFound, Invalid, Conflict (the id belongs to something else) and CannotSend, in words.
    """
    conversation = await _conversation(uow, conversation_id)
    if (known := await _known(uow, id, conversation_id)) is not None:
        return Made(known, created=False)
    channel = await _sending_channel(uow, conversation.channel_id)
    point = await _reachable(uow, conversation.contact_point_id)
    if resolve:
        written = replace(written, data={**written.data, "resolve": True})
    entry = await _queue(
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
    if conversation.state is ConversationState.resolved and not resolve:
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
) -> Made[Interaction]:
    """Store a note for colleagues; the customer never sees it. Raises NotFound, Invalid, Conflict."""
    conversation = await _conversation(uow, conversation_id)
    if (known := await _known(uow, id, conversation_id)) is not None:
        return Made(known, created=False)
    if not text.strip() and not attachment_ids:
        raise Invalid("The note is empty. Write something or attach a file.")
    entry = Interaction(
        id=id,
        conversation_id=conversation_id,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        direction=Direction.internal,
        author_kind=AuthorKind.agent,
        author_id=by,
        kind=InteractionKind.note,
        occurred_at=now,
        received_at=now,
        text=_bounded_text(text),
        demo=conversation.demo,
    )
    await _files(uow, attachment_ids, id)
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
) -> Made[Started]:
    """Write first to somebody: a contact point we know, or an address typed by hand, which becomes a contact.

    Where the provider has one thread per person, an unresolved conversation with them is continued instead of
    a second one beside it. The first message's id is the conversation's: repeating the call gives both again.
    Raises NotFound, Invalid (not an address), Conflict and CannotSend, in words.
    """
    first_id = InteractionId(id)
    if (known := await uow.timeline.get(first_id)) is not None:
        return Made(Started(conversation=await _same_start(uow, known, channel_id), interaction=known), created=False)
    channel = await _sending_channel(uow, channel_id)
    await _check(uow, capabilities, written, last_inbound_at=None, now=now, starts=True)
    point = await _recipient(uow, channel, to, now=now, region=region, name=name)
    message_id = new_message_id(DeliveryId(first_id))
    thread = message_id or bounded(point.received)
    current = None if message_id else await uow.conversations.latest(channel_id, thread)
    if current is not None and current.state is not ConversationState.resolved:
        conversation = await _conversation(uow, current.id)
    else:
        conversation = Conversation(
            id=id,
            channel_id=channel_id,
            contact_point_id=point.id,
            thread=thread,
            subject=_subject(written.subject) if capabilities.subject else "",
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
    entry = await _queue(
        uow,
        id=first_id,
        conversation=conversation,
        written=written,
        capabilities=capabilities,
        new_message_id=new_message_id,
        by=by,
        now=now,
        author=AuthorKind.agent,
        point=point,
        channel=channel,
        starts=True,
    )
    return Made(Started(conversation=await _conversation(uow, conversation.id), interaction=entry), created=True)


async def _queue(
    uow: UnitOfWork,
    *,
    id: InteractionId,  # noqa: A002 - the word of every record
    conversation: Conversation,
    written: Written,
    capabilities: Capabilities,
    new_message_id: NewMessageId,
    by: UserId | None,
    now: datetime,
    author: AuthorKind,
    point: ContactPoint,
    channel: Channel,
    starts: bool = False,
) -> Interaction:
    html = rich_text.clean(written.html) if capabilities.rich_text else ""
    text = _bounded_text(written.text) or rich_text.plain(html or rich_text.clean(written.html))
    written = replace(written, text=text, html=_bounded_text(html))
    files = await _check(
        uow, capabilities, written, last_inbound_at=conversation.last_inbound_at, now=now, starts=starts, id=id
    )
    # One id for both: the delivery of an entry is found by either, and a repeat makes the same message id.
    delivery_id = DeliveryId(id)
    message_id = new_message_id(delivery_id)
    answered = await _answered(uow, conversation.id, written.reply_to_id)
    entry = Interaction(
        id=id,
        conversation_id=conversation.id,
        channel_id=channel.id,
        contact_point_id=point.id,
        external_id=message_id,
        direction=Direction.outbound,
        author_kind=author,
        author_id=by,
        content=ContentKind.mail if capabilities.subject else ContentKind.text,
        occurred_at=now,
        received_at=now,
        subject=(_subject(written.subject) or conversation.subject) if capabilities.subject else "",
        text=text,
        html=written.html,
        data={**written.data, **({"cc": list(_cc(written.cc))} if written.cc else {})},
        reply_to_id=written.reply_to_id,
        reply_to_external=answered.external_id if answered else None,
        demo=conversation.demo,
    )
    await uow.timeline.add(entry)
    await uow.timeline.attach(written.attachment_ids, id)
    queued = Delivery(
        id=delivery_id,
        interaction_id=id,
        channel_id=channel.id,
        external_id=message_id,
        state=DeliveryState.queued,
        next_at=now,
        created_at=now,
        state_at=now,
    )
    await uow.outbox.add(queued, DeliveryEvent(state=DeliveryState.queued, at=now))
    await uow.conversations.update(after_entry(conversation, entry, preview=preview_of(entry, files)))
    if by is not None:
        await uow.conversations.delete_draft(conversation.id, by)
    uow.note(noting.entry_added(entry), noting.conversation_changed(conversation.id))
    return entry


async def _check(
    uow: UnitOfWork,
    capabilities: Capabilities,
    written: Written,
    *,
    last_inbound_at: datetime | None,
    now: datetime,
    starts: bool,
    id: InteractionId | None = None,  # noqa: A002 - the word of every record
) -> Sequence[Attachment]:
    files = await _files(uow, written.attachment_ids, id)
    check_fits(
        capabilities,
        text=written.text or rich_text.plain(rich_text.clean(written.html)),
        enclosures=[Enclosure(name=f.name, media_type=f.media_type, size=f.size or 0) for f in files],
        last_inbound_at=last_inbound_at,
        now=now,
        starts=starts,
    )
    return files


async def _files(
    uow: UnitOfWork, ids: Sequence[AttachmentId], interaction_id: InteractionId | None
) -> Sequence[Attachment]:
    files = []
    for attachment_id in dict.fromkeys(ids):
        found = await uow.timeline.attachment(attachment_id)
        if found is None:
            raise NotFound("An attached file is gone, perhaps because the draft was old. Attach it again.")
        if found.interaction_id not in (None, interaction_id):
            raise Conflict(f"“{found.name}” belongs to another message already. Attach it again.")
        if found.state is not AttachmentState.ready:
            raise Invalid(f"“{found.name}” is not uploaded completely. Wait for it or attach it again.")
        files.append(found)
    return files


async def _conversation(uow: UnitOfWork, conversation_id: ConversationId) -> Conversation:
    found = await uow.conversations.get(conversation_id)
    if found is None:
        raise NotFound("There is no such conversation; it may have been deleted.")
    return found


async def _known(uow: UnitOfWork, id: InteractionId, conversation_id: ConversationId) -> Interaction | None:  # noqa: A002 - the word of every record
    known = await uow.timeline.get(id)
    if known is not None and known.conversation_id != conversation_id:
        raise Conflict("This id belongs to an entry of another conversation. Make a new id.")
    return known


async def _same_start(uow: UnitOfWork, known: Interaction, channel_id: ChannelId) -> Conversation:
    if known.channel_id != channel_id or known.direction is not Direction.outbound:
        raise Conflict("This id belongs to another entry. Make a new id.")
    return await _conversation(uow, known.conversation_id)


async def _sending_channel(uow: UnitOfWork, channel_id: ChannelId) -> Channel:
    channel = await uow.channels.get(channel_id)
    if channel is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    if not channel.enabled:
        raise CannotSend(f"The channel “{channel.name}” is switched off. An admin can switch it on in the settings.")
    return channel


async def _reachable(uow: UnitOfWork, point_id: ContactPointId) -> ContactPoint:
    point = await uow.contacts.point(point_id)
    if point is None:
        raise NotFound("The address of this conversation is gone; it may have been deleted.")
    if point.blocked:
        raise CannotSend(f"{point.received} cannot be reached at present: {point.blocked_reason or 'it is blocked'}.")
    return point


async def _recipient(
    uow: UnitOfWork, channel: Channel, to: ContactPointId | str, *, now: datetime, region: str, name: str
) -> ContactPoint:
    if not isinstance(to, str):
        return await _reachable(uow, to)
    namespace = addresses.namespace_of(channel.kind)
    matching = addresses.checked(namespace, to, region=region)
    known = await uow.contacts.find_point(namespace, matching.candidates)
    if known is not None:
        return await _reachable(uow, known.id)
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


async def _answered(
    uow: UnitOfWork, conversation_id: ConversationId, reply_to_id: InteractionId | None
) -> Interaction | None:
    if reply_to_id is None:
        return None
    answered = await uow.timeline.get(reply_to_id)
    if answered is None or answered.conversation_id != conversation_id:
        raise Invalid("The message you answer is not part of this conversation.")
    return answered


def _cc(cc: Sequence[str]) -> Sequence[str]:
    return [addresses.checked("email", address).address for address in dict.fromkeys(cc)]


def _subject(subject: str) -> str:
    return " ".join(subject.split())[:SUBJECT_LIMIT]


def _bounded_text(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise Invalid(f"The text is too long: at most {TEXT_LIMIT} characters fit into one entry.")
    return text.replace("\x00", "").strip()
