"""/hooks: outgoing webhooks and the log of what was sent to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line
from hub.domain.changes import ChangeKind
from hub.domain.errors import NotFound
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.ids import UserId
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services import hooks
from hub.services.unset import UNSET

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
    async with deps.storage.read() as uow:
        return tuple(_view(hook) for hook in await uow.hooks.all())


@routes.post("/hooks", Action.hooks_write)
async def create_hook(deps: ApiDeps, caller: Caller, body: NewHook) -> Created[NewHookView]:
    """Add a webhook. Its secret is told once: repeating the request gives null in its place."""
    async with deps.storage.begin() as uow:
        made = await hooks.create(
            uow,
            id=body.id,
            url=body.url,
            kinds=body.kinds,
            description=body.description,
            by=caller.user_id,
            now=deps.now(),
        )
    secret = made.record.secret if made.created else None
    return Created(NewHookView(hook=_view(made.record), secret=secret), new=made.created)


@routes.patch("/hooks/{hook_id}", Action.hooks_write)
async def change_hook(deps: ApiDeps, hook_id: UUID, body: HookEdit) -> HookView:
    """Change a webhook, or switch it on or off."""
    edit = hooks.Edit(
        url=UNSET if body.url is None else body.url,
        kinds=UNSET if body.kinds is None else body.kinds,
        description=UNSET if body.description is None else body.description,
        active=UNSET if body.active is None else body.active,
    )
    async with deps.storage.begin() as uow:
        return _view(await hooks.change(uow, hook_id, edit))


@routes.delete("/hooks/{hook_id}", Action.hooks_write)
async def delete_hook(deps: ApiDeps, hook_id: UUID) -> None:
    """Delete a webhook and its log."""
    async with deps.storage.begin() as uow:
        await hooks.delete(uow, hook_id)


@routes.get("/hooks/{hook_id}/deliveries", Action.hooks_write)
async def list_hook_deliveries(
    deps: ApiDeps, hook_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[HookDeliveryView]:
    """List what was sent to a webhook, the newest first."""
    async with deps.storage.read() as uow:
        if await uow.hooks.get(hook_id) is None:
            raise NotFound("There is no such webhook; it may have been deleted.")
        page = await uow.hooks.deliveries(hook_id, cursor, limit)
    return Page(items=tuple(_delivery_view(delivery) for delivery in page.items), next=page.next)


@routes.post("/hook-deliveries/{delivery_id}/retry", Action.hooks_write)
async def retry_hook_delivery(deps: ApiDeps, delivery_id: UUID) -> HookDeliveryView:
    """Send a delivery once more."""
    async with deps.storage.begin() as uow:
        return _delivery_view(await hooks.retry(uow, delivery_id, now=deps.now()))


def _delivery_view(delivery: HookDelivery) -> HookDeliveryView:
    values: dict[str, Any] = {name: getattr(delivery, name) for name in HookDeliveryView.__dataclass_fields__}
    return HookDeliveryView(**{**values, "body": delivery.body.decode("utf-8", "replace")})
