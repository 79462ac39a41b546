"""Words for a person whose language is known only later: English now, with what it takes to say them in another."""

import re
from collections.abc import Mapping
from typing import Self

_NAME = re.compile(r"\{([a-z_]+)\}")
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


def places(text: str) -> frozenset[str]:
    """Return the names of the values a text has places for."""
    return frozenset(_NAME.findall(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda place: values.get(place[1], place[0]), text)


NOTHING = Phrase("")
"""Where there is nothing to say."""
