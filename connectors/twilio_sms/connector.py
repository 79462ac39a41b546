"""One sender at Twilio: what the hub calls, each in a few lines over parse, render, verify and the account's API."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from connectors._lib.twilio_address import DELIVERY, NO_PUBLIC_ADDRESS, callback_address
from connectors._lib.twilio_failures import Patience, TwilioFailure
from connectors.twilio_sms import listing, setup
from connectors.twilio_sms.addresses import SenderKind
from connectors.twilio_sms.api import TwilioApi
from connectors.twilio_sms.failures import account_error
from connectors.twilio_sms.media import store_of, stream
from connectors.twilio_sms.parse import Reader
from connectors.twilio_sms.registration import is_ours, place_of, point_to
from connectors.twilio_sms.render import render
from connectors.twilio_sms.sending import deliver
from connectors.twilio_sms.settings import TwilioSmsSettings
from connectors.twilio_sms.templates import template_of
from connectors.twilio_sms.verify import Door
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    InboundEvent,
    OffersTemplates,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    SendReceipt,
    SetupStep,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId
from hub.domain.phrase import Phrase
from hub.domain.template import Template

_NOTHING_TO_DO = WebhookResponse(
    body=b'<?xml version="1.0" encoding="UTF-8"?><Response/>', content_type="text/xml; charset=utf-8"
)


class TwilioSms(
    Connector, ReceivesWebhooks, FetchesAttachments, RegistersWebhook, Reconciles, OffersTemplates, ChecksSetup
):
    """One sender: a number, a messaging service or a WhatsApp sender."""

    keep_query: ClassVar[frozenset[str]] = frozenset({DELIVERY})

    def __init__(self, settings: TwilioSmsSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._sender = settings.our_sender()
        self._reader = Reader(keywords=settings.keywords(), sender=self._sender)
        self._api = TwilioApi(settings, tools.http, patience or Patience())
        self._media = store_of(tools, settings.api_url, patience or Patience())
        self._door = Door(settings)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"TwilioSms(channel={self._tools.channel_id}, sender={self._sender.value})"

    async def check(self) -> str:
        """Ask for the account and for our sender in it; return the sender."""
        try:
            account = await self._api.account()
            if account.status != "active":
                raise ConnectorError(
                    Phrase(
                        "The Twilio account is {status}. Open the Twilio console: it says why.", status=account.status
                    )
                )
            place = await place_of(self._api, self._sender)
        except TwilioFailure as error:
            raise account_error(error, f"sender {self._sender.value}") from None
        if not place.found:
            raise ConnectorError(
                f"This Twilio account has no sender {self._sender.value}. Check the sender, and that the Account SID "
                "is that of the (sub)account it belongs to."
            )
        return self._sender.value

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read a message, a status of a message, or an entry of the list."""
        return self._reader.parse(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send one message, in as few requests as its channel allows."""
        window = timedelta(hours=self._settings.whatsapp_window_hours)
        parts = render(message, self._sender, now=self._tools.now(), window=window)
        # A part's fate is the message's own only where no part comes after it.
        callbacks = [self._callback()] * (len(parts) - 1) + [self._callback({DELIVERY: str(message.delivery_id)})]
        return await deliver(self._api, parts, self._sender, callbacks)

    def verify(self, request: WebhookRequest) -> None:
        """Check Twilio's signature."""
        self._door.check(request)

    def answer(self, request: WebhookRequest) -> WebhookResponse:  # noqa: ARG002 - the same to every request
        """Answer with TwiML that does nothing: an agent answers, not this response."""
        return _NOTHING_TO_DO

    def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a customer's file."""
        return stream(self._media, source, self._api.credentials)

    async def register(self) -> None:
        """Make Twilio call us, unless an admin does that by hand or Twilio could not reach us."""
        address = self._callback()
        if not self._settings.set_webhook or not address:
            return
        try:
            place = await place_of(self._api, self._sender)
            if place.record is not None and not (is_ours(place, self._tools.webhook_url) and place.url == address):
                await point_to(self._api, self._sender, place, address)
        except TwilioFailure as error:
            raise account_error(error, f"sender {self._sender.value}") from None

    async def subscription(self) -> str:
        """Look where Twilio delivers our sender's messages now."""
        if self._sender.kind is SenderKind.name:
            return ""
        if not self._callback():
            return NO_PUBLIC_ADDRESS
        try:
            place = await place_of(self._api, self._sender)
        except TwilioFailure as error:
            raise account_error(error, f"sender {self._sender.value}") from None
        if not place.found:
            return f"The Twilio account has no sender {self._sender.value} any more. Check it in the Twilio console."
        if place.record is None or is_ours(place, self._tools.webhook_url):
            return ""
        if place.overridden:
            return place.overridden
        return (
            "Twilio delivers this sender's messages elsewhere: another program has set the webhook. Stop it, then "
            "restart this channel."
            if place.url
            else "Twilio has no address to deliver to. Restart this channel to set it again."
        )

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """List what our sender got and sent since then."""
        try:
            async for event in listing.missed(self._api, self._settings, since, self._tools.now()):
                yield event
        except TwilioFailure as error:
            raise account_error(error) from None

    async def templates(self) -> Sequence[Template]:
        """Return the account's content templates that our sender can use."""
        try:
            contents = await self._api.contents()
        except TwilioFailure as error:
            raise account_error(error) from None
        found = (template_of(content, self._sender.kind) for content in contents)
        return [template for template in found if template is not None]

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step at Twilio."""
        try:
            return [step async for step in setup.steps(self._api, self._settings, self._tools.webhook_url)]
        except TwilioFailure as error:
            raise account_error(error) from None

    def _callback(self, query: Mapping[str, str] | None = None) -> str:
        return callback_address(self._settings, self._tools.webhook_url, query)
