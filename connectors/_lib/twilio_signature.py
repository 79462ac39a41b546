"""Twilio's proof that it calls us: a signature over the address it called and everything it sent.

https://www.twilio.com/docs/usage/webhooks/webhooks-security, and for shared keys
https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys. What is compared, and with what:

- the address is built from HUB_PUBLIC_URL; with and without its port, since Twilio is not consistent;
- a body that is no form is covered by `bodySHA256` in the address only: without it nothing vouches for the body;
- an account with a shared key takes nothing else, whatever the request's own headers claim;
- each (sub)account has a token of its own, and the request must name the account of this channel.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import parse_qs, urlsplit, urlunsplit

from twilio.request_validator import (  # type: ignore[import-untyped]  # it ships no types
    HMAC_SHA1,
    HMAC_SHA256,
    RequestValidator,
    get_signature_algorithm,
)

from connectors._lib.twilio_settings import AccountSettings
from connectors._lib.twilio_wire import FORM, Parameters, pairs_of
from hub.contract import WebhookRejected, WebhookRequest

SIGNATURE = "x-twilio-signature"
SETTINGS = "x-twilio-webhooks-signature-settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What may sign requests of one account."""

    account_sid: str
    tokens: Sequence[str] = field(repr=False)
    """The auth token, and the previous one while it changes."""
    signing_key_id: str = ""
    signing_secret: str = field(default="", repr=False)
    """The shared key: where there is one, nothing else signs."""


def secrets_of(settings: AccountSettings) -> Secrets:
    """Return what may sign requests to a channel with these settings."""
    tokens = (settings.auth_token, settings.previous_auth_token)
    return Secrets(
        account_sid=settings.account_sid,
        tokens=tuple(token.get_secret_value() for token in tokens if token is not None),
        signing_key_id=settings.signing_key_id,
        signing_secret=settings.signing_secret.get_secret_value() if settings.signing_secret else "",
    )


def verify_request(request: WebhookRequest, secrets: Secrets) -> None:
    """Prove that Twilio sent this for our account. Raises WebhookRejected."""
    if request.method != "POST":
        raise WebhookRejected("Twilio calls this address with GET. Set the webhook's method to HTTP POST.")
    keys, algorithm = _keys(request, secrets)
    presented = _decoded(request.headers.get(SIGNATURE, ""))
    params = _parameters(request)
    text = covered(params)
    for address in _addresses(request.url):
        for key in keys:
            if hmac.compare_digest(presented, hmac.digest(key.encode(), _clean(address) + text, algorithm)):
                _check_account(params, secrets)
                return
    raise WebhookRejected(
        "The request is not signed by Twilio for this account. If it is Twilio's: check the auth token in the "
        "settings, and that HUB_PUBLIC_URL is the address Twilio calls."
    )


def sign(key: str, address: str, params: Parameters, algorithm: str = HMAC_SHA1) -> str:
    """Return the signature of a request, as Twilio's library makes it."""
    return str(RequestValidator(key).compute_signature(_clean(address).decode(), params, algorithm))


def covered(params: Sequence[tuple[str, str]]) -> bytes:
    """Return what a signature covers beside the address: each name and value once, in their order, nothing between.

    Twilio's library does the same in four times the time, and this stands at the webhook door; tests hold the two
    together.
    """
    return "".join(chain.from_iterable(sorted(set(params)))).encode()


def _clean(address: str) -> bytes:
    # latin-1 bytes that are no UTF-8 may arrive as lone surrogates, which no honest address holds
    return address.encode("utf-8", "replace")


def _keys(request: WebhookRequest, secrets: Secrets) -> tuple[Sequence[str], str]:
    """Return what may have signed the request, and with which digest."""
    claimed = request.headers.get(SETTINGS, "")
    if not secrets.signing_secret:
        if claimed:
            raise WebhookRejected(
                "Twilio signs this account's webhooks with a shared key. Put its id and secret into the settings."
            )
        return secrets.tokens, "sha1"
    if get_signature_algorithm(claimed).upper() != HMAC_SHA256 or _key_id(claimed) != secrets.signing_key_id:
        raise WebhookRejected("The request is not signed with this channel's shared key, and nothing else is taken.")
    return (secrets.signing_secret,), "sha256"


def _key_id(claimed: str) -> str:
    parts = (part.partition("=") for part in claimed.split(","))
    return next((value.strip() for name, _, value in parts if name.strip() == "key"), "")


def _parameters(request: WebhookRequest) -> Sequence[tuple[str, str]]:
    """Return the signed parameters of a form; of any other body none, once its hash in the address fits."""
    kind = request.headers.get("content-type", "")
    if kind == FORM or kind.partition(";")[0].strip().lower() == FORM:
        try:
            return pairs_of(request.body)
        except ValueError:
            raise WebhookRejected("The request is no web form.") from None
    named = parse_qs(urlsplit(request.url).query).get("bodySHA256", [""])[0]
    actual = hashlib.sha256(request.body).hexdigest()
    if not hmac.compare_digest(named.lower().encode("utf-8", "replace"), actual.encode()):
        raise WebhookRejected("Nothing vouches for the body of this request: its hash is missing or wrong.")
    return ()


def _addresses(url: str) -> Iterator[str]:
    """Yield the forms of our address that Twilio may have signed: as it is, without its port, with the port said."""
    yield url
    parts = urlsplit(url)
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name
    port = parts.port or (443 if parts.scheme == "https" else 80)
    yield urlunsplit(parts._replace(netloc=host))
    yield urlunsplit(parts._replace(netloc=f"{host}:{port}"))


def _check_account(params: Sequence[tuple[str, str]], secrets: Secrets) -> None:
    """Every form names its account; one of another account of the same owner is not ours to take."""
    for name, named in params:
        if name == "AccountSid" and named != secrets.account_sid:
            raise WebhookRejected("The request is for another Twilio account than this channel's.")


def _decoded(signature: str) -> bytes:
    """Return a signature's bytes, so that they are compared in constant time; b"" for what is none."""
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""
