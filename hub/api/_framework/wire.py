"""How values look in JSON: UTC times of RFC 3339 with milliseconds, durations in seconds, enums by value."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

import orjson
from pydantic import BaseModel

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


def encode(value: object) -> bytes:
    """Return a value as JSON: dataclasses and pydantic models, at any depth, with their field names."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


def moment(value: datetime) -> str:
    """Return an aware time as the API writes it, for example 2026-11-22T09:00:00.123Z."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _plain(value: object) -> object:
    match value:
        case datetime():
            return moment(value)
        case timedelta():
            return value.total_seconds()
        case BaseModel():
            return dict(value)
        case Mapping():
            return dict(value)
        case AbstractSet():
            return sorted(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
