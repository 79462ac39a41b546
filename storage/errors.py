"""What goes wrong with a database, in words for the person who can mend it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Error as SqliteError

from sqlalchemy import exc
from sqlalchemy.connectors.asyncio import AsyncAdapt_Error

from hub.domain.errors import Conflict, HubError


class StorageError(HubError):
    """The database did not do what was asked; nothing of the transaction was kept."""


class StorageFull(StorageError):
    """There is no room left."""


class StorageBusy(StorageError):
    """Somebody else holds the database locked."""


class StorageUnreachable(StorageError):
    """The database cannot be opened or reached."""


_FULL = ("database or disk is full", "no space left", "disk full", "could not extend file", "disk i/o error")
_BUSY = (
    "database is locked",
    "database table is locked",
    "deadlock detected",
    "lock timeout",
    "canceling statement due",
)
_GONE = (
    "unable to open database file",
    "readonly database",
    "cannot connect",
    "connection refused",
    "connect call failed",
    "connection was closed",
    "connection is closed",
    "connection does not exist",
    "server closed the connection",
    "terminating connection",
    "too many clients",
    "password authentication failed",
    "name or service not known",
    "the database system is",
)
_MISSING = re.compile(r'(database|role) "[^"]*" does not exist')
_UNIQUE = ("unique", "duplicate key", "primary key")


def in_words(error: BaseException) -> HubError:
    """Return the error to raise instead of a driver's."""
    said = str(getattr(error, "orig", None) or error)
    lower = said.lower()
    if isinstance(error, exc.IntegrityError) or any(kind.__name__ == "IntegrityError" for kind in type(error).__mro__):
        if any(word in lower for word in _UNIQUE):
            return Conflict(f"This exists already, or somebody else was first ({_first_line(said)}).")
        return Conflict(f"The record no longer fits the others; it changed meanwhile ({_first_line(said)}).")
    if any(word in lower for word in _FULL):
        return StorageFull(
            f"The database has no room left ({_first_line(said)}). Free disk space or enlarge the volume;"
            " nothing was stored."
        )
    if any(word in lower for word in _BUSY):
        return StorageBusy(
            f"The database is locked by another program ({_first_line(said)}). Nothing was stored; try again,"
            " and end a backup or tool that keeps it open."
        )
    if (
        isinstance(error, (OSError, exc.InterfaceError, exc.TimeoutError))
        or any(word in lower for word in _GONE)
        or _MISSING.search(lower)
    ):
        return StorageUnreachable(
            f"The database cannot be reached or written ({_first_line(said)}). Check HUB_DATABASE_URL, that the"
            " server runs, and the rights on the file and its folder."
        )
    return StorageError(f"The database refused ({_first_line(said)}). Nothing was stored.")


@contextmanager
def translated() -> Iterator[None]:
    """Raise a driver's errors in words; ours pass unchanged."""
    try:
        yield
    except (exc.SQLAlchemyError, AsyncAdapt_Error, SqliteError, ConnectionError, TimeoutError) as error:
        raise in_words(error) from error


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300] if text.strip() else "no reason given"
