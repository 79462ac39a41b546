"""The metadata, and short words for the columns that tables are made of."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, ForeignKey, Integer

from storage.types import Id, Json, UtcDateTime, Word, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(name: str = "id") -> Column[Any]:
    """Return the primary key."""
    return Column(name, Id, primary_key=True)


def ref(name: str, target: str, *, null: bool = False, gone: str = "CASCADE", index: bool = False) -> Column[Any]:
    """Return a checked reference to another table's row."""
    return Column(name, Id, ForeignKey(target, ondelete=gone), nullable=null, index=index)


def loose_id(name: str, *, null: bool = False) -> Column[Any]:
    """Return an id that is not checked: of something that may go, or where the check would cost too much."""
    return Column(name, Id, nullable=null)


def time(name: str, *, null: bool = False) -> Column[Any]:
    """Return a moment, UTC."""
    return Column(name, UtcDateTime, nullable=null)


def text(name: str, *, null: bool = False) -> Column[Any]:
    """Return a text."""
    return Column(name, Words, nullable=null)


def word(name: str, words: type[StrEnum], *, null: bool = False) -> Column[Any]:
    """Return a column for one of an enum's values."""
    return Column(name, Word(words), nullable=null)


def flag(name: str) -> Column[Any]:
    """Return a yes or no, no at first."""
    return Column(name, Boolean, nullable=False, server_default=sa.false())


def number(name: str, *, null: bool = False) -> Column[Any]:
    """Return a whole number."""
    return Column(name, Integer, nullable=null)


def json(name: str) -> Column[Any]:
    """Return a JSON document."""
    return Column(name, Json, nullable=False)
