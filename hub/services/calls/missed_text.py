"""The message to a caller who was missed: once per call, where the line says so and the person may be written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from hub.domain.call import Call, Outcome
from hub.domain.callflow.plan import MissedText
from hub.domain.channel import Capabilities
from hub.domain.contact import ContactPoint
from hub.domain.ids import ConversationId, bounded
from hub.domain.interaction import AuthorKind
from hub.ports import UnitOfWork
from hub.services import reply
from hub.services.outgoing import NewMessageId, Written

FRESH = timedelta(minutes=15)
"""A call missed longer ago is not written about any more: news that came late must not surprise people."""
_IDS = UUID("0b0d6a3c-6b0e-5c3e-9f39-6d1e6c1f7a11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the message goes."""

    capabilities: Capabilities
    new_message_id: NewMessageId


def wants(call: Call, now: datetime) -> bool:
    """Tell whether a call is one to write about: missed just now, by somebody who waited and has a number."""
    return (
        call.missed
        and not call.withheld
        and call.outcome is not Outcome.short_abandon
        and call.ended_at is not None
        and now - call.ended_at <= FRESH
    )


async def send(uow: UnitOfWork, call: Call, text: MissedText, way: Way, now: datetime) -> bool:
    """Queue the message unless it was queued before; returns whether it goes now.

    Raises CannotSend, in words, if the channel or the person cannot be written to.
    """
    called = await uow.contacts.point(call.contact_point_id)
    contact = await uow.contacts.get(called.contact_id) if called is not None else None
    if called is None or contact is None or not await uow.debts.is_owed(contact.canonical_id):
        return False
    namespace = way.capabilities.reaches or "phone"
    people = [one.id for one in await uow.contacts.cluster(contact.canonical_id)]
    points = [called, *await uow.contacts.points(people)]
    point = next((one for one in points if one.namespace == namespace), None)
    if point is None or point.opted_out or (text.to == "opted_in" and not await _agreed(uow, text, point)):
        return False
    filled = text.text.replace("{name}", contact.name).replace("{number}", call.our_address)
    made = await reply.start_conversation(
        uow,
        id=ConversationId(uuid5(_IDS, str(call.id))),
        channel_id=text.channel_id,
        to=point.id,
        written=Written(text=filled),
        capabilities=way.capabilities,
        new_message_id=way.new_message_id,
        by=None,
        now=now,
        author=AuthorKind.auto,
    )
    return made.created


async def _agreed(uow: UnitOfWork, text: MissedText, point: ContactPoint) -> bool:
    """Tell whether somebody asked to be written to, or wrote to us on that channel themselves."""
    if point.opted_at is not None and not point.opted_out:
        return True
    conversation = await uow.conversations.latest(text.channel_id, bounded(point.received))
    return conversation is not None and conversation.last_inbound_at is not None
