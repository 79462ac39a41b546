"""Mailgun, Postmark, SendGrid and Amazon SNS as they post a mail: signed requests, and a mailbox for each."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from connectors.email.making import create
from connectors.email.posted import PostedMailbox, SesMailbox
from connectors.email.settings import EmailSettings
from connectors.email.verify import SENDGRID_SIGNATURE, SENDGRID_TIME
from hub.contract import FetchFailed, RawEvent, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.connectors.email.mails import settings

PASSWORD = "webhook-password-0001"
SIGNING_KEY = "mailgun-signing-key-0001"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:support-mail"
CERTIFICATE_URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
SUBSCRIBE_URL = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t0"


def posted_settings(receive: str, **more: Any) -> EmailSettings:
    given = {
        "receive": receive,
        "imap_host": "",
        "webhook_password": PASSWORD if receive in ("postmark", "sendgrid") else "",
        "mailgun_signing_key": SIGNING_KEY if receive == "mailgun" else "",
        "sns_topic": TOPIC if receive == "ses" else "",
    }
    return settings(**{**given, **more})


def mailbox(http: aiohttp.ClientSession, folder: Path, receive: str, **more: Any) -> PostedMailbox:
    made = create(posted_settings(receive, **more), tools_for(http, folder))
    assert isinstance(made, PostedMailbox)
    return made


def request(body: bytes, content_type: str, **headers: str) -> WebhookRequest:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {"content-type": content_type, **named}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=given, query={}, body=body)


def raw_of(asked: WebhookRequest) -> RawEvent:
    """What the door journals of a request."""
    kept = {name: value for name, value in asked.headers.items() if name in PostedMailbox.keep_headers}
    return RawEvent(kind="webhook", body=asked.body, headers=kept, received_at=NOW)


# -- forms


def form(fields: Mapping[str, bytes | str], boundary: str = "xYzZY") -> tuple[bytes, str]:
    """A multipart form and its content type."""
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (boundary.encode(), name.encode(), value.encode() if isinstance(value, str) else value)
        for name, value in fields.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def mailgun(
    mail: bytes, *, key: str = SIGNING_KEY, token: str = "t" * 50, at: datetime = NOW, multipart: bool = True
) -> WebhookRequest:
    time = str(int(at.timestamp()))
    signature = hmac.new(key.encode(), (time + token).encode(), sha256).hexdigest()
    fields = {"recipient": "support@example.test", "timestamp": time, "token": token, "signature": signature}
    if not multipart:
        return request(urlencode({**fields, "body-mime": mail}).encode(), "application/x-www-form-urlencoded")
    return request(*form({**fields, "body-mime": mail}))


def basic(password: str, user: str = "hub") -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def sendgrid(mail: bytes, *, password: str = PASSWORD) -> WebhookRequest:
    body, content_type = form({"dkim": "{}", "email": mail, "to": "support@example.test", "envelope": "{}"})
    return request(body, content_type, authorization=basic(password))


@cache
def sendgrid_pair() -> tuple[ec.EllipticCurvePrivateKey, str]:
    """A key and its public half as SendGrid shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return key, base64.b64encode(public).decode()


def sendgrid_signed(
    mail: bytes, *, at: datetime = NOW, key: ec.EllipticCurvePrivateKey | None = None
) -> WebhookRequest:
    asked = sendgrid(mail)
    time = str(int(at.timestamp()))
    made = (key or sendgrid_pair()[0]).sign(time.encode() + asked.body, ec.ECDSA(SHA256()))
    signed = {SENDGRID_TIME: time, SENDGRID_SIGNATURE: base64.b64encode(made).decode()}
    return replace(asked, headers={"content-type": asked.headers["content-type"], **signed})


def postmark(told: Mapping[str, Any], *, password: str = PASSWORD) -> WebhookRequest:
    return request(json.dumps(told).encode(), "application/json", authorization=basic(password))


# -- Amazon


@dataclass
class Amazon:
    """Signs as SNS does, and hands out its certificate and confirmations."""

    key: rsa.RSAPrivateKey
    pem: bytes
    asked: list[str] = field(default_factory=list)
    broken: bool = False

    async def fetch(self, url: str, max_bytes: int) -> AsyncIterator[bytes]:
        """What `Tools.fetch` would give."""
        self.asked.append(url)
        if self.broken:
            raise FetchFailed("The file's server was too slow.", passing=True)
        yield self.pem if url == CERTIFICATE_URL else b"<ConfirmSubscriptionResponse/>"[:max_bytes]

    def post(self, message: object, *, version: str = "2", **changes: str) -> WebhookRequest:
        """A signed notification; `changes` are made before it is signed."""
        told = {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Receipt Notification",
            "Message": message if isinstance(message, str) else json.dumps(message),
            "Timestamp": "2026-11-22T09:29:59.000Z",
            "SignatureVersion": version,
            "SigningCertURL": CERTIFICATE_URL,
            **changes,
        }
        names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
        if told["Type"] != "Notification":
            del told["Subject"]
            names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        words = "".join(f"{name}\n{told[name]}\n" for name in names).encode()
        signature = self.key.sign(words, PKCS1v15(), SHA256() if version == "2" else SHA1())  # noqa: S303 - as SNS does
        told["Signature"] = base64.b64encode(signature).decode()
        return request(json.dumps(told).encode(), "text/plain; charset=UTF-8")

    def confirmation(self, kind: str = "SubscriptionConfirmation", url: str = SUBSCRIBE_URL) -> WebhookRequest:
        return self.post("You have chosen to subscribe", Type=kind, Token="t0", SubscribeURL=url)

    def mailbox(self, http: aiohttp.ClientSession, folder: Path) -> SesMailbox:
        made = create(posted_settings("ses"), replace(tools_for(http, folder), fetch=self.fetch))
        assert isinstance(made, SesMailbox)
        return made


@cache
def _amazons_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def amazon(*, valid_from: datetime = NOW - timedelta(days=30), days: int = 400) -> Amazon:
    key = _amazons_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + timedelta(days=days))
        .sign(key, SHA256())
    )
    return Amazon(key, certificate.public_bytes(Encoding.PEM))


def ses(mail: bytes, encoding: str = "BASE64") -> dict[str, Any]:
    """What SES says of a mail, with its content."""
    content = base64.b64encode(mail).decode() if encoding == "BASE64" else mail.decode()
    return {
        "notificationType": "Received",
        "mail": {"timestamp": "2026-11-22T09:29:58.000Z", "source": "ann@customer.example", "headers": []},
        "receipt": {"action": {"type": "SNS", "topicArn": TOPIC, "encoding": encoding}},
        "content": content,
    }
