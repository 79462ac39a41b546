"""Looks into a provider's JSON without trusting its shape: what is missing or of another kind is empty."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

_EMPTY: Json = {}


def text(of: Json, *names: str) -> str:
    """Return the first of these fields that holds a text; ""."""
    for name in names:
        value = of.get(name)
        if isinstance(value, str) and value:
            return storable(value)
    return ""


def storable(value: str) -> str:
    """Return a text any database takes: JSON may spell a zero character, or half of a surrogate pair."""
    value = value.replace("\x00", "") if "\x00" in value else value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode()
    return value


def number(of: Json, name: str) -> float | None:
    """Return a field that holds a finite, not negative number; None."""
    value = of.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value < 2**53 else None


def whole(of: Json, name: str) -> int | None:
    """Return a field that holds a number, cut to a whole one; None."""
    value = number(of, name)
    return int(value) if value is not None else None


def flag(of: Json, name: str) -> bool:
    """Return whether a field is true."""
    return of.get(name) is True


def inner(of: Json, name: str) -> Json:
    """Return a field that holds an object; empty."""
    value = of.get(name)
    return value if isinstance(value, dict) else _EMPTY


def objects(of: Json, name: str) -> list[Json]:
    """Return the objects of a list."""
    value = of.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(of: Json, name: str) -> list[str]:
    """Return the texts of a list."""
    value = of.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
