"""Prove that Mailgun, Postmark or SendGrid posted a mail: each has a way of its own. Pure; SNS is in sns.py."""

import base64
import binascii
import hmac
import re
from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from connectors.email.forms import NotAForm, read_form
from hub.contract import WebhookRejected, WebhookRequest

if TYPE_CHECKING:  # large, and most mailboxes are read over IMAP
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

SENDGRID_SIGNATURE = "x-twilio-email-event-webhook-signature"
SENDGRID_TIME = "x-twilio-email-event-webhook-timestamp"
MAILGUN_WINDOW = timedelta(hours=9)
"""Mailgun tries again for eight hours and does not say that it signs anew each time:
https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http"""
SENDGRID_WINDOW = timedelta(days=4)
"""SendGrid tries again for three days: https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/inbound-email"""
_AHEAD = timedelta(minutes=5)
_SECONDS = re.compile(r"[0-9]{9,11}", re.ASCII)
_TOKENS_KEPT = 20_000
_PROOF = frozenset({"timestamp", "token", "signature"})
_PROOF_BYTES = 500


class MailgunSeal:
    """Checks Mailgun's signature, which covers time and token, and not the mail: so a token goes with one mail only.

    The tokens seen are a mere memory: after a restart an old one is bound anew, within the window.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._seen: OrderedDict[bytes, bytes] = OrderedDict()

    def check(self, request: WebhookRequest, now: datetime) -> None:
        """Raises WebhookRejected."""
        content_type = request.headers.get("content-type", "")
        try:
            form = read_form(request.body, content_type, only=_PROOF)
        except NotAForm as error:
            raise WebhookRejected(f"This is not what Mailgun posts: {error}.") from None
        if any(len(value) > _PROOF_BYTES for value in form.values()):
            raise WebhookRejected("The signature of this request is longer than any of Mailgun's.")
        time, token = form.get("timestamp", b""), form.get("token", b"")
        right = hmac.new(self._key, time + token, sha256).hexdigest().encode()
        if not token or not hmac.compare_digest(form.get("signature", b""), right):
            raise WebhookRejected(
                "The request does not carry Mailgun's signature made with this channel's signing key."
            )
        _check_time(time.decode("ascii", "replace"), now, MAILGUN_WINDOW)
        mail = sha256(read_form(request.body, content_type).get("body-mime") or request.body).digest()
        if self._seen.setdefault(token, mail) != mail:
            raise WebhookRejected("Mailgun's token of this request came with another mail before: it was replayed.")
        self._seen.move_to_end(token)
        if len(self._seen) > _TOKENS_KEPT:
            self._seen.popitem(last=False)


def check_password(request: WebhookRequest, password: str) -> None:
    """Accept a request whose address carried the password (RFC 7617, any user name). Raises WebhookRejected."""
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    try:
        pair = base64.b64decode(coded.strip().encode("utf-8", "surrogatepass"), validate=True)
    except (binascii.Error, ValueError):
        pair = b""
    presented = pair.partition(b":")[2]
    fits = hmac.compare_digest(presented, password.encode())
    if scheme.lower() != "basic" or not password or not fits:
        raise WebhookRejected(
            "The webhook address was called without this channel's password. At the provider, write it as "
            "https://hub:<password>@… and so on."
        )


def sendgrid_key(text: str) -> "EllipticCurvePublicKey":
    """Return SendGrid's public key, given in base64. Raises ValueError, in words."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        key = None
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("This is not SendGrid's verification key: one long line of letters that begins with MFkw.")
    return key


def check_sendgrid(request: WebhookRequest, key: "EllipticCurvePublicKey", now: datetime) -> None:
    """Accept a request SendGrid signed: ECDSA over the time and the raw body. Raises WebhookRejected.

    https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/securing-your-parse-webhooks
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256

    time = request.headers.get(SENDGRID_TIME, "").encode("utf-8", "surrogatepass")
    shown = request.headers.get(SENDGRID_SIGNATURE, "").encode("utf-8", "surrogatepass")
    try:
        key.verify(base64.b64decode(shown, validate=True), time + request.body, ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        raise WebhookRejected("The request does not carry SendGrid's signature made with this channel's key.") from None
    _check_time(time.decode("ascii", "replace"), now, SENDGRID_WINDOW)


def _check_time(seconds: str, now: datetime, window: timedelta) -> None:
    age = now.timestamp() - int(seconds) if _SECONDS.fullmatch(seconds) else None
    if age is None or not -_AHEAD.total_seconds() <= age <= window.total_seconds():
        raise WebhookRejected("The request was signed too long ago, or this machine's clock is wrong. Check its time.")
