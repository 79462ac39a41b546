"""Addresses by which a mail's reader rates: one for each score, signed, leading to a page that asks before it records.

A token is the rating's id and 128 bits of HMAC-SHA256 over it, in URL-safe base64: whoever has it can rate that one
conversation while its answers are taken, and nobody can make another.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from hub.domain.survey.rating import RatingId

LENGTH = 43
_MAC_BYTES = 16
_PURPOSE = b"hub rating 1\0"  # one key signs several things; each under a name of its own


def sign(rating_id: RatingId, key: bytes) -> str:
    """Return the token of a rating."""
    return urlsafe_b64encode(rating_id.bytes + _mac(rating_id.bytes, key)).decode().rstrip("=")


def verify(token: str, *keys: bytes) -> RatingId | None:
    """Return the rating of a token if it was made under any of the keys, else None."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token + "=")
    except ValueError:
        return None
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    genuine = [hmac.compare_digest(mac, _mac(body, key)) for key in keys]
    return RatingId(UUID(bytes=body)) if any(genuine) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLinks:
    """Makes addresses under the hub's public one."""

    public_url: str
    key: bytes

    def link(self, rating_id: RatingId, score: int) -> str:
        """Return the address at which this score can be given."""
        return f"{self.public_url}/rate/{sign(rating_id, self.key)}?score={score}"


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + body, sha256).digest()[:_MAC_BYTES]
