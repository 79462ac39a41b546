"""Slack's adapter to the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from pydantic import BaseModel

from connectors.slack.connector import CalledApp
from connectors.slack.verify import SIGNATURE, TIMESTAMP
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.slack.apps import (
    OTHER_SECRET,
    SECRET,
    SHORT,
    Pauses,
    envelope,
    message,
    raw,
    settings_for,
    signed,
)
from tests.peers.fake_slack import TOKEN, FakeSlack
from tests.peers.faulty_server import Fault

FIXTURES = Path(__file__).parent / "fixtures"


class SlackPeer(Peer):
    """A fake Slack, one channel, and an app Slack calls."""

    def __init__(self, slack: FakeSlack, tools: Tools) -> None:
        self._slack = slack
        self._channel = slack.channel("help")
        self.connector = CalledApp(settings_for(slack.url), tools, patience=SHORT, pause=Pauses())

    def message(self) -> OutboundMessage:
        return outbound(self._channel)

    def delivered(self) -> int:
        return len(self._slack.sent)

    def pressed(self, place: int) -> RawEvent:
        button = json.loads(self._slack.sent[-1].values["blocks"])[-1]["elements"][place]
        form = parse_qs((FIXTURES / "form_button.txt").read_text("utf-8").strip())
        told = json.loads(form["payload"][0])
        told["actions"] = [{**told["actions"][0], **button}]
        return raw(urlencode({"payload": json.dumps(told)}).encode())

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._slack.stop()
            case Failure.credentials_refused:
                self._slack.refuse("chat.postMessage", "token_revoked")
            case Failure.rejected:
                self._slack.refuse("chat.postMessage", "is_archived")
            case Failure.rate_limited:
                self._slack.fail(Fault(status=429, headers={"Retry-After": "7"}))
            case Failure.server_error:
                self._slack.fail(Fault(status=502, body=b"<html>Bad Gateway</html>"))
            case Failure.time_out:
                self._slack.fail(Fault(hang=True))
            case Failure.reset:
                self._slack.fail(Fault(reset=True))


class SlackCase(Case):
    """The adapter."""

    key = "slack"
    signature_has_time = True

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9/api")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, SECRET)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.*")):
            if not path.name.endswith(".expected.json"):
                kind = path.stem.partition(".")[0].partition("_")[0]
                known = kind if kind in {"directory", "history"} else "webhook"
                yield path.stem, raw(path.read_bytes(), known)

    def unknown(self) -> Sequence[RawEvent]:
        bodies: list[bytes] = [
            b"",
            b"\x00",
            b"[]",
            b'"text"',
            b"{}",
            b"{",
            b"a=b",
            b"payload=1",
            b"payload={}",
            b"\xff=",
        ]
        events: list[object] = [
            {"type": "telepathy"},
            envelope({"type": "telepathy"}),
            envelope({}),
            envelope(message(ts="yesterday")),
            envelope(message(channel="")),
            envelope(message(user="")),
        ]
        notes = [raw({}, "directory"), raw({"user": {"id": 1}}, "directory")]
        return [*(raw(body) for body in bodies), *(raw(event) for event in events), *notes]

    def signed(self) -> SignedRequests:
        body = json.dumps(envelope(message())).encode()
        good = signed(body)
        unsigned = replace(good, headers={TIMESTAMP: good.headers[TIMESTAMP]})
        return SignedRequests(
            good=[good, signed(body, at=NOW - timedelta(seconds=299)), signed(body, at=NOW + timedelta(seconds=299))],
            bad={
                "wrong": replace(good, headers={**good.headers, SIGNATURE: "v0=" + "0" * 64}),
                "missing": unsigned,
                "no time": replace(good, headers={SIGNATURE: good.headers[SIGNATURE]}),
                "another account": signed(body, secret=OTHER_SECRET),
                "another body": replace(good, body=body + b" "),
                "another time": replace(good, headers={**good.headers, TIMESTAMP: str(int(NOW.timestamp()) - 1)}),
                "replayed later": signed(body, at=NOW - timedelta(seconds=301)),
                "from the future": signed(body, at=NOW + timedelta(seconds=301)),
                "junk for a time": replace(good, headers={**good.headers, TIMESTAMP: "soon"}),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeSlack() as slack:
        yield SlackPeer(slack, tools)


CASE = SlackCase()
