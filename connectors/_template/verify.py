"""Prove that the provider sent a request: an HMAC over the raw bytes, compared in constant time.

https://api.example.com/docs/webhooks#signature (put the provider's own page here)
"""

import hashlib
import hmac

from hub.contract import WebhookRejected, WebhookRequest

HEADER = "x-signature"


def signature(body: bytes, secret: str) -> str:
    """Return the signature of a body: HMAC-SHA256, 64 hexadecimal digits."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify_request(request: WebhookRequest, secret: str) -> None:
    """Accept a request signed with our secret. Raises WebhookRejected."""
    # A server decodes header bytes that are no UTF-8 into lone surrogates.
    presented = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(presented, signature(request.body, secret).encode()):
        raise WebhookRejected("The request does not carry a signature made with this account's signing secret.")
