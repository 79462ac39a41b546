"""The statements SQLAlchemy has compiled, shared by every engine of this process.

Each engine would else compile for itself: SQLite's writer, its repeatable writer and its readers three times the same,
and a program that opens one database after another (a restore that proves itself, the tests) again each time.
"""

from collections.abc import Hashable
from typing import Any, TypeVar

from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.util import LRUCache

D = TypeVar("D")

_KEPT = 1_000
"""Statements: twice what SQLAlchemy keeps for one engine."""


class Statements(LRUCache[tuple[Any, ...], Compiled]):
    """Compiled statements by what they are and for what kind of server, whichever engine asked first.

    SQLAlchemy's key begins with the engine's own dialect object; all engines are made alike (`storage/engine.py`), so
    what tells their statements apart is the kind of database and its version.
    https://docs.sqlalchemy.org/en/20/core/connections.html#sql-compilation-caching
    """

    def get(self, key: tuple[Any, ...], default: D | None = None) -> Compiled | D | None:  # type: ignore[override]  # its overloads say the same
        """Return a compiled statement, if there is one."""
        return super().get(_whichever_engine(key), default)

    def __setitem__(self, key: tuple[Any, ...], value: Compiled) -> None:
        """Keep a compiled statement."""
        super().__setitem__(_whichever_engine(key), value)


def _whichever_engine(key: tuple[Any, ...]) -> tuple[Hashable, ...]:
    dialect: Dialect = key[0]
    return (dialect.name, getattr(dialect, "server_version_info", None), *key[1:])


SHARED = Statements(_KEPT)
