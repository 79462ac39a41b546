"""What files, mails and notes of reports say, in the reader's language: the screens read the same texts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from hub.domain.reports.period import Period

NONE = "—"
"""What stands where there is no number."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_STEPS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, and how it writes numbers, times and days."""

    language: str
    texts: Mapping[str, str]
    """By their whole keys: `figures.reply`."""

    def say(self, key: str, **values: str) -> str:
        """Return a text with its values filled in. Raises KeyError for a key no language has."""
        return _PLACE.sub(lambda place: values[place[1]], self.texts[key])

    def length(self, seconds: float | None) -> str:
        """Return a stretch of time as the screens of reports write it; “—” for none.

        It has its two largest units; from ten minutes to an hour the seconds say nothing.
        """
        if seconds is None:
            return NONE
        left = max(0, int(seconds))
        at = next((place for place, (_, size) in enumerate(_STEPS) if left >= size), len(_STEPS) - 1)
        counts = [f"file.spans.{name}" for name, _ in _STEPS]
        head = self.say(counts[at], n=self.number(left // _STEPS[at][1]))
        two = at < 2 or 60 <= left < 600
        rest = left % _STEPS[at][1] // _STEPS[at + 1][1] if two else 0
        return f"{head} {self.say(counts[at + 1], n=self.number(rest))}" if rest else head

    def number(self, number: float) -> str:
        """Return a number."""
        from babel.numbers import format_decimal  # not at the top: only who writes for people needs it

        return format_decimal(number, locale=self.language).translate(_SPACES)

    def share(self, share: float | None) -> str:
        """Return a share of 0 to 1 in percent; “—” for none."""
        from babel.numbers import format_percent

        if share is None:
            return NONE
        return format_percent(share, "#,##0.#%" if share < 0.995 else "#,##0%", locale=self.language)

    def days(self, period: Period) -> str:
        """Return the days of a period, in its own zone."""
        from babel.dates import format_interval

        first = period.span.start.astimezone(period.local).date()
        last = (period.span.end - timedelta(seconds=1)).astimezone(period.local).date()
        return format_interval(first, last, "yMMMd", locale=self.language).translate(_SPACES)

    def moment(self, time: datetime, period: Period) -> str:
        """Return a day and a time of the clock in the period's zone."""
        from babel.dates import format_skeleton

        local = time.astimezone(period.local)
        return f"{format_skeleton('yMMMd', local, locale=self.language)}, {local:%H:%M}".translate(_SPACES)


@cache
def words_of(language: str) -> Words:
    """Return the words of a language; English for one nobody wrote."""
    file = files(__package__) / "texts" / f"{language}.json"
    if not file.is_file():
        return words_of("en")
    return Words(language, dict(_flat(json.loads(file.read_text("utf-8")))))


def _flat(texts: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, str(value)
