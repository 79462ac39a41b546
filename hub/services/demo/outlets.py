"""A channel of the demo with what is needed to speak on it, both ways."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hub.contract.connector import Connector
from hub.contract.events import InboundEvent, InboundMessage, RawEvent
from hub.contract.outbound import OutboundMessage, SendReceipt
from hub.contract.simulation import SimulatedMessage, Simulation
from hub.contract.visitors import HostsVisitors
from hub.domain.channel import Capabilities, Channel
from hub.domain.ids import DeliveryId, ExternalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One demo channel."""

    channel: Channel
    capabilities: Capabilities
    connector: Connector
    simulation: Simulation

    def hear(self, said: SimulatedMessage) -> tuple[RawEvent, Sequence[InboundEvent]] | None:
        """Return what the provider delivers and what the connector reads in it; None if the channel cannot say it."""
        raw = self.simulation.write(replace(said, us=self.channel.address))
        return (raw, self.connector.parse(raw)) if raw is not None else None

    def receipt(self, delivery_id: DeliveryId, thread: ExternalId) -> SendReceipt:
        """Return what the provider answers when it takes a message."""
        return receipt_of(self.connector, delivery_id, self.connector.new_message_id(delivery_id), thread)


def receipt_of(
    connector: Connector, delivery_id: DeliveryId, message_id: ExternalId | None, thread: ExternalId
) -> SendReceipt:
    """Return a receipt as the provider gives it: an id of its own, made of ours so that it never comes twice."""
    if isinstance(connector, HostsVisitors):
        return SendReceipt(external_id=ExternalId(str(delivery_id)))
    return SendReceipt(external_id=message_id or ExternalId(f"{thread}:{delivery_id.int % 2**50}"))


def receipt_for(connector: Connector, message: OutboundMessage) -> SendReceipt:
    """Return the receipt for a message that is being sent."""
    return receipt_of(connector, message.delivery_id, message.message_id, message.thread)


def first_message(events: Sequence[InboundEvent]) -> InboundMessage | None:
    """Return the message among what was read."""
    return next((event for event in events if isinstance(event, InboundMessage)), None)
