"""Slack's proof that it calls us: an HMAC over version, time and the raw body.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from hub.contract import WebhookRejected, WebhookRequest

SIGNATURE = "x-slack-signature"
TIMESTAMP = "x-slack-request-timestamp"
WINDOW = 300
"""Seconds by which Slack's clock and ours may differ; an older request may be a recorded one."""

_SECONDS = re.compile(r"[0-9]{1,15}", re.ASCII)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body: `v0=` and 64 hexadecimal digits."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def verify_request(request: WebhookRequest, secrets: Sequence[str], now: datetime) -> None:
    """Accept a request signed with one of the secrets no more than five minutes ago. Raises WebhookRejected.

    Two secrets are good while the secret is being changed.
    """
    timestamp = request.headers.get(TIMESTAMP, "")
    if not _SECONDS.fullmatch(timestamp):
        raise WebhookRejected("The request does not carry the time of its signature.")
    if abs(now.timestamp() - int(timestamp)) > WINDOW:
        raise WebhookRejected(
            "The request was signed more than five minutes ago, or this machine's clock is wrong. Check its time."
        )
    # A server decodes header bytes that are no UTF-8 into lone surrogates.
    presented = request.headers.get(SIGNATURE, "").encode("utf-8", "surrogatepass")
    fits = [hmac.compare_digest(presented, signature(secret, timestamp, request.body).encode()) for secret in secrets]
    if not any(fits):
        raise WebhookRejected("The request is not signed with this app's signing secret.")
