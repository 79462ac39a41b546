"""Telegram's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from connectors.telegram.connector import PollingBot
from connectors.telegram.settings import Mode
from connectors.telegram.verify import HEADER, webhook_secret
from hub.contract import OutboundMessage, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import CHANNEL, NOW, OTHER_CHANNEL, WEBHOOK_URL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.telegram.bots import SHORT, Pauses, settings_for
from tests.peers.telegram_api import TOKEN, FakeTelegram

FIXTURES = Path(__file__).parent / "fixtures"


class TelegramPeer(Peer):
    """A fake Bot API server, one customer, and a bot that polls."""

    def __init__(self, tg: FakeTelegram, tools: Tools) -> None:
        self._tg = tg
        self._anna = tg.world.person("Anna Example")
        self.connector = PollingBot(settings_for(tg.url), tools, patience=SHORT, pause=Pauses())

    def message(self) -> OutboundMessage:
        return outbound(str(self._anna["id"]))

    def delivered(self) -> int:
        return len(self._tg.sent)

    def pressed(self, place: int) -> RawEvent:
        told = json.loads((FIXTURES / "callback_button.json").read_text("utf-8"))
        keyboard = json.loads(self._tg.sent[-1].values["reply_markup"])
        [button] = keyboard["inline_keyboard"][place]
        told["callback_query"]["message"]["reply_markup"] = keyboard
        told["callback_query"]["data"] = button["callback_data"]
        return RawEvent(kind="update", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._tg.stop()
            case Failure.credentials_refused:
                self._tg.fail(status=401)
            case Failure.rejected:
                self._tg.fail(status=400)
            case Failure.rate_limited:
                self._tg.fail(status=429, retry_after=7)
            case Failure.server_error:
                self._tg.fail(status=502, body=b"<html>Bad Gateway</html>")
            case Failure.time_out:
                self._tg.fail(hang=True)
            case Failure.reset:
                self._tg.fail(reset=True)


class TelegramCase(Case):
    """The adapter."""

    key = "telegram"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9", mode=Mode.webhook)

    def secrets(self) -> Sequence[str]:
        return (TOKEN, TOKEN.partition(":")[2], webhook_secret(TOKEN, CHANNEL))

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (
            b"",
            b"\x00",
            b"[]",
            b'"text"',
            b'{"update_id": 1}',
            json.dumps({"update_id": 1, "telepathy": {"from": 1}}).encode(),
            json.dumps({"update_id": 1, "message": {"chat": {}}}).encode(),
        )
        return [RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies]

    def signed(self) -> SignedRequests:
        def request(secret: str | None) -> WebhookRequest:
            headers = {HEADER: secret} if secret is not None else {}
            return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query={}, body=b'{"update_id":1}')

        right = webhook_secret(TOKEN, CHANNEL)
        return SignedRequests(
            good=[request(right)],
            bad={
                "wrong": request(right[::-1]),
                "missing": request(None),
                "another account": request(webhook_secret(TOKEN, OTHER_CHANNEL)),
                "the token itself": request(TOKEN),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeTelegram() as tg:
        yield TelegramPeer(tg, tools)


CASE = TelegramCase()
