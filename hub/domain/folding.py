"""Texts as they are compared and searched: without case, marks and typographic differences, cut into runs."""

import re
import unicodedata
from collections.abc import Sequence

CJK = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Hangul, Kana and Han, as a regular expression's class: scripts that write without spaces between words."""
_LETTERS = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ſ": "s", "ə": "e", "ɨ": "i", "ƀ": "b", "ƶ": "z",
    }
)  # fmt: skip
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_ASCII_RUN = re.compile(r"[a-z0-9]+")
_CJK_ONE = re.compile(f"[{CJK}]")
FIRST_CJK = "\u1100"


class _Folded(dict[int, str]):
    """Each character folded, worked out at its first use: `str.translate` then runs at the speed of a table."""

    def __missing__(self, code: int) -> str:
        folded = chr(code).casefold().translate(_LETTERS)
        # NFKD splits Hangul into letters too; composing again keeps the syllables whole.
        bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not _is_mark(c))
        self[code] = result = unicodedata.normalize("NFC", bare)
        return result


_FOLDED = _Folded()


def _is_mark(character: str) -> bool:
    # The marks of Kana (dakuten) make other letters, so they stay.
    return unicodedata.combining(character) != 0 and character not in "\u3099\u309a"


def fold(text: str) -> str:
    """Return the text without case, marks and typographic differences."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_FOLDED)


def runs(text: str) -> Sequence[str]:
    """Return the folded runs of letters and digits; where Hangul, Kana or Han meets another script a run ends."""
    folded = fold(text)
    return _ASCII_RUN.findall(folded) if folded.isascii() else _RUN.findall(folded)


def is_cjk(character: str) -> bool:
    """Tell whether a character is Hangul, Kana or Han."""
    return character >= FIRST_CJK and _CJK_ONE.match(character) is not None
