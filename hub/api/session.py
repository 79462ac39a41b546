"""/session: who am I, signing in and out, my password, name and language."""

from dataclasses import dataclass, replace

from aiohttp import web

from hub.api._framework.routing import Access, Outgoing, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.gate import client_address, cookie_name, hash_secret
from hub.api.inputs import Email, Input, Language, Password, Secret, Word
from hub.api.login import Login
from hub.domain.changes import Change, ChangeKind
from hub.domain.user import Action, User

routes = Routes("session")

LANGUAGES = ("en", "ko", "pl")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Who is signed in and what they may do."""

    user: User
    csrf: str
    """To be sent back as `X-CSRF-Token` with every request that changes something."""
    permissions: tuple[Action, ...]
    must_change_password: bool
    """Until it is changed, nothing else is allowed."""
    version: str
    languages: tuple[str, ...]


class Credentials(Input):
    """What a person signs in with."""

    email: Email
    password: Secret


class NewPassword(Input):
    """A change of one's own password."""

    current: Secret
    new: Password


class Profile(Input):
    """What people change about themselves; what is left out stays."""

    name: Word | None = None
    language: Language | None = None


def _view(deps: ApiDeps, caller: Caller) -> SessionView:
    person = caller.person
    return SessionView(
        user=person,
        csrf=caller.csrf,
        permissions=tuple(sorted(caller.actions)),
        must_change_password=person.must_change_password,
        version=deps.version,
        languages=LANGUAGES,
    )


@routes.get("/session", Access.signed_in, people_only=True)
async def get_session(deps: ApiDeps, caller: Caller) -> SessionView:
    """Say who is signed in."""
    return _view(deps, caller)


@routes.post("/session", Access.anyone, problems=(401, 403, 429))
async def sign_in(
    deps: ApiDeps, login: Login, request: web.Request, outgoing: Outgoing, body: Credentials
) -> SessionView:
    """Sign in. Sets the session cookie."""
    address = client_address(request, deps)
    user = await login.user(body.email, body.password, address)
    replaced = request.cookies.get(cookie_name(secure=deps.secure), "")
    old = hash_secret(replaced) if replaced else ""
    return _view(deps, await login.start_session(user, outgoing, address=address, old=old))


@routes.delete("/session", Access.signed_in, people_only=True)
async def sign_out(login: Login, caller: Caller, outgoing: Outgoing) -> None:
    """Sign out."""
    await login.end_session(caller, outgoing)


@routes.post("/session/password", Access.signed_in, people_only=True, problems=(429,))
async def change_password(
    deps: ApiDeps, login: Login, caller: Caller, outgoing: Outgoing, body: NewPassword
) -> SessionView:
    """Change one's own password. Ends all sessions and starts a new one."""
    user = await login.change_password(caller, body.current, body.new)
    return _view(deps, await login.start_session(user, outgoing, address=caller.address))


@routes.patch("/session", Access.signed_in, people_only=True)
async def change_profile(deps: ApiDeps, caller: Caller, body: Profile) -> SessionView:
    """Change one's own name or language."""
    person = caller.person
    user = replace(person, name=body.name or person.name, language=body.language or person.language)
    async with deps.storage.begin() as uow:
        await uow.users.update(user)
        uow.note(Change(kind=ChangeKind.users_changed, subject_id=user.id))
    return _view(deps, replace(caller, user=user))
