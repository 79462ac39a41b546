"""The two ways a VK community receives: called by VK, or asking it."""

import json
from collections.abc import AsyncGenerator

from connectors._lib.json_api import ApiError
from connectors._lib.loose_json import Json, objects, text
from connectors.vk.community import Community
from connectors.vk.settings import Mode, VkSettings
from connectors.vk.verify import CONFIRMATION, verify_request
from connectors.vk.words import account_error
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

_WAIT = 25
"""Seconds a poll waits for events; VK advises 25."""


class CalledCommunity(Community, ReceivesWebhooks):
    """A community VK calls (Callback API)."""

    def verify(self, request: WebhookRequest) -> None:
        """Check the secret in the body."""
        verify_request(request, secret=self._secret, group_id=self._group)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say `ok`, which is all VK takes for an answer; or the string that proves the address is ours."""
        if b'"confirmation"' in request.body and _kind(request.body) == CONFIRMATION:
            return WebhookResponse(body=self._servers.confirmation.encode(), store=False)
        return WebhookResponse(body=b"ok")

    async def register(self) -> None:
        """Have VK call us."""
        try:
            await self._servers.register()
        except ApiError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Look whether it still does."""
        try:
            return await self._problem()
        except ApiError as error:
            raise account_error(error) from None

    async def _problem(self) -> Phrase:
        return await self._servers.problem()


class PollingCommunity(Community, Listens):
    """A community the hub asks (Bots Long Poll)."""

    async def listen(self, cursor: str | None) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Yield VK's events with its place in them (`ts`).

        https://dev.vk.com/en/api/bots-long-poll/getting-started. What was too long ago is lost there (`failed`: 1, 3),
        and found by reconciling.
        """
        server = await self._server()
        ts = cursor or server["ts"]
        yield None, ts
        while True:
            try:
                answer = await self._client.poll(server, ts, _WAIT)
            except ApiError as error:
                raise account_error(error) from None
            failed = answer.get("failed")
            if failed in (2, 3):
                server = await self._server()
            if failed == 3:
                ts = server["ts"]
            elif failed is None or failed == 1:
                ts = _ts(answer) or ts
            elif failed != 2:
                raise ConnectorError("VK's Long Poll answers in a way this version does not know.")
            updates = objects(answer, "updates") if failed is None else []
            for update in updates:
                yield RawEvent(kind="longpoll", body=_written(update), received_at=self._tools.now()), None
            yield None, ts

    async def register(self) -> None:
        """Have VK keep events for us."""
        try:
            await self._servers.allow_polling()
        except ApiError as error:
            raise account_error(error) from None

    async def subscription(self) -> str:
        """Look whether it still does."""
        try:
            return await self._problem()
        except ApiError as error:
            raise account_error(error) from None

    async def _problem(self) -> Phrase:
        return await self._servers.polling_problem()

    async def _server(self) -> dict[str, str]:
        try:
            found = await self._client.one("groups.getLongPollServer", group_id=self._group)
        except ApiError as error:
            raise account_error(error) from None
        given = {"server": text(found, "server"), "key": text(found, "key"), "ts": _ts(found)}
        if not all(given.values()):
            raise ConnectorError("VK does not say where to poll. The hub tries again by itself.")
        return given


def create(settings: VkSettings, tools: Tools) -> CalledCommunity | PollingCommunity:
    """Make the community that receives the way the settings say."""
    return CalledCommunity(settings, tools) if settings.mode is Mode.callback else PollingCommunity(settings, tools)


def _ts(answer: Json) -> str:
    """Return VK's place in the events: a number, sometimes as text."""
    ts = answer.get("ts")
    return str(ts)[:40] if isinstance(ts, int | str) and not isinstance(ts, bool) else ""


def _written(update: Json) -> bytes:
    return json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _kind(body: bytes) -> str:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return text(asked, "type") if isinstance(asked, dict) else ""
