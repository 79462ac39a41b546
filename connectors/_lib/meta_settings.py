"""What every channel of Meta asks an admin for: the app, its secret, the verify token, and where the API is."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

GRAPH_URL = "https://graph.facebook.com"
API_VERSION = "v25.0"
"""Of 18 February 2026, served until 29 July 2028: https://developers.facebook.com/docs/graph-api/changelog."""
MEDIA_HOSTS = ("fbsbx.com", "fbcdn.net", "whatsapp.net", "facebook.com", "cdninstagram.com", "instagram.com")

_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def _digits(value: str) -> str:
    if not value.strip().isdecimal() or not value.isascii():
        raise ValueError("This is a number at Meta: digits only. Copy it whole.")
    return value.strip()


def _token(value: SecretStr) -> SecretStr:
    token = value.get_secret_value().strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError("This is not an access token: it has no blanks or special characters. Copy it whole.")
    return SecretStr(token)


def _address(value: str) -> str:
    address = urlsplit(value.strip().rstrip("/"))
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("Write the address as https://host.")
    if address.username or address.password or address.query or address.fragment:
        raise ValueError("The address must not carry a name, a password, a query or a fragment.")
    if address.scheme == "http" and address.hostname.endswith(("facebook.com", "instagram.com")):
        raise ValueError("Meta's own servers are reached by https only, or the token would travel in the open.")
    return address.geturl()


def _version(value: str) -> str:
    if not _VERSION.fullmatch(value.strip()):
        raise ValueError("Write the version as Meta does: v25.0.")
    return value.strip()


def _hosts(value: tuple[str, ...]) -> tuple[str, ...]:
    tidy = tuple(dict.fromkeys(host.strip().lower() for host in value if host.strip()))
    if any(not _HOST.fullmatch(host) for host in tidy):
        raise ValueError("Write host names only, such as fbcdn.net; what stands below them is meant, too.")
    return tidy


Digits = Annotated[str, Field(max_length=40), AfterValidator(_digits)]
AccessToken = Annotated[SecretStr, Field(min_length=20), AfterValidator(_token)]
AppId = Annotated[
    Digits, Field(title="App ID", description="At the top of the app's dashboard at developers.facebook.com.")
]
AppSecret = Annotated[
    SecretStr,
    Field(
        min_length=16,
        title="App secret",
        description="In the same app: App settings → Basic → App secret. It proves that events come from Meta.",
    ),
]
PreviousAppSecret = Annotated[
    SecretStr | None,
    Field(
        title="Previous app secret",
        description="Only while you replace the app secret: events Meta still signs with the old one are taken, too.",
    ),
]
VerifyToken = Annotated[
    SecretStr,
    Field(
        min_length=8,
        max_length=200,
        title="Verify token",
        description="Any phrase of your own. Meta repeats it when the webhook address is registered.",
    ),
]
GraphUrl = Annotated[
    str, Field(title="Graph API address", description="Change it only for a proxy or a test."), AfterValidator(_address)
]
ApiVersion = Annotated[
    str,
    Field(title="API version", description="Raise it when Meta retires this one; its changelog says when."),
    AfterValidator(_version),
]
MediaHosts = Annotated[
    tuple[str, ...],
    Field(
        title="Hosts of files",
        description="Files are fetched, with our token, from these hosts of Meta's and nowhere else.",
    ),
    AfterValidator(_hosts),
]
WebhookFields = Annotated[
    tuple[str, ...],
    Field(
        min_length=1,
        title="What to receive",
        description="Webhook fields to subscribe to. Leave all on unless Meta retires one.",
    ),
]
LateTag = Annotated[
    str,
    Field(
        max_length=60,
        pattern=r"^[A-Z_]*$",
        title="Tag of late answers",
        description="Sent with a person's answer later than 24 hours after the customer wrote. Meta grants "
        "HUMAN_AGENT on request (App Review → Human Agent). Empty: such answers go without a tag, and Meta refuses "
        "them.",
    ),
]
