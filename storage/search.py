"""Turns texts and queries into search words, the same for both engines; pure.

Words are folded (NFKC, case, marks, letters like ł and ø); runs of Hangul, Kana and Han become pairs of
neighbouring characters, because these scripts write without spaces between what people look for.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from hub.domain.folding import FIRST_CJK, fold, is_cjk, runs

__all__ = ["digits", "fold", "query", "words"]

WORD_LIMIT = 40
"""Characters of a word that count; longer ones are cut, in texts and in queries alike."""
TEXT_LIMIT = 20_000
"""Characters of one text that are searchable; what comes later in a huge mail is quoted history."""
QUERY_WORDS = 12


def words(texts: Iterable[str]) -> set[str]:
    """Return the words by which these texts are found."""
    found: set[str] = set()
    for run in runs("\n".join([text[:TEXT_LIMIT] for text in texts])):
        if run[0] < FIRST_CJK or not is_cjk(run[0]):
            found.add(run[:WORD_LIMIT])
        else:
            # The last character alone, too: so that a query of one character finds every place it stands.
            found.update([run[i : i + 2] for i in range(len(run))])
    return found


def query(text: str) -> Sequence[tuple[str, bool]]:
    """Return the words that must all be there: (word, whether it may go on). The last one may go on."""
    terms: list[tuple[str, bool]] = []
    found = runs(text[:500])
    for place, run in enumerate(found):
        last = place == len(found) - 1
        if not is_cjk(run[0]):
            terms.append((run[:WORD_LIMIT], last))
        elif len(run) == 1:
            terms.append((run, True))
        else:
            terms.extend((run[i : i + 2], False) for i in range(len(run) - 1))
    return list(dict.fromkeys(terms))[:QUERY_WORDS]


def digits(text: str) -> str:
    """Return the digits of a number as written."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")
