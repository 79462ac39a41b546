"""Instagram's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from connectors.instagram.connector import InstagramConnector
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors._lib.fake_graph import APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors._lib.meta_cases import inject_into, signed_requests
from tests.connectors._lib.meta_inboxes import ANNA, messages
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.instagram.accounts import ACCOUNT, META_SECRET, settings_for, stock

FIXTURES = Path(__file__).parent / "fixtures"


class InstagramPeer(Peer):
    """A fake Graph API, and one account that speaks with it."""

    def __init__(self, graph: FakeGraph, tools: Tools) -> None:
        self._graph = graph
        self.connector = InstagramConnector(settings_for(graph.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(messages(self._graph))

    def pressed(self, place: int) -> RawEvent:
        asked = cast("dict[str, Any]", messages(self._graph)[-1]["message"])["quick_replies"][place]
        told = json.loads((FIXTURES / "quick_reply.json").read_text("utf-8"))
        told["entry"][0]["messaging"][0]["message"] |= {
            "text": asked["title"],
            "quick_reply": {"payload": asked["payload"]},
        }
        return RawEvent(kind="webhook", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        await inject_into(self._graph, failure)


class InstagramCase(Case):
    """The adapter."""

    key = "instagram"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, APP_SECRET, META_SECRET, VERIFY_TOKEN)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        def hook(entry: object) -> bytes:
            return json.dumps({"object": "instagram", "entry": [entry]}).encode()

        person = {"sender": {"id": "1"}, "recipient": {"id": ACCOUNT}, "timestamp": 1}
        bodies = (
            b"",
            b"\x00",
            b"[]",
            b'"text"',
            b'{"object": "instagram", "entry": []}',
            hook({"id": ACCOUNT, "messaging": [{**person, "telepathy": {}}]}),
            hook({"id": ACCOUNT, "messaging": [person]}),
            hook({"id": ACCOUNT, "messaging": [{**person, "message": {"text": "without an id"}}]}),
            hook({"id": ACCOUNT, "messaging": [{**person, "sender": {}, "message": {"mid": "m_1", "text": "whose?"}}]}),
            hook({"id": ACCOUNT, "changes": [{"field": "telepathy", "value": 1}]}),
            hook({"id": "999", "messaging": [{**person, "message": {"mid": "m_1", "text": "another account's"}}]}),
        )
        return [RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies]

    def signed(self) -> SignedRequests:
        return signed_requests()

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeGraph() as graph:
        stock(graph)
        yield InstagramPeer(graph, tools)


CASE = InstagramCase()
