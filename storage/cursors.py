"""Opaque cursors of lists: where the next page begins, as base64url JSON, checked when it comes back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from hub.domain.errors import Invalid
from storage.types import from_microseconds, to_microseconds

_LIMIT = 2048


def encode(*parts: datetime | UUID | int | str | None) -> str:
    """Return a cursor that holds these values."""
    return urlsafe_b64encode(orjson.dumps([_out(part) for part in parts])).rstrip(b"=").decode()


def decode(cursor: str, *kinds: type) -> list[Any]:
    """Return the values of a cursor, of these types. Raises Invalid for anything we did not make."""
    try:
        if len(cursor) > _LIMIT:
            raise ValueError("too long")
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        parts = orjson.loads(raw)
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError("other parts")
        return [_in(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    except (ValueError, OverflowError) as error:
        raise Invalid("The cursor is not one of ours. Take it unchanged from the page before.") from error


def _out(part: datetime | UUID | int | str | None) -> int | str | None:
    match part:
        case datetime():
            return to_microseconds(part)
        case UUID():
            return part.hex
        case _:
            return part


def _in(part: object, kind: type) -> object:
    if kind is UUID and isinstance(part, str):
        return UUID(part)
    if kind is datetime and type(part) is int:
        return from_microseconds(part)
    if kind is int and type(part) is int and abs(part) < 2**62:
        return part
    if kind is str and isinstance(part, str):
        return part
    raise ValueError(f"not a {kind.__name__}")


def after(time_column: sa.ColumnElement[Any], id_column: sa.ColumnElement[Any], at: datetime, last: UUID) -> Any:
    """Return the tuple to compare (time, id) with, typed as the columns are."""
    return sa.tuple_(
        sa.bindparam(None, at, type_=time_column.type, unique=True),
        sa.bindparam(None, last, type_=id_column.type, unique=True),
    )
