"""Puts a message into the outbox: checks what was written, stores the entry with its files, queues its delivery."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hub.domain.channel import Capabilities, Channel
from hub.domain.contact import ContactPoint
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState
from hub.domain.errors import CannotSend, Conflict, Invalid, NotFound
from hub.domain.ids import (
    AttachmentId,
    ChannelId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
    UserId,
)
from hub.domain.interaction import Attachment, AttachmentState, AuthorKind, ContentKind, Direction, Interaction
from hub.domain.listing import after_entry, preview_of
from hub.domain.sending import Enclosure, check_enclosures, check_fits, recording_format
from hub.domain.template import check_template, preview
from hub.ports import UnitOfWork
from hub.services import addresses, noting, rich_text, templates, voice
from hub.services.templates import Chosen

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
    template: Chosen | None = None
    """Send this template: its text stands in for `text`, which has to be empty."""
    data: Mapping[str, object] = field(default_factory=dict)


async def queue(
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
    """Store an outbound entry and queue its delivery; the list shows it, the writer's draft goes. Raises as `check`."""
    html = rich_text.clean(written.html) if capabilities.rich_text else ""
    text = bounded_text(written.text) or rich_text.plain(html or rich_text.clean(written.html))
    written = replace(written, text=text, html=bounded_text(html))
    checked = await check(
        uow,
        capabilities,
        written,
        channel_id=channel.id,
        last_inbound_at=conversation.last_inbound_at,
        now=now,
        starts=starts,
        by_person=author is AuthorKind.agent,
        id=id,
    )
    written, files = checked.written, checked.files
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
        subject=(tidy_subject(written.subject) or conversation.subject) if capabilities.subject else "",
        text=written.text,
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
    uow.note(
        noting.entry_added(entry),
        noting.conversation_changed(conversation.id),
        noting.delivery_changed(queued, conversation.id),
    )
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was written, ready to be stored: a template's text filled in; and its files."""

    written: Written
    files: Sequence[Attachment]


async def check(
    uow: UnitOfWork,
    capabilities: Capabilities,
    written: Written,
    *,
    channel_id: ChannelId,
    last_inbound_at: datetime | None,
    now: datetime,
    starts: bool,
    by_person: bool = True,
    id: InteractionId | None = None,  # noqa: A002 - the word of every record
) -> Checked:
    """Make what was written ready. Raises CannotSend, NotFound, Conflict, Invalid if it cannot go."""
    files = await files_of(uow, written.attachment_ids, id)
    enclosures = [_enclosure(file, capabilities) for file in files]
    if written.template is not None:
        filled_in = await _with_template(uow, capabilities, written, written.template, channel_id, enclosures)
        return Checked(written=filled_in, files=files)
    check_fits(
        capabilities,
        text=written.text or rich_text.plain(rich_text.clean(written.html)),
        enclosures=enclosures,
        last_inbound_at=last_inbound_at,
        now=now,
        starts=starts,
        by_person=by_person,
    )
    return Checked(written=written, files=files)


async def _with_template(
    uow: UnitOfWork,
    capabilities: Capabilities,
    written: Written,
    chosen: Chosen,
    channel_id: ChannelId,
    enclosures: Sequence[Enclosure],
) -> Written:
    """Fill a template in. It may go at any time and start a conversation; what it holds the provider decides."""
    if not capabilities.templates:
        raise CannotSend("This channel has no templates.")
    if written.text or written.html:
        raise Invalid("A template has its own text: send it without another, or answer with a message of your own.")
    template = await templates.find(uow, channel_id, chosen)
    check_template(template, chosen.values, tuple(enclosure.media_type for enclosure in enclosures))
    check_enclosures(capabilities, enclosures)
    use = templates.use_of(template, chosen)
    text = bounded_text(preview(template, use.values))
    return replace(written, text=text, data={**written.data, "template": templates.as_data(use)})


def _enclosure(file: Attachment, capabilities: Capabilities) -> Enclosure:
    """Return a file as it will go out: a recording in the format it is made into."""
    kind = recording_format(capabilities) if file.voice else None
    if kind is None:
        return Enclosure(name=file.name, media_type=file.media_type, size=file.size or 0)
    return Enclosure(name=file.name, media_type=kind.value, size=voice.size_of(file, kind))


async def files_of(
    uow: UnitOfWork, ids: Sequence[AttachmentId], interaction_id: InteractionId | None
) -> Sequence[Attachment]:
    """Return uploaded files that are free or the entry's own, each once."""
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


async def conversation_of(uow: UnitOfWork, conversation_id: ConversationId) -> Conversation:
    """Return a conversation that can be worked on, locked. Raises NotFound, and Conflict if it is part of another."""
    found = await uow.conversations.get(conversation_id)
    if found is None:
        raise NotFound("There is no such conversation; it may have been deleted.")
    if found.merged_into_id is not None:
        raise Conflict("This conversation was merged into another one. Go on there.")
    return found


async def known_entry(uow: UnitOfWork, id: InteractionId, conversation_id: ConversationId) -> Interaction | None:  # noqa: A002 - the word of every record
    """Return the entry an earlier call of the same id made. Raises Conflict if it is of another conversation."""
    known = await uow.timeline.get(id)
    if known is not None and known.conversation_id != conversation_id:
        raise Conflict("This id belongs to an entry of another conversation. Make a new id.")
    return known


async def sending_channel(uow: UnitOfWork, channel_id: ChannelId) -> Channel:
    """Return a channel that may send. Raises NotFound, CannotSend."""
    channel = await uow.channels.get(channel_id)
    if channel is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    if not channel.enabled:
        raise CannotSend(f"The channel “{channel.name}” is switched off. An admin can switch it on in the settings.")
    return channel


async def reachable(uow: UnitOfWork, point_id: ContactPointId) -> ContactPoint:
    """Return an address that may be written to. Raises NotFound, CannotSend."""
    point = await uow.contacts.point(point_id)
    if point is None:
        raise NotFound("The address of this conversation is gone; it may have been deleted.")
    if words := refusal(point):
        raise CannotSend(words)
    return point


def refusal(point: ContactPoint) -> str:
    """Say why nothing can be sent to an address at present; empty if it can."""
    if point.opted_out:
        since = f" on {point.opted_at:%Y-%m-%d}" if point.opted_at is not None else ""
        return (
            f"{point.received} asked{since} not to be written to. Nothing can be sent until they ask to be written to"
            " again, mostly by sending START."
        )
    if point.blocked:
        return f"{point.received} cannot be reached at present: {point.blocked_reason or 'it is blocked'}."
    return ""


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


def tidy_subject(subject: str) -> str:
    """Return a subject on one line, bounded."""
    return " ".join(subject.split())[:SUBJECT_LIMIT]


def bounded_text(text: str) -> str:
    """Return a text an entry can hold. Raises Invalid."""
    if len(text) > TEXT_LIMIT:
        raise Invalid(f"The text is too long: at most {TEXT_LIMIT} characters fit into one entry.")
    return text.replace("\x00", "").strip()
