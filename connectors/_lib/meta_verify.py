"""Meta's proof that it calls us: a signature over the raw bytes, and a handshake when the address is registered.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started. The signature is made with the app's secret, so
it says which app a request belongs to; which account it speaks of stands in the body.
"""

import hashlib
import hmac
from collections.abc import Sequence

from hub.contract import WebhookRejected, WebhookRequest, WebhookResponse

HEADER = "x-hub-signature-256"
_CHALLENGE_LIMIT = 1000


def signature(body: bytes, app_secret: str) -> str:
    """Return the header's value for a body: `sha256=` and 64 hexadecimal digits."""
    return f"sha256={hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()}"


def verify_request(request: WebhookRequest, *, app_secrets: Sequence[str], verify_token: str) -> None:
    """Accept a signed event, or the handshake with our verify token. Raises WebhookRejected.

    Several secrets are good while an app's secret is being replaced. Meta signs the body as it sends it, with every
    letter beyond ASCII escaped: only the bytes themselves may be compared.
    """
    if request.method == "GET":
        _verify_handshake(request, verify_token)
        return
    # a server decodes header bytes that are no UTF-8 into lone surrogates
    presented = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    known = [hmac.compare_digest(presented, signature(request.body, secret).encode()) for secret in app_secrets]
    if not any(known):
        raise WebhookRejected("The request does not carry a signature made with the secret of this channel's app.")


def answer_request(request: WebhookRequest) -> WebhookResponse:
    """Return the challenge of a handshake, as Meta wants to hear it; to an event nothing."""
    if request.method != "GET":
        return WebhookResponse()
    challenge = request.query.get("hub.challenge", "")[:_CHALLENGE_LIMIT]
    return WebhookResponse(body=challenge.encode("utf-8", "replace"), store=False)


def _verify_handshake(request: WebhookRequest, verify_token: str) -> None:
    presented = request.query.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
    right = hmac.compare_digest(presented, verify_token.encode())
    if request.query.get("hub.mode") != "subscribe" or not right:
        raise WebhookRejected("The request does not carry this channel's verify token.")
