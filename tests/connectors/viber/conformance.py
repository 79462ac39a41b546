"""Viber's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from connectors.viber.connector import ViberBot
from connectors.viber.verify import HEADER, QUERY, signature
from hub.contract import OutboundMessage, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.viber.bots import ANNA, SHORT, settings_for
from tests.connectors.viber.fake_viber import OTHER_TOKEN, TOKEN, FakeViber
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"


class ViberPeer(Peer):
    """A fake Viber, and one bot that speaks with it."""

    def __init__(self, server: FakeViber, tools: Tools) -> None:
        self._server = server
        self.connector = ViberBot(settings_for(server.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(self._server.sent)

    def pressed(self, place: int) -> RawEvent:
        told = json.loads((FIXTURES / "text.json").read_text("utf-8"))
        told["message"]["text"] = self._server.sent[-1]["keyboard"]["Buttons"][place]["ActionBody"]
        return RawEvent(kind="webhook", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._server.stop()
            case Failure.credentials_refused:
                self._server.refuse("send_message", 2, f"invalidAuthToken {TOKEN}")
            case Failure.rejected:
                self._server.refuse("send_message", 6, "notSubscribed")
            case Failure.rate_limited:
                self._server.refuse("send_message", 12, "tooManyRequests")
            case Failure.server_error:
                self._server.fail(Fault(method="refuse", status=502, body=b"<html>Bad Gateway</html>"))
            case Failure.time_out:
                self._server.fail(Fault(method="send", hang=True))
            case Failure.reset:
                self._server.fail(Fault(method="send", reset=True))


class ViberCase(Case):
    """The adapter."""

    key = "viber"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9/pa")

    def secrets(self) -> Sequence[str]:
        return (TOKEN,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (
            b"",
            b"\x00",
            b"\xff\xfe",
            b"[]",
            b'"text"',
            b"{}",
            b'{"event": "telepathy", "message_token": 1}',
            b'{"event": "message", "message_token": 1, "message": {"type": "text", "text": "x"}}',
            b'{"event": "message", "sender": {"id": "a="}, "message": {"type": "text", "text": "x"}}',
            b'{"event": "seen", "message_token": true}',
            b'{"event": "unsubscribed", "message_token": 1}',
        )
        return [RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies]

    def signed(self) -> SignedRequests:
        body = (FIXTURES / "text.json").read_bytes()
        right = signature(body, TOKEN)
        good = request(body, right)
        return SignedRequests(
            good=[good, request(body, None, right), request(body, right, right)],
            bad={
                "wrong": request(body, right[::-1]),
                "missing": request(body, None),
                "empty": request(body, ""),
                "another account": request(body, signature(body, OTHER_TOKEN)),
                "another body": replace(good, body=body + b" "),
                "the two places differ": request(body, right, signature(body, OTHER_TOKEN)),
                "wrong in the query": request(body, None, right[::-1]),
                "no text": request(body, "\udc80ü"),
                "of the empty body, by GET": replace(request(b"", signature(b"", TOKEN)), method="GET"),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


def request(body: bytes, header: str | None, query: str | None = None) -> WebhookRequest:
    headers = {HEADER: header} if header is not None else {}
    asked = {QUERY: query} if query is not None else {}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query=asked, body=body)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeViber() as server:
        yield ViberPeer(server, tools)


CASE = ViberCase()
