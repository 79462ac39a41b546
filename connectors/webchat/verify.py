"""Prove who a visitor is: the page's origin, our own visitor tokens, and the website's identity tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from hub.contract import WebhookRejected
from hub.domain.ids import ChannelId, ExternalId

ANONYMOUS_LIFE = timedelta(days=365)
"""How long a browser stays the same visitor; renewed with every visit."""
IDENTIFIED_LIFE = timedelta(days=1)
"""Short: on a shared computer the next person must not stay logged in. The website vouches anew at each page."""
LEEWAY = timedelta(seconds=60)
"""Clocks of websites differ from ours."""
_TOKEN_LIMIT = 4096
_ALGORITHM = "HS256"


class Identity(BaseModel):
    """What a website vouches for: its logged-in user."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    id: Annotated[str, Field(min_length=1, max_length=200), StringConstraints(pattern=r"^[^\x00-\x1f]+$")]
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254, pattern=r"^(?:[^@\s]+@[^@\s]+)?$")
    phone: str = Field(default="", max_length=40, pattern=r"^[+0-9 ()./-]*$")


class _IdentityClaims(Identity):
    exp: float


class _VisitorClaims(BaseModel):
    sub: Annotated[str, Field(min_length=1, max_length=300)]
    aud: str
    exp: float
    user: Identity | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """What a visitor token proves."""

    thread: ExternalId
    identity: Identity | None = field(default=None)


def origin_allowed(origin: str, own_origin: str, patterns: Sequence[str]) -> bool:
    """Tell whether a page of this origin may talk to the chat.

    `origin` as the browser sends it, or "" for the hub's own pages; `own_origin` is the hub's public one.
    A pattern is an exact origin, or `https://*.example.com`, which means its subdomains at any depth
    but not example.com itself. Ports must match.
    """
    origin = origin.lower()
    if origin in {"", own_origin.lower()}:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    for pattern in patterns:
        if origin == pattern:
            return True
        wanted = urlsplit(pattern)
        if (
            wanted.netloc.startswith("*.")
            and parts.scheme == wanted.scheme
            and parts.netloc.endswith(wanted.netloc[1:])
            and len(parts.netloc) >= len(wanted.netloc)
        ):
            return True
    return False


def visitor_token(
    thread: ExternalId, identity: Identity | None, channel_id: ChannelId, secret: str, now: datetime
) -> str:
    """Return the token by which a browser proves, next time, that it is this visitor of this channel."""
    life = IDENTIFIED_LIFE if identity else ANONYMOUS_LIFE
    claims: dict[str, object] = {"sub": thread, "aud": channel_id.hex, "exp": int((now + life).timestamp())}
    if identity:
        claims["user"] = identity.model_dump(exclude_defaults=True)
    from joserfc import jwt  # here and below not at the top: a start needs no token yet
    from joserfc.jwk import OctKey

    return jwt.encode({"alg": _ALGORITHM}, claims, OctKey.import_key(secret))


def read_visitor_token(token: str, channel_id: ChannelId, secret: str, now: datetime) -> Pass:
    """Return what one of our own tokens proves.

    Raises WebhookRejected if it is forged, expired, or of another channel; the signature is compared in
    constant time (joserfc uses hmac.compare_digest) and no algorithm but HS256 is accepted.
    """
    try:
        claims = _VisitorClaims.model_validate(_signed_claims(token, secret))
    except ValueError:
        raise WebhookRejected("This visitor token is not one of ours. Reload the page to start afresh.") from None
    if claims.aud != channel_id.hex:
        raise WebhookRejected("This visitor token belongs to another chat. Reload the page to start afresh.")
    if claims.exp <= now.timestamp():
        raise WebhookRejected("This visitor token has expired. Reload the page to start afresh.")
    return Pass(ExternalId(claims.sub), claims.user)


def read_identity(token: str, secrets: Sequence[str], now: datetime) -> Identity:
    """Return whom the website vouches for in an identity token: an HS256 JWT of {id, name, email, phone, exp}.

    `secrets` are the channel's identity secret and, while it is being changed, the former one.
    Raises WebhookRejected, in words for the website's developer.
    """
    for secret in secrets:
        try:
            claims = _signed_claims(token, secret)
        except ValueError:
            continue
        if isinstance(claims.get("id"), int):
            claims = {**claims, "id": str(claims["id"])}
        try:
            identity = _IdentityClaims.model_validate(claims)
        except ValidationError as wrong:
            places = ", ".join(sorted({str(error["loc"][0]) for error in wrong.errors() if error["loc"]}))
            raise WebhookRejected(
                f"The identity token is signed well, but these claims are missing or wrong: {places}. "
                "It needs `id` and `exp`, and may have `name`, `email` and `phone`."
            ) from None
        if identity.exp <= (now - LEEWAY).timestamp():
            raise WebhookRejected("The identity token has expired. Sign a new one each time the page is made.")
        return Identity.model_validate(identity.model_dump(exclude={"exp"}))
    raise WebhookRejected(
        "The identity token is not signed with this channel's identity secret (HS256). "
        "Sign it on your server with the secret from the channel's settings."
    )


def user_address(identity: Identity, channel_id: ChannelId) -> ExternalId:
    """Return the address of a website's user: their id there, told apart from other channels' users."""
    return ExternalId(f"{identity.id}@{channel_id.hex[-12:]}")


def _signed_claims(token: str, secret: str) -> Mapping[str, object]:
    """Return the claims of a token signed with the secret. Raises ValueError."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import OctKey

    if len(token) > _TOKEN_LIMIT or not token.isascii():
        raise ValueError("not a token")
    try:
        return jwt.decode(token, OctKey.import_key(secret), algorithms=[_ALGORITHM]).claims
    except JoseError as error:
        raise ValueError("not a token of this secret") from error
