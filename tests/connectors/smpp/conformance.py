"""SMPP's adapter to the conformance suite."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from connectors.smpp.connector import SmppConnector
from connectors.smpp.pdu import Command, Pdu
from connectors.smpp.session import Patience
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.smpp.messages import ANNA
from tests.connectors.smpp.smsc import PASSWORD, Smsc

FIXTURES = Path(__file__).parent / "fixtures"
SHORT = Patience(connect=2.0, answer=0.2)


class SmppPeer(Peer):
    """A small SMS centre and an account of it."""

    def __init__(self, smsc: Smsc, tools: Tools) -> None:
        self._smsc = smsc
        self.connector = SmppConnector(smsc.settings(), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(self._smsc.taken)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._smsc.stop()
            case Failure.credentials_refused:
                self._smsc.bind_status = 0x0E
            case Failure.rejected:
                self._smsc.fail(0x0B)
            case Failure.rate_limited:
                self._smsc.fail(0x58)
            case Failure.server_error:
                self._smsc.fail(0x08)
            case Failure.time_out:
                self._smsc.next(lambda _unit, _writer: None)
            case Failure.reset:
                self._smsc.next(_cut)


def _cut(_unit: Pdu, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


class SmppCase(Case):
    """The adapter."""

    key = "smpp"

    def settings(self) -> BaseModel:
        return Smsc().settings()

    def secrets(self) -> Sequence[str]:
        return (PASSWORD,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.hex")):
            body = bytes.fromhex(path.read_text("ascii"))
            yield path.stem, RawEvent(kind="sms", body=body, headers={"id": path.stem}, received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        strange = Pdu(command=Command.enquire_link).encode()
        return [
            RawEvent(kind="sms", body=b"", received_at=NOW),
            RawEvent(kind="sms", body=b"\x00" * 40, received_at=NOW),
            RawEvent(kind="sms", body=strange, received_at=NOW),
            RawEvent(kind="telepathy", body=strange, received_at=NOW),
        ]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with Smsc() as smsc:
        yield SmppPeer(smsc, tools)


CASE = SmppCase()
