"""What was read from the journal, and everything its events may refer to, so that one look-up serves a batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.contract.events import (
    Address,
    ContactPointBlocked,
    ContactPointLearned,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    OptedOut,
    Reaction,
    ReactionWithdrawn,
)
from hub.domain.ids import ChannelId, ConversationId, DeliveryId, ExternalId, bounded
from hub.domain.interaction import OURS
from hub.domain.journal import StoredEvent
from hub.ports import IngestKeys
from hub.services.addresses import normalise

TokenReader = Callable[[str], ConversationId | None]
"""Verifies a reply token and returns the conversation it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A raw event and what its connector said it means."""

    raw: StoredEvent
    events: Sequence[InboundEvent] = ()
    error: str = ""
    """Why it was not understood, in words; then there are no events."""


@dataclass(slots=True)
class _Keys:
    points: set[tuple[str, str]] = field(default_factory=set)
    messages: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    threads: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    subjects: set[tuple[ChannelId, str]] = field(default_factory=set)
    conversations: set[ConversationId] = field(default_factory=set)
    watermarks: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    until: set[tuple[ChannelId, ExternalId, datetime]] = field(default_factory=set)
    deliveries: set[tuple[ChannelId, ExternalId, DeliveryId]] = field(default_factory=set)
    reacted: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    withdrawn: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)
    echoed: set[tuple[ChannelId, ExternalId]] = field(default_factory=set)


def keys_of(readings: Iterable[Reading], read_token: TokenReader) -> IngestKeys:
    """Collect all that the events of a batch may refer to."""
    keys = _Keys()
    for reading in readings:
        for event in reading.events:
            _collect(event, reading.raw.channel_id, keys, read_token)
    return IngestKeys(
        points=frozenset(keys.points),
        messages=frozenset(keys.messages),
        threads=frozenset(keys.threads),
        subjects=frozenset(keys.subjects),
        conversations=frozenset(keys.conversations),
        watermarks=frozenset(keys.watermarks),
        until=frozenset(keys.until),
        deliveries=frozenset(keys.deliveries),
        reacted=frozenset(keys.reacted),
        withdrawn=frozenset(keys.withdrawn),
        echoed=frozenset(keys.echoed),
    )


def digested(external_id: ExternalId, digest: str) -> ExternalId:
    """Return the id of a different message that reuses the id of one we have (forged or broken Message-IDs)."""
    return bounded(f"{external_id}#{digest[:32]}")


def _collect(event: InboundEvent, channel: ChannelId, keys: _Keys, read_token: TokenReader) -> None:
    match event:
        case InboundMessage():
            _collect_message(event, channel, keys, read_token)
        case MessageEdited():
            keys.messages.add((channel, event.external_id))
            if event.sender is not None:
                _add_address(event.sender, keys)
        case MessageDeleted() | ReactionWithdrawn():
            keys.messages.add((channel, event.external_id))
            keys.withdrawn.add((channel, event.external_id))
        case Reaction():
            keys.messages.add((channel, event.external_id))
            keys.reacted.add((channel, event.external_id))
            if event.reaction_id is not None:
                keys.messages.add((channel, event.reaction_id))
                keys.withdrawn.add((channel, event.reaction_id))
            _add_address(event.sender, keys)
        case DeliveryReceipt():
            _collect_receipt(event, channel, keys)
        case ContactPointLearned():
            _add_address(event.known, keys)
            if event.learned is not None:
                _add_address(event.learned, keys)
        case ContactPointBlocked() | OptedOut():
            _add_address(event.sender, keys)


def _collect_receipt(event: DeliveryReceipt, channel: ChannelId, keys: _Keys) -> None:
    if not event.external_id:
        if event.thread is not None and event.occurred_at is not None:
            keys.until.add((channel, event.thread, event.occurred_at))
        return
    keys.messages.add((channel, event.external_id))
    if event.up_to:
        keys.watermarks.add((channel, event.external_id))
    if event.delivery_id is not None:
        keys.deliveries.add((channel, event.external_id, event.delivery_id))


def _collect_message(event: InboundMessage, channel: ChannelId, keys: _Keys, read_token: TokenReader) -> None:
    keys.messages.add((channel, event.external_id))
    threads = {(channel, thread) for thread in (event.thread, *event.other_threads)}
    keys.threads |= threads
    if event.author in OURS:
        keys.echoed |= threads
    if digest := event.data.get("digest"):
        keys.messages.add((channel, digested(event.external_id, str(digest))))
    if event.reply_to is not None:
        keys.messages.add((channel, event.reply_to))
    for address in (event.sender, event.counterpart, *event.participants):
        if address is not None:
            _add_address(address, keys)
    if event.reference is None:
        return
    keys.messages.update((channel, message_id) for message_id in event.reference.message_ids)
    if event.reference.base_subject and event.reference.answers:
        keys.subjects.add((channel, event.reference.base_subject))
    if event.reference.reply_token and (named := read_token(event.reference.reply_token)) is not None:
        keys.conversations.add(named)


def _add_address(address: Address, keys: _Keys) -> None:
    matching = normalise(address.namespace, address.value)
    keys.points.update((address.namespace, form) for form in (matching.address, *matching.candidates))
