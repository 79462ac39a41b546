"""One account: what the hub calls, each in a few lines over parse, render, verify and client."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import ClassVar

from connectors._template.client import Client, Patience
from connectors._template.parse import parse
from connectors._template.render import render
from connectors._template.settings import TemplateSettings
from connectors._template.verify import verify_request
from hub.contract import (
    Connector,
    FetchesAttachments,
    InboundEvent,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    Reconciles,
    SendReceipt,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId


class TemplateConnector(Connector, ReceivesWebhooks, FetchesAttachments, Reconciles):
    """One account with Template provider."""

    keep_headers: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, settings: TemplateSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._secret = settings.webhook_secret.get_secret_value()
        self._client = Client(settings, tools.http, patience or Patience())
        self._tools = tools

    async def check(self) -> str:
        """Ask who we are: proves the token."""
        return await self._client.account()

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what an event means."""
        return parse(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Upload the files, then hand over the message."""
        files = [await self._client.upload(file) for file in message.attachments]
        return SendReceipt(external_id=ExternalId(await self._client.post_message(render(message, files))))

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature."""
        verify_request(request, self._secret)

    def answer(self, request: WebhookRequest) -> WebhookResponse:  # noqa: ARG002 - this provider wants nothing back
        """Say thanks."""
        return WebhookResponse()

    def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file a customer sent."""
        return self._client.file(source)

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """List what the provider has since then, each as its webhook would have brought it."""
        for event in await self._client.events(since.isoformat()):
            body = json.dumps(event, ensure_ascii=False).encode("utf-8", "surrogatepass")
            yield RawEvent(kind="webhook", body=body, received_at=self._tools.now(), recovered=True)
