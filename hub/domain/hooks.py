"""Outgoing webhooks: where an integrator wants to be told what happened, and each attempt to tell."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hub.domain.changes import ChangeKind
from hub.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """An integrator's address and what it wants to hear."""

    id: UUID
    url: str
    secret: str = field(repr=False)
    """Signs each body: `X-Hub-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""
    kinds: tuple[ChangeKind, ...]
    """Empty means all."""
    active: bool = True
    description: str = ""
    created_at: datetime
    created_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDelivery:
    """One notice on its way to one hook."""

    id: UUID
    hook_id: UUID
    seq: int
    """The notice."""
    kind: ChangeKind
    body: bytes = field(repr=False)
    state: str
    """`queued`, `sent` or `failed` (given up)."""
    attempts: int = 0
    next_at: datetime | None = None
    status: int | None = None
    """The HTTP status last answered."""
    error: str = ""
    created_at: datetime
    sent_at: datetime | None = None
