"""WhatsApp's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from connectors.whatsapp.connector import WhatsAppConnector
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors._lib.fake_graph import APP_SECRET, SHORT, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors._lib.meta_cases import inject_into, signed_requests
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.whatsapp.numbers import ANNA, messages, settings_for, stock

FIXTURES = Path(__file__).parent / "fixtures"


class WhatsAppPeer(Peer):
    """A fake Graph API, and one number that speaks with it."""

    def __init__(self, graph: FakeGraph, tools: Tools) -> None:
        self._graph = graph
        self.connector = WhatsAppConnector(settings_for(graph.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(messages(self._graph))

    def pressed(self, place: int) -> RawEvent:
        asked = cast("dict[str, Any]", messages(self._graph)[-1]["interactive"])
        kind = "list_reply" if asked["type"] == "list" else "button_reply"
        action = asked["action"]
        chosen = action["sections"][0]["rows"][place] if kind == "list_reply" else action["buttons"][place]["reply"]
        told = json.loads((FIXTURES / f"{kind}.json").read_text("utf-8"))
        told["entry"][0]["changes"][0]["value"]["messages"][0]["interactive"] = {"type": kind, kind: chosen}
        return RawEvent(kind="webhook", body=json.dumps(told).encode(), received_at=NOW)

    async def inject(self, failure: Failure) -> None:
        await inject_into(self._graph, failure)


class WhatsAppCase(Case):
    """The adapter."""

    key = "whatsapp"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, APP_SECRET, VERIFY_TOKEN)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        foreign = json.loads((FIXTURES / "text.json").read_text("utf-8"))
        foreign["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
        telepathy = {"id": "1", "changes": [{"field": "telepathy", "value": {}}]}
        bodies = (
            b"",
            b"\x00",
            b"[]",
            b'"text"',
            b'{"object": "whatsapp_business_account", "entry": []}',
            b'{"object": "page", "entry": []}',
            json.dumps({"object": "whatsapp_business_account", "entry": [telepathy]}).encode(),
            json.dumps(foreign).encode(),
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
        yield WhatsAppPeer(graph, tools)


CASE = WhatsAppCase()
