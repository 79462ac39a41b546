"""A conversation's signed token for our own reply addresses: `support+<token>@…` leads back to it, unforgeably.

The token is the conversation's id and 80 bits of HMAC-SHA256 over it, in lower-case base32: 42 characters that
survive mail systems which fold case, and leave room in a local part of 64 (RFC 5321 section 4.5.3.1.1).
"""

import hmac
from base64 import b32decode, b32encode
from hashlib import sha256
from uuid import UUID

from hub.domain.ids import ConversationId

LENGTH = 42
_MAC_BYTES = 10
_PURPOSE = b"hub reply token 1\0"  # one key signs several things; each under a name of its own


def sign(conversation_id: ConversationId, key: bytes) -> str:
    """Return the token of a conversation."""
    return b32encode(conversation_id.bytes + _mac(conversation_id.bytes, key)).decode().rstrip("=").lower()


def verify(token: str, *keys: bytes) -> ConversationId | None:
    """Return the conversation a token was made for under any of the keys, else None. Constant in the token."""
    text = token.strip().upper()
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        raw = b32decode(text + "=" * (-LENGTH % 8))
    except ValueError:
        return None
    body, mac = raw[:16], raw[16:]
    genuine = [hmac.compare_digest(mac, _mac(body, key)) for key in keys]
    return ConversationId(UUID(bytes=body)) if any(genuine) else None


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + body, sha256).digest()[:_MAC_BYTES]
