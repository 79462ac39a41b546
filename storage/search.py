"""Turns texts and queries into search words, the same for both engines; pure.

Words are folded (NFKC, case, marks, letters like ł and ø); runs of Hangul, Kana and Han become pairs of
neighbouring characters, because these scripts write without spaces between what people look for.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_LETTERS = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ſ": "s", "ə": "e", "ɨ": "i", "ƀ": "b", "ƶ": "z",
    }
)  # fmt: skip
_CJK = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_ASCII_RUN = re.compile(r"[a-z0-9]+")
_FIRST_CJK = "\u1100"
WORD_LIMIT = 40
"""Characters of a word that count; longer ones are cut, in texts and in queries alike."""
TEXT_LIMIT = 20_000
"""Characters of one text that are searchable; what comes later in a huge mail is quoted history."""
QUERY_WORDS = 12


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


def _runs(text: str) -> Sequence[str]:
    folded = fold(text)
    return _ASCII_RUN.findall(folded) if folded.isascii() else _RUN.findall(folded)


def words(texts: Iterable[str]) -> set[str]:
    """Return the words by which these texts are found."""
    found: set[str] = set()
    for run in _runs("\n".join([text[:TEXT_LIMIT] for text in texts])):
        if run[0] < _FIRST_CJK or not _is_cjk(run[0]):
            found.add(run[:WORD_LIMIT])
        else:
            # The last character alone, too: so that a query of one character finds every place it stands.
            found.update([run[i : i + 2] for i in range(len(run))])
    return found


def query(text: str) -> Sequence[tuple[str, bool]]:
    """Return the words that must all be there: (word, whether it may go on). The last one may go on."""
    terms: list[tuple[str, bool]] = []
    runs = _runs(text[:500])
    for place, run in enumerate(runs):
        last = place == len(runs) - 1
        if not _is_cjk(run[0]):
            terms.append((run[:WORD_LIMIT], last))
        elif len(run) == 1:
            terms.append((run, True))
        else:
            terms.extend((run[i : i + 2], False) for i in range(len(run) - 1))
    return list(dict.fromkeys(terms))[:QUERY_WORDS]


def digits(text: str) -> str:
    """Return the digits of a number as written."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")


def _is_cjk(character: str) -> bool:
    return character >= _FIRST_CJK and _CJK_ONE.match(character) is not None


_CJK_ONE = re.compile(f"[{_CJK}]")
