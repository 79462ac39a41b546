"""What the fake Bot API keeps of the bot's requests, and what can be made to go wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.peers.telegram_methods import Upload

WORDS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry later",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
"""Telegram's own words for a status, where a fault names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request the bot made."""

    method: str
    values: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)
    result: Any = None


@dataclass(slots=True, kw_only=True)
class Fault:
    """What shall go wrong with the next `times` calls of a method ("*" is any)."""

    method: str = "*"
    times: int = 1
    status: int = 0
    """Answer with this status and `description`; 0 for the ways below."""
    description: str = ""
    retry_after: int | None = None
    body: bytes | None = None
    """Answer with these bytes instead of JSON, as a gateway would."""
    hang: bool = False
    """Take the request and never answer."""
    reset: bool = False
    """Take the request and cut the connection."""
    act: bool = True
    """With hang or reset: the message goes out all the same."""
