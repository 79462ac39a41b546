"""A telephone system in the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from pydantic import BaseModel

from connectors.cti.connector import Cti
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.cti.systems import ANNA, FIXTURES, SECRET, fixture, post, raw, settings, signature, started


class _Nobody(Peer):
    """A telephone system on which no message goes out."""

    def __init__(self, tools: Tools) -> None:
        self.connector = Cti(settings(), tools)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    async def inject(self, failure: Failure) -> None:
        raise AssertionError(f"nothing to make fail: {failure}")

    def delivered(self) -> int:
        return 0


class CtiCase(Case):
    """The adapter."""

    key = "cti"
    signature_has_time = True
    exempt: ClassVar[Mapping[str, str]] = {"failures": "No messages are sent; failures of calls: test_calls.py."}

    def settings(self) -> BaseModel:
        return settings()

    def secrets(self) -> Sequence[str]:
        return (SECRET,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted((*FIXTURES.glob("*.form"), *FIXTURES.glob("*.json"))):
            yield path.stem, fixture(path)

    def unknown(self) -> Sequence[RawEvent]:
        return [
            raw(b""),
            raw(b"\xff\xfe"),
            raw(b"[]"),
            raw(b"{}"),
            raw(started(event="levitated")),
            raw(started(direction="sideways")),
            raw(started(direction="")),
            raw(started(id="")),
            raw(started(at="yesterday")),
            raw(started(event="ended", cause="boredom")),
            raw(started(event="recording")),
            raw(started(event="recording", recording_url="ftp://pbx.example.com/1.wav")),
            raw(started(event="recording", recording_url="https://pbx.example.com/" + "x" * 600)),
            raw(started(duration=-1)),
        ]

    def signed(self) -> SignedRequests:
        told = started()
        body = post(told).body
        good, old = signature(body), signature(body, at=NOW.timestamp() - 400)
        return SignedRequests(
            good=[
                post(told, good),
                post(told, {"authorization": f"Bearer {SECRET}"}),
                post(b"event=newCall&callId=1&direction=in&from=1&to=2", {"authorization": f"bearer {SECRET}"}),
            ],
            bad={
                "wrong": post(told, {"x-hub-signature": good["x-hub-signature"][:-4] + "0000"}),
                "missing": post(told),
                "another account": post(told, signature(body, secret="secret-of-another-system")),
                "another bearer": post(told, {"authorization": "Bearer secret-of-another-system"}),
                "not ascii": post(told, {"authorization": "Bearer ü\udcff"}),
                "replayed": post(told, old),
                "changed": post(started(id="18"), good),
                "asked for": post(told, good, method="GET"),
                "badly signed with the secret beside it": post(
                    told, {"x-hub-signature": "t=1,v1=00", "authorization": f"Bearer {SECRET}"}
                ),
            },
        )

    @asynccontextmanager
    async def connect(self, tools: Tools) -> AsyncIterator[Peer]:
        yield _Nobody(tools)


CASE = CtiCase()
