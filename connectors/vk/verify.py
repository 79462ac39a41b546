"""VK's proof that it calls us: a secret of ours inside the body, which it repeats with every event.

https://dev.vk.com/en/api/callback/getting-started. VK signs nothing, so the secret is all there is: it is compared in
constant time. The question for the confirmation string may come without it; the answer to that is of no use to others.
"""

import hashlib
import hmac
import json
from uuid import UUID

from hub.contract import WebhookRejected, WebhookRequest

CONFIRMATION = "confirmation"


def own_secret(token: str, channel_id: UUID) -> str:
    """Return the secret the hub makes for a channel: of its token, and of no other channel's."""
    return hmac.new(token.encode(), b"vk callback secret " + channel_id.bytes, hashlib.sha256).hexdigest()[:48]


def verify_request(request: WebhookRequest, *, secret: str, group_id: int) -> None:
    """Accept what carries our secret and is of our community. Raises WebhookRejected."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        told = None
    if request.method != "POST" or not isinstance(told, dict):
        raise WebhookRejected("The request is not an event of VK.")
    presented = told.get("secret")
    if presented is None and told.get("type") == CONFIRMATION:
        presented = secret
    given = presented.encode("utf-8", "surrogatepass") if isinstance(presented, str) else b""
    if not hmac.compare_digest(given, secret.encode()):
        raise WebhookRejected("The request does not carry this channel's secret.")
    if told.get("group_id") != group_id:
        raise WebhookRejected("The request is of another VK community.")
