"""Matrix's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from connectors.matrix.connector import MatrixAccount
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.matrix.accounts import SHORT, settings_for
from tests.connectors.matrix.homeserver import TOKEN, FakeHomeserver

FIXTURES = Path(__file__).parent / "fixtures"
_IDEMPOTENT = (
    "a homeserver takes a transaction once, so silence is RetryLater: test_send.py shows that the second try makes "
    "no second message"
)


class MatrixPeer(Peer):
    """A fake homeserver and an account on it."""

    def __init__(self, server: FakeHomeserver, tools: Tools) -> None:
        self._server = server
        self.connector = MatrixAccount(settings_for(server.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound("!room:hub.test", recipient="@anna:hub.test")

    def delivered(self) -> int:
        return len(self._server.sent)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._server.stop()
            case Failure.credentials_refused:
                self._server.fail(401, errcode="M_UNKNOWN_TOKEN", error=f"Invalid access token {TOKEN}")
            case Failure.rejected:
                self._server.fail(400, errcode="M_BAD_JSON", error=f"no, {TOKEN}")
            case Failure.rate_limited:
                self._server.fail(429, errcode="M_LIMIT_EXCEEDED", error="Too Many Requests", retry_after_ms=7000)
            case Failure.server_error:
                self._server.fail(502)
            case _:
                raise AssertionError(f"exempt: {failure}")


class MatrixCase(Case):
    """The adapter."""

    key = "matrix"
    exempt = {Failure.time_out: _IDEMPOTENT, Failure.reset: _IDEMPOTENT}  # noqa: RUF012 - as the protocol has it

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, fixture(path)

    def unknown(self) -> Sequence[RawEvent]:
        room = {"id": "!room:hub.test"}
        strange = {"type": "org.example.telepathy", "event_id": "$1", "sender": "@a:b", "origin_server_ts": 1}
        bodies = (
            b"",
            b"\x00",
            b"[]",
            b'{"us": "@support:hub.test"}',
            json.dumps({"us": "@support:hub.test", "room": room, "event": strange}).encode(),
            json.dumps({"us": "@support:hub.test", "room": room, "event": {"type": "m.room.message"}}).encode(),
        )
        return [RawEvent(kind="event", body=body, received_at=NOW) for body in bodies]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


def fixture(path: Path) -> RawEvent:
    """A fixture as the listener would journal it; receipts are files whose name begins so."""
    return RawEvent(
        kind="receipt" if path.stem.startswith("receipt") else "event", body=path.read_bytes(), received_at=NOW
    )


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeHomeserver() as server:
        yield MatrixPeer(server, tools)


CASE = MatrixCase()
