"""The fake Bot API's queue of updates: getUpdates with its confirmation by offset, and delivery to a webhook.

Rules from https://core.telegram.org/bots/api#getupdates and #setwebhook.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import aiohttp

from tests.peers.telegram_world import Json

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """Pending updates and how the bot wants them."""

    def __init__(self, now: Callable[[], int], *, first_id: int = 639_974_001) -> None:
        self.now = now
        self.next_id = first_id
        self.pending: list[Json] = []
        self.webhook = ""
        self.secret = ""
        self.allowed: Sequence[str] | None = None
        self.retry_delay = 0.05
        """Seconds before a refused delivery is repeated; doubles up to 1 s. Telegram publishes no figures."""
        self.deliveries: list[int] = []
        """The status of every delivery to the webhook; 0 is no answer."""
        self._error: Json = {}
        self._pollers = 0
        self._changed = asyncio.Condition()
        self._wake = asyncio.Event()

    def add(self, kind: str, payload: Json) -> Json:
        """Queue an update, if the bot asked for its kind, and return it."""
        update = {"update_id": self.next_id, kind: payload}
        self.next_id += 1
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if wanted:
            self.pending.append(update)
            self._wake.set()
        return update

    def register(self, url: str, secret: str, allowed: Sequence[str] | None) -> None:
        """setWebhook. Without a list the earlier one stays."""
        self.webhook, self.secret, self._error = url, secret, {}
        self.allowed = allowed or self.allowed
        self._wake.set()

    def unregister(self, *, drop_pending: bool) -> None:
        """deleteWebhook."""
        self.webhook, self.secret = "", ""
        self.pending = [] if drop_pending else self.pending

    def info(self) -> Json:
        """getWebhookInfo."""
        known = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.pending)}
        return known | self._error | ({"allowed_updates": list(self.allowed)} if self.allowed else {})

    async def poll(self, offset: int, limit: int, seconds: float, allowed: Sequence[str] | None) -> list[Json] | None:
        """getUpdates; None when a newer call took over. An offset forgets everything before it."""
        self.allowed = allowed or self.allowed
        self._pollers += 1
        mine = self._pollers
        if offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        elif offset < 0:
            self.pending = self.pending[offset:]
        await self._announce()
        self._wake.set()
        try:
            async with asyncio.timeout(seconds):
                while not self.pending and mine == self._pollers:
                    self._wake.clear()
                    await self._wake.wait()
        except TimeoutError:
            return [] if mine == self._pollers else None
        return self.pending[:limit] if mine == self._pollers else None

    async def polled(self) -> None:
        """Wait until the bot polls."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._pollers > 0)

    async def refused(self) -> None:
        """Wait until a delivery to the webhook has failed."""
        async with self._changed:
            await self._changed.wait_for(lambda: bool(self._error))

    async def empty(self) -> None:
        """Wait until nothing is pending."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self.pending)

    async def deliver(self, session: aiohttp.ClientSession, perform: Callable[[bytes], Awaitable[None]]) -> None:
        """Hand pending updates to the webhook one by one, each until it answers 2xx; runs until cancelled."""
        while True:
            while not (self.pending and self.webhook):
                self._wake.clear()
                await self._wake.wait()
            await self._hand_over(session, perform)

    async def _hand_over(self, session: aiohttp.ClientSession, perform: Callable[[bytes], Awaitable[None]]) -> None:
        update, delay = self.pending[0], self.retry_delay
        while self.webhook and update in self.pending:
            status, body = await self._post(session, update)
            self.deliveries.append(status)
            if 200 <= status < 300:
                self.pending.remove(update)
                await perform(body)
                await self._announce()
                return
            words = f"Wrong response from the webhook: {status}" if status else "Connection refused"
            self._error = {"last_error_date": self.now(), "last_error_message": words}
            await self._announce()
            await asyncio.sleep(delay)
            delay = min(delay * 2, 1)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> tuple[int, bytes]:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(self.webhook, json=update, headers=headers) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError):
            return 0, b""

    async def _announce(self) -> None:
        async with self._changed:
            self._changed.notify_all()
