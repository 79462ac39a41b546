"""Column types that mean the same on SQLite and PostgreSQL: times, ids, words, texts, JSON."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

BigSerial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A rising number as primary key: SQLite's rowid must be declared INTEGER."""


def to_microseconds(value: datetime) -> int:
    """Return microseconds since 1970 in UTC. Raises ValueError for a naive time."""
    if value.tzinfo is None:
        raise ValueError(f"The time {value} has no zone; all times are UTC and aware.")
    return (value - EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    """Return the aware UTC time of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out, always UTC. Microseconds since 1970 on SQLite, whose own dates drop the offset."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        native = sa.DateTime(timezone=True) if dialect.name == "postgresql" else sa.BigInteger()
        return dialect.type_descriptor(native)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Convert on the way in."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            if value.tzinfo is None:
                raise ValueError(f"The time {value} has no zone; all times are UTC and aware.")
            return value
        return to_microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Convert on the way out."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else from_microseconds(value)


class Id(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 16 bytes on SQLite; both sort as the number does."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        native: TypeEngine[Any] = postgresql.UUID(as_uuid=True) if dialect.name == "postgresql" else sa.LargeBinary(16)
        return dialect.type_descriptor(native)

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Convert on the way in."""
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """Convert on the way out."""
        if value is None:
            return None
        return UUID(int=int(value)) if dialect.name == "postgresql" else UUID(bytes=value)


class Word(TypeDecorator[StrEnum]):
    """An enum by its value."""

    impl = sa.String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__(32)
        self.words = words
        self._members: dict[str, StrEnum] = {member.value: member for member in words}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Convert on the way in."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Convert on the way out."""
        return None if value is None else self._members[value]


def clean(text: str) -> str:
    """Replace what UTF-8 and PostgreSQL cannot hold: the character NUL and lone surrogates."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        # Pairs of surrogates that stand for one character are joined; lone ones become the replacement character.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class Words(TypeDecorator[str]):
    """A text anybody may have written: characters no database holds are replaced, never refused."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Convert on the way in."""
        return None if value is None else clean(value)


def _clean_deep(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(str(key)): _clean_deep(item) for key, item in value.items()}
        case list() | tuple():
            return [_clean_deep(item) for item in value]
        case _:
            return value


def dump_json(value: Any) -> str:
    """Write JSON that both engines can hold."""
    try:
        text = orjson.dumps(value, default=_plain).decode()
    except TypeError:  # a lone surrogate, or keys that are not texts
        return orjson.dumps(_clean_deep(value), default=_plain).decode()
    return text if "\\u0000" not in text else orjson.dumps(_clean_deep(value), default=_plain).decode()


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return dict(value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


load_json: Callable[[Any], Any] = orjson.loads

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
