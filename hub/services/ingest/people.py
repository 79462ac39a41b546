"""Who wrote: an address becomes a contact point, an unknown sender a contact by the channel's rule."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from hub.contract.events import Address, ContactPointBlocked, ContactPointLearned, OptedOut
from hub.domain.changes import ChangeKind
from hub.domain.channel import Channel, SenderRule
from hub.domain.contact import Contact, ContactPoint, ContactState, IdentityAction, IdentityChange
from hub.domain.ids import ContactId, ContactPointId, MergeId
from hub.domain.portrait import ToldPortrait
from hub.services.addresses import normalise
from hub.services.ingest.batch import Batch

SOURCE_LIMIT = 2_000
"""Characters of an address of a portrait; longer ones are cut, and found to lead nowhere."""
PROVISIONAL_FOR = timedelta(days=30)

_STATE = {
    SenderRule.none: ContactState.anonymous,
    SenderRule.provisional: ContactState.provisional,
    SenderRule.contact: ContactState.kept,
}


def find(batch: Batch, address: Address) -> ContactPoint | None:
    """Return the contact point of an address, found by any of its candidate forms."""
    matching = normalise(address.namespace, address.value)
    for form in (matching.address, *matching.candidates):
        point = batch.known.points.get((address.namespace, form))
        if point is not None:
            return point
    return None


def sender(batch: Batch, channel: Channel, address: Address, *, source: str = "") -> ContactPoint:
    """Return the contact point of somebody who wrote to us; an unknown sender becomes a contact by the rule."""
    point = find(batch, address)
    if point is None:
        return _new_point(batch, channel, address, _STATE[channel.sender_rule], source)
    if point.blocked:
        # Whoever writes can be reached again.
        point = replace(point, blocked=False, blocked_reason="")
    _refresh_contact(batch, channel, point, address, source)
    return _refresh_point(batch, point, address)


def bystander(batch: Batch, channel: Channel, address: Address) -> ContactPoint:
    """Return the contact point of somebody who takes part without having written (Cc, a reaction)."""
    point = find(batch, address)
    return point if point is not None else _new_point(batch, channel, address, ContactState.anonymous, "")


def portrait(batch: Batch, channel: Channel, address: Address, told_at: datetime) -> None:
    """Take up where the portrait of somebody we know is, or that they have none."""
    if address.portrait is None:
        return
    point = find(batch, address)
    if point is None:
        return
    before = batch.flush.portraits.get(point.id)
    if before is None or before.told_at <= told_at:
        batch.flush.portraits[point.id] = ToldPortrait(
            contact_point_id=point.id, channel_id=channel.id, source=address.portrait[:SOURCE_LIMIT], told_at=told_at
        )


def blocked(batch: Batch, channel: Channel, event: ContactPointBlocked) -> None:
    """Mark an address as out of reach, or as in reach again."""
    point = bystander(batch, channel, event.sender)
    batch.put_point(replace(point, blocked=event.blocked, blocked_reason=event.reason if event.blocked else ""))


def opted_out(batch: Batch, channel: Channel, event: OptedOut, heard_at: datetime) -> bool:
    """Record that somebody does not want to be written to, or wants to again; their newest word counts."""
    point = bystander(batch, channel, event.sender)
    at = event.occurred_at or heard_at
    if point.opted_at is not None and point.opted_at > at:
        return False
    after = replace(point, opted_out=event.opted_out, opted_at=at)
    if after == point:
        return False
    batch.put_point(after)
    batch.note(ChangeKind.contact_changed, batch.contact(point.contact_id).canonical_id)
    return True


def learned(batch: Batch, channel: Channel, event: ContactPointLearned) -> None:
    """Take up another address of a known person.

    A proven one belongs to the contact at once; if somebody else has it, the two are one person by
    construction and are merged, undoably. An unproven one is only a field: it must not capture the address of
    a stranger, who may write from it one day. Nobody wrote by this: no contact is kept and no address opened by it.
    """
    if event.learned is None and find(batch, event.known) is None:
        return  # erased meanwhile: a name alone brings nobody back
    known = _refresh_point(batch, bystander(batch, channel, event.known), event.known)
    owner = _described(batch.contact(known.contact_id), known, event.known)
    batch.put_contact(owner)
    if event.learned is None:
        return
    if not event.learned.verified:
        batch.put_contact(_with_fields(owner, {event.learned.namespace: event.learned.value}))
        return
    other = find(batch, event.learned)
    if other is None:
        _add_point(batch, channel, event.learned, owner.id)
        return
    if not other.verified:
        batch.put_point(replace(other, verified=True))
    _merge_proven(batch, owner, batch.contact(other.contact_id), event.learned)


def _merge_proven(batch: Batch, owner: Contact, other: Contact, proof: Address) -> None:
    if owner.canonical_id == other.canonical_id:
        return
    winner, loser = sorted((owner, other), key=lambda contact: (contact.created_at, contact.id))
    canonical = winner.canonical_id
    moved = [c for c in batch.known.contacts.values() if c.canonical_id == loser.canonical_id]
    batch.flush.identity_log.append(
        IdentityChange(
            id=MergeId(batch.new_id()),
            action=IdentityAction.merge,
            contact_id=loser.canonical_id,
            other_id=canonical,
            reason=f"Both have the proven address {proof.value}",
            by=None,
            at=batch.now,
        )
    )
    for contact in moved:
        batch.put_contact(replace(contact, canonical_id=canonical))
    head = batch.contact(canonical)
    if head.name in ("", proof.value, proof.stand_in):
        batch.put_contact(replace(head, name=owner.name))


def _new_point(batch: Batch, channel: Channel, address: Address, state: ContactState, source: str) -> ContactPoint:
    contact_id = ContactId(batch.new_id())
    contact = Contact(
        id=contact_id,
        canonical_id=contact_id,
        name=address.name or address.stand_in or address.value,
        state=state,
        created_at=batch.now,
        expires_at=batch.now + PROVISIONAL_FOR if state is ContactState.provisional else None,
        language=address.language,
        source=source,
        demo=channel.demo,
    )
    batch.add_contact(_with_fields(contact, address.fields))
    return _add_point(batch, channel, address, contact_id)


def _add_point(batch: Batch, channel: Channel, address: Address, owner: ContactId) -> ContactPoint:
    point = ContactPoint(
        id=ContactPointId(batch.new_id()),
        contact_id=owner,
        namespace=address.namespace,
        address=normalise(address.namespace, address.value).address,
        received=address.value,
        name=address.name,
        verified=address.verified,
        created_at=batch.now,
        first_channel_id=channel.id,
    )
    batch.add_point(point)
    return point


def _refresh_point(batch: Batch, point: ContactPoint, address: Address) -> ContactPoint:
    name, verified = address.name or point.name, point.verified or address.verified
    if (name, verified) != (point.name, point.verified):
        point = replace(point, name=name, verified=verified)
    batch.put_point(point)
    return point


def _refresh_contact(batch: Batch, channel: Channel, point: ContactPoint, address: Address, source: str) -> None:
    contact = batch.contact(point.contact_id)
    if contact.state is ContactState.provisional:
        contact = replace(contact, state=ContactState.kept, expires_at=None)
    elif contact.state is ContactState.anonymous and channel.sender_rule is not SenderRule.none:
        contact = replace(contact, state=_STATE[channel.sender_rule], expires_at=_expiry(batch, channel))
    batch.put_contact(_described(contact, point, address, source))


def _described(contact: Contact, point: ContactPoint, address: Address, source: str = "") -> Contact:
    """Return the contact with what the provider tells beside an address of theirs."""
    # A name nobody edited here follows the provider's; a stand-in gives way to it and never comes back.
    name = address.name or ("" if point.name else address.stand_in)
    replaceable = ("", point.received, point.address, point.name, address.stand_in)
    if name and name != contact.name and contact.name in replaceable:
        contact = replace(contact, name=name)
    if (address.language and not contact.language) or (source and not contact.source):
        contact = replace(contact, language=contact.language or address.language, source=contact.source or source)
    return _with_fields(contact, address.fields)


def _expiry(batch: Batch, channel: Channel) -> datetime | None:
    return batch.now + PROVISIONAL_FOR if channel.sender_rule is SenderRule.provisional else None


def _with_fields(contact: Contact, fields: Mapping[str, str]) -> Contact:
    if not fields:
        return contact
    have = dict(contact.fields)
    added = tuple((name, value) for name, value in fields.items() if value and name not in have)
    return replace(contact, fields=contact.fields + added) if added else contact
