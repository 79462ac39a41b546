"""Who may post mail to the hub: each provider proves itself in its own way, and nobody else gets in."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import ValidationError

from connectors.email.verify import SENDGRID_SIGNATURE, SENDGRID_TIME
from hub.contract import InboundMessage, WebhookRejected, WebhookRequest
from tests.connectors.conformance.kit import NOW
from tests.connectors.email.mails import mail
from tests.connectors.email.providers import (
    CERTIFICATE_URL,
    PASSWORD,
    SIGNING_KEY,
    SUBSCRIBE_URL,
    amazon,
    basic,
    form,
    mailbox,
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
from tests.peers.fake_smtp import FakeSmtp

MAIL = mail()
POSTMARK = {"From": "ann@customer.example", "MessageID": "1", "Headers": [], "TextBody": "Hello"}


def headed(asked: WebhookRequest, **changes: str | None) -> WebhookRequest:
    """The request with headers changed, or left out."""
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    headers = {name: value for name, value in {**asked.headers, **named}.items() if value is not None}
    return replace(asked, headers=headers)


# -- Mailgun


@pytest.mark.parametrize(
    "asked",
    [
        mailgun(MAIL),
        mailgun(MAIL, multipart=False),
        mailgun(MAIL, at=NOW - timedelta(hours=8, minutes=30)),
        mailgun(MAIL, at=NOW + timedelta(minutes=4)),
    ],
)
def test_what_mailgun_signed_is_taken(http: aiohttp.ClientSession, tmp_path: Path, asked: WebhookRequest) -> None:
    box = mailbox(http, tmp_path, "mailgun")
    box.verify(asked)
    assert box.answer(asked).status == 200


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (mailgun(MAIL, key="another-accounts-key"), "does not carry Mailgun's signature"),
        (request(*form({"body-mime": MAIL})), "does not carry Mailgun's signature"),
        (request(*form({"body-mime": MAIL, "signature": "ü"})), "does not carry Mailgun's signature"),
        (mailgun(MAIL, token="t" * 501), "longer than any"),
        (mailgun(MAIL, at=NOW - timedelta(hours=10)), "too long ago"),
        (mailgun(MAIL, at=NOW + timedelta(minutes=6)), "too long ago"),
        (request(b"{}", "application/json"), "the body is not a form"),
        (request(b"--x", "multipart/form-data; boundary=x"), "a part of the form has no header"),
        (request(b"", "multipart/form-data"), "no boundary"),
        (replace(mailgun(MAIL), method="GET"), "comes by POST"),
    ],
)
def test_what_mailgun_did_not_sign_is_refused(
    http: aiohttp.ClientSession, tmp_path: Path, asked: WebhookRequest, words: str
) -> None:
    with pytest.raises(WebhookRejected, match=words):
        mailbox(http, tmp_path, "mailgun").verify(asked)


def test_a_token_of_mailgun_goes_with_one_mail_only(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    box = mailbox(http, tmp_path, "mailgun")
    box.verify(mailgun(MAIL))
    box.verify(mailgun(MAIL, multipart=False))  # the same mail once more: Mailgun missed our answer
    with pytest.raises(WebhookRejected, match="replayed"):
        box.verify(mailgun(mail("Send me all your money")))


# -- Postmark and SendGrid


@pytest.mark.parametrize("asked", [postmark(POSTMARK), headed(postmark(POSTMARK), authorization=basic(PASSWORD, "x"))])
def test_postmark_is_known_by_the_password(http: aiohttp.ClientSession, tmp_path: Path, asked: WebhookRequest) -> None:
    mailbox(http, tmp_path, "postmark").verify(asked)


@pytest.mark.parametrize(
    "authorization",
    [None, "", basic("wrong"), basic(""), basic(PASSWORD[:-1]), f"Bearer {PASSWORD}", "Basic \udcff", "Basic !!!"],
)
@pytest.mark.parametrize("receive", ["postmark", "sendgrid"])
def test_without_the_password_nobody_posts(
    http: aiohttp.ClientSession, tmp_path: Path, receive: str, authorization: str | None
) -> None:
    with pytest.raises(WebhookRejected, match="without this channel's password") as refused:
        mailbox(http, tmp_path, receive).verify(headed(postmark(POSTMARK), authorization=authorization))
    assert PASSWORD not in str(refused.value)


def test_sendgrid_is_known_by_the_password(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    mailbox(http, tmp_path, "sendgrid").verify(sendgrid(MAIL))


def signed_box(http: aiohttp.ClientSession, folder: Path, **more: Any) -> Any:
    given = {"sendgrid_verification": sendgrid_pair()[1], "webhook_password": "", **more}
    return mailbox(http, folder, "sendgrid", **given)


def test_sendgrid_is_known_by_its_signature(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    box = signed_box(http, tmp_path)
    box.verify(sendgrid_signed(MAIL))
    box.verify(sendgrid_signed(MAIL, at=NOW - timedelta(days=3)))


GOOD = sendgrid_signed(MAIL)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (headed(GOOD, **{SENDGRID_SIGNATURE: None}), "does not carry SendGrid's signature"),
        (headed(GOOD, **{SENDGRID_SIGNATURE: base64.b64encode(b"x" * 70).decode()}), "does not carry"),
        (headed(GOOD, **{SENDGRID_SIGNATURE: "\udcff"}), "does not carry"),
        (headed(GOOD, **{SENDGRID_TIME: str(int(NOW.timestamp()) - 1)}), "does not carry"),
        (replace(GOOD, body=GOOD.body + b" "), "does not carry"),
        (sendgrid_signed(MAIL, key=ec.generate_private_key(ec.SECP256R1())), "does not carry"),
        (sendgrid_signed(MAIL, at=NOW - timedelta(days=5)), "too long ago"),
        (sendgrid_signed(MAIL, at=NOW + timedelta(minutes=6)), "too long ago"),
    ],
)
def test_what_sendgrid_did_not_sign_is_refused(
    http: aiohttp.ClientSession, tmp_path: Path, asked: WebhookRequest, words: str
) -> None:
    with pytest.raises(WebhookRejected, match=words):
        signed_box(http, tmp_path).verify(asked)


def test_with_both_both_are_needed(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    box = signed_box(http, tmp_path, webhook_password=PASSWORD)
    box.verify(headed(sendgrid_signed(MAIL), authorization=basic(PASSWORD)))
    with pytest.raises(WebhookRejected, match="password"):
        box.verify(sendgrid_signed(MAIL))


# -- SES


async def test_a_certificate_unknown_yet_is_fetched_and_the_retry_taken(
    http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    aws = amazon()
    box, asked = aws.mailbox(http, tmp_path), aws.post(ses(MAIL))
    box.verify(asked)
    first = box.answer(asked)
    assert (first.status, first.store, first.headers) == (503, False, {"Retry-After": "20"})
    await box.settled()
    box.verify(asked)
    assert (box.answer(asked).status, box.answer(asked).store) == (200, True)
    assert aws.asked == [CERTIFICATE_URL]
    await box.close()


async def test_certificates_outlive_a_restart(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    aws = amazon()
    box, asked = aws.mailbox(http, tmp_path), aws.post(ses(MAIL), version="1")
    box.answer(asked)
    await box.settled()
    again = aws.mailbox(http, tmp_path)
    await again.register()
    again.verify(asked)
    assert again.answer(asked).store
    assert len(aws.asked) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"TopicArn": "arn:aws:sns:eu-west-1:123456789012:other"}, "another SNS topic"),
        ({"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem"}, "does not lie with Amazon"),
        ({"SigningCertURL": "http://sns.eu-west-1.amazonaws.com/x.pem"}, "does not lie with Amazon"),
        ({"SigningCertURL": "https://me@sns.eu-west-1.amazonaws.com/x.pem"}, "does not lie with Amazon"),
        ({"SigningCertURL": "https://sns.eu-west-1.amazonaws.com:8443/x.pem"}, "does not lie with Amazon"),
        ({"SigningCertURL": "https://s3.amazonaws.com/bucket/x.pem"}, "does not lie with Amazon"),
        ({"SigningCertURL": "https://sns.eu-west-1.amazonaws.com/x.txt"}, "does not lie with Amazon"),
    ],
)
async def test_what_is_not_of_our_topic_and_of_amazon_is_refused_at_once(
    http: aiohttp.ClientSession, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    aws = amazon()
    box, asked = aws.mailbox(http, tmp_path), aws.post(ses(MAIL), **change)
    with pytest.raises(WebhookRejected, match=words):
        box.verify(asked)
    assert not box.answer(asked).store
    assert aws.asked == []


def spoiled(change: Callable[[bytes], bytes]) -> WebhookRequest:
    asked = amazon().post(ses(MAIL))
    return replace(asked, body=change(asked.body))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (spoiled(lambda body: body.replace(b"09:29:59", b"09:29:58")), "is not Amazon's"),
        (spoiled(lambda body: body.replace(b'"Signature": "', b'"Signature": "AAAA')), "is not Amazon's"),
        (spoiled(lambda body: body.replace(b'"Signature": "', b'"Signature": "!')), "is not Amazon's"),
        (spoiled(lambda body: body.replace(b'"SignatureVersion": "2"', b'"SignatureVersion": "1"')), "is not Amazon's"),
        (spoiled(lambda body: body.replace(b'"SignatureVersion": "2"', b'"SignatureVersion": "3"')), "new to the hub"),
        (spoiled(lambda body: body.replace(b'"Signature"', b'"Sign"')), "raw message delivery"),
        (request(MAIL, "text/plain"), "raw message delivery"),
        (replace(amazon().post(ses(MAIL)), method="GET"), "by POST"),
    ],
)
async def test_what_amazon_did_not_sign_is_refused(
    http: aiohttp.ClientSession, tmp_path: Path, asked: WebhookRequest, words: str
) -> None:
    aws = amazon()
    box = aws.mailbox(http, tmp_path)
    box.answer(aws.post(ses(MAIL)))
    await box.settled()
    with pytest.raises(WebhookRejected, match=words):
        box.verify(asked)


async def test_a_subscription_is_confirmed_by_itself(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    aws = amazon()
    box, asked = aws.mailbox(http, tmp_path), aws.confirmation()
    assert box.answer(asked).status == 503
    await box.settled()
    box.verify(asked)
    answer = box.answer(asked)
    assert (answer.status, answer.store) == (200, False)
    await box.settled()
    assert aws.asked == [CERTIFICATE_URL, SUBSCRIBE_URL]
    assert await box.subscription() == ""


async def test_a_confirmation_leads_to_amazon_only(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    aws = amazon()
    box, asked = aws.mailbox(http, tmp_path), aws.confirmation(url="https://intranet.example/delete?all=1")
    box.answer(asked)
    await box.settled()
    box.answer(asked)
    await box.settled()
    assert aws.asked == [CERTIFICATE_URL]
    assert "does not lie with Amazon" in await box.subscription()


async def test_a_subscription_that_ended_is_told_until_mail_comes_again(
    http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    aws = amazon()
    box = aws.mailbox(http, tmp_path)
    box.answer(aws.confirmation("UnsubscribeConfirmation"))
    await box.settled()
    assert not box.answer(aws.confirmation("UnsubscribeConfirmation")).store
    assert "subscription was ended" in await box.subscription()
    box.answer(aws.post(ses(MAIL)))
    assert await box.subscription() == ""


async def test_a_certificate_that_cannot_be_fetched_is_told_and_tried_again(
    http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    aws = amazon()
    aws.broken = True
    box, asked = aws.mailbox(http, tmp_path), aws.post(ses(MAIL))
    box.answer(asked)
    await box.settled()
    assert "could not be fetched: The file's server was too slow." in await box.subscription()
    aws.broken = False
    assert box.answer(asked).status == 503
    await box.settled()
    assert box.answer(asked).status == 200
    assert await box.subscription() == ""


@pytest.mark.parametrize("aws", [amazon(valid_from=NOW + timedelta(days=1)), amazon(days=5)])
async def test_a_certificate_not_valid_today_proves_nothing(
    http: aiohttp.ClientSession, tmp_path: Path, aws: Any
) -> None:
    box, asked = aws.mailbox(http, tmp_path), aws.post(ses(MAIL))
    box.answer(asked)
    await box.settled()
    assert box.answer(asked).status == 503
    assert "not valid today" in await box.subscription()
    await box.close()


# -- the rest


@pytest.mark.parametrize(
    ("receive", "changes", "words"),
    [
        ("imap", {"imap_host": ""}, "server's name only"),
        ("mailgun", {"mailgun_signing_key": ""}, "Enter Mailgun's signing key"),
        ("postmark", {"webhook_password": ""}, "Enter the password"),
        ("postmark", {"webhook_password": "short"}, "at least 16"),
        ("postmark", {"webhook_password": "with / and @ and more"}, "nothing else"),
        ("sendgrid", {"webhook_password": ""}, "or SendGrid's verification key"),
        ("sendgrid", {"sendgrid_verification": "MFkw"}, "not SendGrid's verification key"),
        ("ses", {"sns_topic": ""}, "Enter the ARN"),
        ("ses", {"sns_topic": "support-mail"}, "pattern"),
    ],
)
def test_what_a_provider_needs_is_asked_for_in_words(receive: str, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        posted_settings(receive, **changes)


@pytest.mark.parametrize(
    ("receive", "address"),
    [
        ("mailgun", "https://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk?mime"),
        ("postmark", "https://hub:<password>@hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk"),
        ("sendgrid", "https://hub:<password>@hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk"),
        ("ses", "https://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk"),
    ],
)
async def test_the_wizard_names_the_address_and_no_secret(
    http: aiohttp.ClientSession, tmp_path: Path, receive: str, address: str
) -> None:
    (step,) = await mailbox(http, tmp_path, receive).setup()
    assert f"{address}" in step.help
    assert not any(secret in step.help for secret in (PASSWORD, SIGNING_KEY))


async def test_check_and_answers_go_by_smtp_as_ever(
    http: aiohttp.ClientSession, tmp_path: Path, smtp: FakeSmtp
) -> None:
    box = mailbox(http, tmp_path, "postmark", smtp_port=smtp.port)
    assert await box.check() == "support@example.test"
    assert not posted_settings("postmark").saves_sent
    assert smtp.taken == []
    await box.close()


def test_each_providers_mail_is_one_message(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    for receive, asked in (("mailgun", mailgun(MAIL)), ("sendgrid", sendgrid(MAIL)), ("ses", amazon().post(ses(MAIL)))):
        (found,) = mailbox(http, tmp_path, receive).parse(raw_of(asked))
        assert isinstance(found, InboundMessage)
        assert found.external_id == "one@customer.example"
