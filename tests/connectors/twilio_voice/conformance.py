"""Twilio's phone calls in the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import ClassVar

from pydantic import BaseModel

from connectors.twilio_voice.connector import TwilioVoice
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, OTHER_CHANNEL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.twilio_voice.accounts import ANNA, FIXTURES, SHORT, call, fixture, raw, request, settings_for
from tests.connectors.twilio_voice.provider import KEY, KEY_SECRET, TOKEN, FakeTwilioVoice

PREVIOUS = "previous-auth-token"


class _Nobody(Peer):
    """A number on which no message goes out."""

    def __init__(self, twilio: FakeTwilioVoice, tools: Tools) -> None:
        self.connector = TwilioVoice(settings_for(twilio.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    async def inject(self, failure: Failure) -> None:
        raise AssertionError(f"nothing to make fail: {failure}")

    def delivered(self) -> int:
        return 0


class TwilioVoiceCase(Case):
    """The adapter."""

    key = "twilio_voice"
    exempt: ClassVar[Mapping[str, str]] = {"failures": "No messages are sent; failures of calls: test_calls.py."}

    def settings(self) -> BaseModel:
        more = {"api_key_sid": KEY, "api_key_secret": KEY_SECRET, "previous_auth_token": PREVIOUS}
        return settings_for("http://127.0.0.1:9", **more)

    def secrets(self) -> Sequence[str]:
        return (TOKEN, KEY_SECRET, PREVIOUS)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted((*FIXTURES.glob("*.form"), *FIXTURES.glob("*.json"))):
            yield path.stem, fixture(path)

    def unknown(self) -> Sequence[RawEvent]:
        listed = (b"", b"[]", b"{}", b'{"is_":"call","sid":""}', b'{"is_":"fax","sid":"FX1"}')
        return [
            raw({"MessageSid": "SM1", "Body": "Hello"}),
            raw({}),
            raw(call(), {"step": "dance"}),
            raw(call(), {"tell": "fortune"}),
            raw(call(CallStatus="teleported"), {"tell": "call"}),
            raw(call(AnsweredBy="parrot"), {"tell": "machine"}),
            raw(call(RecordingSid="RE1", RecordingStatus="melted"), {"tell": "recording"}),
            raw(call(RecordingStatus="completed"), {"tell": "recording"}),
            raw(call(StatusCallbackEvent="party"), {"tell": "conference", "call": "CA1"}),
            raw(call(Direction="outbound-api")),
            RawEvent(kind="webhook", body=b"\xff\xfe", received_at=NOW),
            *(RawEvent(kind="listed", body=body, received_at=NOW) for body in listed),
        ]

    def signed(self) -> SignedRequests:
        good, form = request(call()), call()
        return SignedRequests(
            good=[
                good,
                request(form, token=PREVIOUS),
                request(call(Digits="1"), {"step": "ask", "at": "e30"}),
                request(call(CallStatus="completed"), {"tell": "call"}),
            ],
            bad={
                "wrong": request(form, headers={"x-twilio-signature": "c2lnbmF0dXJl"}),
                "missing": request(form, headers={}),
                "another account": request(form, token="auth-token-of-another-account"),
                "another account of ours": request(call(AccountSid="AC" + "9" * 32)),
                "another channel": request(form, signed_url=f"https://hub.example.com/webhooks/{OTHER_CHANNEL}"),
                "changed": request(call(From="+447700900009"), headers=good.headers),
                "another question": request(form, {"step": "order"}, headers=good.headers),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeTwilioVoice() as twilio:
        yield _Nobody(twilio, tools)


CASE = TwilioVoiceCase()
