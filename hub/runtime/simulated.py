"""An account of the demo: reads like the real connector, and touches no network."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256

from hub.contract.calls import FetchesRecordings
from hub.contract.connector import (
    Connector,
    FetchesAttachments,
    MarksRead,
    OffersTemplates,
    ReceivesWebhooks,
    SeenMessage,
    ShowsTyping,
)
from hub.contract.errors import FetchFailed, Rejected
from hub.contract.events import InboundEvent, RawEvent
from hub.contract.outbound import OutboundMessage, SendReceipt
from hub.contract.simulation import SimulatedFile
from hub.contract.visitors import HostsVisitors, Visitor, VisitorHello
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.ids import DeliveryId, ExternalId
from hub.domain.template import Template
from hub.services.demo.forms import templates
from hub.services.demo.outlets import receipt_for
from hub.services.demo.pictures import every_file
from hub.services.demo.sounds import sound

BLOCKED_ONE_IN = 40
"""How many of the made-up customers have blocked us."""
_SALT = 11
"""Chosen so that nobody whom a newcomer meets first has; a test holds it to that."""

Heard = Callable[[OutboundMessage], None]
"""Told what was sent to a made-up customer, who may answer."""


class Simulated(Connector, FetchesAttachments):
    """The real connector's `parse` and ids; a provider that takes everything at once."""

    def __init__(self, real: Connector, address: str, heard: Heard | None = None) -> None:
        self._real = real
        self._address = address
        self._heard = heard

    async def check(self) -> str:
        """Return our address: there is nobody who could refuse us."""
        return self._address

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a raw event means, as the real connector does."""
        return self._real.parse(raw)

    def new_message_id(self, delivery_id: DeliveryId) -> ExternalId | None:
        """Return the id the real connector would choose."""
        return self._real.new_message_id(delivery_id)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Take a message at once. A few people have blocked us, so that failures can be seen. Raises Rejected."""
        if has_blocked_us(message.recipient):
            raise Rejected("The customer has blocked us on this channel.", code="403", unreachable=True)
        receipt = receipt_for(self._real, message)
        if self._heard is not None:
            self._heard(message)
        return receipt

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Hand out a file of the demo. Raises FetchFailed for any other."""
        file = (await asyncio.to_thread(_files)).get(_key_in(source))
        if file is None:
            raise FetchFailed("This file belongs to no message of the demo.")
        yield file.content

    async def close(self) -> None:
        """Close the real connector, which never opened anything."""
        await self._real.close()


class SimulatedHost(Simulated, HostsVisitors, MarksRead, ShowsTyping):
    """The same for a channel of our own: real visitors are served beside the made-up ones."""

    def __init__(self, real: HostsVisitors, address: str, heard: Heard | None = None) -> None:
        if not isinstance(real, Connector):
            raise TypeError("who hosts visitors is a connector")
        super().__init__(real, address, heard)
        self._host = real

    def admit(self, hello: VisitorHello) -> Visitor:
        """Admit a visitor of the demo page."""
        return self._host.admit(hello)

    def frame(self, visitor: Visitor, body: bytes, received_at: datetime) -> RawEvent:
        """Bind a visitor's frame."""
        return self._host.frame(visitor, body, received_at)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Take a message; a real visitor's browser reads it from the database."""
        receipt = await self._real.send(message)
        if self._heard is not None:
            self._heard(message)
        return receipt

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Hand out a file of the demo, or one that a real visitor sent. Raises FetchFailed."""
        file = (await asyncio.to_thread(_files)).get(_key_in(source))
        if file is not None:
            yield file.content
        elif isinstance(self._real, FetchesAttachments):
            async for part in self._real.fetch(source):
                yield part

    async def mark_read(self, message: SeenMessage) -> None:
        """Show it in a real visitor's widget."""
        if isinstance(self._real, MarksRead):
            await self._real.mark_read(message)

    async def show_typing(self, thread: ExternalId) -> None:
        """Show it in a real visitor's widget."""
        if isinstance(self._real, ShowsTyping):
            await self._real.show_typing(thread)


class SimulatedByWebhook(Simulated, ReceivesWebhooks):
    """The same for a channel whose provider calls us: made-up calls are signed, and verified by the real connector."""

    def __init__(self, real: ReceivesWebhooks, address: str, heard: Heard | None = None) -> None:
        if not isinstance(real, Connector):
            raise TypeError("who receives webhooks is a connector")
        super().__init__(real, address, heard)
        self._door = real
        self.keep_headers = real.keep_headers  # type: ignore[misc]  # of the class there, of this account here
        self.keep_query = real.keep_query  # type: ignore[misc]  # the same

    def verify(self, request: WebhookRequest) -> None:
        """Verify a made-up provider's call as a real one. Raises WebhookRejected."""
        self._door.verify(request)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say what the provider would hear."""
        return self._door.answer(request)


class SimulatedWithTemplates(SimulatedByWebhook, OffersTemplates):
    """The same where the provider keeps templates: those of the demo's shop."""

    async def templates(self) -> Sequence[Template]:
        """Return the shop's templates."""
        return templates()


class SimulatedLine(SimulatedByWebhook, FetchesRecordings):
    """The same for a phone line: its recordings are made here."""

    async def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Hand out a recording of the demo. Raises FetchFailed for any other."""
        made = await asyncio.to_thread(sound, source.rpartition("/")[2])
        if made is None:
            raise FetchFailed("This recording belongs to no call of the demo.")
        yield made

    async def delete_recording(self, source: ExternalId) -> None:
        """Leave it: it is kept nowhere."""


def simulated(real: Connector, address: str, heard: Heard | None = None) -> Simulated:
    """Return the account of a demo channel."""
    if isinstance(real, HostsVisitors):
        return SimulatedHost(real, address, heard)
    if isinstance(real, ReceivesWebhooks):
        if isinstance(real, FetchesRecordings):
            return SimulatedLine(real, address, heard)
        made = SimulatedWithTemplates if isinstance(real, OffersTemplates) else SimulatedByWebhook
        return made(real, address, heard)
    return Simulated(real, address, heard)


def has_blocked_us(recipient: str) -> bool:
    """Tell whether a made-up customer has blocked us; always the same for the same person."""
    return int.from_bytes(sha256(f"{_SALT} {recipient}".encode()).digest()[:4], "big") % BLOCKED_ONE_IN == 0


@cache
def _files() -> dict[str, SimulatedFile]:
    return {file.key: file for file in every_file()}


def _key_in(source: ExternalId) -> str:
    return source[-32:]
