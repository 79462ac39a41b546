"""What a Telegram bot does however it receives: prove itself, read, send, fetch, show typing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

from telegram import WebhookInfo
from telegram.error import BadRequest, TelegramError

from connectors.telegram.client import Patience, Transport, make_bot
from connectors.telegram.ids import message_number
from connectors.telegram.parse import parse_update
from connectors.telegram.portraits import PORTRAIT, is_person, note_of, read_note
from connectors.telegram.sending import Pause, chat_of, deliver
from connectors.telegram.settings import TelegramSettings
from connectors.telegram.verify import webhook_secret
from connectors.telegram.words import account_error, fetch_error, send_error
from hub.contract import (
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    MarksRead,
    NamesPeople,
    OutboundMessage,
    RawEvent,
    RegistersWebhook,
    SeenMessage,
    SendReceipt,
    ShowsTyping,
    Tools,
)
from hub.domain.ids import ExternalId
from hub.domain.phrase import Phrase

_log = logging.getLogger(__name__)


class TelegramBot(Connector, FetchesAttachments, MarksRead, ShowsTyping, RegistersWebhook, NamesPeople):
    """What both ways of receiving share."""

    asks_about_named: ClassVar[bool] = True

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
            raise ConnectorError(Phrase("The server answers, but not as Telegram's Bot API does. Check the address."))
        return f"@{name}"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one update; a webhook's body and a polled update are the same."""
        return read_note(raw.body) if raw.kind == PORTRAIT else parse_update(raw)

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask for somebody's picture; their name comes with each message.

        https://core.telegram.org/bots/api#getuserprofilephotos
        """
        if not is_person(address):
            return None
        try:
            answer = await self._transport.call(
                "getUserProfilePhotos", seconds=self._patience.answer, user_id=int(address), limit=1
            )
        except BadRequest:
            return None  # somebody this bot never met, or who is gone
        except TelegramError as error:
            raise account_error(error) from None
        note = note_of(address, answer)
        return RawEvent(kind=PORTRAIT, body=note, received_at=self._tools.now()) if note else None

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

    async def mark_read(self, message: SeenMessage) -> None:
        """Mark a business chat read, if the owner allows it; of ordinary chats Telegram lets bots mark nothing.

        https://core.telegram.org/bots/api#readbusinessmessage
        """
        place, number = chat_of(message.thread), message_number(message.id)
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
                raise FetchFailed(Phrase("Telegram does not give the file at the moment."), passing=True)
            if path.startswith("/") or ".." in path or "://" in path:
                raise FetchFailed(
                    Phrase(
                        "The Bot API server names a file on its own disk, which the hub cannot read. Start that server "
                        "without --local."
                    )
                )
            async for chunk in self._transport.stream(path):
                yield chunk
        except TelegramError as error:
            raise fetch_error(error) from None

    async def webhook_info(self) -> WebhookInfo:
        """Ask Telegram what it knows of a webhook. Raises CredentialsRefused, ConnectorError."""
        try:
            return await self._bot.get_webhook_info()
        except TelegramError as error:
            raise account_error(error) from None

    async def stop_button(self, update: object) -> None:
        """Stop the spinner on a pressed button. Best effort: it stops by itself after a while."""
        query_id = pressed_button(update)
        if query_id is None:
            return
        try:
            await self._bot.answer_callback_query(query_id, read_timeout=5)
        except TelegramError as error:
            _log.info("telegram: a pressed button could not be answered: %s", error.message)


def pressed_button(update: object) -> str | None:
    """Return the id of a callback query, if the update is one."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    query_id = query.get("id") if isinstance(query, dict) else None
    return query_id if isinstance(query_id, str) else None
