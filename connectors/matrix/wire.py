"""Reads the loose JSON of Matrix: anybody may put anything into an event's content. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any


def under(value: object, key: str) -> Mapping[str, Any]:
    """Return the object under a key; empty if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def text(value: object, key: str) -> str:
    """Return the string under a key; "" if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def number(value: object, key: str, default: int = 0) -> int:
    """Return the whole number under a key."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else default


def size(value: object, key: str, most: int = 2**53) -> int | None:
    """Return the whole number under a key if it can be a size: 0 or more."""
    found = number(value, key, -1)
    return found if 0 <= found <= most else None


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: object) -> Iterator[str]:
    """Yield the strings of a list."""
    yield from (item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def without_surrogates(value: Any) -> Any:
    """Return a JSON value whose strings can all be stored: lone halves of a surrogate pair and NUL are replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "�")
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    return [without_surrogates(item) for item in value] if isinstance(value, list) else value
