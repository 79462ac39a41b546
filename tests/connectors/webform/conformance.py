"""The web form in the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import ClassVar

from pydantic import BaseModel

from connectors.webform.connector import WebformConnector
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.webform.browser import (
    FIXTURES,
    NOW,
    SECRET,
    SHOP,
    asks_more,
    body,
    fixture,
    look,
    post,
    raw,
    settings,
    token,
)


class _Nobody(Peer):
    """A form on which nothing goes out."""

    def __init__(self, tools: Tools) -> None:
        self.connector = WebformConnector(settings(), tools)

    def message(self) -> OutboundMessage:
        return outbound("email:ann@example.com")

    async def inject(self, failure: Failure) -> None:
        raise AssertionError(f"nothing to make fail: {failure}")

    def delivered(self) -> int:
        return 0


class Webform(Case):
    """Submissions of visitors' browsers; no provider behind."""

    key = "webform"
    exempt: ClassVar[Mapping[str, str]] = {
        "failures": "Nothing is ever sent on a form.",
        "extra fields": "Each field of a form is somebody's answer, and none is left out.",
    }

    def settings(self) -> BaseModel:
        return asks_more(consent="", fields=settings().fields, translations=())

    def secrets(self) -> Sequence[str]:
        return (SECRET,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            yield path.stem, fixture(path)

    def unknown(self) -> Sequence[RawEvent]:
        return (
            raw(b""),
            raw(b"name=Ann&message=Hello"),
            raw(body({})),
            raw(b"<xml/>", "text/xml"),
            raw(b'{"_token": 1}', "application/json"),
            raw(b"--x", "multipart/form-data"),
            RawEvent(kind="update", body=body(), received_at=NOW),
        )

    def signed(self) -> SignedRequests:
        old = NOW - timedelta(seconds=90)
        return SignedRequests(
            good=(
                look(),
                look(query={"embed": ""}),
                look(method="OPTIONS", origin=SHOP),
                post(body()),
                post(body(page=token(at=old)), origin="https://www.example.org"),
            ),
            bad={
                "wrong": post(body(page=token(secret="another-secret-0123456789abcdef0123456789"))),
                "missing": post(body(page="")),
                "another account": post(body(page=token(url="https://hub.example.com/webhooks/another"))),
                "of the future": post(body(page=token(at=NOW + timedelta(hours=1)))),
                "another website": post(body(), origin="https://evil.example"),
                "another website's question": look(method="OPTIONS", origin="https://evil.example"),
                "a question without origin": look(method="OPTIONS"),
                "not a form": post(b"<xml/>", content_type="text/xml"),
                "too long": post(body({"message": "x" * 300_000})),
            },
        )

    @asynccontextmanager
    async def connect(self, tools: Tools) -> AsyncIterator[Peer]:
        yield _Nobody(tools)


CASE = Webform()
