"""A provider's HTTP request and our answer, without any web framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """A request at the door, its body read whole and bounded."""

    method: str
    url: str
    """As the provider called it: built from HUB_PUBLIC_URL, never from Host or X-Forwarded headers."""
    headers: Mapping[str, str]
    """Lower-case names; of a repeated header the last value."""
    query: Mapping[str, str]
    body: bytes = field(repr=False)
    client: str = ""
    """The caller's network address, for rate limits; behind a proxy the one HUB_TRUSTED_PROXIES vouches for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookResponse:
    """What the door answers."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    """More headers: cross-origin permissions of a public form, `x-slack-no-retry`. They replace the door's own."""
    store: bool = True
    """False for a handshake that carries nothing to keep (a challenge, a ping)."""
