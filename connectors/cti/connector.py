"""One telephone system: what the hub calls, each in a few lines over parse, render, verify and the client."""

import json
from collections.abc import AsyncIterator, Sequence

from connectors.cti import verify as door
from connectors.cti.client import CtiClient, Patience
from connectors.cti.parse import Reader
from connectors.cti.render import order_body, ping_body
from connectors.cti.settings import CtiSettings
from connectors.cti.wire import read
from connectors.cti.words import NO_ADDRESS, NO_TEXTS
from hub.contract import (
    CallOrder,
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesRecordings,
    InboundEvent,
    OutboundMessage,
    PlacedCall,
    PlacesCalls,
    RawEvent,
    ReceivesWebhooks,
    Rejected,
    SendReceipt,
    SetupStep,
    Tools,
    UnparseableEvent,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.call import call_key
from hub.domain.ids import ExternalId, bounded
from hub.domain.phrase import Phrase

MOST_BYTES = 1024 * 1024 * 1024


class Cti(Connector, ReceivesWebhooks, PlacesCalls, FetchesRecordings, ChecksSetup):
    """One telephone system, or one number of it."""

    def __init__(self, settings: CtiSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._reader = Reader(settings)
        self._client = CtiClient(settings, tools.ask, tools.now, patience or Patience())

    def __repr__(self) -> str:
        """Show which number, and no secret."""
        return f"Cti(channel={self._tools.channel_id}, number={self._settings.number})"

    async def check(self) -> str:
        """Ask the system whether it knows our secret, if it has an address; return our number."""
        if self._settings.call_url:
            await self._client.post(ping_body())
        return self._settings.number

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one thing the system told."""
        return self._reader.parse(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:  # noqa: ARG002 - nothing is ever sent
        """Refuse: this channel carries calls only."""
        raise Rejected(NO_TEXTS)

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature, or the secret."""
        door.verify(request, self._settings, self._tools.now())

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say by which name the hub knows the call: the same for every word about it."""
        try:
            key = read(request.body).key
        except UnparseableEvent:
            key = ""
        return WebhookResponse(body=json.dumps({"call": key}).encode(), content_type="application/json")

    async def place_call(self, order: CallOrder) -> PlacedCall:
        """Ask the system to ring the agent's phone and then the customer."""
        if not self._settings.call_url:
            raise Rejected(NO_ADDRESS)
        named = await self._client.post(order_body(order))
        return PlacedCall(external_id=bounded(named or call_key(order.call_id)))

    async def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a recording from the address the system told. Raises FetchFailed."""
        async for piece in self._tools.fetch(source, MOST_BYTES):
            yield piece

    async def delete_recording(self, source: ExternalId) -> None:  # noqa: ARG002 - none is deleted there
        """Leave it: the telephone system keeps its recordings by rules of its own."""
        return

    async def setup(self) -> Sequence[SetupStep]:
        """Look at what can be seen from here."""
        told = SetupStep(
            title=Phrase("The telephone system tells of its calls"),
            done=None,
            help=Phrase(
                "It has to POST to {url}; call the number and look whether the call appears.",
                url=self._tools.webhook_url,
            ),
        )
        return (told, await self._callback_step())

    async def _callback_step(self) -> SetupStep:
        title = Phrase("The telephone system takes calls from the hub")
        if not self._settings.call_url:
            return SetupStep(title=title, done=None, help=Phrase("Optional: give its address for click-to-call."))
        try:
            await self._client.post(ping_body())
        except ConnectorError as error:
            return SetupStep(title=title, done=False, help=Phrase.of(error))
        return SetupStep(title=title, done=True)
