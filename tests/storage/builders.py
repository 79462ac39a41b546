"""Makes records for storage tests: one call, sensible values, anything overridden by name."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7 as uuid7

from hub.contract.events import RawEvent
from hub.domain.changes import ChangeKind
from hub.domain.channel import Channel, ChannelKind, Connection, ConnectionState
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery, DeliveryEvent, DeliveryState
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
    WaitId,
)
from hub.domain.interaction import Attachment, AttachmentState, AuthorKind, Direction, Interaction
from hub.domain.user import Role, User
from hub.domain.waiting import Wait
from hub.ports import UnitOfWork

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class StandingClock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the time it was put to."""
        return self.at


class CountingDoorbell:
    """A doorbell that counts."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self, kinds: Collection[ChangeKind] = ()) -> None:  # noqa: ARG002 - every ring counts
        """Count."""
        self.rings += 1


def later(**span: float) -> datetime:
    """Return a time after NOW."""
    return NOW + timedelta(**span)


def raw(body: bytes = b"{}", **more: Any) -> RawEvent:
    given: dict[str, Any] = {"kind": "webhook", "body": body, "received_at": NOW}
    return RawEvent(**(given | more))


def channel(**more: Any) -> Channel:
    given: dict[str, Any] = {
        "id": ChannelId(uuid7()),
        "connector": "telegram",
        "kind": ChannelKind("telegram"),
        "name": "Shop",
        "address": "@shop",
        "webhook_key": uuid7().hex,
        "connection": Connection(state=ConnectionState.connecting, since=NOW),
        "created_at": NOW,
    }
    return Channel(**(given | more))


def contact(**more: Any) -> Contact:
    key = ContactId(uuid7())
    given: dict[str, Any] = {
        "id": key,
        "canonical_id": more.get("id", key),
        "name": "Kim Minjun",
        "state": ContactState.kept,
        "created_at": NOW,
    }
    return Contact(**(given | more))


def point(owner: Contact | ContactId, **more: Any) -> ContactPoint:
    key = ContactPointId(uuid7())
    address = more.pop("address", key.hex)
    given: dict[str, Any] = {
        "id": key,
        "contact_id": owner.id if isinstance(owner, Contact) else owner,
        "namespace": "telegram",
        "address": address,
        "received": address,
        "created_at": NOW,
    }
    return ContactPoint(**(given | more))


def conversation(on: Channel, counterpart: ContactPoint, **more: Any) -> Conversation:
    key = ConversationId(uuid7())
    given: dict[str, Any] = {
        "id": key,
        "channel_id": on.id,
        "contact_point_id": counterpart.id,
        "thread": ExternalId(key.hex),
        "created_at": NOW,
        "last_at": NOW,
    }
    return Conversation(**(given | more))


def message(in_: Conversation, **more: Any) -> Interaction:
    key = InteractionId(uuid7())
    given: dict[str, Any] = {
        "id": key,
        "conversation_id": in_.id,
        "channel_id": in_.channel_id,
        "contact_point_id": in_.contact_point_id,
        "external_id": ExternalId(key.hex),
        "direction": Direction.inbound,
        "author_kind": AuthorKind.contact,
        "occurred_at": NOW,
        "received_at": NOW,
        "text": "Where is my order?",
    }
    return Interaction(**(given | more))


def reply(in_: Conversation, **more: Any) -> Interaction:
    return message(
        in_, **({"direction": Direction.outbound, "author_kind": AuthorKind.agent, "external_id": None} | more)
    )


def delivery(of: Interaction, **more: Any) -> Delivery:
    given: dict[str, Any] = {
        "id": DeliveryId(uuid7()),
        "interaction_id": of.id,
        "channel_id": of.channel_id,
        "state": DeliveryState.queued,
        "next_at": NOW,
        "created_at": of.occurred_at,
        "state_at": NOW,
    }
    return Delivery(**(given | more))


def happened(state: DeliveryState = DeliveryState.queued, **more: Any) -> DeliveryEvent:
    given: dict[str, Any] = {"state": state, "at": NOW}
    return DeliveryEvent(**(given | more))


def attachment(of: Interaction | None, **more: Any) -> Attachment:
    given: dict[str, Any] = {
        "id": AttachmentId(uuid7()),
        "interaction_id": None if of is None else of.id,
        "name": "faktura.pdf",
        "media_type": "application/pdf",
        "state": AttachmentState.ready,
        "created_at": NOW,
    }
    return Attachment(**(given | more))


def user(**more: Any) -> User:
    key = UserId(uuid7())
    given: dict[str, Any] = {
        "id": key,
        "email": f"{key.hex}@example.org",
        "name": "Ala Kowalska",
        "role": Role.agent,
        "created_at": NOW,
    }
    return User(**(given | more))


def wait(**more: Any) -> Wait:
    given: dict[str, Any] = {"id": WaitId(uuid7()), "episode": 1, "started_at": NOW, "first": True}
    return Wait(**(given | more))


class Thread:
    """A stored conversation with its channel, contact and address."""

    def __init__(self, on: Channel, who: Contact, address: ContactPoint, talk: Conversation) -> None:
        self.channel = on
        self.contact = who
        self.point = address
        self.conversation = talk


async def begin_thread(uow: UnitOfWork, *, on: Channel | None = None, **more: Any) -> Thread:
    """Store a channel (unless given), a contact with one address, and a conversation with it."""
    if on is None:
        on = channel()
        await uow.channels.add(on, {}, ())
    who = contact(**more.pop("contact", {}))
    address = point(who, **more.pop("point", {}))
    talk = conversation(on, address, **more)
    await uow.contacts.add(who)
    await uow.contacts.add_point(address)
    await uow.conversations.add(talk, ())
    return Thread(on, who, address, talk)


def renewed(record: Any, **changes: Any) -> Any:
    """Return a record with some fields changed."""
    return replace(record, **changes)


def fixed_uuid(number: int) -> UUID:
    """Return the UUID of a number."""
    return UUID(int=number)
