"""VK's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from connectors.vk.connector import CalledCommunity
from connectors.vk.parse import DIRECTORY
from connectors.vk.verify import own_secret
from hub.contract import OutboundMessage, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import CHANNEL, NOW, OTHER_CHANNEL, WEBHOOK_URL
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.vk.communities import SHORT, settings_for, to_anna
from tests.connectors.vk.fake_vk import GROUP, SECRET, TOKEN, FakeVk, body_of
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"


class VkPeer(Peer):
    """A fake VK, and one community that speaks with it."""

    def __init__(self, server: FakeVk, tools: Tools) -> None:
        self._server = server
        self.connector = CalledCommunity(settings_for(server.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return to_anna()

    def delivered(self) -> int:
        return len(self._server.sent)

    def pressed(self, place: int) -> RawEvent:
        rows = json.loads(self._server.sent[-1]["keyboard"])["buttons"]
        action = [button for row in rows for button in row][place]["action"]
        told = json.loads((FIXTURES / "button_text.json").read_text("utf-8"))
        told["object"]["message"] |= {"text": action["label"], "payload": action["payload"]}
        return RawEvent(kind="webhook", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        send = "messages.send"
        match failure:
            case Failure.unreachable:
                await self._server.stop()
            case Failure.credentials_refused:
                self._server.refuse(send, 5, f"User authorization failed: {TOKEN}")
            case Failure.rejected:
                self._server.inner.append((901, "Can't send messages for users without permission"))
            case Failure.rate_limited:
                self._server.refuse(send, 6, "Too many requests per second")
            case Failure.server_error:
                self._server.fail(Fault(method=f"before {send}", status=502, body=b"<html>Bad Gateway</html>"))
            case Failure.time_out:
                self._server.fail(Fault(method=send, hang=True))
            case Failure.reset:
                self._server.fail(Fault(method=send, reset=True))


class VkCase(Case):
    """The adapter."""

    key = "vk"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9/method")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, SECRET, own_secret(TOKEN, CHANNEL))

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                kind = DIRECTORY if path.stem.startswith(DIRECTORY) else "webhook"
                yield path.stem, RawEvent(kind=kind, body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        foreign = {**json.loads((FIXTURES / "text.json").read_text("utf-8")), "group_id": 1}
        events: list[dict[str, Any]] = [
            {},
            {"group_id": GROUP},
            {"group_id": GROUP, "type": "telepathy", "object": {}},
            {"group_id": GROUP, "type": "message_new", "object": {"message": {"text": "from nowhere"}}},
            {"group_id": GROUP, "type": "message_allow", "object": {}},
            {"group_id": True, "type": "message_deny", "object": {"user_id": 1}},
            foreign,
        ]
        bodies = [b"", b"\x00", b"\xff\xfe", b"[]", b'"text"', b"ok", *map(body_of, events)]
        notes = [RawEvent(kind=DIRECTORY, body=b'{"id": 1}', received_at=NOW)]
        return [*(RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies), *notes]

    def signed(self) -> SignedRequests:
        event = json.loads((FIXTURES / "text.json").read_text("utf-8"))
        asked = {"type": "confirmation", "group_id": GROUP}
        bare = {name: value for name, value in event.items() if name != "secret"}
        other = own_secret(TOKEN, OTHER_CHANNEL)
        return SignedRequests(
            good=[request(event), request(asked), request({**asked, "secret": SECRET})],
            bad={
                "wrong": request({**event, "secret": SECRET[::-1]}),
                "missing": request(bare),
                "empty": request({**event, "secret": ""}),
                "no text": request({**event, "secret": {"a": 1}}),
                "half a letter": request_of(json.dumps({**event, "secret": "\ud83d"}).encode()),
                "another account": request({**event, "secret": other}),
                "another community": request({**event, "group_id": 1}),
                "a question for another community": request({**asked, "group_id": 1}),
                "a question with a wrong secret": request({**asked, "secret": "x"}),
                "no JSON": request_of(b"secret=" + SECRET.encode()),
                "a list": request_of(json.dumps([event]).encode()),
                "by GET": WebhookRequest(method="GET", url=WEBHOOK_URL, headers={}, query={}, body=body_of(event)),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


def request(event: dict[str, Any]) -> WebhookRequest:
    return request_of(body_of(event))


def request_of(body: bytes) -> WebhookRequest:
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers={}, query={}, body=body)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeVk() as server:
        server.answers["messages.getHistory"] = {"count": 0, "items": []}
        yield VkPeer(server, tools)


CASE = VkCase()
