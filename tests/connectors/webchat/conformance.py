"""The web chat in the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from pydantic import BaseModel

from connectors.webchat.connector import WebchatConnector
from connectors.webchat.settings import WebchatSettings
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.webchat.browser import FIXTURES, IDENTITY_SECRET, TOKEN_SECRET, fixture, raw, settings

_OWN_DOOR = "The hub itself is the provider: what is stored is sent, and no line can fail between."


class _NoProvider(Peer):
    """A chat whose messages go nowhere: visitors read them from the database."""

    def __init__(self, tools: Tools) -> None:
        self.connector = WebchatConnector(settings(), tools)

    def message(self) -> OutboundMessage:
        return outbound("v-anonymous")

    async def inject(self, failure: Failure) -> None:
        raise AssertionError(f"nothing to make fail: {failure}")

    def delivered(self) -> int:
        return 0


class Webchat(Case):
    """Frames of visitors' browsers; no provider behind."""

    key = "webchat"
    exempt: ClassVar[Mapping[str, str]] = {
        "failures": _OWN_DOOR,
        "buttons": "The widget draws what the hub stored; the door's and the frames' tests have both ways.",
        "webhooks": "Visitors come by their own door; its tokens are tested in test_verify.",
    }

    def settings(self) -> BaseModel:
        return WebchatSettings.model_validate(settings().model_dump())

    def secrets(self) -> Sequence[str]:
        return (TOKEN_SECRET, IDENTITY_SECRET)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            yield path.stem, fixture(path)[0]

    def unknown(self) -> Sequence[RawEvent]:
        return (
            raw(b'{"type":"poll answer","id":"aaaaaaaa"}'),
            raw(b"<xml/>"),
            raw(b""),
            RawEvent(kind="webhook", body=b"{}", received_at=raw(b"").received_at),
        )

    @asynccontextmanager
    async def connect(self, tools: Tools) -> AsyncIterator[Peer]:
        yield _NoProvider(tools)


CASE = Webchat()
