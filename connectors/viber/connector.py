"""One Viber bot: what the hub calls, each in a few lines over parse, sending and setup."""

import json
from collections.abc import AsyncGenerator, Sequence

from connectors._lib.json_api import ApiError, JsonApi, Patience
from connectors._lib.loose_json import text
from connectors.viber.client import Client
from connectors.viber.parse import parse_callback
from connectors.viber.render import FILE_LIMIT
from connectors.viber.sending import Sending
from connectors.viber.settings import ViberSettings
from connectors.viber.setup import Account
from connectors.viber.verify import verify_request
from connectors.viber.words import account_error
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    RegistersWebhook,
    SendReceipt,
    SetupStep,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId

_LARGEST = 4 * FILE_LIMIT
"""Phones may send more than bots; the hub's own limit is what counts."""


class ViberBot(Connector, ReceivesWebhooks, RegistersWebhook, FetchesAttachments, ChecksSetup):
    """One bot."""

    def __init__(self, settings: ViberSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._token = settings.token.get_secret_value()
        self._tools = tools
        client = Client(JsonApi(tools.http, "Viber", patience), settings.api_url, self._token)
        self._account = Account(client, settings, tools.webhook_url)
        self._sending = Sending(client, settings)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask which bot this is; return the name customers see."""
        try:
            info = await self._account.info()
        except ApiError as error:
            raise account_error(error) from None
        name = text(info, "name", "uri", "id")
        if not name:
            raise ConnectorError("The server does not answer as Viber does. Check the API address in the settings.")
        return name

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one callback."""
        return parse_callback(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send a message."""
        return await self._sending.deliver(message)

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature."""
        verify_request(request, self._token)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks; the call with which Viber tries our address carries nothing to keep."""
        return WebhookResponse(store=not _is_trial(request.body))

    async def register(self) -> None:
        """Have Viber call us."""
        try:
            await self._account.register()
        except ApiError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Look whether it still does."""
        try:
            return await self._account.problem()
        except ApiError as error:
            raise account_error(error) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step."""
        try:
            return await self._account.steps()
        except ApiError as error:
            raise account_error(error) from None

    async def fetch(self, source: ExternalId) -> AsyncGenerator[bytes, None]:
        """Stream a customer's file from the address Viber gave, through the guard: it opens without our token."""
        if not source.startswith(("https://", "http://")):
            raise FetchFailed("Viber named no address of this file.")
        async for chunk in self._tools.fetch(source, _LARGEST):
            yield chunk


def _is_trial(body: bytes) -> bool:
    """Tell whether this is the call with which Viber tries an address. What is long is none."""
    if len(body) > 500:
        return False
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("event") == "webhook"
