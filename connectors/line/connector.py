"""One LINE Official Account: what the hub calls, each in a few lines over parse, sending, setup and memory."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from connectors._lib.json_api import ApiError, JsonApi, Patience
from connectors._lib.loose_json import text
from connectors.line.client import Client, Refused
from connectors.line.content import CONTENT, ELSEWHERE, QUOTE_TOKEN, READ_TOKEN, STICKER
from connectors.line.directory import note_of
from connectors.line.ids import is_user, kind_of
from connectors.line.memory import Memory
from connectors.line.parse import DIRECTORY, parse_webhook
from connectors.line.preview import QUERY, still
from connectors.line.render import FILE_LIMIT
from connectors.line.sending import Sending
from connectors.line.settings import LineSettings
from connectors.line.setup import Account
from connectors.line.verify import verify_request
from connectors.line.words import account_error, fetch_error, send_error
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    MarksRead,
    NamesPeople,
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
from hub.domain.ids import ExternalId

_TYPING_SECONDS = 5
"""The shortest LINE shows: https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator."""


class LineAccount(
    Connector,
    ReceivesWebhooks,
    RegistersWebhook,
    FetchesAttachments,
    Reconciles,
    MarksRead,
    NamesPeople,
    ShowsTyping,
    ChecksSetup,
):
    """One account with the Messaging API."""

    def __init__(self, settings: LineSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._client = Client(JsonApi(tools.http, "LINE", patience), settings)
        self._account = Account(self._client, settings, tools.webhook_url)
        preview = f"{tools.webhook_url}?{QUERY}=1"
        self._sending = Sending(self._client, tools.now, preview, timedelta(days=settings.link_days))
        self._memory = Memory()

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask who we are; return the account's @name."""
        try:
            info = await self._account.info()
        except ApiError as error:
            raise account_error(error) from None
        name, given = text(info, "basicId", "premiumId"), self._settings.bot_user_id
        if not name:
            raise ConnectorError("The server does not answer as LINE does. Check the API address in the settings.")
        if given and given != text(info, "userId"):
            raise ConnectorError(
                f"The access token is that of {name}, whose user ID is {text(info, 'userId')}, and the settings name "
                "another. Copy token, secret and user ID from the same channel."
            )
        return name

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one webhook or note."""
        events = parse_webhook(raw, self._settings.bot_user_id)
        self._memory.note(events)
        return events

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send a message, quoting the one it answers."""
        token = message.reply_data.get(QUOTE_TOKEN)
        return await self._sending.deliver(message, token if isinstance(token, str) else "")

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature; the still of films is for anybody."""
        if request.method == "GET" and QUERY in request.query:
            return
        verify_request(request, self._settings.channel_secret.get_secret_value())

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks; a call without events only asks whether we are there."""
        if request.method == "GET":
            kept = {"cache-control": "public, max-age=86400"}
            return WebhookResponse(body=still(), content_type="image/png", headers=kept, store=False)
        return WebhookResponse(store=not _is_empty(request.body))

    async def register(self) -> None:
        """Have LINE call us."""
        try:
            await self._account.register()
        except ApiError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Look whether it still does, and have it try."""
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
        """Stream a customer's file: from LINE with our token, from anywhere else through the guard."""
        if source.startswith(CONTENT):
            try:
                async for chunk in self._client.content(quote(source.removeprefix(CONTENT), safe="")):
                    yield chunk
            except ApiError as error:
                raise fetch_error(error) from None
            return
        async for chunk in self._tools.fetch(self._address(source), FILE_LIMIT):
            yield chunk

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:  # noqa: ARG002 - LINE lists no messages
        """Ask who those are who wrote and have no name yet. LINE lists no messages, so nothing else can be found."""
        for ident, place in self._memory.nameless():
            if note := await self._note(ident, place):
                yield note

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask LINE for somebody's profile, a member of a group in the group."""
        return await self._note(address, self._memory.place_of(address))

    async def _note(self, ident: str, place: str) -> RawEvent | None:
        try:
            note = note_of(ident, await self._client.get(_profile_path(ident, place)))
        except Refused as error:
            if error.status in (401, 429):
                raise account_error(error) from None
            note = {}  # left, blocked us or does not want to be seen: LINE tells no name
        except ApiError as error:
            raise account_error(error) from None
        self._memory.gave_up_on(ident)
        body = json.dumps(note, ensure_ascii=False, sort_keys=True).encode()
        return RawEvent(kind=DIRECTORY, body=body, received_at=self._tools.now()) if note else None

    async def mark_read(self, message: SeenMessage) -> None:
        """Show "read" on a message and all before it; only where chat is on in the account's response settings.

        https://developers.line.biz/en/docs/messaging-api/mark-as-read/
        """
        token = message.data.get(READ_TOKEN)
        if isinstance(token, str):
            await self._post("/v2/bot/chat/markAsRead", {"markAsReadToken": token})

    async def show_typing(self, thread: ExternalId) -> None:
        """Show the loading animation to a person; groups have none."""
        if is_user(thread):
            await self._post("/v2/bot/chat/loading/start", {"chatId": thread, "loadingSeconds": _TYPING_SECONDS})

    async def _post(self, path: str, body: dict[str, object]) -> None:
        try:
            await self._client.post(path, body)
        except ApiError as error:
            raise send_error(error, repeatable=True) from None

    def _address(self, source: ExternalId) -> str:
        if source.startswith(ELSEWHERE):
            return source.removeprefix(ELSEWHERE)
        number = source.removeprefix(STICKER)
        if not source.startswith(STICKER) or not number.isdecimal() or not self._settings.sticker_url:
            raise FetchFailed("There is no picture of this sticker.")
        return self._settings.sticker_url.replace("{id}", number)


def _profile_path(ident: str, place: str) -> str:
    """https://developers.line.biz/en/reference/messaging-api/#profile; members of a group are asked for there."""
    who, where = quote(ident, safe=""), quote(place, safe="")
    match kind_of(ident), kind_of(place):
        case "user", "user":
            return f"/v2/bot/profile/{who}"
        case "user", kind:
            return f"/v2/bot/{kind}/{where}/member/{who}"
        case _:
            return f"/v2/bot/group/{who}/summary"


def _is_empty(body: bytes) -> bool:
    """Tell whether a call carries no events. What is long carries some."""
    if len(body) > 200:
        return False
    try:
        asked = json.loads(body)
    except ValueError:
        return False
    return isinstance(asked, dict) and asked.get("events") == []
