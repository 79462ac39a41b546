"""Our own address as Twilio shall call it: only if Twilio can reach it, with what we pass along. Pure."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from connectors._lib.twilio_settings import AccountSettings
from hub.domain.ids import DeliveryId

NO_PUBLIC_ADDRESS = (
    "Twilio cannot reach the hub: it has no public address. An admin has to set HUB_PUBLIC_URL to the https address "
    "of this hub."
)


DELIVERY = "delivery"
"""The parameter in which Twilio returns our delivery's id."""


def our_delivery(query: Mapping[str, str]) -> DeliveryId | None:
    """Return the delivery whose id we put into the address; None where there is none."""
    try:
        return DeliveryId(UUID(query[DELIVERY]))
    except (KeyError, ValueError):
        return None


def callback_address(settings: AccountSettings, webhook_url: str, query: Mapping[str, str] | None = None) -> str:
    """Return our address as Twilio shall call it; "" where Twilio could not and would refuse to try.

    `query` comes back with every call to the address: it is signed with it, and the journal keeps what the connector
    names in `keep_query`. What is behind # is for Twilio only
    (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
    """
    if settings.api_url.endswith(".twilio.com") and not _is_public(webhook_url):
        return ""
    asked = f"?{urlencode(query)}" if query else ""
    return webhook_url + asked + (f"#{settings.connection_overrides}" if settings.connection_overrides else "")


def _is_public(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".invalid"))
