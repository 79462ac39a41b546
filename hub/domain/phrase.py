"""Words for a person whose language is known only later: English now, with what it takes to say them in another."""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Self

_NAME = re.compile(r"\{([a-z_]+)\}")
_LONGEST = 6
"""Sentences of one phrase with its values, at most."""
_LONG = 1_000
"""Characters: no phrase is longer, and what a hostile provider tells shall not take long to look through."""
_SENTENCE = re.compile(r"[.!?…]\s+|\Z")
_AS_TOLD = "{words}"


class Phrase(str):
    """A sentence in English that can be said in other languages, too.

    `Phrase("The account has our number {number}", number="+48 22 …")` is that text, wherever a text is wanted. The
    English before its values were filled in is its key among the translations. A value may be a phrase itself.
    """

    __slots__ = ("english", "values")
    english: str
    """With its places still empty."""
    values: Mapping[str, str]

    def __new__(cls, english: str, /, **values: str) -> Self:
        """Make a phrase. Braces around anything but a value's name stay as they are."""
        made = super().__new__(cls, _filled(english, values))
        made.english, made.values = english, values
        return made

    @classmethod
    def of(cls, told: str | BaseException) -> "Phrase":
        """Return the phrase somebody told or raised; what is none, such as a provider's own words, stays as it is."""
        found = told.args[0] if isinstance(told, BaseException) and told.args else told
        return found if isinstance(found, Phrase) else cls(_AS_TOLD, words=str(told))

    def said_in(self, texts: Mapping[str, str]) -> str:
        """Say it with a language's texts: English to translation. What they lack is said in English."""
        values = {name: v.said_in(texts) if isinstance(v, Phrase) else v for name, v in self.values.items()}
        return _filled(texts.get(self.english) or self.english, values)


def said(text: str, texts: Mapping[str, str]) -> str:
    """Say in another language what phrases were kept as: stored English, its values filled in.

    A text is known whole, by a sentence with places it fits (the one with the most words of its own), or in parts that
    follow each other. What is in none of the texts, such as a provider's own words, or is very long, stays as it is.
    """
    if not texts or len(text) > _LONG:
        return text
    known = sorted((english for english in texts if _own_words(english)), key=_own_words, reverse=True)
    ends = [mark.end() for mark in _SENTENCE.finditer(text)]
    parts: list[str] = []
    begin = 0
    while begin < len(text):
        ahead = ends[bisect(ends, begin) :][:_LONGEST]
        # A value with unknown sentences of its own is believed last: they may be what follows the phrase.
        looks = [*((end, False) for end in reversed(ahead)), *((end, True) for end in ahead)]
        heads = ((end, _whole(text[begin:end].rstrip(), texts, known, loosely=loosely)) for end, loosely in looks)
        end, words = next(((end, words) for end, words in heads if words), (ahead[0], ""))
        piece = text[begin:end]
        parts.append(words + piece[len(piece.rstrip()) :] if words else piece)
        begin = end
    return "".join(parts)


def _whole(text: str, texts: Mapping[str, str], known: Sequence[str], *, loosely: bool) -> str:
    """Say a text that is one of the known sentences; empty if it is none."""
    if found := texts.get(text):
        return found
    for english in known:
        fits = _pattern(english).fullmatch(text) if "{" in english else None
        if fits is None:
            continue
        within = [value for name, value in fits.groupdict().items() if not english.endswith(f"{{{name}}}")]
        if loosely or all(_is_one(value) or _whole(value, texts, known, loosely=False) for value in within):
            values = {name: said(value, texts) for name, value in fits.groupdict().items()}
            return _filled(texts[english] or english, values)
    return ""


def _is_one(value: str) -> bool:
    """Tell whether a value is at most one sentence."""
    return all(mark.end() == len(value) for mark in _SENTENCE.finditer(value))


def places(text: str) -> frozenset[str]:
    """Return the names of the values a text has places for."""
    return frozenset(_NAME.findall(text))


@cache
def _own_words(english: str) -> int:
    """Return how many letters and digits a sentence has beside its places."""
    return len(re.findall(r"\w", _NAME.sub("", english)))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """Return what a sentence looks like once its places are filled; a value that stands twice is the same twice."""
    seen: set[str] = set()
    parts: list[str] = []
    for index, part in enumerate(_NAME.split(english)):  # text and names take turns
        named = index % 2 == 1
        parts.append((f"(?P={part})" if part in seen else f"(?P<{part}>.+?)") if named else re.escape(part))
        seen |= {part} if named else set()
    return re.compile("".join(parts), re.DOTALL)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda place: values.get(place[1], place[0]), text)


NOTHING = Phrase("")
"""Where there is nothing to say."""
