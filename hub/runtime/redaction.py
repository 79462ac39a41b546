"""Hides secrets in texts: those registered while running, and whatever looks like one."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import quote
from uuid import UUID

HIDDEN = "[hidden]"
SHORTEST = 6
"""A registered secret shorter than this would hide ordinary words; none that short is safe anyway."""

LONGEST = 20_000
"""A logged text is cut after so many characters: what strangers send may be of any length."""

_WORD = r"password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|authorization|cookie|credential"
_KEY = re.compile(rf"(?:.*[_-])?(?:{_WORD})s?", re.IGNORECASE)
# Each begins with a fixed word, so that hostile texts cannot make the search slow.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    # A Telegram bot token: <bot id>:<35 characters>. https://core.telegram.org/bots/api#authorizing-your-bot
    (re.compile(r"(?<!\d)(\d{5,16}):[A-Za-z0-9_-]{30,}"), rf"\1:{HIDDEN}"),
    # A password in a URL: scheme://user:password@host
    (re.compile(r"(://[^\s:/@]*):[^\s/]+@"), rf"\1:{HIDDEN}@"),
    # Headers, also as they stand in the text of a mapping
    (re.compile(r"""(authorization['"]?\s*[:=]\s*['"]?)[^'",\r\n}\]]+""", re.IGNORECASE), rf"\1{HIDDEN}"),
    (re.compile(r"""(cookie['"]?\s*:\s*['"]?)[^'"\r\n}\]]+""", re.IGNORECASE), rf"\1{HIDDEN}"),
    (
        re.compile(r"""(\bx-[a-z-]{0,50}(?:token|signature|key|secret)['"]?\s*:\s*['"]?)[^\s'",}\]]+""", re.IGNORECASE),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{12,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # A query or form parameter: token=…, client_secret=…
    (re.compile(rf"((?:{_WORD})s?)=[^\s&;'\"]+", re.IGNORECASE), rf"\1={HIDDEN}"),
    # A quoted key of a mapping or of JSON: "password": "…"
    (re.compile(rf"""((?:{_WORD})s?['"]\s*:\s*(['"]))(?:(?!\2).)*""", re.IGNORECASE), rf"\1{HIDDEN}"),
)


class Redactor:
    """Knows the secrets of this process and hides them, and what looks like one, in anything that is logged."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._known = re.compile(r"(?!)")  # matches nothing

    def add(self, *secrets: str) -> None:
        """Hide these from now on, also in the form they take in a URL."""
        usable = {secret for secret in secrets if len(secret) >= SHORTEST}
        self._secrets |= usable | {quote(secret, safe="") for secret in usable}
        if self._secrets:
            self._known = re.compile("|".join(re.escape(s) for s in sorted(self._secrets, key=len, reverse=True)))

    def text(self, text: str) -> str:
        """Return a text with its secrets hidden, cut after `LONGEST` characters."""
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}… ({len(text) - LONGEST} more characters)"
        text = self._known.sub(HIDDEN, text)
        for shape, replacement in _SHAPES:
            text = shape.sub(replacement, text)
        return text

    def value(self, value: object, key: str = "") -> object:
        """Return a value of a log entry with its secrets hidden, however deep; numbers and the like as they are.

        `key` is the name it goes by: what is called a password is hidden whatever it looks like.
        """
        if key and _KEY.fullmatch(key) and not isinstance(value, bool | int | float | None):
            return HIDDEN
        match value:
            case str():
                return self.text(value)
            case bool() | int() | float() | None:
                return value
            case Mapping():
                return {str(k): self.value(v, str(k)) for k, v in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.value(part) for part in value]
            case bytes():
                return self.text(value.decode("utf-8", "backslashreplace"))
            case UUID() | datetime() | timedelta() | PurePath():
                return self.text(str(value))
            case _:
                return self.text(repr(value))
