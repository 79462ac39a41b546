"""Hashes and verifies passwords with argon2id, off the event loop and never more at once than memory allows."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = 2  # one hash takes 64 MiB and a core for about 0.1 s
_WAITING = 30


class TooManySigningIn(Exception):
    """So many passwords wait to be checked that another would only time out."""


class Passwords:
    """Argon2id with the library's defaults (RFC 9106, low memory)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._nobody = self._hasher.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """Return what is stored of a password."""
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether the password fits; takes as long when nothing is stored. Raises TooManySigningIn."""
        if self._waiting >= _WAITING:
            raise TooManySigningIn
        self._waiting += 1
        try:
            async with self._slots:
                fits = await asyncio.to_thread(self._fits, stored or self._nobody, password)
        finally:
            self._waiting -= 1
        return fits and stored is not None

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
