"""Reads what Meta sends: JSON that may hold halves of letters, times in three notations, our own ids returned."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from hub.contract import UnparseableEvent
from hub.domain.ids import DeliveryId

_NO_LETTER = re.compile(r"[\x00\ud800-\udfff]")
_MILLISECONDS_FROM = 100_000_000_000
_LATEST = 253_402_300_800


class Part(BaseModel):
    """Something Meta describes. Fields nobody reads are passed over; the raw event keeps them."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, defer_build=True)


def read_object(body: bytes) -> dict[str, Any]:
    """Read a JSON object. Halves of surrogate pairs and NUL become U+FFFD. Raises UnparseableEvent."""
    try:
        found = from_json(body) if b"\\u0000" not in body else _mended(body)
    except ValueError:
        # pydantic's reader refuses lone surrogates, which cut emoji leave behind; Python's takes them
        found = _mended(body)
    if not isinstance(found, dict):
        raise UnparseableEvent("Meta sent something that is no JSON object.")
    return found


def in_words(error: ValidationError) -> str:
    """Name the places that do not fit, never the values: they are a customer's."""
    found = [(".".join(str(part)[:40] for part in e["loc"]), e["msg"][:80]) for e in error.errors()[:3]]
    return "; ".join(f"{place or 'the body'}: {problem}" for place, problem in found)


def moment(value: object) -> datetime | None:
    """Return a time given as seconds or milliseconds, a number or text, or as ISO 8601; None for nonsense."""
    if isinstance(value, str) and not value.isdecimal():
        return _iso(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None


def our_delivery(tracker: str) -> DeliveryId | None:
    """Return the delivery whose id we passed along with a message; None for what others passed."""
    try:
        return DeliveryId(UUID(tracker)) if len(tracker) == 36 else None
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _mended(body: bytes) -> object:
    try:
        return _clean(json.loads(body))
    except (ValueError, RecursionError):
        raise UnparseableEvent("Meta sent something that is no JSON.") from None


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _NO_LETTER.sub("\ufffd", value)
        case dict():
            return {_clean(key): _clean(part) for key, part in value.items()}
        case list():
            return [_clean(part) for part in value]
        case _:
            return value
