"""Reads the day a customer names: in figures, with a month's name, or as today and tomorrow."""

import re
from datetime import date, timedelta

from hub.domain.botflow.words import fold

_NEAR = {
    0: "today heute hoy dzis dzisiaj сегодня сьогодні 오늘 aujourd'hui",
    1: "tomorrow morgen manana jutro завтра 내일 demain",
    2: "pojutrze ubermorgen послезавтра післязавтра 모레",
    -1: "yesterday gestern ayer wczoraj вчера вчора 어제 hier",
}
_DAYS = {fold(word): days for days, words in _NEAR.items() for word in words.split()}
_MONTHS = (
    "january jan januar styczen stycznia enero janvier января січня",
    "february feb februar luty lutego febrero fevrier февраля лютого",
    "march mar marz marzec marca marzo mars марта березня",
    "april apr kwiecien kwietnia abril avril апреля квітня",
    "may mai maj maja mayo мая травня",
    "june jun juni czerwiec czerwca junio juin июня червня",
    "july jul juli lipiec lipca julio juillet июля липня",
    "august aug sierpien sierpnia agosto aout августа серпня",
    "september sep sept wrzesien wrzesnia septiembre septembre сентября вересня",
    "october oct oktober pazdziernik pazdziernika octubre octobre октября жовтня",
    "november nov listopad listopada noviembre novembre ноября листопада",
    "december dec dezember grudzien grudnia diciembre decembre декабря грудня",
)
_MONTH = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_KOREAN = re.compile(r"(?:(\d{4})\s*년)?\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})(?:[-./](\d{4}|\d{2}))?(?!\d)")
_PAST = timedelta(days=60)
"""A day without a year that lies further back than this is meant for the next year."""


def date_in(text: str, today: date) -> date | None:
    """Return the day a text names, None if none or an impossible one. Day before month, as most of the world writes."""
    text = text[:120]
    words = fold(text)
    near = [days for word in words.split() if (days := _DAYS.get(word)) is not None]
    if len(near) == 1:
        return today + timedelta(days=near[0])
    if found := _ISO.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _KOREAN.search(text):
        return _of(found[1], int(found[2]), int(found[3]), today)
    if found := _FIGURES.search(text):
        first, second = int(found[1]), int(found[2])
        swapped = second > 12 >= first
        return _of(found[3], first if swapped else second, second if swapped else first, today)
    return _named(words, today)


def _named(words: str, today: date) -> date | None:
    """Return the day of “3 listopada 2026” or “Nov 3rd”."""
    parts = words.split()
    months = [_MONTH[part] for part in parts if part in _MONTH]
    figures = [int(found[1]) for part in parts if (found := re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|e)?", part))]
    days = [number for number in figures if number <= 31]
    years = [number for number in figures if number >= 1900]
    if len(months) != 1 or len(days) != 1:
        return None
    return _of(str(years[0]) if years else None, months[0], days[0], today)


def _of(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return _day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this = _day(today.year, month, day)
    if this is None:
        return _day(today.year + 1, month, day)
    return this if this >= today - _PAST else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None
