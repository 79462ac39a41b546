"""One Telegram bot: the same bot either called by Telegram or polling it."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

from telegram import WebhookInfo
from telegram.error import TelegramError

from connectors.telegram.client import Patience, Transport, make_bot
from connectors.telegram.ids import message_number
from connectors.telegram.parse import parse_update
from connectors.telegram.sending import Pause, chat_of, deliver
from connectors.telegram.settings import Mode, TelegramSettings
from connectors.telegram.verify import verify_request, webhook_secret
from connectors.telegram.words import account_error, fetch_error, pause_asked, send_error
from hub.contract import (
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    Listens,
    MarksRead,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    RegistersWebhook,
    SendReceipt,
    ShowsTyping,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId

_log = logging.getLogger(__name__)

_KEPT = timedelta(hours=24)
"""How long Telegram keeps an update nobody took: https://core.telegram.org/bots/api#getting-updates"""
_RECENT = timedelta(minutes=15)
"""How new a delivery error must be to be worth telling: Telegram goes on showing old ones."""


class TelegramBot(Connector, FetchesAttachments, MarksRead, ShowsTyping, RegistersWebhook):
    """What both ways of receiving share."""

    def __init__(
        self,
        settings: TelegramSettings,
        tools: Tools,
        *,
        patience: Patience | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        token = settings.token.get_secret_value()
        previous = settings.previous_token.get_secret_value() if settings.previous_token else None
        self._settings = settings
        self._tools = tools
        self._patience = patience or Patience()
        self._pause = pause
        self._secrets = tuple(webhook_secret(t, tools.channel_id) for t in (token, previous) if t)
        self._transport = Transport(tools.http, api_url=settings.api_url, token=token, patience=self._patience)
        self._bot = make_bot(self._transport)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask Telegram who we are; return "@name"."""
        try:
            me = await self._transport.call("getMe", seconds=min(self._patience.answer, 10))
        except TelegramError as error:
            raise account_error(error) from None
        name = me.get("username") if isinstance(me, dict) else None
        if not isinstance(name, str) or not name:
            raise ConnectorError("The server answers, but not as Telegram's Bot API does. Check the address.")
        return f"@{name}"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one update; a webhook's body and a polled update are the same."""
        return parse_update(raw)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send one message, in as few requests as Telegram allows."""
        return await deliver(self._bot, message, self._pause)

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for five seconds: https://core.telegram.org/bots/api#sendchataction."""
        place = chat_of(thread)
        try:
            await self._bot.send_chat_action(
                place.chat_id,
                "typing",
                message_thread_id=place.topic_id,
                business_connection_id=place.connection_id,
                read_timeout=5,
            )
        except TelegramError as error:
            raise send_error(error) from None

    async def mark_read(self, thread: ExternalId, message: ExternalId) -> None:
        """Mark a business chat read, if the owner allows it; of ordinary chats Telegram lets bots mark nothing.

        https://core.telegram.org/bots/api#readbusinessmessage
        """
        place, number = chat_of(thread), message_number(message)
        if place.connection_id is None or number is None:
            return
        try:
            await self._bot.read_business_message(place.connection_id, place.chat_id, number, read_timeout=5)
        except TelegramError as error:
            raise send_error(error) from None

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file of at most 20 MB: https://core.telegram.org/bots/api#getfile. The address is never kept."""
        try:
            file = await self._transport.call("getFile", seconds=self._patience.answer, file_id=source)
            path = file.get("file_path") if isinstance(file, dict) else None
            if not isinstance(path, str) or not path:
                raise FetchFailed("Telegram does not give the file at the moment.", passing=True)
            if path.startswith("/") or ".." in path or "://" in path:
                raise FetchFailed(
                    "The Bot API server names a file on its own disk, which the hub cannot read. Start that server "
                    "without --local."
                )
            async for chunk in self._transport.stream(path):
                yield chunk
        except TelegramError as error:
            raise fetch_error(error) from None

    async def _webhook_info(self) -> WebhookInfo:
        try:
            return await self._bot.get_webhook_info()
        except TelegramError as error:
            raise account_error(error) from None

    async def _stop_button(self, update: object) -> None:
        """Stop the spinner on a pressed button. Best effort: it stops by itself after a while."""
        query_id = pressed_button(update)
        if query_id is None:
            return
        try:
            await self._bot.answer_callback_query(query_id, read_timeout=5)
        except TelegramError as error:
            _log.info("telegram: a pressed button could not be answered: %s", error.message)


class WebhookBot(TelegramBot, ReceivesWebhooks):
    """A bot Telegram calls."""

    def verify(self, request: WebhookRequest) -> None:
        """Compare the secret we gave to Telegram."""
        verify_request(request, self._secrets)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks; to a pressed button answer in the same breath that its spinner may stop.

        https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        query_id = pressed_button(_object(request.body)) if b'"callback_query"' in request.body else None
        if query_id is None:
            return WebhookResponse()
        reply = {"method": "answerCallbackQuery", "callback_query_id": query_id}
        return WebhookResponse(body=json.dumps(reply).encode(), content_type="application/json")

    async def register(self) -> None:
        """Give Telegram our address and secret."""
        try:
            await self._bot.set_webhook(
                self._tools.webhook_url,
                secret_token=self._secrets[0],
                allowed_updates=[kind.value for kind in self._settings.updates],
            )
        except TelegramError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Compare what Telegram has registered, and look for recent failures."""
        info = await self._webhook_info()
        if info.url != self._tools.webhook_url:
            return (
                "Telegram delivers this bot's messages elsewhere: another program uses the same bot. Stop it, then "
                "restart this channel."
                if info.url
                else "Telegram has no address to deliver to. Restart this channel to register it again."
            )
        failed = info.last_error_date
        if failed is not None and self._tools.now() - failed.astimezone(UTC) < _RECENT and info.pending_update_count:
            return (
                f"Telegram cannot deliver to the hub: “{info.last_error_message}”. {info.pending_update_count} "
                "messages wait there, for at most 24 hours. Check that the public address can be reached by https."
            )
        return ""


class PollingBot(TelegramBot, Listens):
    """A bot that asks Telegram.

    The cursor is "OFFSET@TIME": the next update to ask for, which confirms all before it, and when we learned it
    (Unix seconds); "0" when nothing is left to confirm. The time matters because Telegram numbers anew after an idle
    week: an old offset might then confirm, and so lose, updates with lower numbers.
    """

    async def register(self) -> None:
        """Stop a webhook, if there is one; it and polling exclude each other. Nothing waiting is dropped."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Say so if somebody set a webhook behind our back."""
        if (await self._webhook_info()).url:
            return (
                "Telegram delivers this bot's messages to a webhook, so nothing arrives here: another program uses "
                "the same bot. Stop it, then restart this channel."
            )
        return ""

    async def listen(self, cursor: str | None) -> AsyncIterator[tuple[RawEvent | None, str | None]]:
        """Poll for ever. The first poll does not wait, so a working account shows as connected at once.

        One answer is one batch; Telegram forgets it only when the next is asked for.
        """
        offset = self._offset(cursor)
        hold = 0
        while True:
            updates = await self._poll(offset, hold)
            hold = self._patience.poll
            if not updates:
                # everything before the offset is confirmed and gone: nothing is left to say about numbers
                offset = 0
                yield None, "0"
                continue
            offset = max(map(update_number, updates)) + 1
            for update in updates[:-1]:
                yield self._raw(update), None
            yield self._raw(updates[-1]), f"{offset}@{int(self._tools.now().timestamp())}"
            await asyncio.gather(*(self._stop_button(update) for update in updates))

    async def _poll(self, offset: int, hold: int) -> list[dict[str, object]]:
        while True:
            try:
                # not Bot.get_updates: one update the library cannot read would make it refuse every answer, for ever
                answer = await self._transport.call(
                    "getUpdates",
                    seconds=hold + self._patience.answer,
                    offset=offset or None,
                    timeout=hold,
                    allowed_updates=[kind.value for kind in self._settings.updates],
                )
            except TelegramError as error:
                wait = pause_asked(error)
                if wait is None:
                    raise account_error(error) from None
                await self._pause(wait.total_seconds())
                continue
            # without numbers nothing could be confirmed: the same updates would come for ever
            if not isinstance(answer, list) or not all(map(update_number, answer)):
                raise ConnectorError("Telegram's list of updates could not be read.")
            return answer

    def _raw(self, update: dict[str, object]) -> RawEvent:
        """An update as the webhook would have brought it; many come in one answer, so each is written out again."""
        body = json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return RawEvent(kind="update", body=body, received_at=self._tools.now())

    def _offset(self, cursor: str | None) -> int:
        """Read a cursor back; one older than Telegram keeps updates has nothing to confirm any more."""
        number, _, learned = (cursor or "0").partition("@")
        if not number.isdecimal() or not learned.isdecimal():
            return 0
        age = self._tools.now() - datetime.fromtimestamp(int(learned), UTC)
        return int(number) if age < _KEPT else 0


def create(settings: TelegramSettings, tools: Tools) -> WebhookBot | PollingBot:
    """Make the bot that receives the way the settings say."""
    return WebhookBot(settings, tools) if settings.mode is Mode.webhook else PollingBot(settings, tools)


def update_number(update: object) -> int:
    """Return the number of an update; 0 for what is none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and number > 0 else 0


def pressed_button(update: object) -> str | None:
    """Return the id of a callback query, if the update is one."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    query_id = query.get("id") if isinstance(query, dict) else None
    return query_id if isinstance(query_id, str) else None


def _object(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
