"""Viber's proof that it calls us: an HMAC over the raw body with the bot's token, in a header and in the query.

https://developers.viber.com/docs/api/rest-bot-api/#callbacks. Either place will do, for proxies drop
headers; where both are given, both have to be right. The scheme has no time: what is sent again is
known by its message token.
"""

import hashlib
import hmac

from hub.contract import WebhookRejected, WebhookRequest

HEADER = "x-viber-content-signature"
QUERY = "sig"


def signature(body: bytes, token: str) -> str:
    """Return the signature of a body: 64 hexadecimal digits."""
    return hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


def verify_request(request: WebhookRequest, token: str) -> None:
    """Accept what is signed with this bot's token. Raises WebhookRejected."""
    presented = [value for value in (request.headers.get(HEADER), request.query.get(QUERY)) if value is not None]
    right = signature(request.body, token).encode()
    # a server decodes header bytes that are no UTF-8 into lone surrogates
    fits = [hmac.compare_digest(value.encode("utf-8", "surrogatepass"), right) for value in presented]
    if request.method != "POST" or not fits or not all(fits):
        raise WebhookRejected("The request is not signed with this bot's token.")
