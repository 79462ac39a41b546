"""/hooks: outgoing webhooks and the log of what was sent to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Line
from hub.domain.changes import ChangeKind
from hub.domain.hooks import Hook
from hub.domain.ids import UserId
from hub.domain.user import Action

routes = Routes("hooks")

Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s\x00]+$")]
Kinds = Annotated[tuple[ChangeKind, ...], Field(max_length=50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookView:
    """An outgoing webhook, without its secret."""

    id: UUID
    url: str
    kinds: tuple[ChangeKind, ...]
    """Empty means all."""
    active: bool
    description: str
    created_at: datetime
    created_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHookView:
    """A new webhook and the secret that signs its bodies, which is shown only now."""

    hook: HookView
    secret: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDeliveryView:
    """One attempt after the other to tell one hook one thing."""

    id: UUID
    hook_id: UUID
    seq: int
    kind: ChangeKind
    body: str
    state: str
    attempts: int
    next_at: datetime | None
    status: int | None
    error: str
    created_at: datetime
    sent_at: datetime | None


class NewHook(Input):
    """Where to tell what happens."""

    id: UUID
    url: Url
    kinds: Kinds = ()
    description: Line = ""


class HookEdit(Input):
    """What shall change; what is left out stays."""

    url: Url | None = None
    kinds: Kinds | None = None
    description: Line | None = None
    active: bool | None = None


def _view(hook: Hook) -> HookView:
    return HookView(**{name: getattr(hook, name) for name in HookView.__dataclass_fields__})


@routes.get("/hooks", Action.hooks_write)
async def list_hooks(deps: ApiDeps) -> tuple[HookView, ...]:
    """List the outgoing webhooks."""
    async with deps.storage.begin() as uow:
        return tuple(_view(hook) for hook in await uow.hooks.all())
