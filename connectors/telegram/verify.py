"""Telegram's proof that it calls us: the secret we gave it when we registered the webhook.

https://core.telegram.org/bots/api#setwebhook (secret_token). The body carries no signature of its own.
"""

import hashlib
import hmac
from collections.abc import Sequence

from hub.contract import WebhookRejected, WebhookRequest
from hub.domain.ids import ChannelId

HEADER = "x-telegram-bot-api-secret-token"


def webhook_secret(token: str, channel_id: ChannelId) -> str:
    """Derive the secret of one channel from its token, so nothing more need be stored: 64 hexadecimal digits.

    Another channel, or another token, has another secret; from the secret the token cannot be computed.
    """
    return hmac.new(token.encode(), f"telegram webhook {channel_id}".encode(), hashlib.sha256).hexdigest()


def verify_request(request: WebhookRequest, secrets: Sequence[str]) -> None:
    """Accept the request if it carries one of the secrets, compared in constant time. Raises WebhookRejected.

    Several secrets are good while a token is being changed: Telegram presents the old one until it is told anew.
    """
    # a server decodes header bytes that are no UTF-8 into lone surrogates
    presented = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    known = [hmac.compare_digest(presented, secret.encode()) for secret in secrets]
    if not any(known):
        raise WebhookRejected("The request does not carry the secret given to Telegram for this channel.")
