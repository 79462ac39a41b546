"""One WhatsApp number: what the hub calls, each in a few lines over parse, sending, templates and number."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from urllib.parse import quote

from connectors._lib.meta_errors import account_error, fetch_error, send_error
from connectors._lib.meta_graph import Access, Graph, GraphError, Patience, Refused
from connectors._lib.meta_hosts import at_meta_or
from connectors._lib.meta_media import DownloadGuard
from connectors.whatsapp.number import Number
from connectors.whatsapp.parse import parse_update
from connectors.whatsapp.sending import Sending
from connectors.whatsapp.settings import WhatsAppSettings
from connectors.whatsapp.templates import header_format, read_template
from connectors.whatsapp.verify import answer_request, verify_request
from connectors.whatsapp.words import MEANINGS
from hub.contract import (
    ChecksSetup,
    Connector,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    MarksRead,
    OffersTemplates,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    RegistersWebhook,
    SeenMessage,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId
from hub.domain.template import Template

_THREADS_KEPT = 2000
_TEMPLATE_FIELDS = "name,language,status,category,components,rejected_reason,parameter_format"


class WhatsAppConnector(
    Connector,
    ReceivesWebhooks,
    RegistersWebhook,
    FetchesAttachments,
    OffersTemplates,
    MarksRead,
    ShowsTyping,
    ChecksSetup,
):
    """One number with the WhatsApp Cloud API."""

    def __init__(self, settings: WhatsAppSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        secrets = (settings.app_secret, settings.previous_app_secret)
        self._settings = settings
        self._tools = tools
        self._secrets = tuple(secret.get_secret_value() for secret in secrets if secret)
        self._access = Access(
            base_url=settings.graph_url,
            version=settings.api_version,
            token=settings.token.get_secret_value(),
            app_id=settings.app_id,
            app_secret=settings.app_secret.get_secret_value(),
        )
        self._graph = Graph(tools.http, self._access, patience)
        self._sending = Sending(self._graph, settings.phone_number_id)
        self._number = Number(self._graph, settings, tools.webhook_url)
        self._guard = DownloadGuard(settings.failed_downloads, tools.now)
        self._headers: dict[str, str] = {}
        """Template -> as what its header's file is sent; a mere cache of what `templates` read."""
        self._seen: OrderedDict[ExternalId, ExternalId] = OrderedDict()
        """Thread -> the newest message marked read, without which WhatsApp shows no typing; may be lost."""

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask which number this is; return it."""
        try:
            return await self._number.address()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one webhook."""
        return parse_update(raw, self._settings.phone_number_id)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send a message or a template."""
        if message.template is None:
            return await self._sending.deliver(message)
        header = await self._header_kind(message.template.key) if message.attachments else ""
        return await self._sending.deliver_template(message, header)

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature, or the verify token of a handshake."""
        verify_token = self._settings.verify_token.get_secret_value()
        verify_request(request, app_secrets=self._secrets, verify_token=verify_token)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks, or repeat the challenge."""
        return answer_request(request)

    async def register(self) -> None:
        """Have WhatsApp call us."""
        try:
            await self._number.register()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def subscription(self) -> str:
        """Look whether it still does, and whether the number may work."""
        try:
            return await self._number.problem()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step."""
        try:
            return await self._number.steps()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def templates(self) -> Sequence[Template]:
        """Read all templates of the business account, page by page."""
        edge = f"{self._settings.account_id}/message_templates"
        try:
            found = [
                read_template(item) async for item in self._graph.items(edge, fields=_TEMPLATE_FIELDS, limit="100")
            ]
        except GraphError as error:
            raise account_error(error, MEANINGS) from None
        self._headers = {template.key: header_format(template) for template in found}
        return found

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file by its id; its address lives five minutes, so it is asked for afresh.

        https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
        """
        self._guard.check()
        try:
            node = await self._graph.get(quote(source, safe=""), phone_number_id=self._settings.phone_number_id)
            url = node.get("url")
            if not isinstance(url, str) or not self._is_metas(url):
                raise FetchFailed(
                    "WhatsApp names an address for the file that is none of Meta's known hosts, so the hub does not "
                    "show its token there. If Meta has a new host, add it to “Hosts of files” in the settings."
                )
            async for chunk in self._graph.stream(url, self._is_metas):
                yield chunk
        except GraphError as error:
            if isinstance(error, Refused):
                self._guard.failed()
            raise fetch_error(error, MEANINGS) from None

    async def mark_read(self, message: SeenMessage) -> None:
        """Show the blue ticks on a message and all before it."""
        self._seen[message.thread] = message.id
        self._seen.move_to_end(message.thread)
        if len(self._seen) > _THREADS_KEPT:
            self._seen.popitem(last=False)
        await self._status(message.id)

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for up to 25 seconds; WhatsApp wants the message that is being answered.

        https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
        """
        message = self._seen.get(thread)
        if message is not None:
            await self._status(message, typing_indicator={"type": "text"})

    def _is_metas(self, url: str) -> bool:
        return at_meta_or(url, self._settings.media_hosts, self._settings.graph_url)

    async def _status(self, message: ExternalId, **more: object) -> None:
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": message, **more}
        try:
            await self._graph.post(f"{self._settings.phone_number_id}/messages", body)
        except GraphError as error:
            raise send_error(error, MEANINGS) from None

    async def _header_kind(self, key: str) -> str:
        if key not in self._headers:
            await self.templates()
        return self._headers.get(key, "")


def create(settings: WhatsAppSettings, tools: Tools) -> WhatsAppConnector:
    """Make the connector of one number."""
    return WhatsAppConnector(settings, tools)
