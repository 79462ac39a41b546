"""Signing in: throttled by account and address, equally slow for strangers, a new session each time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Outgoing, supplied
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.gate import cookie_name, csrf_of, hash_secret, new_secret
from hub.api.passwords import Passwords, TooManySigningIn
from hub.domain.user import User
from hub.ports import UnitOfWork

WINDOW = timedelta(minutes=15)
PAIR_LIMIT = 5
"""Failed logins for one account from one address."""
ACCOUNT_LIMIT = 30
"""Failed logins for one account from anywhere: above what a forgetful person tries, below what guessing needs."""
ADDRESS_LIMIT = 50
"""Failed logins from one address: an office behind one address has many people."""


@supplied
class Login:
    """Checks passwords and makes sessions."""

    def __init__(self, deps: ApiDeps, passwords: Passwords) -> None:
        self._deps = deps
        self.passwords = passwords

    async def user(self, email: str, password: str, address: str) -> User:
        """Return the person. Raises Problem 401 with the same words for every mismatch, 429 after too many."""
        email = email.strip().lower()
        limits = _limits(email, address)
        async with self._deps.storage.begin() as uow:
            await self._throttle(uow, limits)
            user = await uow.users.by_email(email)
            stored = await uow.users.password_hash(user.id) if user and user.active else None
        fits = await self._verify(stored, password)
        async with self._deps.storage.begin() as uow:
            # Counted again: many requests at once must not pass together.
            await self._throttle(uow, limits)
            if user is None or not fits:
                for key in limits:
                    await uow.users.add_failure(key, self._deps.now())
            else:
                await uow.users.clear_failures(_pair(email, address))
        if user is None or not fits:
            raise Problem(401, "The e-mail address or the password is wrong.", kind="wrong-password")
        return user

    async def _throttle(self, uow: UnitOfWork, limits: Mapping[str, int]) -> None:
        for key, limit in limits.items():
            if await uow.users.count_failures(key, self._deps.now(), WINDOW) >= limit:
                minutes = int(WINDOW.total_seconds() // 60)
                raise Problem(
                    429,
                    f"Too many failed attempts. Wait {minutes} minutes, or ask an admin to reset the password.",
                    headers={"Retry-After": str(int(WINDOW.total_seconds()))},
                )

    async def _verify(self, stored: str | None, password: str) -> bool:
        try:
            return await self.passwords.verify(stored, password)
        except TooManySigningIn:
            raise Problem(
                429, "Too many people are signing in at this moment. Try again.", headers={"Retry-After": "5"}
            ) from None

    async def change_password(self, caller: Caller, current: str, new: str) -> User:
        """Set a new password and end all of the person's sessions. Raises Problem 422 if `current` is wrong."""
        person = caller.person
        limits = {_pair(person.email.lower(), caller.address): PAIR_LIMIT}
        async with self._deps.storage.begin() as uow:
            await self._throttle(uow, limits)
            stored = await uow.users.password_hash(person.id)
        if not await self._verify(stored, current):
            async with self._deps.storage.begin() as uow:
                for key in limits:
                    await uow.users.add_failure(key, self._deps.now())
            raise Problem(422, "The current password is wrong.", kind="wrong-password")
        _check_new(person, current, new)
        hashed = await self.passwords.hash(new)
        async with self._deps.storage.begin() as uow:
            await uow.users.set_password(person.id, hashed, must_change=False)
            await uow.users.end_sessions(person.id)
        return replace(person, must_change_password=False)

    async def start_session(self, user: User, outgoing: Outgoing, *, address: str, old: str = "") -> Caller:
        """Make a session and give its cookie to the browser; `old` is the hash of the session it replaces."""
        secret = new_secret()
        now = self._deps.now()
        async with self._deps.storage.begin() as uow:
            if old:
                await uow.users.end_session(old)
            await uow.users.add_session(hash_secret(secret), user.id, now=now, expires_at=now + self._deps.session_idle)
        outgoing.headers.append(("Set-Cookie", self._cookie(secret, self._deps.session_limit)))
        return Caller(user=user, proof=hash_secret(secret), csrf=csrf_of(secret), address=address)

    async def end_session(self, caller: Caller, outgoing: Outgoing) -> None:
        """End the session and take the cookie back."""
        async with self._deps.storage.begin() as uow:
            await uow.users.end_session(caller.proof)
        outgoing.headers.append(("Set-Cookie", self._cookie("", timedelta(0))))

    def _cookie(self, value: str, age: timedelta) -> str:
        secure = self._deps.secure
        parts = [f"{cookie_name(secure=secure)}={value}", "Path=/", f"Max-Age={int(age.total_seconds())}"]
        return "; ".join([*parts, "HttpOnly", "SameSite=Lax", *(["Secure"] if secure else [])])


def _check_new(person: User, current: str, new: str) -> None:
    if new == current:
        raise Problem(422, "The new password is the current one. Choose another.")
    if new.casefold() in {person.email.casefold(), person.name.casefold()}:
        raise Problem(422, "The new password is your name or address. Choose one that nobody can guess.")


def _limits(email: str, address: str) -> Mapping[str, int]:
    return {
        _pair(email, address): PAIR_LIMIT,
        f"account:{_digest(email)}": ACCOUNT_LIMIT,
        f"address:{_digest(address)}": ADDRESS_LIMIT,
    }


def _pair(email: str, address: str) -> str:
    return f"pair:{_digest(f'{email} {address}')}"


def _digest(text: str) -> str:
    # Whatever was typed into the form, maybe a password, is not stored.
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
