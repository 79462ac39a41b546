"""Messages on the timeline: new ones, later wordings, taken back ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.contract.events import Address, InboundMessage, MessageDeleted, MessageEdited
from hub.domain.channel import Channel
from hub.domain.contact import ContactPoint
from hub.domain.conversation import Conversation, Participant, ParticipantRole
from hub.domain.ids import DeliveryId, ExternalId, InteractionId, JournalSeq
from hub.domain.interaction import (
    OURS,
    AuthorKind,
    ContentKind,
    Direction,
    Interaction,
    Revision,
)
from hub.domain.journal import StoredEvent
from hub.domain.listing import after_entry, preview_of
from hub.domain.wait_items import item_of
from hub.services import addresses
from hub.services.ingest import people, ratings, reactions, threads
from hub.services.ingest.batch import Batch
from hub.services.ingest.contents import Contents
from hub.services.ingest.reading import digested
from hub.services.surveys.answering import entry_of

CLOCK_SLACK = timedelta(minutes=10)
TOLD_IN_TIME = timedelta(minutes=2)
"""What reconciling lists sooner than this was not lost: its webhook may still be on the way."""


_OURS_TO_SAY = ("digest", ratings.MARK)
"""What of an event's data does not become the entry's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an event came from, and the files that were stored for it beforehand."""

    raw: StoredEvent
    channel: Channel
    contents: Contents

    @property
    def seq(self) -> JournalSeq:
        """The raw event's place in the journal."""
        return self.raw.seq

    def recovers(self, occurred: datetime | None) -> bool:
        """Tell whether reconciling found something of this moment that the provider did not tell in time."""
        return self.raw.recovered and (occurred is None or self.raw.received_at - occurred > TOLD_IN_TIME)


def item_time(occurred: datetime | None, received: datetime, *, trusted: bool) -> datetime:
    """Return `t(item)` of docs/metrics.md: provider time, unless it is missing, in the future or not believable."""
    if occurred is None or occurred > received:
        return received
    if not trusted and received - occurred > CLOCK_SLACK:
        return received
    return occurred


def message(batch: Batch, source: Source, event: InboundMessage) -> bool | None:
    """Put a message on the timeline. Returns False if it is there already, None if that cannot be told yet."""
    external_id, is_new = _identify(batch, source, event)
    if not is_new:
        return _understood_now(batch, source, event, external_id)
    if sending(batch, source, event) is not None:
        return None
    channel = source.channel
    at = item_time(event.occurred_at, source.raw.received_at, trusted=event.clock_trusted)
    author, counterpart = _people(batch, channel, event)
    conversation = threads.place(batch, channel, event, author, counterpart, at)
    taken = ratings.take(batch.asked, event, conversation, author, at, batch.now)
    if taken is not None and not taken.asks:
        event = replace(event, opens_wait=False)
    entry = _entry(batch, source, event, external_id, conversation, author, at)
    if taken is not None:
        entry = replace(entry, data={**entry.data, ratings.MARK: str(taken.after.id)})
    before, conversation = conversation, threads.reopened(conversation, event)
    if conversation.reopen_count > before.reopen_count:
        entry = replace(entry, data={**entry.data, "reopens": True})
    attachments = source.contents.attachments(event, entry.id, batch, source)
    batch.add_interaction(entry, digest=str(event.data.get("digest", "")))
    batch.flush.new_attachments.extend(attachments)
    conversation = after_entry(conversation, entry, preview=preview_of(entry, attachments))
    conversation = batch.clock_in(conversation, item_of(entry))
    batch.put_conversation(conversation)
    _take_part(batch, channel, event, conversation, author)
    if taken is not None:
        _keep(batch, source, taken)
    return True


def _keep(batch: Batch, source: Source, taken: ratings.Taken) -> None:
    """Keep a rating, and its line in the conversation with the newest score and words."""
    batch.asked.put(taken.after)
    line = entry_of(taken.after, source.raw.received_at, demo=source.channel.demo)
    if taken.before.score is None:
        batch.add_interaction(line)
    else:
        batch.put_interaction(line)


def sending(batch: Batch, source: Source, event: InboundMessage) -> DeliveryId | None:
    """Return the delivery whose own echo this may be: on its way in the same thread, its id at the provider not known.

    Some providers tell what we sent before they answer our request. Read now, it would stand on the timeline twice.
    """
    if event.author not in OURS:
        return None
    threads = ((source.channel.id, thread) for thread in (event.thread, *event.other_threads))
    return next((found for key in threads if (found := batch.known.sending.get(key)) is not None), None)


def edited(batch: Batch, source: Source, event: MessageEdited) -> bool | None:
    """Give a message its new wording; the old one is kept. Returns None if we do not have the message."""
    known = batch.message(source.channel.id, event.external_id)
    if known is None:
        return None
    before = known.interaction
    at = event.occurred_at or source.raw.received_at
    gone = before.deleted_at is not None and before.deleted_at < at
    if gone or (before.edited_at is not None and before.edited_at >= at):
        return False
    if (before.text, before.html) == (event.text, event.html) and before.edited_at is None:
        return False
    batch.flush.new_revisions.append(
        Revision(interaction_id=before.id, replaced_at=at, text=before.text, html=before.html)
    )
    data = {**before.data, **event.data}
    batch.put_interaction(replace(before, text=event.text, html=event.html, data=data, edited_at=at))
    return True


