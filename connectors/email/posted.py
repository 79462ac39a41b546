"""The mailbox whose mail a provider posts to the hub: Mailgun, Postmark, SendGrid, or SES through SNS."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from pydantic import SecretStr

from connectors.email.certificates import Certificates
from connectors.email.choices import Arrival
from connectors.email.connector import Mailbox
from connectors.email.settings import EmailSettings
from connectors.email.sns import Envelope, check_signature, is_amazons, read_envelope
from connectors.email.verify import MailgunSeal, check_password, check_sendgrid, sendgrid_key
from hub.contract import (
    ChecksSetup,
    ConnectorError,
    ReceivesWebhooks,
    RegistersWebhook,
    SetupStep,
    Tools,
    WebhookRejected,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.phrase import Phrase

_CONFIRMATION_BYTES = 64 * 1024


class PostedMailbox(Mailbox, ReceivesWebhooks, ChecksSetup):
    """A mailbox whose mail Mailgun, Postmark or SendGrid posts."""

    keep_headers: ClassVar[frozenset[str]] = frozenset({"content-type"})

    def __init__(self, settings: EmailSettings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._password = _plain(settings.webhook_password)
        self._mailgun = MailgunSeal(_plain(settings.mailgun_signing_key))
        self._sendgrid = sendgrid_key(settings.sendgrid_verification) if settings.sendgrid_verification else None

    def verify(self, request: WebhookRequest) -> None:
        """Check what the provider proves itself with."""
        if request.method != "POST":
            raise WebhookRejected("Mail comes by POST.")
        if self._settings.receive is Arrival.mailgun:
            self._mailgun.check(request, self._tools.now())
            return
        if self._settings.receive is Arrival.sendgrid and self._sendgrid is not None:
            check_sendgrid(request, self._sendgrid, self._tools.now())
            if not self._password:
                return
        check_password(request, self._password)

    def answer(self, request: WebhookRequest) -> WebhookResponse:  # noqa: ARG002 - they want nothing back
        """Say thanks."""
        return WebhookResponse()

    async def setup(self) -> Sequence[SetupStep]:
        """Say which address to enter where. What is set up there the first mail proves."""
        address = self._tools.webhook_url
        if self._settings.receive is Arrival.mailgun:
            address += "?mime"
        elif self._password:
            address = address.replace("://", "://hub:<password>@", 1)
        where = _place(self._settings.receive, address)
        return (SetupStep(title=Phrase("The provider posts mail to the hub"), done=None, help=where),)


class SesMailbox(PostedMailbox, RegistersWebhook):
    """A mailbox whose mail SES publishes to an SNS topic. Subscriptions of the topic are confirmed by themselves."""

    def __init__(self, settings: EmailSettings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._certificates = Certificates(tools.fetch, tools.now, tools.data_dir)
        self._confirming: set[asyncio.Task[None]] = set()
        self._problem = ""

    def verify(self, request: WebhookRequest) -> None:
        """Check topic and signature. What comes under a certificate not known yet passes, and `answer` puts it off."""
        if request.method != "POST":
            raise WebhookRejected("SNS calls by POST.")
        envelope = read_envelope(request.body, self._settings.sns_topic)
        key = self._certificates.known(envelope.certificate_url)
        if key is not None:
            check_signature(envelope, key)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Take a notification, confirm a subscription; what could not be proven yet is neither stored nor followed."""
        try:
            envelope = read_envelope(request.body, self._settings.sns_topic)
        except WebhookRejected as error:
            return WebhookResponse(status=403, body=str(error).encode(), store=False)
        if self._certificates.known(envelope.certificate_url) is None:
            self._certificates.want(envelope.certificate_url)
            words = "The hub is fetching the certificate this is signed with. Please send it again."
            return WebhookResponse(status=503, body=words.encode(), headers={"Retry-After": "20"}, store=False)
        match envelope.kind:
            case "Notification":
                self._problem = self._certificates.problem = ""
                return WebhookResponse()
            case "SubscriptionConfirmation":
                self._start_confirming(envelope)
            case "UnsubscribeConfirmation":
                self._problem = "The SNS subscription was ended. Subscribe this channel's address to the topic again."
        return WebhookResponse(store=False)

    async def register(self) -> None:
        """Read the certificates we know; to SNS itself only its owner can tell our address."""
        await self._certificates.load()

    async def subscription(self) -> str:
        """Say what went wrong with certificates and subscription since the start."""
        return self._problem or self._certificates.problem

    async def settled(self) -> None:
        """Return when nothing is under way."""
        await self._certificates.settled()
        if self._confirming:
            await asyncio.wait(self._confirming)

    async def close(self) -> None:
        """Stop what is under way."""
        await super().close()
        await self._certificates.close()
        for task in list(self._confirming):
            task.cancel()
        await asyncio.gather(*self._confirming, return_exceptions=True)

    def _start_confirming(self, envelope: Envelope) -> None:
        task = asyncio.create_task(self._confirm(envelope), name="SNS subscription")
        self._confirming.add(task)
        task.add_done_callback(self._confirming.discard)

    async def _confirm(self, envelope: Envelope) -> None:
        url = envelope.subscribe_url or ""
        try:
            if not is_amazons(url):
                raise ConnectorError("its address does not lie with Amazon SNS.")
            size = 0
            async for part in self._tools.fetch(url, _CONFIRMATION_BYTES):
                size += len(part)
        except (ConnectorError, OSError) as error:
            self._problem = f"The SNS subscription could not be confirmed: {error}"
        else:
            self._problem = ""


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _place(arrival: Arrival, address: str) -> Phrase:
    """Say where at the provider the address is entered."""
    return {
        Arrival.mailgun: Phrase(
            "Mailgun → Receiving → Create route: expression match_recipient, action “Forward” to {address}",
            address=address,
        ),
        Arrival.postmark: Phrase(
            "Postmark → your server → Inbound stream → Settings: webhook {address}, and tick “Include raw email "
            "content in JSON payload”.",
            address=address,
        ),
        Arrival.sendgrid: Phrase(
            "SendGrid → Settings → Inbound Parse → Add Host & URL: destination {address}, and tick “POST the raw, full "
            "MIME message”.",
            address=address,
        ),
        Arrival.ses: Phrase(
            "Amazon SNS → your topic → Create subscription: protocol HTTPS, endpoint {address}, raw message delivery "
            "off. The hub confirms it by itself.",
            address=address,
        ),
    }[arrival]
