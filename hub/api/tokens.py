"""/tokens: how programs get in."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Time, Word
from hub.domain.errors import Forbidden
from hub.domain.user import Action
from hub.domain.views import TokenView
from hub.services import logins

routes = Routes("tokens")

TokenId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTokenView:
    """A new token and its secret, which is shown only now."""

    token: TokenView
    secret: str


class NewToken(Input):
    """What a program may do, and for how long."""

    name: Word
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=50)]
    expires_at: Time | None = None


@routes.get("/tokens", Action.tokens_write)
async def list_tokens(deps: ApiDeps) -> tuple[TokenView, ...]:
    """List the tokens of programs."""
    async with deps.storage.read() as uow:
        return tuple(await uow.users.tokens())


@routes.post("/tokens", Action.tokens_write)
async def create_token(deps: ApiDeps, caller: Caller, body: NewToken) -> Created[NewTokenView]:
    """Make a token. Nobody can hand on a right they do not have."""
    beyond = [action for action in body.actions if action not in caller.actions]
    if beyond:
        raise Forbidden(f"You do not have the right “{beyond[0]}” yourself, so you cannot give it to a program.")
    async with deps.storage.begin() as uow:
        made = await logins.create_token(
            uow,
            name=body.name,
            actions=body.actions,
            by=caller.user_id,
            now=deps.now(),
            expires_at=body.expires_at,
        )
    return Created(NewTokenView(token=made.token, secret=made.secret))


@routes.delete("/tokens/{token_id}", Action.tokens_write)
async def revoke_token(deps: ApiDeps, token_id: TokenId) -> None:
    """End a program's access at once."""
    async with deps.storage.begin() as uow:
        await logins.revoke_token(uow, token_id)
