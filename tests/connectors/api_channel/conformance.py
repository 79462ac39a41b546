"""The API channel's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel

from connectors.api_channel.verify import HEADER
from hub.contract import OutboundMessage, RawEvent, Tools
from hub.runtime.fetch import GuardedHttp
from tests.connectors.api_channel.system import (
    OTHER_SECRET,
    SECRET,
    OwnSystem,
    channel_to,
    guarded,
    message,
    raw,
    settings_for,
    signed,
)
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"


class SystemPeer(Peer):
    """A system, one customer, and a channel to it."""

    def __init__(self, system: OwnSystem, tools: Tools, http: GuardedHttp) -> None:
        self._system = system
        self.connector = channel_to(system, tools, http)

    def message(self) -> OutboundMessage:
        return outbound("shop:17")

    def delivered(self) -> int:
        return len(self._system.taken)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._system.stop()
            case Failure.credentials_refused:
                self._system.fail(Fault(status=401, body=json.dumps({"error": f"not {SECRET}"}).encode()))
            case Failure.rejected:
                self._system.fail(Fault(status=422, body=b'{"error": "no such user"}'))
            case Failure.rate_limited:
                self._system.fail(Fault(status=429, headers={"Retry-After": "7"}))
            case Failure.server_error:
                self._system.fail(Fault(status=502, body=b"<html>Bad Gateway</html>"))
            case Failure.time_out:
                self._system.fail(Fault(hang=True))
            case Failure.reset:
                self._system.fail(Fault(reset=True))


class ApiCase(Case):
    """The adapter."""

    key = "api_channel"
    signature_has_time = True

    def settings(self) -> BaseModel:
        return settings_for(previous_secret=OTHER_SECRET)

    def secrets(self) -> Sequence[str]:
        return (SECRET, OTHER_SECRET)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            if not path.name.endswith(".expected.json"):
                yield path.stem, raw(path.read_bytes())

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (b"", b"\x00", b"[]", b'"text"', b"{}", b"{", b'{"events": []}', b'{"events": {}}', b'{"events": [1]}')
        nested = b'{"events":' * 5000
        events: list[object] = [
            {"type": "telepathy"},
            {"events": [message(), {"type": "telepathy"}]},
            message(id=""),
            message(id=None),
            message(sender={}),
            message(text=" "),
            message(occurred_at="yesterday"),
            message(occurred_at="2026-11-22T09:30:00"),
            message(text="\ud83d cut"),
            {"type": "receipt", "state": "read"},
        ]
        return [*(raw(body) for body in (*bodies, nested)), *(raw(event) for event in events), raw(message(), "other")]

    def signed(self) -> SignedRequests:
        good = signed(message())
        seconds = int(NOW.timestamp())
        value = good.headers[HEADER]

        def headed(header: str) -> dict[str, str]:
            return {**good.headers, HEADER: header}

        return SignedRequests(
            good=[
                good,
                signed(message(), at=NOW - timedelta(seconds=299)),
                signed(message(), at=NOW + timedelta(seconds=299)),
                signed(message(), secret=OTHER_SECRET),
                replace(good, headers=headed(f"{value},v1={'0' * 64}")),
            ],
            bad={
                "wrong": replace(good, headers=headed(f"t={seconds},v1={'0' * 64}")),
                "missing": replace(good, headers={}),
                "no time": replace(good, headers=headed(value.partition(",")[2])),
                "two times": replace(good, headers=headed(f"{value},t={seconds}")),
                "no signature": replace(good, headers=headed(f"t={seconds}")),
                "letters beyond ASCII": replace(good, headers=headed(f"t={seconds},v1=\udcff")),
                "another account": signed(message(), secret="a-secret-of-yet-another-system-000003"),
                "another body": replace(good, body=good.body + b" "),
                "another time": replace(good, headers=headed(value.replace(str(seconds), str(seconds - 1)))),
                "replayed later": signed(message(), at=NOW - timedelta(seconds=301)),
                "from the future": signed(message(), at=NOW + timedelta(seconds=301)),
                "junk for a time": replace(good, headers=headed(value.replace(str(seconds), "soon"))),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with OwnSystem() as system, guarded(system) as http:
        yield SystemPeer(system, tools, http)


CASE = ApiCase()
