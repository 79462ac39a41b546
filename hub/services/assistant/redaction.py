"""Takes cards, ids, mail addresses and phone numbers out of a text before it leaves, and puts some back in the answer.

Card and id numbers never leave and never come back. A mail address or a phone number becomes `[email 1]`, the same
for the same, so that an answer may speak of it; what the model writes so is put back here, in the house.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hub.domain.assistant import Redact
from hub.domain.review.redaction import find

ALL = frozenset(Redact)
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_PHONE = re.compile(r"(?<![\w/.,=-])(?:\+|00)?\(?\d(?:[\s().\-–/]{0,2}\d){6,14}(?![\w/=]|[.,-]\d)")
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_PLACE = re.compile(r"\[(email|phone) (\d{1,3})\]", re.IGNORECASE)
_PHONE_DIGITS = range(8, 16)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text that may leave."""

    text: str
    restored: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What stands behind each `[email 1]`."""


class Redactor:
    """Takes out of several texts of one request, with one numbering."""

    def __init__(self, what: Collection[Redact] = ALL) -> None:
        self._what = frozenset(what)
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    @property
    def restored(self) -> Mapping[str, str]:
        """What stands behind each place."""
        return {name: value for value, name in self._names.items()}

    def take_out(self, text: str) -> str:
        """Return the text without what must not leave."""
        kept, place = "", 0
        for number in find(text):
            kept += f"{text[place : number.start]}[{number.kind}]"
            place = number.end
        text = kept + text[place:]
        if Redact.email in self._what:
            text = _EMAIL.sub(lambda m: self._name("email", m[0]), text)
        if Redact.phone in self._what:
            text = _PHONE.sub(self._phone, text)
        return text

    def put_back(self, text: str) -> str:
        """Return a model's answer with the addresses and numbers it speaks of; places it made up stay as they are."""
        restored = self.restored
        return _PLACE.sub(lambda m: restored.get(f"[{m[1].lower()} {int(m[2])}]", m[0]), text)

    def _phone(self, match: re.Match[str]) -> str:
        digits = sum(c.isdigit() for c in match[0])
        if digits not in _PHONE_DIGITS or _DATE.fullmatch(match[0].strip()):
            return match[0]
        return self._name("phone", match[0])

    def _name(self, kind: str, value: str) -> str:
        if value not in self._names:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[value] = f"[{kind} {self._counts[kind]}]"
        return self._names[value]


def redacted(text: str, what: Collection[Redact] = ALL) -> Redacted:
    """Return one text without what must not leave."""
    redactor = Redactor(what)
    out = redactor.take_out(text)
    return Redacted(out, redactor.restored)
