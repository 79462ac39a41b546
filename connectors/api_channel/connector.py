"""One system of the admin's own: what the hub calls, each in a few lines over parse, render, verify and client."""

import base64
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta

from connectors.api_channel.client import Client, Patience
from connectors.api_channel.parse import parse
from connectors.api_channel.people import People
from connectors.api_channel.reading import Unreadable, read_events, unknown_fields
from connectors.api_channel.render import render, where
from connectors.api_channel.settings import ApiSettings
from connectors.api_channel.verify import verify_request
from connectors.api_channel.wire import Event, Ping
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    InboundEvent,
    MarksRead,
    OutboundAttachment,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    SeenMessage,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId, bounded
from hub.domain.phrase import Phrase

_MAX_BYTES = 100 * 1024 * 1024
"""Of a file a customer sent; the hub has its own, lower limit."""


class ApiChannel(
    Connector,
    ReceivesWebhooks,
    RegistersWebhook,
    FetchesAttachments,
    Reconciles,
    MarksRead,
    ShowsTyping,
    ChecksSetup,
):
    """One system."""

    def __init__(self, settings: ApiSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._secrets = settings.secrets
        self._tools = tools
        self._people = People(settings)
        self._client = Client(settings, tools.ask, tools.now, patience or Patience())

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}({self._settings.system}, channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ping the callback address, if there is one; return the system's name."""
        if self._settings.callback_url:
            await self._client.ping(self._tools.webhook_url)
        return self._settings.system

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one request."""
        return parse(raw, self._people)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Post a message to the callback address. Its id is the system's, else that of our delivery."""
        delivery = str(message.delivery_id)
        files = [await self._file(file) for file in message.attachments]
        given = await self._client.tell(render(message, self._people, files), delivery=delivery)
        return SendReceipt(external_id=bounded(given or delivery))

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature."""
        verify_request(request, self._secrets, self._tools.now())

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say what was taken, or in words why nothing was."""
        if request.method != "POST":
            return _json(405, {"error": "Events come by POST."}, store=False)
        try:
            events = read_events(request.body)
        except Unreadable as error:
            return _json(422, {"error": "Nothing was taken.", "problems": list(error.problems)}, store=False)
        ignored = sorted({name for event in events for name in unknown_fields(event)})
        said = {"taken": [_named(event) for event in events], **({"ignored": ignored} if ignored else {})}
        return _json(200, said, store=any(not isinstance(event, Ping) for event in events))

    async def register(self) -> None:
        """Tell the system our webhook address, by a ping. A system that does not answer is `subscription`'s to tell."""
        await self.subscription()

    async def subscription(self) -> str:
        """Ping the callback address."""
        if not self._settings.callback_url:
            return ""
        try:
            await self._client.ping(self._tools.webhook_url)
        except ConnectorError as error:
            return str(error)
        return ""

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """Ask the system for its list, if it has one; each event as it would have been told."""
        if self._settings.list_url:
            async for body in self._client.missed(since):
                yield RawEvent(kind="webhook", body=body, received_at=self._tools.now(), recovered=True)

    def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Fetch a file from the address the system gave."""
        return self._tools.fetch(source, _MAX_BYTES)

    async def mark_read(self, message: SeenMessage) -> None:
        """Tell that an agent has read up to a message."""
        if self._settings.signs:
            person = where(self._people.of_thread(message.thread))
            await self._client.sign({"type": "read", **person, "message": message.id})

    async def show_typing(self, thread: ExternalId) -> None:
        """Tell that an agent types."""
        if self._settings.signs:
            await self._client.sign({"type": "typing", **where(self._people.of_thread(thread))})

    async def setup(self) -> Sequence[SetupStep]:
        """Say what is missing, in the order of the guide."""
        problem = await self.subscription()
        callback = bool(self._settings.callback_url)
        return (
            SetupStep(
                title=Phrase("Your system knows the webhook address and the secret"),
                done=None,
                help=Phrase("Send a signed ping to {url}; docs/api-channel.md shows how.", url=self._tools.webhook_url),
            ),
            SetupStep(
                title=Phrase("The callback address answers a signed ping"),
                done=not problem if callback else None,
                help=Phrase.of(problem)
                if callback
                else Phrase("There is no callback address: agents can read, and not answer."),
            ),
        )

    async def _file(self, file: OutboundAttachment) -> Mapping[str, object]:
        """Return a file as a link; where the hub has no public address, with its content."""
        told: dict[str, object] = {"name": file.name, "media_type": file.media_type, "size": file.size}
        if file.voice:
            told |= {"voice": True, "duration": file.duration}
        if file.link is not None:
            return {**told, "url": file.link(timedelta(days=self._settings.file_days))}
        return {**told, "content": base64.b64encode(await file.read()).decode()}


def _named(event: Event) -> Mapping[str, str]:
    """Name an event in the answer: its type, and the id it was told with."""
    found = next((getattr(event, name) for name in ("id", "message", "delivery") if getattr(event, name, None)), "")
    return {"type": event.type, **({"id": str(found)} if found else {})}


def _json(status: int, said: Mapping[str, object], *, store: bool) -> WebhookResponse:
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return WebhookResponse(status=status, body=body, content_type="application/json", store=store)


def create(settings: ApiSettings, tools: Tools) -> ApiChannel:
    """Make the channel of one system."""
    return ApiChannel(settings, tools)
