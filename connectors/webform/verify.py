"""Is it one of our pages? The token each page carries, and the website the browser says it stands on. Pure."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from connectors.webform.body import TOKEN, Unreadable, read_body
from connectors.webform.settings import WebformSettings
from connectors.webform.token import prove
from hub.contract import WebhookRejected, WebhookRequest


def verify_request(request: WebhookRequest, settings: WebformSettings, form: str, now: datetime) -> None:
    """Pass every look at the form, and submissions from its own pages or allowed websites. Raises WebhookRejected."""
    origin = request.headers.get("origin", "")
    if origin and not own_page(request) and not allowed(origin, settings.allowed_origins):
        raise WebhookRejected(
            f"Pages of {origin[:200]} may not use this form. If this is your website, add the origin to the channel's "
            "settings in the hub: Websites that may embed the form."
        )
    if request.method == "OPTIONS" and not origin:
        raise WebhookRejected("A question before a cross-origin call names its origin.")
    if request.method == "POST":
        try:
            posted = read_body(request.body, request.headers.get("content-type", ""))
        except Unreadable as error:
            raise WebhookRejected(str(error)) from None
        prove(posted.get(TOKEN), form, settings.token_secret.get_secret_value(), now)


def own_page(request: WebhookRequest) -> bool:
    """Tell whether the browser stands on the form's own page, however it reached the hub."""
    origin = request.headers.get("origin", "").lower()
    ours = urlsplit(request.url)
    host = request.headers.get("host", "").lower()
    return origin == f"{ours.scheme}://{ours.netloc}".lower() or (
        host != "" and origin in {f"https://{host}", f"http://{host}"}
    )


def allowed(origin: str, patterns: Sequence[str]) -> bool:
    """Tell whether a website may use the form."""
    origin = origin.lower()
    scheme, _, host = origin.partition("://")
    for pattern in patterns:
        wanted_scheme, _, wanted = pattern.partition("://")
        if origin == pattern:
            return True
        if (
            wanted.startswith("*.")
            and scheme == wanted_scheme
            and host.endswith(wanted[1:])
            and len(host) >= len(wanted)
        ):
            return True
    return False
