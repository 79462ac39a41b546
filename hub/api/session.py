"""/session: who am I, signing in and out, my password, name and language."""

from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp import web

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Access, Outgoing, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.gate import client_address, cookie_name, csrf_of, session_cookie
from hub.api.inputs import Email, Input, Language, Secret, Word
from hub.api.live.hub import LiveHub
from hub.domain.errors import Forbidden
from hub.domain.user import Action, User
from hub.services import logins, users
from hub.services.unset import UNSET

routes = Routes("session")


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
    new: Secret


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
        languages=users.LANGUAGES,
    )


@routes.get("/session", Access.signed_in, people_only=True)
async def get_session(deps: ApiDeps, caller: Caller) -> SessionView:
    """Say who is signed in."""
    return _view(deps, caller)


@routes.post("/session", Access.anyone, problems=(401, 403, 429))
async def sign_in(deps: ApiDeps, request: web.Request, outgoing: Outgoing, body: Credentials) -> SessionView:
    """Sign in. Sets the session cookie."""
    address = client_address(request, deps)
    try:
        session = await logins.log_in(
            deps.storage,
            email=body.email,
            password=body.password,
            address=address,
            lifetime=deps.session_idle,
            now=deps.now(),
        )
    except Forbidden as error:
        raise Problem(401, str(error), kind="wrong-password") from None
    replaced = request.cookies.get(cookie_name(secure=deps.secure), "")
    if replaced:
        async with deps.storage.begin() as uow:
            await logins.log_out(uow, replaced)
    return _begun(deps, session, outgoing)


@routes.delete("/session", Access.signed_in, people_only=True)
async def sign_out(deps: ApiDeps, caller: Caller, live: LiveHub, outgoing: Outgoing) -> None:
    """Sign out."""
    async with deps.storage.begin() as uow:
        await uow.users.end_session(caller.proof)
    outgoing.headers.append(session_cookie("", timedelta(0), secure=deps.secure))
    live.end_sessions({caller.proof})


@routes.post("/session/password", Access.signed_in, people_only=True, problems=(429,))
async def change_password(deps: ApiDeps, caller: Caller, outgoing: Outgoing, body: NewPassword) -> SessionView:
    """Change one's own password. Ends all sessions and starts a new one."""
    person = caller.person
    await users.change_password(deps.storage, person.id, current=body.current, new=body.new, now=deps.now())
    async with deps.storage.begin() as uow:
        await uow.users.end_sessions(person.id)
        user = replace(person, must_change_password=False)
        session = await logins.begin_session(uow, user, lifetime=deps.session_idle, now=deps.now())
    return _begun(deps, session, outgoing)


@routes.patch("/session", Access.signed_in, people_only=True)
async def change_profile(deps: ApiDeps, caller: Caller, body: Profile) -> SessionView:
    """Change one's own name or language."""
    edit = users.Edit(
        name=UNSET if body.name is None else body.name,
        language=UNSET if body.language is None else body.language,
    )
    async with deps.storage.begin() as uow:
        user = await users.change(uow, caller.person.id, edit)
    return _view(deps, replace(caller, user=user))


def _begun(deps: ApiDeps, session: logins.Session, outgoing: Outgoing) -> SessionView:
    outgoing.headers.append(session_cookie(session.token, deps.session_limit, secure=deps.secure))
    caller = Caller(user=session.user, proof=logins.digest(session.token), csrf=csrf_of(session.token))
    return _view(deps, caller)
