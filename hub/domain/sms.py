"""How a text costs as SMS: its alphabet and its segments (3GPP TS 23.038 and 23.040)."""

from dataclasses import dataclass
from typing import Literal

GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet by code, 0 to 127; code 27 is the escape, no letter."""
GSM_EXTENDED = {"\f": 10, "^": 20, "{": 40, "}": 41, "\\": 47, "[": 60, "~": 61, "]": 62, "|": 64, "€": 101}
"""What takes two septets: the escape and this code."""

_ONE = frozenset(GSM_BASIC) - {"\x1b"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsCost:
    """What a text costs."""

    alphabet: Literal["gsm7", "ucs2"]
    segments: int
    left: int
    """Units (septets, or UTF-16 code units) that still fit the last segment."""


def is_gsm7(text: str) -> bool:
    """Tell whether every letter is in the GSM default alphabet or its extension."""
    return all(letter in _ONE or letter in GSM_EXTENDED for letter in text)


def sms_cost(text: str) -> SmsCost:
    """Return alphabet and segments: 160 septets or 70 code units alone, 153 or 67 each when joined.

    A pair that must not be torn (escape and letter, surrogates) moves whole into the next segment.
    """
    gsm = is_gsm7(text)
    sizes = [2 if letter in GSM_EXTENDED else 1 for letter in text] if gsm else [1 + (ord(c) > 0xFFFF) for c in text]
    alone, joined = (160, 153) if gsm else (70, 67)
    alphabet: Literal["gsm7", "ucs2"] = "gsm7" if gsm else "ucs2"
    if (total := sum(sizes)) <= alone:
        return SmsCost(alphabet=alphabet, segments=1 if text else 0, left=alone - total)
    segments, used = 1, 0
    for size in sizes:
        if used + size > joined:
            segments, used = segments + 1, 0
        used += size
    return SmsCost(alphabet=alphabet, segments=segments, left=joined - used)
