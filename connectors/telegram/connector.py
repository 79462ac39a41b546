"""The two ways a Telegram bot receives: called by Telegram, or polling it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from telegram.error import TelegramError

from connectors.telegram.bot import TelegramBot, pressed_button
from connectors.telegram.settings import Mode, TelegramSettings
from connectors.telegram.verify import verify_request
from connectors.telegram.words import account_error, pause_asked
from hub.contract import (
    ConnectorError,
    Listens,
    RawEvent,
    ReceivesWebhooks,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.phrase import Phrase

_ELSEWHERE = Phrase(
    "Telegram delivers this bot's messages elsewhere: another program uses the same bot. Stop it, then restart this "
    "channel."
)
_NOWHERE = Phrase("Telegram has no address to deliver to. Restart this channel to register it again.")
_BY_WEBHOOK = Phrase(
    "Telegram delivers this bot's messages to a webhook, so nothing arrives here: another program uses the same bot. "
    "Stop it, then restart this channel."
)
_KEPT = timedelta(hours=24)
"""How long Telegram keeps an update nobody took: https://core.telegram.org/bots/api#getting-updates"""
_RECENT = timedelta(minutes=15)
"""How new a delivery error must be to be worth telling: Telegram goes on showing old ones."""


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
        info = await self.webhook_info()
        if info.url != self._tools.webhook_url:
            return _ELSEWHERE if info.url else _NOWHERE
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
        if (await self.webhook_info()).url:
            return _BY_WEBHOOK
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
            await asyncio.gather(*(self.stop_button(update) for update in updates))

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
                raise ConnectorError(Phrase("Telegram's list of updates could not be read."))
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


def _object(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
