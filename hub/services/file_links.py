"""Public addresses of single files that end by themselves: for providers that fetch what we send.

A link's token is the file's id, which of its forms is meant, the second it ends, and 128 bits of HMAC-SHA256 over
them, in URL-safe base64: whoever has it can read that one file until then, and nobody can make another.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from hub.domain.ids import AttachmentId

LENGTH = 51
LONGEST = timedelta(days=30)
_MAC_BYTES = 16
_PURPOSE = b"hub public file 1\0"  # one key signs several things; each under a name of its own
_INSIDE = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid")


class Form(IntEnum):
    """Which form of the file a link gives."""

    original = 0
    converted = 1
    """A voice note as its channel wants it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a genuine token leads to."""

    attachment_id: AttachmentId
    form: Form
    ends: datetime


def sign(attachment_id: AttachmentId, form: Form, ends: datetime, key: bytes) -> str:
    """Return the token of a file; it is good until `ends`, whole seconds."""
    body = bytes([form]) + attachment_id.bytes + int(ends.timestamp()).to_bytes(5, "big")
    return urlsafe_b64encode(body + _mac(body, key)).decode().rstrip("=")


def verify(token: str, now: datetime, *keys: bytes) -> Linked | None:
    """Return what a token leads to if it was made under any of the keys and has not ended, else None."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token + "=" * (-LENGTH % 4))
        form = Form(raw[0])
    except ValueError:
        return None
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    genuine = [hmac.compare_digest(mac, _mac(body, key)) for key in keys]
    if not any(genuine):
        return None
    ends = datetime.fromtimestamp(int.from_bytes(body[17:], "big"), UTC)
    if now >= ends:
        return None
    return Linked(attachment_id=AttachmentId(UUID(bytes=body[1:17])), form=form, ends=ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLinks:
    """Makes links under the hub's public address."""

    public_url: str
    key: bytes

    def link(self, attachment_id: AttachmentId, form: Form, valid: timedelta, now: datetime) -> str:
        """Return the address of a file that works for so long, at most 30 days."""
        return f"{self.public_url}/files/{sign(attachment_id, form, now + min(valid, LONGEST), self.key)}"


def is_public(url: str) -> bool:
    """Tell whether providers out in the network can reach this address: no loopback, private or local name."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_INSIDE)


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + body, sha256).digest()[:_MAC_BYTES]
