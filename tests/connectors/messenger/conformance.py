"""Messenger's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from connectors.messenger.connector import MessengerConnector
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors._lib.fake_graph import APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors._lib.meta_cases import inject_into, signed_requests
from tests.connectors._lib.meta_inboxes import ANNA, messages
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.messenger.pages import PAGE, settings_for, stock

FIXTURES = Path(__file__).parent / "fixtures"


class MessengerPeer(Peer):
    """A fake Graph API, and one Page that speaks with it."""

    def __init__(self, graph: FakeGraph, tools: Tools) -> None:
        self._graph = graph
        self.connector = MessengerConnector(settings_for(graph.url), tools, patience=SHORT)

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


class MessengerCase(Case):
    """The adapter."""

    key = "messenger"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, APP_SECRET, VERIFY_TOKEN)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        def hook(entry: object) -> bytes:
            return json.dumps({"object": "page", "entry": [entry]}).encode()

        person = {"sender": {"id": "1"}, "recipient": {"id": PAGE}, "timestamp": 1}
        bodies = (
            b"",
            b"\x00",
            b"[]",
            b'"text"',
            b'{"object": "page", "entry": []}',
            hook({"id": PAGE, "messaging": [{**person, "telepathy": {}}]}),
            hook({"id": PAGE, "messaging": [person]}),
            hook({"id": PAGE, "messaging": [{**person, "message": {"text": "without an id"}}]}),
            hook({"id": PAGE, "messaging": [{**person, "sender": {}, "message": {"mid": "m_1", "text": "whose?"}}]}),
            hook({"id": PAGE, "changes": [{"field": "telepathy", "value": 1}]}),
            hook({"id": "999", "messaging": [{**person, "message": {"mid": "m_1", "text": "another Page's"}}]}),
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
        yield MessengerPeer(graph, tools)


CASE = MessengerCase()
