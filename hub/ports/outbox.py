"""Deliveries waiting to go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery, DeliveryEvent
from hub.domain.ids import (
    ChannelId,
    DeliveryId,
    ExternalId,
    InteractionId,
)
from hub.domain.interaction import Interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery claimed for sending, with how often it was tried."""

    delivery: Delivery
    interaction: Interaction
    conversation: Conversation


class Outbox(Protocol):
    """Deliveries waiting to go."""

    async def add(self, delivery: Delivery, event: DeliveryEvent, *, turn: int | None = None) -> None:
        """Queue a delivery. A bot's names the turn of the lock it speaks in; raises Overtaken if that is over."""
        ...

    async def get(self, delivery_id: DeliveryId) -> Delivery | None: ...
    async def of_interaction(self, interaction_id: InteractionId) -> Delivery | None: ...
    async def events(self, delivery_id: DeliveryId) -> Sequence[DeliveryEvent]: ...
    async def claim(self, now: datetime, limit: int, *, channels: Collection[ChannelId]) -> Sequence[DueDelivery]:
        """Mark due deliveries `sending` and return them; one open delivery per conversation at a time, oldest first.

        The attempt rises by one and its `sending` event is appended. Failed and unknown deliveries block nobody.
        PostgreSQL: `FOR UPDATE SKIP LOCKED`, so that many nodes share the work.
        """
        ...

    async def record(self, delivery: Delivery, event: DeliveryEvent) -> None:
        """Save a delivery as it is after an event, and append the event."""
        ...

    async def set_ids(self, delivery: Delivery, further: Sequence[ExternalId]) -> None:
        """Store the provider's ids, so that receipts, edits and echoes find the message by any of them."""
        ...

    async def next_due(self, channels: Collection[ChannelId]) -> datetime | None:
        """Return when the next queued delivery is due."""
        ...

    async def stranded(self, now: datetime) -> Sequence[Delivery]:
        """Return deliveries found `sending` that nobody holds any more.

        They were claimed by an earlier start of this process, or by another one that has no living lease.
        """
        ...
