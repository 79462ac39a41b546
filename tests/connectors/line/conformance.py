"""LINE's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from connectors.line.connector import LineAccount
from connectors.line.parse import DIRECTORY
from connectors.line.verify import HEADER, signature
from hub.contract import OutboundMessage, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.line.accounts import ANNA, SHORT, settings_for
from tests.connectors.line.fake_line import SECRET, TOKEN, FakeLine, error
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"
_KIND = {"directory": DIRECTORY}


class LinePeer(Peer):
    """A fake LINE, and one account that speaks with it."""

    def __init__(self, server: FakeLine, tools: Tools) -> None:
        self._server = server
        self.connector = LineAccount(settings_for(server.origin), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(self._server.pushed)

    def pressed(self, place: int) -> RawEvent:
        action = self._server.pushed[-1]["messages"][-1]["quickReply"]["items"][place]["action"]
        told = json.loads((FIXTURES / "postback.json").read_text("utf-8"))
        told["events"][0]["postback"] = {"data": action["data"]}
        return RawEvent(kind="webhook", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._server.stop()
            case Failure.credentials_refused:
                self._fault("refuse-push", status=401, body=error(f"Authentication failed: {TOKEN}"))
            case Failure.rejected:
                self._fault("refuse-push", status=400, body=error("The property, 'to', in the request body is invalid"))
            case Failure.rate_limited:
                self._fault("refuse-push", status=429, body=error("The API rate limit has been exceeded."))
            case Failure.server_error:
                self._fault("refuse-push", status=502, body=b"<html>Bad Gateway</html>")
            case Failure.time_out:
                self._fault("push", hang=True)
            case Failure.reset:
                self._fault("push", reset=True)

    def _fault(
        self, name: str, *, status: int = 500, body: bytes = b"", hang: bool = False, reset: bool = False
    ) -> None:
        self._server.fail(Fault(method=name, status=status, body=body, hang=hang, reset=reset))


class LineCase(Case):
    """The adapter."""

    key = "line"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, SECRET)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                kind = _KIND.get(path.stem.partition("_")[0], "webhook")
                yield path.stem, RawEvent(kind=kind, body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        nowhere = json.loads((FIXTURES / "text.json").read_text("utf-8"))
        nowhere["events"][0]["source"] = {"type": "planet", "planetId": "P1"}
        nameless = json.loads((FIXTURES / "text.json").read_text("utf-8"))
        del nameless["events"][0]["message"]["id"]
        bodies = (
            b"",
            b"\x00",
            b"\xff\xfe",
            b"[]",
            b'"text"',
            b"{}",
            b'{"events": {}}',
            b'{"events": [{"type": "telepathy", "source": {"type": "user", "userId": "U1"}}]}',
            json.dumps(nowhere).encode(),
            json.dumps(nameless).encode(),
        )
        notes = [RawEvent(kind=DIRECTORY, body=b'{"id": "U1"}', received_at=NOW)]
        return [*(RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies), *notes]

    def signed(self) -> SignedRequests:
        body = (FIXTURES / "reply_quote.json").read_bytes()
        good = request(body, signature(body, SECRET))
        return SignedRequests(
            good=[
                good,
                request(b'{"destination":"U","events":[]}', signature(b'{"destination":"U","events":[]}', SECRET)),
            ],
            bad={
                "wrong": request(body, signature(body, SECRET)[::-1]),
                "missing": request(body, None),
                "empty": request(body, ""),
                "another account": request(body, signature(body, "ffffffffffffffffffffffffffffffff")),
                "another body": replace(good, body=body + b" "),
                "no text": request(body, "\udc80ü"),
                "hexadecimal": request(body, "ab" * 32),
                "of the empty body, by GET": replace(request(b"", signature(b"", SECRET)), method="GET"),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


def request(body: bytes, presented: str | None) -> WebhookRequest:
    headers = {HEADER: presented} if presented is not None else {}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query={}, body=body)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeLine() as server:
        yield LinePeer(server, tools)


CASE = LineCase()
