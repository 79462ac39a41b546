"""How records look to integrators: the API's JSON, for what is sent to them rather than asked by them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta

import orjson


def encode(value: object) -> bytes:
    """Return a value as JSON: dataclasses at any depth, UTC times with milliseconds, durations in seconds."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return dict(value)
        case AbstractSet():
            return sorted(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
