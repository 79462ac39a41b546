"""Reads a raw event's body that has to be a JSON object."""

import json
from collections.abc import Mapping
from typing import Any

from connectors._lib.loose_json import storable
from hub.contract import UnparseableEvent


def read_object(body: bytes, provider: str) -> Mapping[str, Any]:
    """Return the object, all its texts such as any database takes. Raises UnparseableEvent, naming the provider."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise UnparseableEvent(f"{provider} sent a body that is not JSON.") from None
    if not isinstance(value, dict):
        raise UnparseableEvent(f"{provider} sent a body that is not a JSON object.")
    # only an escape can spell what no database takes
    return _mended(value) if b"\\u" in body else value


def _mended(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case dict():
            return {storable(key): _mended(part) for key, part in value.items()}
        case list():
            return [_mended(part) for part in value]
        case _:
            return value
