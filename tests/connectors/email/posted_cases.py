"""Mail that Mailgun, Postmark, SendGrid and Amazon SES post, each a way in of its own in the conformance suite."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import BaseModel

from connectors.email.posted import SesMailbox
from hub.contract import Connector, RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.protocol import Case, Peer, SignedRequests
from tests.connectors.email.mails import mail
from tests.connectors.email.providers import (
    PASSWORD,
    SIGNING_KEY,
    Amazon,
    amazon,
    form,
    mailgun,
    posted_settings,
    postmark,
    raw_of,
    request,
    sendgrid,
    sendgrid_pair,
    sendgrid_signed,
    ses,
)

KOREAN = (Path(__file__).parent / "fixtures" / "korean_gmail_reply.eml").read_bytes()
MAIL, SECOND = mail(), mail("And one more thing.\n", Message_ID="<two@customer.example>")
TAKEN_APART = {
    "From": "anna@klient.example",
    "FromName": "Anna Żółć",
    "To": "support@example.test",
    "Subject": "Zamówienie 17",
    "Date": "Sun, 22 Nov 2026 10:29:50 +0100",
    "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
    "TextBody": "Gdzie jest paczka?",
    "Headers": [{"Name": "Message-ID", "Value": "<two@klient.example>"}],
}
JUNK = (request(b"{}", "application/json"), request(*form({"subject": "no mail in it"})))


class PostedCase(Case):
    """One provider that posts; the mailbox sends as ever, so that nothing goes out here."""

    key = "email"
    receive: str
    more: Mapping[str, str] = {}

    def settings(self) -> BaseModel:
        return posted_settings(self.receive, **self.more)

    def secrets(self) -> Sequence[str]:
        return ["mailbox-secret", PASSWORD, SIGNING_KEY]

    def posts(self) -> Mapping[str, WebhookRequest]:
        """What the provider posts, by name."""
        raise NotImplementedError

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        yield from ((name, raw_of(asked)) for name, asked in self.posts().items())

    def unknown(self) -> Sequence[RawEvent]:
        return [raw_of(asked) for asked in JUNK]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        raise NotImplementedError("further ways in are not asked to send")


class MailgunCase(PostedCase):
    receive = "mailgun"
    signature_has_time = True

    def posts(self) -> Mapping[str, WebhookRequest]:
        return {"form": mailgun(MAIL), "urlencoded": mailgun(SECOND, multipart=False), "korean": mailgun(KOREAN)}

    def unknown(self) -> Sequence[RawEvent]:
        return [*super().unknown(), raw_of(request(*form({"body-plain": "Mailgun took it apart"})))]

    def signed(self) -> SignedRequests:
        return SignedRequests(
            good=[mailgun(MAIL)],
            bad={
                "wrong": mailgun(MAIL, key="no-key-at-all"),
                "missing": request(*form({"body-mime": MAIL})),
                "another account": mailgun(MAIL, key="key-of-another-account"),
                "replayed a day later": mailgun(MAIL, at=NOW - timedelta(days=1)),
            },
        )


class PostmarkCase(PostedCase):
    receive = "postmark"

    def posts(self) -> Mapping[str, WebhookRequest]:
        told: dict[str, Any] = {"From": "ann@customer.example", "MessageID": "1", "Headers": []}
        return {
            "raw": postmark({**told, "RawEmail": MAIL.decode()}),
            "korean": postmark({**told, "RawEmail": KOREAN.decode("utf-8", "surrogateescape")}),
            "taken apart": postmark(TAKEN_APART),
        }

    def signed(self) -> SignedRequests:
        return behind_a_password(postmark(TAKEN_APART), lambda password: postmark(TAKEN_APART, password=password))


class SendgridCase(PostedCase):
    receive = "sendgrid"

    def posts(self) -> Mapping[str, WebhookRequest]:
        return {"plain": sendgrid(MAIL), "second": sendgrid(SECOND), "korean": sendgrid(KOREAN)}

    def unknown(self) -> Sequence[RawEvent]:
        return [*super().unknown(), raw_of(request(*form({"envelope": "{}", "text": "SendGrid took it apart"})))]

    def signed(self) -> SignedRequests:
        return behind_a_password(sendgrid(MAIL), lambda password: sendgrid(MAIL, password=password))


class SendgridSignedCase(SendgridCase):
    more = {"sendgrid_verification": sendgrid_pair()[1], "webhook_password": ""}  # noqa: RUF012 - no test changes it
    signature_has_time = True

    def signed(self) -> SignedRequests:
        good = sendgrid_signed(MAIL)
        return SignedRequests(
            good=[good],
            bad={
                "wrong": replace(good, body=good.body + b" "),
                "missing": replace(good, headers={"content-type": good.headers["content-type"]}),
                "another account": sendgrid_signed(MAIL, key=ec.generate_private_key(ec.SECP256R1())),
                "replayed a week later": sendgrid_signed(MAIL, at=NOW - timedelta(days=7)),
            },
        )


class SesCase(PostedCase):
    receive = "ses"

    def posts(self) -> Mapping[str, WebhookRequest]:
        aws = amazon()
        return {
            "base64": aws.post(ses(MAIL)),
            "in the clear": aws.post(ses(SECOND, "UTF-8")),
            "korean": aws.post(ses(KOREAN)),
            "of mail we sent": aws.post({"notificationType": "Delivery"}),
        }

    def unknown(self) -> Sequence[RawEvent]:
        return [*super().unknown(), raw_of(amazon().post("an alarm of another service"))]

    async def running(self, made: Callable[[Tools], Connector], tools: Tools) -> Connector:
        """SNS signs with a certificate; a running mailbox has fetched it."""
        box = made(replace(tools, fetch=amazon().fetch))
        assert isinstance(box, SesMailbox)
        box.answer(amazon().post(ses(MAIL)))
        await box.settled()
        return box

    def signed(self) -> SignedRequests:
        aws = amazon()
        return SignedRequests(
            good=[aws.post(ses(MAIL)), aws.post(ses(MAIL), version="1"), aws.confirmation()],
            bad={
                "wrong": spoiled(aws, b"09:29:59", b"09:29:58"),
                "missing": spoiled(aws, b'"Signature"', b'"Sign"'),
                "another account": aws.post(ses(MAIL), TopicArn="arn:aws:sns:eu-west-1:123456789012:other"),
                "of a certificate elsewhere": aws.post(ses(MAIL), SigningCertURL="https://evil.example/x.pem"),
            },
        )


def behind_a_password(good: WebhookRequest, knocking: Callable[[str], WebhookRequest]) -> SignedRequests:
    """Requests of a provider that proves itself by the password in the address."""
    missing = {name: value for name, value in good.headers.items() if name != "authorization"}
    return SignedRequests(
        good=[good],
        bad={
            "wrong": knocking(PASSWORD[:-1]),
            "missing": replace(good, headers=missing),
            "another account": knocking("password-of-another-account"),
            "no base64": replace(good, headers={**missing, "authorization": "Basic !!!"}),
        },
    )


def spoiled(aws: Amazon, before: bytes, after: bytes) -> WebhookRequest:
    """A notification changed on its way."""
    asked = aws.post(ses(MAIL))
    return replace(asked, body=asked.body.replace(before, after))


WAYS: Mapping[str, Case] = {
    "mailgun": MailgunCase(),
    "postmark": PostmarkCase(),
    "sendgrid": SendgridCase(),
    "sendgrid signed": SendgridSignedCase(),
    "ses": SesCase(),
}
