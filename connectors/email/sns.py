"""Amazon SNS as the way SES tells of mail: read a notification, judge its address and its signature. Pure.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import base64
import binascii
import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.contract import WebhookRejected

if TYPE_CHECKING:  # large, and most mailboxes are read over IMAP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_HOST = re.compile(r"sns\.[a-z0-9-]{3,40}\.amazonaws\.com(\.cn)?")
"""The only hosts from which a certificate is taken, and to which a subscription is confirmed."""
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_OTHERS = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


class Envelope(BaseModel):
    """What SNS posts."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    kind: str = Field(alias="Type")
    topic: str = Field(alias="TopicArn")
    message_id: str = Field(alias="MessageId")
    message: str = Field(alias="Message")
    subject: str | None = Field(None, alias="Subject")
    timestamp: str = Field(alias="Timestamp")
    version: str = Field(alias="SignatureVersion")
    signature: str = Field(alias="Signature")
    certificate_url: str = Field(alias="SigningCertURL")
    token: str | None = Field(None, alias="Token")
    subscribe_url: str | None = Field(None, alias="SubscribeURL")


def read_envelope(body: bytes, topic: str) -> Envelope:
    """Return what SNS posted, if it is of our topic and names an address of Amazon's. Raises WebhookRejected."""
    try:
        envelope = Envelope.model_validate_json(body)
    except ValidationError:
        raise WebhookRejected(
            "This is not what SNS posts. If raw message delivery is switched on for the subscription, switch it off."
        ) from None
    if envelope.topic != topic:
        raise WebhookRejected("This notification is of another SNS topic than the one in the channel's settings.")
    if not is_amazons(envelope.certificate_url) or not urlsplit(envelope.certificate_url).path.endswith(".pem"):
        raise WebhookRejected("The notification names a certificate that does not lie with Amazon SNS.")
    return envelope


def is_amazons(url: str) -> bool:
    """Tell whether an address is one of Amazon SNS by https."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme == "https"
            and _HOST.fullmatch(parts.netloc) is not None
            and url.isascii()
            and url.isprintable()
            and "\\" not in url
        )
    except ValueError:
        return False


def read_certificate(pem: bytes, now: datetime) -> "RSAPublicKey":
    """Return a certificate's key. Raises ValueError if it is none, of another kind, or not valid today."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    certificate = x509.load_pem_x509_certificate(pem)
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the certificate's key is of a kind SNS does not use")
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise ValueError("the certificate is not valid today")
    return key


def check_signature(envelope: Envelope, key: "RSAPublicKey") -> None:
    """Raise WebhookRejected unless the key signed the envelope."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA1, SHA256

    algorithm = {"1": SHA1(), "2": SHA256()}.get(envelope.version)  # noqa: S303 - version 1 of SNS is SHA-1
    if algorithm is None:
        raise WebhookRejected("The notification is signed in a way that is new to the hub.")
    try:
        signature = base64.b64decode(envelope.signature, validate=True)
        key.verify(signature, _signed(envelope), PKCS1v15(), algorithm)
    except (InvalidSignature, binascii.Error, ValueError):
        raise WebhookRejected("The notification's signature is not Amazon's.") from None


def _signed(envelope: Envelope) -> bytes:
    names = _NOTIFICATION if envelope.kind == "Notification" else _OTHERS
    values = envelope.model_dump(by_alias=True)
    return "".join(f"{name}\n{values[name]}\n" for name in names if values[name] is not None).encode()
