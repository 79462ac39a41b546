"""The web chat connector: the hub itself is the provider, so sending is storing and the door does the talking."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import orjson
from pydantic import ValidationError

from connectors.webchat.frames import FRAME, FRAME_LIMIT
from connectors.webchat.parse import KIND, in_words, parse
from connectors.webchat.render import widget_config
from connectors.webchat.settings import WebchatSettings
from connectors.webchat.verify import (
    Identity,
    Pass,
    origin_allowed,
    read_identity,
    read_visitor_token,
    user_address,
    visitor_token,
)
from hub.contract import (
    Connector,
    FetchesAttachments,
    FetchFailed,
    HostsVisitors,
    InboundEvent,
    MarksRead,
    OriginRefused,
    OutboundMessage,
    RawEvent,
    SeenMessage,
    SendReceipt,
    ShowsTyping,
    Tools,
    Visitor,
    VisitorHello,
    WebhookRejected,
)
from hub.domain.errors import NotFound
from hub.domain.ids import ExternalId


class WebchatConnector(Connector, HostsVisitors, FetchesAttachments, ShowsTyping, MarksRead):
    """One chat on one or more websites."""

    def __init__(self, settings: WebchatSettings, tools: Tools) -> None:
        self._settings = settings
        self._channel_id = tools.channel_id
        self._read_upload = tools.read_upload
        self._tell = tools.tell_visitor
        parts = urlsplit(tools.webhook_url)
        self._own_origin = f"{parts.scheme}://{parts.netloc}"

    async def check(self) -> str:
        """Return the websites that may embed the chat; there is no provider that could refuse us."""
        return ", ".join(self._settings.allowed_origins) or f"{self._own_origin}/demo/widget"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a visitor's frame means."""
        return parse(raw, self._channel_id)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Return the receipt at once: what is stored is what the visitor's browser reads."""
        return SendReceipt(external_id=ExternalId(str(message.delivery_id)))

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file the visitor sent through our own door. Raises FetchFailed if it is not there."""
        if self._read_upload is None:
            raise FetchFailed("This hub keeps no visitors' files: its visitors' door is closed.")
        try:
            async for part in self._read_upload(source):
                yield part
        except NotFound:
            raise FetchFailed("The visitor's file is not there any more. Ask them to send it again.") from None

    async def show_typing(self, thread: ExternalId) -> None:
        """Show typing in the visitor's open widget."""
        if self._tell is not None:
            self._tell(thread, {"type": "typing"})

    async def mark_read(self, message: SeenMessage) -> None:
        """Show in the visitor's open widget that an agent has seen their messages up to this one."""
        if self._tell is not None:
            upto = message.id.removeprefix(f"{message.thread}:")
            self._tell(message.thread, {"type": "seen", "upto": upto})

    def admit(self, hello: VisitorHello) -> Visitor:
        """Check origin and tokens and say who this is.

        A visitor token of an anonymous visitor presented together with an identity keeps its thread: the
        person wrote first and logged in later. A token of another user is ignored. Without `fresh_id`
        nobody new is admitted.
        """
        settings, secret = self._settings, self._settings.token_secret.get_secret_value()
        if not origin_allowed(hello.origin, self._own_origin, settings.allowed_origins):
            raise OriginRefused(
                f"Pages of {hello.origin[:200]} may not use this chat. If this is your website, add the origin to "
                "the channel's settings in the hub: Websites that may embed the chat."
            )
        known = self._known(hello)
        identity = known.identity if known else None
        if hello.identity:
            identity = self._vouched(hello)
            keeps = known is not None and (known.identity is None or known.identity.id == identity.id)
            thread = known.thread if known and keeps else user_address(identity, self._channel_id)
        elif known:
            thread = known.thread
        elif hello.fresh_id:
            thread = ExternalId(hello.fresh_id)
        else:
            raise WebhookRejected("This request carries no visitor token. Reload the page to start afresh.")
        token = hello.token
        if hello.identity or identity is None:
            # An identified token is never prolonged by itself: only the website can say the user is still there.
            token = visitor_token(thread, identity, self._channel_id, secret, hello.now)
        return Visitor(
            thread=thread,
            token=token,
            claims=identity.model_dump(exclude_defaults=True) if identity else {},
            config=widget_config(settings),
            presence=settings.presence,
        )

    def _known(self, hello: VisitorHello) -> Pass | None:
        if not hello.token:
            return None
        secret = self._settings.token_secret.get_secret_value()
        try:
            return read_visitor_token(hello.token, self._channel_id, secret, hello.now)
        except WebhookRejected:
            if hello.fresh_id or hello.identity:
                return None
            raise

    def _vouched(self, hello: VisitorHello) -> Identity:
        former = self._settings.previous_identity_secret
        keys = [self._settings.identity_secret, *([former] if former else [])]
        return read_identity(hello.identity, [key.get_secret_value() for key in keys], hello.now)

    def frame(self, visitor: Visitor, body: bytes, received_at: datetime) -> RawEvent:
        """Bind what a browser said to its visitor, byte for byte, once it is known to be readable."""
        if len(body) > FRAME_LIMIT:
            raise WebhookRejected(f"This is too long: {len(body)} bytes, at most {FRAME_LIMIT} are taken.")
        try:
            FRAME.validate_json(body)
        except ValidationError as wrong:
            raise WebhookRejected(f"The hub does not understand this: {in_words(wrong)}.") from None
        headers = {"thread": str(visitor.thread)}
        if visitor.claims:
            headers["identity"] = orjson.dumps(dict(visitor.claims)).decode()
        return RawEvent(kind=KIND, body=body, headers=headers, received_at=received_at)
