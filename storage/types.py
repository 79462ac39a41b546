"""Column types that mean the same on SQLite and PostgreSQL: times, ids, words, texts, JSON."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID, SafeUUID

import orjson
import sqlalchemy as sa
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
    return EPOCH + timedelta(0, 0, value)


Convert = Callable[[Any], Any]


class Direct(TypeDecorator[Any]):
    """A type whose values convert by one plain function each way; `prepared` calls them without a wrapper.

    The functions get no None. None in their place means that the driver does it.
    """

    cache_ok = True
    impl: Any

    def inwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from our values to the driver's."""
        raise NotImplementedError

    def outwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from the driver's values to ours."""
        raise NotImplementedError

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Convert on the way in."""
        convert = self.inwards(dialect)
        return value if value is None or convert is None else convert(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Convert on the way out."""
        convert = self.outwards(dialect)
        return value if value is None or convert is None else convert(value)


def aware(value: datetime) -> datetime:
    """Return the time as it is. Raises ValueError if it has no zone: PostgreSQL's driver would take it for local."""
    if value.tzinfo is None:
        raise ValueError(f"The time {value} has no zone; all times are UTC and aware.")
    return value


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


class UtcDateTime(Direct):
    """Aware in, aware out, always UTC. Microseconds since 1970 on SQLite, whose own dates drop the offset."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        native = sa.DateTime(timezone=True) if dialect.name == "postgresql" else sa.BigInteger()
        return dialect.type_descriptor(native)

    def inwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from our values to the driver's."""
        return aware if dialect.name == "postgresql" else to_microseconds

    def outwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from the driver's values to ours."""
        return _in_utc if dialect.name == "postgresql" else from_microseconds


_new = UUID.__new__
_set_number, _set_safe = (vars(UUID)[name].__set__ for name in ("int", "is_safe"))


def _from_bytes(value: bytes) -> UUID:
    # UUID's own constructor checks what 16 bytes cannot break and takes four times as long.
    made = _new(UUID)
    _set_number(made, int.from_bytes(value))
    _set_safe(made, SafeUUID.unknown)
    return made


def _plain_uuid(value: UUID) -> UUID:
    return UUID(int=value.int)  # asyncpg has a class of its own


class Id(Direct):
    """A UUID: native on PostgreSQL, 16 bytes on SQLite; both sort as the number does."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        native: TypeEngine[Any] = sa.UUID(as_uuid=True) if dialect.name == "postgresql" else sa.LargeBinary(16)
        return dialect.type_descriptor(native)

    def inwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from our values to the driver's."""
        return None if dialect.name == "postgresql" else attrgetter("bytes")

    def outwards(self, dialect: Dialect) -> Convert | None:
        """Return the function from the driver's values to ours."""
        return _plain_uuid if dialect.name == "postgresql" else _from_bytes


class Word(Direct):
    """An enum by its value."""

    impl = sa.String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__(32)
        self.words = words
        self._values: dict[str, str] = {member: member.value for member in words}
        self._members: dict[str, StrEnum] = {member.value: member for member in words}

    def inwards(self, dialect: Dialect) -> Convert | None:  # noqa: ARG002 - the same on both engines
        """Return the function from our values to the driver's."""
        return self._values.__getitem__

    def outwards(self, dialect: Dialect) -> Convert | None:  # noqa: ARG002 - the same on both engines
        """Return the function from the driver's values to ours."""
        return self._members.__getitem__


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


class Words(Direct):
    """A text anybody may have written: characters no database holds are replaced, never refused."""

    impl = sa.Text
    cache_ok = True

    def inwards(self, dialect: Dialect) -> Convert | None:  # noqa: ARG002 - the same on both engines
        """Return the function from our values to the driver's."""
        return clean

    def outwards(self, dialect: Dialect) -> Convert | None:  # noqa: ARG002 - the same on both engines
        """Return the function from the driver's values to ours."""
        return None


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


class JsonType(TypeDecorator[Any]):
    """JSON; on PostgreSQL in its binary form."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.JSON())
        from sqlalchemy.dialects.postgresql import JSONB  # not at the top: a hub on SQLite starts faster without it

        return dialect.type_descriptor(JSONB())


Json = JsonType()
