"""Reads a raw event's body that has to be a JSON object."""

import json
from collections.abc import Mapping
from typing import Any

from hub.contract import UnparseableEvent


def read_object(body: bytes, provider: str) -> Mapping[str, Any]:
    """Return the object. Raises UnparseableEvent, in words that name the provider."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise UnparseableEvent(f"{provider} sent a body that is not JSON.") from None
    if not isinstance(value, dict):
        raise UnparseableEvent(f"{provider} sent a body that is not a JSON object.")
    return value


def storable_data(value: Any) -> Any:
    """Return JSON with every text in it made storable: no zero characters, no halves of letters."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "replace").decode()
        case dict():
            return {storable_data(key): storable_data(part) for key, part in value.items()}
        case list():
            return [storable_data(part) for part in value]
        case _:
            return value
