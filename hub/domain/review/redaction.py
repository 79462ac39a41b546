"""Finds card and id numbers in what was said, and the seconds in which they were said. Pure.

A number counts only if its own check digits hold (cards by Luhn, IBAN by mod 97, PESEL, SNILS) or its shape is
unmistakable (a US social security number or a Korean resident number with its dash), so that order numbers and
telephone numbers stay. Numbers that go on from one line of a speaker to the next are found, too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hub.domain.review.transcript import Line

CARD_LENGTHS = range(13, 20)
PADDING = 0.4
"""Seconds of silence before and after the place worked out for a number."""
SHORT_LINE = 6.0
"""A number in a line shorter than this silences the whole line: its place in it cannot be told well enough."""
_RUN = re.compile(r"\d(?:[ .,\-–—/]{0,3}\d){7,}")
_DASHED = re.compile(r"(?<!\d)(\d{3}-\d{2}-\d{4}|\d{6}-[1-8]\d{6})(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{1,4}){3,8}\b", re.IGNORECASE)
_IBAN_LENGTHS = range(15, 35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One number in a text."""

    kind: str
    """card, iban, pesel, snils, ssn, rrn."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A transcript without its numbers, and what to silence in the recording."""

    lines: tuple[Line, ...]
    silence: tuple[tuple[float, float], ...]
    """Seconds from, up to; sorted, apart from each other."""
    count: int


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of a card number (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(text: str) -> tuple[Found, ...]:
    """Return the numbers to take out, in order, none overlapping another."""
    found = [
        Found(kind="iban", start=match.start(), end=match.end())
        for match in _IBAN.finditer(text)
        if _iban(re.sub(r"\s", "", match[0]))
    ]
    for match in _DASHED.finditer(text):
        kind = "ssn" if match[0][3] == "-" else "rrn"
        if _SHAPED[kind](re.sub(r"\D", "", match[0])):
            found.append(Found(kind=kind, start=match.start(), end=match.end()))
    for match in _RUN.finditer(text):
        found += _in_run(text, match.start(), match.end())
    apart: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return tuple(apart)


def redact(lines: Sequence[Line]) -> Redaction:
    """Return the lines with each number as `[card]`, `[iban]` …, and the seconds to silence on all lanes.

    Both lanes, because a number the customer says is often heard, or repeated, on the other.
    """
    changed = {line.number: line for line in lines}
    spans: list[tuple[float, float]] = []
    count = 0
    for speaker in dict.fromkeys(line.speaker for line in lines):
        own = [line for line in lines if line.speaker is speaker]
        count += _redact_speaker(own, changed, spans)
    return Redaction(lines=tuple(changed[line.number] for line in lines), silence=_joined(spans), count=count)


def _redact_speaker(own: Sequence[Line], changed: dict[int, Line], spans: list[tuple[float, float]]) -> int:
    starts: list[int] = []
    text = ""
    for line in own:
        starts.append(len(text))
        text += f"{line.text} "
    numbers = find(text)
    for line, offset in zip(own, starts, strict=True):
        kept, place = "", 0
        for number in numbers:
            start, end = max(number.start - offset, 0), min(number.end - offset, len(line.text))
            if start >= end:
                continue
            begins_here = number.start >= offset
            kept += line.text[place:start] + (f"[{number.kind}]" if begins_here else "")
            place = end
            spans.append(_seconds(line, start, end))
        if place:
            left = " ".join((kept + line.text[place:]).split())
            changed[line.number] = replace(line, text=left or "[…]", redacted=True)
    return len(numbers)


def _seconds(line: Line, start: int, end: int) -> tuple[float, float]:
    """Return when a part of a line was said, generously: speech has no even pace, and digits are said slowly.

    Half of the line's even share is added on each side, so that what is silenced is rather too much.
    """
    length = line.end - line.start
    if length <= SHORT_LINE or not line.text:
        return (max(0.0, line.start - PADDING), line.end + PADDING)
    from_, to = start / len(line.text), end / len(line.text)
    slack = (to - from_) / 2
    began = line.start + length * max(0.0, from_ - slack)
    ended = line.start + length * min(1.0, to + slack)
    return (max(0.0, began - PADDING - 1), ended + PADDING + 1)


def _joined(spans: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple((round(start, 2), round(end, 2)) for start, end in joined)


def _in_run(text: str, start: int, end: int) -> list[Found]:
    """Find numbers in a run of digits: as written in groups, the longest first.

    A number begins and ends where a group of digits does, so that a card is not seen inside a longer number.
    """
    places = [place for place in range(start, end) if text[place].isdigit()]
    digits = "".join(text[place] for place in places)
    begins = [n for n, place in enumerate(places) if n == 0 or places[n - 1] != place - 1]
    ends = [*begins[1:], len(digits)]
    found: list[Found] = []
    after = 0
    longest = CARD_LENGTHS[-1]
    for place, first in enumerate(begins):
        if first < after:
            continue
        # A group has a digit at least: no more than this many groups can be one number.
        for last in sorted((e for e in ends[place : place + longest] if e <= first + longest), reverse=True):
            kind = _kind(digits[first:last])
            if kind:
                found.append(Found(kind=kind, start=places[first], end=places[last - 1] + 1))
                after = last
                break
    return found


def _kind(digits: str) -> str:
    if len(set(digits)) == 1:
        return ""
    if len(digits) in CARD_LENGTHS and digits[0] in "23456" and luhn(digits):
        return "card"
    return next((kind for kind in ("pesel", "snils") if _SHAPED[kind](digits)), "")


def _iban(text: str) -> bool:
    """Check by ISO 13616: the country and check digits behind the rest, letters as numbers, mod 97 is 1."""
    upper = text.upper()
    if len(upper) not in _IBAN_LENGTHS or not upper.isascii():
        return False
    return int("".join(str(int(c, 36)) for c in upper[4:] + upper[:4])) % 97 == 1


def _pesel(digits: str) -> bool:
    """Check a Polish PESEL: https://www.gov.pl/web/gov/czym-jest-numer-pesel, weights 1 3 7 9."""
    if len(digits) != 11:
        return False
    weighed = sum(int(d) * w for d, w in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=False))
    month = int(digits[2:4]) % 20
    return 1 <= month <= 12 and 1 <= int(digits[4:6]) <= 31 and (10 - weighed % 10) % 10 == int(digits[10])


def _snils(digits: str) -> bool:
    """Check a Russian SNILS: nine digits weighed 9 to 1, mod 101, 100 counts as 0."""
    if len(digits) != 11 or digits.startswith("000"):
        return False
    weighed = sum(int(d) * w for d, w in zip(digits[:9], range(9, 0, -1), strict=True)) % 101 % 100
    return weighed == int(digits[9:])


def _ssn(digits: str) -> bool:
    """Check the shape of a US social security number: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    return digits[:3] not in ("000", "666") and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


def _rrn(digits: str) -> bool:
    """Check the date of a Korean resident number; those given since October 2020 have no check digit."""
    century = 1900 if digits[6] in "1256" else 2000
    try:
        date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


_SHAPED: dict[str, Callable[[str], bool]] = {"pesel": _pesel, "snils": _snils, "ssn": _ssn, "rrn": _rrn}
