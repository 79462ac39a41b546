"""Twilio's adapter to the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from connectors.twilio_sms.connector import TwilioSms
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, OTHER_CHANNEL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests
from tests.connectors.twilio_sms.accounts import ANNA, SHORT, form, inbound, request, settings_for, signed
from tests.connectors.twilio_sms.provider import KEY, KEY_SECRET, TOKEN, FakeTwilio

FIXTURES = Path(__file__).parent / "fixtures"
PREVIOUS = "previous-auth-token"


class TwilioPeer(Peer):
    """A fake Twilio, one customer, and a connector with a number."""

    def __init__(self, twilio: FakeTwilio, tools: Tools) -> None:
        self._twilio = twilio
        self.connector = TwilioSms(settings_for(twilio.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(self._twilio.sent)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._twilio.stop()
            case Failure.credentials_refused:
                self._twilio.fail(401, 20003, f"Authenticate {TOKEN[:4]}")
            case Failure.rejected:
                self._twilio.fail(400, 21211, "The 'To' number is not a valid phone number.")
            case Failure.rate_limited:
                self._twilio.fail(429, 20429, "Too many requests", headers={"Retry-After": "7"})
            case Failure.server_error:
                self._twilio.fail(502, body=b"<html>Bad Gateway</html>")
            case Failure.time_out:
                self._twilio.fail(hang=True)
            case Failure.reset:
                self._twilio.fail(reset=True)


class TwilioCase(Case):
    """The adapter."""

    key = "twilio_sms"

    def settings(self) -> BaseModel:
        more = {"api_key_sid": KEY, "api_key_secret": KEY_SECRET, "previous_auth_token": PREVIOUS}
        return settings_for("http://127.0.0.1:9", **more)

    def secrets(self) -> Sequence[str]:
        return (TOKEN, KEY_SECRET, PREVIOUS)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.form")):
            yield path.stem, RawEvent(kind="webhook", body=path.read_bytes().strip(), received_at=NOW)
        for path in sorted(FIXTURES.glob("listed_*.json")):
            yield path.stem, RawEvent(kind="listed", body=path.read_bytes(), received_at=NOW, recovered=True)

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (
            b"",
            b"\xff\xfe",
            b"{}",
            b"CallSid=CA1&CallStatus=ringing",
            b"MessageSid=SM1&MessageStatus=teleported",
            b"MessageSid=SM1&SmsStatus=received",
            b"&".join(b"a=1" for _ in range(3000)),
        )
        listed = (b"", b"[]", b"{}", b'{"sid":"SM1","direction":"sideways"}', b'{"sid":"SM1","direction":"inbound"}')
        return [RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies] + [
            RawEvent(kind="listed", body=body, received_at=NOW) for body in listed
        ]

    def signed(self) -> SignedRequests:
        body = form(inbound())
        good = signed(body)
        return SignedRequests(
            good=[good, signed(body, token=PREVIOUS), signed(form(inbound(Body="", Weird="ü+&=")))],
            bad={
                "wrong": request(body, headers={"x-twilio-signature": "c2lnbmF0dXJl"}),
                "missing": request(body),
                "another account": signed(body, token="auth-token-of-another-account"),
                "another account of ours": signed(form(inbound(AccountSid="AC" + "9" * 32))),
                "another channel": signed(body, signed_url=f"https://hub.example.com/webhooks/{OTHER_CHANNEL}"),
                "changed": request(form(inbound(Body="Cancel")), headers=good.headers),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeTwilio() as twilio:
        yield TwilioPeer(twilio, tools)


CASE = TwilioCase()
