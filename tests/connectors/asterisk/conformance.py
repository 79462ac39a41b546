"""Asterisk's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import ClassVar

from connectors.asterisk.connector import Asterisk
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.asterisk.desk import SHORT, settings_of
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.peers.fake_ari import FakeAri
from tests.peers.fake_ari.server import PASSWORD, USER

FIXTURES = Path(__file__).parent / "fixtures"


class AsteriskPeer(Peer):
    """A fake Asterisk and an account of it."""

    def __init__(self, ari: FakeAri, tools: Tools) -> None:
        self._ari = ari
        self.connector = Asterisk(settings_of(ari), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound("+48221234567")

    def delivered(self) -> int:
        return len([method for method, _, _ in self._ari.requests if method != "GET"])

    async def inject(self, failure: Failure) -> None:
        raise NotImplementedError(failure)


class AsteriskCase(Case):
    """The adapter."""

    key = "asterisk"
    exempt: ClassVar[Mapping[str, str]] = {
        "failures": "no message goes out on a telephone; what commands raise is in test_commands.py"
    }

    def settings(self) -> AsteriskSettings:
        return AsteriskSettings.model_validate(
            {"url": "http://127.0.0.1:1", "username": USER, "password": PASSWORD, "number": "+15550100"}
        )

    def secrets(self) -> Sequence[str]:
        return (PASSWORD,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(one for one in FIXTURES.glob("*.json") if ".expected" not in one.name):
            body = path.read_bytes()
            headers = {"call": "1763804000.1"} if "desk-phone" in path.stem else {}
            yield path.stem, RawEvent(kind=json.loads(body)["type"], body=body, headers=headers, received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        return [
            RawEvent(kind="?", body=b"", received_at=NOW),
            RawEvent(kind="ChannelTeleported", body=b'{"type": "ChannelTeleported"}', received_at=NOW),
            RawEvent(kind="StasisStart", body=b'{"type": "StasisStart"}', received_at=NOW),
            RawEvent(kind="StasisStart", body=b'["StasisStart"]', received_at=NOW),
            RawEvent(kind="StasisEnd", body=b'{"type": "Dial"}', received_at=NOW),
            RawEvent(kind="Dial", body=b"\x00\xff", received_at=NOW),
        ]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeAri() as ari:
        yield AsteriskPeer(ari, tools)


CASE = AsteriskCase()
