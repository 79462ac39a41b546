"""Lets people in and keeps guessers out: login with throttling, sessions, and access tokens of programs."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.domain.errors import Forbidden, HubError, Invalid, NotFound
from hub.domain.ids import UserId
from hub.domain.retry import in_words
from hub.domain.user import Action, User
from hub.domain.views import TokenView
from hub.ports import Storage, UnitOfWork
from hub.services import passwords
from hub.services.ids import new_id

FAILURE_WINDOW = timedelta(minutes=15)
BUSY_PAUSE = timedelta(seconds=5)
FAILURES_PER_USER = 10
FAILURES_PER_ADDRESS = 50
"""An office shares one address, so it may fail more often than one person."""

TOKEN_PREFIX = "hub_"  # noqa: S105 - a mark by which secret scanners know our tokens, not a secret
_TOKEN_NAME_LIMIT = 100


class TooManyAttempts(HubError):
    """Too many logins failed; `retry_after` tells for how long none is tried."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"Too many logins failed. Wait {in_words(retry_after)} and try again.")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session just begun. The token goes into the cookie and is kept nowhere else."""

    user: User
    token: str = field(repr=False)
    expires_at: datetime


def digest(token: str) -> str:
    """Return what is stored of a session's or a program's token: enough to find it, useless to a thief.

    Tokens hold 256 random bits, so a plain hash is as good as a slow one.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def log_in(
    storage: Storage, *, email: str, password: str, address: str, lifetime: timedelta, now: datetime
) -> Session:
    """Begin a session. `address` is the client's network address.

    Raises Forbidden, with the same words and after the same work whether user or password is wrong, and
    TooManyAttempts. The password is checked outside a transaction: it takes long.
    """
    tidy = email.strip().lower()[:254]
    limits = ((f"user:{tidy}", FAILURES_PER_USER), (f"address:{address}", FAILURES_PER_ADDRESS))
    async with storage.read() as uow:
        await _check_failures(uow, limits, now)
        user = await uow.users.by_email(tidy)
        stored = await uow.users.password_hash(user.id) if user is not None and user.active else None
    try:
        right = await passwords.verify(stored, password)
    except passwords.Busy as busy:
        raise TooManyAttempts(BUSY_PAUSE) from busy
    renewed = await passwords.hash_password(password) if right and stored and passwords.needs_rehash(stored) else None
    async with storage.begin() as uow:
        await _check_failures(uow, limits, now)  # again: a thousand guesses at once all passed the first check
        if not right or user is None:
            for key, _ in limits:
                await uow.users.add_failure(key, now)
        else:
            if renewed is not None:
                await uow.users.set_password(user.id, renewed, must_change=user.must_change_password)
            await uow.users.clear_failures(limits[0][0])
            return await begin_session(uow, user, lifetime=lifetime, now=now)
    raise Forbidden("The mail address or the password is wrong.")


async def _check_failures(uow: UnitOfWork, limits: Iterable[tuple[str, int]], now: datetime) -> None:
    for key, limit in limits:
        if await uow.users.count_failures(key, now, FAILURE_WINDOW) >= limit:
            raise TooManyAttempts(FAILURE_WINDOW)


async def begin_session(uow: UnitOfWork, user: User, *, lifetime: timedelta, now: datetime) -> Session:
    """Begin a session for somebody who has proven who they are."""
    token = secrets.token_urlsafe(32)
    await uow.users.add_session(digest(token), user.id, now=now, expires_at=now + lifetime)
    return Session(user=user, token=token, expires_at=now + lifetime)


async def confirm_password(storage: Storage, user: User, password: str, *, now: datetime) -> bool:
    """Tell whether a person knows their password, counting failures as a login does. Raises TooManyAttempts."""
    limits = ((f"user:{user.email}", FAILURES_PER_USER),)
    async with storage.read() as uow:
        await _check_failures(uow, limits, now)
        stored = await uow.users.password_hash(user.id)
    try:
        right = await passwords.verify(stored, password)
    except passwords.Busy as busy:
        raise TooManyAttempts(BUSY_PAUSE) from busy
    if not right:
        async with storage.begin() as uow:
            await _check_failures(uow, limits, now)
            await uow.users.add_failure(limits[0][0], now)
    return right


async def log_out(uow: UnitOfWork, token: str) -> None:
    """End a session."""
    await uow.users.end_session(digest(token))


async def renew(uow: UnitOfWork, session_digest: str, *, lifetime: timedelta, now: datetime) -> None:
    """Let a session in use go on; storage keeps it within its absolute limit of 30 days."""
    await uow.users.renew_session(session_digest, expires_at=now + lifetime)


async def session_user(uow: UnitOfWork, token: str, now: datetime) -> User | None:
    """Return whose living session a token is."""
    return await uow.users.session_user(digest(token), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A program's new access token; its secret is told once."""

    token: TokenView
    secret: str = field(repr=False)


async def create_token(
    uow: UnitOfWork,
    *,
    name: str,
    actions: Collection[Action],
    by: UserId | None,
    now: datetime,
    expires_at: datetime | None = None,
) -> NewToken:
    """Make an access token for a program that may do these actions. Raises Invalid."""
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= _TOKEN_NAME_LIMIT:
        raise Invalid("Give the token a name of 1 to 100 characters, such as what uses it.")
    if not actions:
        raise Invalid("Choose at least one thing the token may do.")
    if expires_at is not None and expires_at <= now:
        raise Invalid("The token would have expired already. Choose a later time.")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = TokenView(
        id=str(new_id()),
        name=tidy,
        actions=tuple(sorted(action.value for action in set(actions))),
        created_at=now,
        created_by=by,
        last_used_at=None,
        expires_at=expires_at,
    )
    await uow.users.add_token(token, digest(secret))
    return NewToken(token=token, secret=secret)


async def token_of(uow: UnitOfWork, secret: str, now: datetime) -> TokenView | None:
    """Return the living token with this secret."""
    return await uow.users.token(digest(secret), now) if secret.startswith(TOKEN_PREFIX) else None


async def revoke_token(uow: UnitOfWork, token_id: str) -> None:
    """End a program's access. Raises NotFound."""
    if all(token.id != token_id for token in await uow.users.tokens()):
        raise NotFound("There is no such token; it may have been revoked already.")
    await uow.users.revoke_token(token_id)
