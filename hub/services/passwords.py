"""Hashes and checks passwords with argon2id, off the event loop, and makes random ones."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from hub.domain.errors import HubError, Invalid

T = TypeVar("T")

MIN_LENGTH = 10
MAX_LENGTH = 256
"""Longer input is refused before it is hashed: hashing cost must not be the caller's choice."""

WAITING_LIMIT = 32
"""Passwords waiting to be hashed; whoever comes then is turned away, so that guessers cannot keep people out."""

_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what looks alike
_threads = ThreadPoolExecutor(2, "argon2")  # 64 MiB each: logins may queue, the machine may not run out of memory
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$wZ2PpPa8sDMBWiBYzE+snA$U+tCkSO4SK5ny82S8FZRqhopylnsECOPme4SGz6Ov2c"
"""Of a password nobody knows, compared where there is no user. Written out, since making one slows every start."""

_waiting = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What hashing one password takes. As it is, that is RFC 9106's low-memory profile."""

    memory: int = 65_536
    """KiB."""
    passes: int = 3
    lanes: int = 4

    def hasher(self) -> PasswordHasher:
        """Return what hashes at this cost."""
        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory, parallelism=self.lanes)


_hasher = Cost().hasher()
_nobodys = NOBODYS


def take(cost: Cost) -> None:
    """Hash at this cost from now on; a hub never takes another. For tests of what is not about guessing."""
    global _hasher, _nobodys
    _hasher = cost.hasher()
    _nobodys = NOBODYS if cost == Cost() else _hasher.hash(random_password())


class Busy(HubError):
    """Too many passwords are being checked at this moment."""

    def __init__(self) -> None:
        super().__init__("Too many people log in at this moment. Try again in a few seconds.")


def checked(password: str) -> str:
    """Return a password that may be set. Raises Invalid, in words."""
    if len(password) < MIN_LENGTH:
        raise Invalid(f"The password is too short: use at least {MIN_LENGTH} characters.")
    if len(password) > MAX_LENGTH:
        raise Invalid(f"The password is too long: at most {MAX_LENGTH} characters.")
    if len(set(password)) < 4:
        raise Invalid("The password is too simple: use more different characters.")
    return password


def random_password() -> str:
    """Return 20 random characters that are easy to read aloud: about 115 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))


async def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return await _in_thread(_hasher.hash, password)


async def verify(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right. Without a hash (no such user) it costs the same time and is False.

    Raises Busy.
    """
    if len(password) > MAX_LENGTH:
        return False
    matches = await _in_thread(_matches, password_hash or _nobodys, password)
    return matches and password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


async def _in_thread(work: Callable[..., T], *arguments: str) -> T:
    global _waiting
    if _waiting >= WAITING_LIMIT:
        raise Busy
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work, *arguments)
    finally:
        _waiting -= 1


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
