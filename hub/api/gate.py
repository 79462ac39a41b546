"""The gate every request passes: who calls, by cookie or token; no forged request; only with the right to it."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Access, Operation
from hub.api.caller import Caller, authorise, not_signed_in
from hub.api.deps import ApiDeps
from hub.services import logins

CSRF_HEADER = "X-CSRF-Token"
BEARER_PROTOCOL = "bearer."
"""A program in a browser offers the WebSocket protocols `hub.v1` and `bearer.<token>`."""
LANGUAGE = web.RequestKey("language", str)
"""What the caller of a request reads, once it is known who calls."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MAX_SECRET = 200
_REMEMBERED = 10_000
RENEW_EVERY = timedelta(minutes=5)


class Gate:
    """Lets a request through to an operation, or raises Problem."""

    def __init__(self, deps: ApiDeps, supplied: Mapping[type, object] | None = None) -> None:
        """Take what handlers may ask for beside the dependencies and the caller, by type."""
        self._deps = deps
        self._supplied = dict(supplied or {})
        self._written: dict[str, datetime] = {}

    async def __call__(self, request: web.Request, operation: Operation) -> Mapping[type, object]:
        """Return what the operation's handler is given."""
        caller = None if operation.needs is Access.anyone else await self.caller(request)
        if caller is not None:
            request[LANGUAGE] = caller.language
        authorise(caller, operation)
        if request.method not in _SAFE:
            if caller is None:
                check_origin(request, self._deps.public_url, required=False)
            elif caller.user is not None:
                check_origin(request, self._deps.public_url, required=True)
                _check_csrf(request, caller)
        return {**self._supplied, ApiDeps: self._deps, Caller: caller}

    async def caller(self, request: web.Request) -> Caller | None:
        """Find out who calls; None if the request proves nothing.

        Raises Problem 401 for a token that is wrong, revoked or expired.
        """
        token = _bearer(request)
        address = client_address(request, self._deps)
        if token:
            return await self._program(token, address)
        secret = request.cookies.get(cookie_name(secure=self._deps.secure), "")
        if not secret or len(secret) > _MAX_SECRET:
            return None
        return await self._person(secret, address)

    async def _program(self, secret: str, address: str) -> Caller:
        proof, now = logins.digest(secret), self._deps.now()
        async with self._deps.storage.read() as uow:
            token = await logins.token_of(uow, secret, now)
        if token is None:
            raise not_signed_in("This token is not valid: it is wrong, was revoked or has expired.")
        if self._due(proof, now):
            async with self._deps.storage.begin() as uow:
                await logins.token_of(uow, secret, now)  # notes that it was used
        return Caller(token=token, proof=proof, address=address)

    async def _person(self, secret: str, address: str) -> Caller | None:
        proof, now = logins.digest(secret), self._deps.now()
        async with self._deps.storage.read() as uow:
            user = await uow.users.session_user(proof, now)
        if user is None:
            return None
        if self._due(proof, now):
            async with self._deps.storage.begin() as uow:
                await uow.users.renew_session(proof, expires_at=now + self._deps.session_idle)
        return Caller(user=user, proof=proof, csrf=csrf_of(secret), address=address)

    def _due(self, proof: str, now: datetime) -> bool:
        """Tell whether it is time to write down that a session or token is used: not every request shall write."""
        last = self._written.get(proof)
        if last is not None and now - last < min(RENEW_EVERY, self._deps.session_idle / 10):
            return False
        if len(self._written) >= _REMEMBERED:
            self._written.clear()
        self._written[proof] = now
        return True


def csrf_of(secret: str) -> str:
    """Return the CSRF token of a session: known to who knows the cookie, and no way back to it."""
    return hmac.new(secret.encode("utf-8", "surrogateescape"), b"csrf", sha256).hexdigest()


def cookie_name(*, secure: bool) -> str:
    """Return the session cookie's name; the prefix binds it to this very host, which browsers demand TLS for."""
    return "__Host-hub_session" if secure else "hub_session"


def session_cookie(secret: str, age: timedelta, *, secure: bool) -> tuple[str, str]:
    """Return the header that gives a browser its session, or takes it back with an empty secret."""
    parts = [f"{cookie_name(secure=secure)}={secret}", "Path=/", f"Max-Age={int(age.total_seconds())}"]
    return "Set-Cookie", "; ".join([*parts, "HttpOnly", "SameSite=Lax", *(["Secure"] if secure else [])])


def client_address(request: web.Request, deps: ApiDeps) -> str:
    """Return the address of the client; X-Forwarded-For counts from the right as far as proxies are ours."""
    address = request.remote or ""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while hops and deps.trusts_proxy(address):
        address = hops.pop()[:64]
    return address


def check_origin(request: web.Request, public_url: str, *, required: bool) -> None:
    """Raise Problem 403 if a browser says the request comes from another site."""
    origin = request.headers.get("Origin")
    if origin is None:
        if required:
            raise Problem(403, "The request does not say which site it comes from (header Origin).", kind="csrf")
        return
    if origin == public_url or urlsplit(origin).netloc == request.host:
        return
    raise Problem(403, "The request comes from another site.", kind="csrf")


def _bearer(request: web.Request) -> str:
    """Return the token of the header, or of a WebSocket's offered protocols, where browsers can set no header."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return next((p.strip().removeprefix(BEARER_PROTOCOL) for p in offered if p.strip().startswith(BEARER_PROTOCOL)), "")


def _check_csrf(request: web.Request, caller: Caller) -> None:
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), caller.csrf.encode()):
        raise Problem(403, f"The header {CSRF_HEADER} is missing or old. Reload the page.", kind="csrf")
