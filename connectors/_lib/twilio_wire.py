"""Reads the bodies Twilio sends: web forms, bounded, every value kept. Pure.

Parameters come and go without notice (https://www.twilio.com/docs/messaging/guides/webhook-request): whatever came is
signed and kept, and only what is needed is looked at.
"""

import re
from binascii import a2b_qp
from collections.abc import Sequence
from urllib.parse import unquote

MOST_PARAMETERS = 2000
FORM = "application/x-www-form-urlencoded"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def pairs_of(body: bytes) -> list[tuple[str, str]]:
    """Return a form's parameters as they came, empty ones included. Raises ValueError for what is no form."""
    # What urllib's parse_qsl does, without three quarters of its time, which go into what a form of Twilio never has:
    # this stands at the webhook door. Tests hold the two together.
    parts = [part.partition("=") for part in body.decode("utf-8").replace("+", " ").split("&") if part]
    if len(parts) > MOST_PARAMETERS:
        raise ValueError(f"A form of more than {MOST_PARAMETERS} parameters is none of Twilio's.")
    return [
        (_unquoted(name) if "%" in name else name, _unquoted(value) if "%" in value else value)
        for name, _, value in parts
    ]


def _unquoted(text: str) -> str:
    if _NO_ESCAPE.search(text) or not text.isascii():
        return unquote(text, errors="replace")
    # Sound escapes are those of quoted-printable with another sign, and C reads these in a tenth of the time.
    return a2b_qp(text.replace("=", "=3D").replace("%", "=")).decode("utf-8", "replace")


class Parameters(dict[str, list[str]]):
    """A form's values by name, in the shape in which Twilio's library signs them."""

    def getall(self, name: str) -> list[str]:
        """Return all values of a name."""
        return self[name]


def parameters_of(pairs: Sequence[tuple[str, str]]) -> Parameters:
    """Return parameters by name."""
    found = Parameters()
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


class Form:
    """A form's first values by name; "" for what is not there."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        # A database of texts holds no NUL.
        self._values = {name: value.replace("\x00", "") for name, value in reversed(pairs)}

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")

    def first(self, *names: str) -> str:
        """Return the first value that is not empty, trimmed."""
        return next((value for name in names if (value := self[name].strip())), "")

    def number(self, name: str) -> float | None:
        """Return a finite number; None for anything else."""
        try:
            value = float(self[name])
        except ValueError:
            return None
        return value if -1e6 < value < 1e6 else None

    def flag(self, name: str) -> bool:
        """Tell whether a value is `true`."""
        return self[name].strip().lower() == "true"
