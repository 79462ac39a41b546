"""LINE's proof that it calls us: an HMAC over the raw body with the channel secret.

https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/. The scheme has no time: what is sent a
second time is known by the ids of its messages.
"""

import base64
import hashlib
import hmac

from hub.contract import WebhookRejected, WebhookRequest

HEADER = "x-line-signature"


def signature(body: bytes, channel_secret: str) -> str:
    """Return the header's value for a body: base64 of HMAC-SHA256."""
    return base64.b64encode(hmac.new(channel_secret.encode(), body, hashlib.sha256).digest()).decode()


def verify_request(request: WebhookRequest, channel_secret: str) -> None:
    """Accept what is signed with this channel's secret. Raises WebhookRejected."""
    # a server decodes header bytes that are no UTF-8 into lone surrogates
    presented = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    signed = hmac.compare_digest(presented, signature(request.body, channel_secret).encode())
    if request.method != "POST" or not signed:
        raise WebhookRejected("The request is not signed with this channel's secret.")
