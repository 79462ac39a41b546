"""Does the telephone system say this? A signature, the shared secret itself, or, if the admin chose so, the address.

Signed as the hub's own webhooks are (`connectors._lib.hub_signature`). Many systems can only add a fixed header: then
`Authorization: Bearer <secret>` proves it, as long as the hub is reached by https.
"""

import hmac
from datetime import datetime

from connectors._lib.hub_signature import HEADER, verify_request
from connectors.cti.settings import CtiSettings
from hub.contract import WebhookRejected, WebhookRequest

_BEARER = "bearer "


def verify(request: WebhookRequest, settings: CtiSettings, now: datetime) -> None:
    """Prove that the telephone system sent this. Raises WebhookRejected, in words."""
    if request.method != "POST":
        raise WebhookRejected("Calls are told by POST.")
    secret = settings.secret.get_secret_value()
    shown = request.headers.get("authorization", "")
    if request.headers.get(HEADER):
        verify_request(request, [secret], now)
    elif shown[: len(_BEARER)].lower() == _BEARER:
        token = shown[len(_BEARER) :].strip().encode("utf-8", "replace")
        if not hmac.compare_digest(token, secret.encode()):
            raise WebhookRejected("The secret in the header Authorization is not this channel's.")
    elif not settings.trust_address:
        raise WebhookRejected(
            "The request proves nothing: sign it (X-Hub-Signature), or send the secret as Authorization: Bearer."
        )
