"""Compares what customers type: case, marks, width and punctuation do not tell two words apart."""

import re
import unicodedata
from difflib import SequenceMatcher

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "ё": "е"})
_BETWEEN = re.compile(r"[\W_]+")
ALIKE = 0.78
"""How alike two short texts must be (0 to 1) for one to be taken for the other."""
CLEARER = 0.08
"""By how much the best must be more alike than the next."""


def fold(text: str) -> str:
    """Return the words of a text in one form, with single spaces between them; signs and emoji are left out."""
    plain = text[:4000].casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", text[:4000]).casefold().translate(_PLAIN)
        bare = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        plain = unicodedata.normalize("NFC", bare)
    return _BETWEEN.sub(" ", plain).strip()


def likeness(one: str, other: str) -> float:
    """Return how alike two folded texts are, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def number_in(folded: str) -> int | None:
    """Return the number a short folded text names (“2”, “nr 2”, “2번”), None if it names none or several."""
    if len(folded) > 16:
        return None
    runs = "".join(c if c.isdecimal() else " " for c in folded).split()
    return int(runs[0]) if len(runs) == 1 and len(runs[0]) <= 3 else None
