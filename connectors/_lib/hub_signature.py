"""Sign what goes to a system of the admin's own, and prove that a request comes from it.

The scheme is that of the hub's outgoing webhooks: `X-Hub-Signature: t=<unix seconds>,v1=<hex>`, where the hex is the
HMAC-SHA256 of `<t>.<body>` under the channel's secret. There may be several `v1`; one that is right is enough. A GET
has no body: its query string, as it stands in the address, takes the body's place.
"""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from hub.contract import WebhookRejected, WebhookRequest

HEADER = "x-hub-signature"
WINDOW = 300
"""Seconds by which the two clocks may differ; an older request may be a recorded one."""

_SECONDS = re.compile(r"[0-9]{1,15}", re.ASCII)
_MOST = 8
"""Signatures looked at in one header."""


def signature(secrets: Sequence[str], payload: bytes, now: datetime) -> str:
    """Return the header's value: the time, and one signature for each secret."""
    time = str(int(now.timestamp()))
    return ",".join([f"t={time}", *(f"v1={_digest(secret, time, payload)}" for secret in secrets)])


def verify_request(request: WebhookRequest, secrets: Sequence[str], now: datetime) -> None:
    """Accept a request signed with one of the secrets within five minutes. Raises WebhookRejected, in words."""
    header = request.headers.get(HEADER, "")
    if not header:
        raise WebhookRejected("The request is not signed: the header X-Hub-Signature is missing.")
    # A server decodes header bytes that are no UTF-8 into lone surrogates.
    parts = [part.strip().partition("=") for part in header.encode("utf-8", "replace").decode().split(",")]
    times = [value for name, _, value in parts if name == "t"]
    shown = [value for name, _, value in parts if name == "v1"][:_MOST]
    if len(times) != 1 or not _SECONDS.fullmatch(times[0]):
        raise WebhookRejected("The header X-Hub-Signature has to look like t=<Unix seconds>,v1=<64 hex digits>.")
    if abs(now.timestamp() - int(times[0])) > WINDOW:
        raise WebhookRejected("The request was signed more than five minutes ago, or one of the two clocks is wrong.")
    payload = request.body if request.method == "POST" else urlsplit(request.url).query.encode("utf-8", "surrogatepass")
    right = [_digest(secret, times[0], payload).encode() for secret in secrets]
    fits = [hmac.compare_digest(one.encode(), other) for one in shown for other in right]
    if not any(fits):
        raise WebhookRejected(
            "The signature is not right. It is the HMAC-SHA256 of the time, a dot and the exact bytes of the body, "
            "under this channel's signing secret."
        )


def _digest(secret: str, time: str, payload: bytes) -> str:
    return hmac.new(secret.encode(), time.encode() + b"." + payload, sha256).hexdigest()