def deleted(batch: Batch, source: Source, event: MessageDeleted) -> bool | None:
    """Mark a message as taken back, or a reaction if the id is one's. Returns None if we have neither."""
    known = batch.message(source.channel.id, event.external_id)
    if known is None:
        return reactions.withdrawn(batch, source, event)
    at, before = event.occurred_at or source.raw.received_at, known.interaction.deleted_at
    if before is not None and before <= at:
        return False
    after = replace(known.interaction, deleted_at=at)
    batch.put_interaction(after)
    if after.opens_wait:
        batch.stale[after.conversation_id] = source.channel.id
    return True


def by_another(batch: Batch, source: Source, event: MessageEdited) -> bool:
    """Tell whether an edit is by somebody else than the author: what a stranger claims is not taken."""
    known = batch.message(source.channel.id, event.external_id)
    if known is None or event.sender is None:
        return False
    if known.interaction.direction is Direction.outbound:
        ours = addresses.normalise(event.sender.namespace, source.channel.address).address
        return addresses.normalise(event.sender.namespace, event.sender.value).address != ours
    editor = people.find(batch, event.sender)
    return editor is None or editor.id != known.interaction.contact_point_id


def _identify(batch: Batch, source: Source, event: InboundMessage) -> tuple[ExternalId, bool]:
    """Return the id to store the message under, and whether it is new.

    Mail's Message-IDs are the sender's claim: another mail may reuse one, by mistake or on purpose. A
    different digest then proves a different mail, which gets an id of its own instead of vanishing.
    """
    known = batch.message(source.channel.id, event.external_id)
    if known is None:
        return event.external_id, True
    digest = str(event.data.get("digest", ""))
    outbound = event.author in OURS
    if outbound and known.interaction.direction is Direction.outbound:
        # Our own mail's copy, whatever a relay added to it.
        return event.external_id, False
    same_way = outbound == (known.interaction.direction is Direction.outbound)
    if not digest or (same_way and known.digest in ("", digest)):
        return event.external_id, False
    own = digested(event.external_id, digest)
    return own, batch.message(source.channel.id, own) is None


def _understood_now(batch: Batch, source: Source, event: InboundMessage, external_id: ExternalId) -> bool:
    """Fill in an entry that an older parser could not read; anything else said again is old news."""
    known = batch.message(source.channel.id, external_id)
    if known is None or known.interaction.content is not ContentKind.unsupported:
        return False
    if event.content is ContentKind.unsupported:
        return False
    entry = replace(known.interaction, content=event.content, text=event.text, html=event.html, data=dict(event.data))
    batch.flush.new_attachments.extend(source.contents.attachments(event, entry.id, batch, source))
    batch.put_interaction(entry)
    return True


def _people(batch: Batch, channel: Channel, event: InboundMessage) -> tuple[ContactPoint, ContactPoint]:
    """Return (author's point, the point the conversation is with). For an echo both are the customer's."""
    if event.author in OURS:
        counterpart = people.bystander(batch, channel, event.counterpart or event.sender)
        return counterpart, counterpart
    author = people.sender(batch, channel, event.sender, source=event.source)
    if event.counterpart is None:
        return author, author
    return author, people.sender(batch, channel, event.counterpart)


def _entry(
    batch: Batch,
    source: Source,
    event: InboundMessage,
    external_id: ExternalId,
    conversation: Conversation,
    author: ContactPoint,
    at: datetime,
) -> Interaction:
    outbound = event.author in OURS
    answered = batch.message(source.channel.id, event.reply_to) if event.reply_to else None
    data: Mapping[str, object] = {key: value for key, value in event.data.items() if key not in _OURS_TO_SAY}
    return Interaction(
        id=InteractionId(batch.new_id()),
        conversation_id=conversation.id,
        channel_id=source.channel.id,
        contact_point_id=author.id,
        external_id=external_id,
        direction=Direction.outbound if outbound else Direction.inbound,
        author_kind=event.author,
        content=event.content,
        occurred_at=at,
        received_at=source.raw.received_at,
        subject=event.subject,
        text=event.text,
        html=event.html,
        data=data,
        reply_to_id=answered.interaction.id if answered else None,
        reply_to_external=event.reply_to,
        album=event.album,
        journal_seq=source.seq,
        opens_wait=event.opens_wait and event.author is AuthorKind.contact,
        recovered=source.recovers(event.occurred_at),
        demo=source.channel.demo,
    )


def _take_part(
    batch: Batch, channel: Channel, event: InboundMessage, conversation: Conversation, author: ContactPoint
) -> None:
    role = ParticipantRole.member if event.group else ParticipantRole.counterpart
    batch.add_participant(Participant(conversation_id=conversation.id, contact_point_id=author.id, role=role))
    others: tuple[Address, ...] = event.participants
    for address in others:
        point = people.bystander(batch, channel, address)
        also = ParticipantRole.member if event.group else ParticipantRole.cc
        batch.add_participant(Participant(conversation_id=conversation.id, contact_point_id=point.id, role=also))
